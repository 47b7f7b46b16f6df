"""Invented figures on ferries: claims with each kind of verdict, a published one and a model's."""

from workbook.claims.draft.catalogue import CatalogueFigure
from workbook.claims.draft.check import check_numbers
from workbook.claims.draft.draft_numbers import find_numbers
from workbook.claims.draft.matching import FigureIndex
from workbook.claims.draft.passages import split_text
from workbook.claims.verdict import ClaimVerdict

REPORT = "Island ferries, annual review 2019"


def make_claim(claim_id, claim, printed_as, printed, unit, verdict, kind, **details):
    """A claim as the catalogue holds it."""
    found = ClaimVerdict(
        claim_id, "Summary", claim, printed_as, printed, unit, verdict, kind, **details
    )
    return CatalogueFigure(
        claim_id, (claim,), printed, unit, "claim", REPORT, section="Summary", verdict=found
    )


TRIPS = make_claim(
    "C01",
    "The ferries made 300 trips",
    "300",
    300,
    "count",
    "reproduced",
    "confirmed by other data",
    computed=300.0,
    working="Harbour log: 300",
)
PUNCTUAL = make_claim(
    "C02",
    "Four fifths of sailings left the harbour on time",
    "80%",
    0.8,
    "share",
    "not reproduced",
    "contradicted",
    computed=0.62,
    working="186 ÷ 300 = 62%",
)
CREW = make_claim(
    "C03",
    "The crew numbers 45 sailors",
    "45",
    45,
    "people",
    "not checkable",
    "not checkable",
    missing="the list of crew",
)
FUEL = make_claim(
    "C04",
    "Diesel for the engines cost £2.5 million",
    "£2.5 million",
    2.5e6,
    "GBP",
    "not checkable",
    "within revisions",
    computed=2.6e6,
    working="Ledger: £2.6 million",
    data=("Ledger of May",),
)
PASSENGERS = CatalogueFigure(
    "F01", ("Passengers carried between islands",), 1200.0, "people", "published", REPORT
)
DELAY = CatalogueFigure(
    "ferries.delay", ("Mean delay of a crossing",), 1.5, "years", "indicator", "Ferries, 2019-Q4"
)
LOSS = CatalogueFigure(
    "ferries.change", ("Change in subsidy",), -40000.0, "GBP", "indicator", "Ferries, 2019-Q4"
)
FIGURES = (TRIPS, PUNCTUAL, CREW, FUEL, PASSENGERS, DELAY, LOSS)


def check_text(text, figures=FIGURES):
    """Check the numbers of a text against the figures."""
    return check_numbers(find_numbers(split_text(text)), FigureIndex(figures))
