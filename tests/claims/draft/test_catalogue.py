"""The catalogue: claims with a number in print, and what states the same figure."""

import pytest

from tests.claims.draft.ferry_figures import TRIPS
from tests.claims.ferry_report import (
    CLAIM_CELLS,
    CLAIMS,
    FERRY_REPORT,
    ferry_schemas,
    to_csv,
    write_bundled,
)
from workbook.claims.bundled_check import check_bundled_report
from workbook.claims.draft.catalogue import (
    CatalogueFigure,
    list_claim_figures,
    list_indicator_figures,
    merge_figures,
)
from workbook.claims.draft.label_words import list_words, stem_word
from workbook.indicators import Indicator


def published(figure_id, label, value, section="Summary"):
    return CatalogueFigure(figure_id, (label,), value, "count", "published", "R", section=section)


def indicator(name, label, value, unit="count"):
    return CatalogueFigure(name, (label,), value, unit, "indicator", "Ferries")


def test_a_claim_whose_figure_is_no_number_in_print_is_left_out(tmp_path):
    claims = to_csv(CLAIM_CELLS, [*CLAIMS, {"id": "C04", "printed_as": "most trips"}])
    folder = write_bundled(tmp_path, {"ferry_claims": claims})
    checked = check_bundled_report(FERRY_REPORT, ferry_schemas(), folder)
    assert len(checked.verdicts) == 4
    figures = list_claim_figures(checked)
    assert [figure.id for figure in figures] == ["C01", "C02", "C03"]
    assert figures[0].verdict.verdict == "reproduced"


def test_indicators_without_a_number_and_those_of_other_topics_are_left_out():
    entries = [
        Indicator("trips", "Trips", "count", 300.0),
        Indicator("best", "Best quarter", "quarter", "2019-Q2"),
        Indicator("lost", "Lost", "count", None, missing_reason="not counted"),
        Indicator("buses.trips", "Trips of buses", "count", 12.0),
    ]
    [figure] = list_indicator_figures("ferries", "Ferries, 2019-Q4", entries)
    assert (figure.id, figure.value, figure.unit) == ("ferries.trips", 300.0, "count")


def test_a_published_figure_of_the_same_section_and_value_is_merged_into_its_claim():
    merged = merge_figures([TRIPS], [published("F01", "Trips made", 300.0)])
    [claim] = merged
    assert claim.same_as == ("F01",)
    assert claim.labels == (*TRIPS.labels, "Trips made")


@pytest.mark.parametrize(
    "other",
    [
        published("F01", "Trips made", 301.0),
        published("F01", "Trips made", 300.0, section="Annex"),
        published("F01", "Cancelled", 300.0),
        indicator("ferries.crew", "Crew aboard, by harbour of departure", 300.0),
        indicator("ferries.trips", "Trips of ferries", 300.0, "GBP"),
    ],
)
def test_another_figure_is_not_merged(other):
    assert merge_figures([TRIPS], [other]) == [TRIPS, other]


def test_of_two_published_figures_the_one_with_more_shared_words_is_merged():
    nearer = published("F02", "Trips that ferries made", 300.0)
    other = published("F01", "Trips of cars", 300.0)
    claim, left = merge_figures([TRIPS], [other, nearer])
    assert (claim.same_as, left) == (("F02",), other)


def test_an_indicator_that_names_the_same_figure_is_merged():
    [claim] = merge_figures([TRIPS], [indicator("ferries.trips", "Trips made (2019)", 300.0)])
    assert claim.same_as == ("ferries.trips",)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("services", "servic"),
        ("service", "servic"),
        ("trained", "train"),
        ("training", "train"),
        ("planned", "plan"),
        ("plan", "plan"),
        ("agencies", "agency"),
        ("falling", "fall"),
        ("use", "use"),
    ],
)
def test_forms_of_a_word_have_one_stem(word, stem):
    assert stem_word(word) == stem


def test_may_is_a_month_only_with_a_capital():
    assert [word.stem for word in list_words("It may rise in May 2014")] == ["ris", "may", "2014"]
