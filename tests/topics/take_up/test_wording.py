"""What the page says in every branch: a short headline with a number, and short sentences."""

import itertools
import re
from functools import cache

import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from tests.topics.test_wording import (
    MOST_WORDS_OF_A_CHART_TITLE,
    MOST_WORDS_OF_A_HEADLINE,
    long_sentences,
)
from workbook.topics import take_up

QUARTERS = [f"{year}-Q{quarter}" for year in range(2013, 2018) for quarter in range(1, 5)][:-1]
LONG_NAME = "Student finance: applications for full-time study support"
SELECTIONS = {
    "one service": {"services": "Vehicle tax renewals"},
    "one service at the target": {"services": "Customs transactions", "exclude": ""},
    "a department": {"department": "Department for Transport"},
    "nothing left out": {"exclude": ""},
    "much left out": {"exclude": "; ".join(take_up.topic.run().parameter_options["exclude"][:9])},
    "unknown names left out": {"exclude": "No such service; Nor this"},
    "a low target": {"target": 0.3},
    "a target between the populations": {"target": 0.765},
    "the highest target": {"target": 1.0},
    "a low ceiling": {"ceiling": 0.5},
    "a quarter before": {"compare_with": "2014-Q1"},
    "a long horizon": {"horizon": 40, "curve": "naive"},
    "a curve that fails": {"curve": "bass", "interval": 0.5},
    "a long name": {"service": LONG_NAME},
}
SCENARIOS = [
    *({"quarter": quarter} for quarter in (*QUARTERS, "2021-Q4", "2025-Q1")),
    *(
        {"quarter": quarter, **values}
        for quarter, values in itertools.product(
            ("2014-Q2", "2015-Q1", "2016-Q3", "2017-Q3", "2021-Q4"), SELECTIONS.values()
        )
    ),
]


@cache
def run_scenario(index):
    return take_up.topic.run(**SCENARIOS[index])


def assert_headline_is_short(headline):
    assert len(headline.split()) <= MOST_WORDS_OF_A_HEADLINE, headline
    assert re.search(r"\d", headline), headline
    assert not re.search(r"\d{4}-Q\d|\bwill\b|None|nan", headline), headline


@pytest.mark.parametrize("index", range(len(SCENARIOS)))
def test_headline_notes_and_chart_titles_are_short_in_every_branch(index):
    outcome = run_scenario(index)
    assert_headline_is_short(outcome.headline)
    texts = [outcome.headline, *outcome.notes, *(i.explanation for i in outcome.indicators)]
    assert not long_sentences(iter(texts))
    assert not [
        note for note in outcome.notes if re.search(r"\bNone\b(?! of)|nan\b|\bwill\b", note)
    ]
    for draw in take_up.topic.charts.values():
        figure = draw(outcome)
        assert len(figure.title.split()) <= MOST_WORDS_OF_A_CHART_TITLE, figure.title
        assert not long_sentences(iter((figure.subtitle, figure.description)))


def test_no_note_repeats_another_and_the_headline_is_not_among_them():
    for index in range(len(SCENARIOS)):
        outcome = run_scenario(index)
        assert len(set(outcome.notes)) == len(outcome.notes)
        assert outcome.headline not in outcome.notes
        assert len(outcome.notes) <= 13


def test_a_headline_with_a_probability_has_its_own_record_right_after_take_up():
    for index in range(len(SCENARIOS)):
        outcome = run_scenario(index)
        if not re.search(r"(probability|likely|chance|possibility)\b.*\.$", outcome.headline):
            continue
        positions = [
            [position for position, note in enumerate(outcome.notes) if re.search(pattern, note)]
            for pattern in ("^Together, take-up in|^Take-up of the service", "lay inside the")
        ]
        [matched], records = positions
        assert records in ([], [matched + 1]), outcome.notes


def test_every_branch_of_the_headline_is_reached():
    headlines = " ".join(run_scenario(index).headline for index in range(len(SCENARIOS)))
    for branch in (
        "no earlier year to compare with",
        "One 12-month period cannot show",
        "Take-up in one comparable service",
        "The data cannot show whether the 32 services reporting throughout (70.8%) would reach 82%",
        "whether the one service reporting now (",
        "In 28 reporting throughout (81.3%), 82% or more in the year to December 2015 is likely (",
        "In 28 reporting throughout (81.3%), 82% or more in the year to December 2015 is 89%",
        "In the one reporting now (",
        "has under 1% probability",
        "below 82%, but 84",
        "without one that reports no digital transactions",
        "Across all services it has been 82% or more since the year to",
        "Across all services it had been",
        "in every period.",
        "There are no later figures. The other 17 stopped reporting.",
        "and there are no later figures.",
    ):
        assert branch in headlines, branch


def test_services_that_all_changed_are_not_compared_in_the_headline():
    frame = small_table(("Old", "2013-06", 100, 20), ("New", "2014-06", 100, 40))
    outcome = evaluate_on_table(frame, exclude="")
    assert outcome.headline == (
        "Digital take-up was 40% in the year to June 2014. No service reported in both years. One"
        " 12-month period cannot show where take-up is going."
    )
    assert_headline_is_short(outcome.headline)


def test_take_up_that_stands_still_did_not_change():
    frame = small_table(("A", "2013-06", 100, 20), ("A", "2014-06", 100, 20))
    assert "did not change between the years to June 2013 and 2014." in (
        evaluate_on_table(frame, exclude="").headline
    )


def test_years_that_end_in_other_months_are_both_named():
    headline = take_up.topic.run(compare_with="2013-Q3").headline
    assert "between the years to September 2013 and June 2014." in headline
    assert_headline_is_short(headline)
