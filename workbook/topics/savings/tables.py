"""The published figures that savings rest on: what was saved, what a contact costs, rates."""

from datetime import date

import pandera.pandas as pa

from workbook.importers.template import EXAMPLE
from workbook.quarters import is_financial_year
from workbook.tables import BLANK, FRACTION, MONTH, NOT_NEGATIVE, Table

REPORT = "Cabinet Office, Digital Efficiency Report, November 2012"
NARROW = "GDS and departments"
"""The definition of the £210m; savings of any other are never added to it."""

TOTAL, COMPONENT = "total", "component"
WORLD_BANK = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def is_day(text: object) -> bool:
    """Whether this is a day such as ``2014-06-30``."""
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


DAY = pa.Check(lambda cells: cells.map(is_day), error="must be a day such as 2026-06-30")
YEAR = pa.Check.str_matches("^(19|20|21)[0-9]{2}$", error="must be a year such as 2012")
FINANCIAL_YEAR = pa.Check(
    lambda cells: cells.map(is_financial_year), error="must be a financial year such as 2013-14"
)
ROLE = pa.Check.isin([TOTAL, COMPONENT], error=f"must be {TOTAL} or {COMPONENT}")
GROWTH = pa.Check.in_range(-0.5, 1, error="must be a fraction of 1, so that 2.5% is 0.025")
SCHEDULE_YEAR = pa.Check.ge(1, error="must be 1 or more: year 0 is not discounted")


def _text(
    title: str, description: str, *rules: pa.Check, nullable: bool = False, example: str = ""
) -> pa.Column:
    return pa.Column(
        str,
        list(rules),
        nullable=nullable,
        title=title,
        description=description,
        metadata={EXAMPLE: example},
    )


def _number(title: str, description: str, *rules: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column(float, list(rules), nullable=nullable, title=title, description=description)


def _whole(title: str, description: str, *rules: pa.Check) -> pa.Column:
    return pa.Column("Int64", list(rules), title=title, description=description)


FIGURE = _whole("Figure", "Number of the figure in the report.")
SOURCE = _text("Source", "Publication.")

published_savings = Table(
    name="published_savings",
    title="Savings of digital work, as published, by financial year, definition and component",
    period="period",
    sources=(
        "Government Digital Strategy quarterly progress report, July 2014",
        "Computerworld UK, June 2014",
        "Government Digital Service, savings 2014-15",
        "Cabinet Office",
    ),
    schema=pa.DataFrameSchema(
        {
            "financial_year": _text("Financial year", "April to March.", FINANCIAL_YEAR),
            "period": _text("Ended", "Month in which the financial year ends.", MONTH),
            "definition": _text(
                "Definition",
                "What was counted: savings of one definition are never added to another's.",
            ),
            "role": _text("Role", "A total is never added to the components that it holds.", ROLE),
            "component": _text("Component", "What saved it."),
            "savings": _number("Savings", "Pounds in the year; in cash, as published."),
            "source": SOURCE,
        },
        unique=["financial_year", "definition", "component"],
    ),
)

channel_costs = Table(
    name="channel_costs",
    title="What a contact costs by channel, by source; not a service from end to end",
    period="year",
    sources=(
        "Socitm, Potential for channel shift in local government, 2012",
        f"{REPORT}: case study of the Driving Standards Agency",
        "ESD Toolkit, Customer contact profiling, 2008",
    ),
    schema=pa.DataFrameSchema(
        {
            "source": SOURCE,
            "year": pa.Column(
                str,
                YEAR,
                title="Price year",
                description="Year in whose prices the cost is: without it the cost says nothing.",
                metadata={BLANK: "an amount of money means nothing without the year of its prices"},
            ),
            "channel": _text("Channel", "How people make contact."),
            "cost": _number("Cost", "Pounds for each contact.", NOT_NEGATIVE),
        },
        unique=["source", "year", "channel"],
    ),
)

efficiency_rates = Table(
    name="efficiency_rates",
    title="Pounds saved a year for each percentage point of digital take-up, by kind of service",
    sources=(REPORT,),
    schema=pa.DataFrameSchema(
        {
            "figure": FIGURE,
            "dimension": _text("Dimension", "By what the services are told apart."),
            "category": _text("Category", "Which of those services."),
            "saving_per_point": _number("Saving", "Pounds a year for each percentage point."),
            "low": _number("Low", "Low end of the range, where published.", nullable=True),
            "high": _number("High", "High end of the range, where published.", nullable=True),
            "source": SOURCE,
        },
        unique=["dimension", "category"],
    ),
)

efficiency_shares = Table(
    name="efficiency_shares",
    title="What the savings of going digital are made of; as printed they add up to 101%",
    sources=(REPORT,),
    schema=pa.DataFrameSchema(
        {
            "figure": FIGURE,
            "category": _text("Category", "What is saved."),
            "share": _number("Share", "Fraction of the savings.", FRACTION),
            "source": SOURCE,
        },
        unique=["category"],
    ),
)

cost_ratios = Table(
    name="cost_ratios",
    title="What a transaction costs by channel relative to others, and what moving it would save",
    sources=(REPORT,),
    schema=pa.DataFrameSchema(
        {
            "ratios": _text("Ratios", "Digital, phone and face to face."),
            "digital": _number("Digital", "Cost relative to the others.", NOT_NEGATIVE),
            "phone": _number("Phone", "Cost relative to the others.", NOT_NEGATIVE),
            "face_to_face": _number("Face to face", "Cost relative to others.", NOT_NEGATIVE),
            "base_cost": _number(
                "Base cost", "Pounds a year now; implied by the saving.", NOT_NEGATIVE
            ),
            "saving": _number("Saving", "Pounds a year at the target, as published."),
            "take_up_now": _number("Take-up now", "Fraction of transactions.", FRACTION),
            "take_up_target": _number("Target", "Fraction of transactions.", FRACTION),
            "source": SOURCE,
        },
        unique=["ratios"],
    ),
)

discount_rates = Table(
    name="discount_rates",
    title="Yearly discount rates in real terms, by schedule and the days on which it is valid",
    sources=("HM Treasury, Green Book",),
    schema=pa.DataFrameSchema(
        {
            "schedule": _text("Schedule", "Name of the schedule."),
            "valid_from": _text(
                "Valid from", "First day on which the rate is valid.", DAY, example="2003-04-01"
            ),
            "valid_to": _text(
                "Valid to",
                "Last such day; blank if none.",
                DAY,
                nullable=True,
                example="2026-06-30",
            ),
            "from_year": _whole("From year", "First year ahead; year 0 is now.", SCHEDULE_YEAR),
            "to_year": _whole("To year", "Last year ahead.", SCHEDULE_YEAR),
            "rate": _number("Rate", "Fraction a year.", FRACTION),
            "source": SOURCE,
        },
        unique=["schedule", "valid_from", "from_year"],
    ),
)

deflator = Table(
    name="deflator",
    title="Growth of prices by calendar year; HM Treasury's series runs by financial year",
    period="year",
    sources=("World Bank, NY.GDP.DEFL.KD.ZG, United Kingdom",),
    licence=WORLD_BANK,
    schema=pa.DataFrameSchema(
        {
            "series": _text("Series", "Whose prices."),
            "year": _text("Year", "Calendar year.", YEAR),
            "growth": _number("Growth", "Over the calendar year before, as a fraction.", GROWTH),
            "source": SOURCE,
        },
        unique=["series", "year"],
    ),
)
