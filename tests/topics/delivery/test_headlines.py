"""Delivery's headline in every branch: short, with a number, and in correct English."""

import re
from datetime import date
from itertools import product

import pandas as pd
import pytest

from tests.topics.delivery.examples import evaluate_example
from tests.topics.test_wording import MOST_WORDS_OF_A_HEADLINE, long_sentences
from workbook.scenario import ScenarioError
from workbook.topics.delivery.commitments import list_statuses, status_sentence

DAY = date(2014, 9, 30)
QUARTERS = ("2012-Q1", "2013-Q4", "2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4", "2015-Q1", "2021-Q4")
LONGEST_SERVICES = (
    "The dashboard counts 15 of 25 selected exemplar services live on 27 September 2014. "
)
WRONG_ENGLISH = re.compile(
    r"\b(?:[01] of 1|1 (?:services|commitments|figures|months)|[Nn]one of [12]|0 of)\b"
    r"|\b1 (?:are|have|were)\b|\bnan\b|  "
)


def commitments(*statuses, due="2014-12"):
    """Assessed commitments from their statuses; an empty status has no target."""
    return pd.DataFrame(
        {
            "kind": "commitment",
            "on_course": [status or "not known" for status in statuses],
            "target": [1.0 if status else float("nan") for status in statuses],
            "target_date": due,
        }
    )


def assert_short_and_correct(headline):
    assert len(headline.split()) <= MOST_WORDS_OF_A_HEADLINE, headline
    assert not long_sentences(iter([headline]))
    assert re.search(r"\d", headline), headline
    assert not WRONG_ENGLISH.search(headline), headline


def selections():
    """No filter, and each department and programme that is offered by 2015."""
    options = evaluate_example(quarter="2015-Q1").parameter_options
    return [{}, *({name: value} for name, values in options.items() for value in values)]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_headlines_and_notes_of_every_selection(quarter):
    outcomes = []
    for selection in selections():
        try:
            outcomes.append(evaluate_example(quarter=quarter, **selection))
        except ScenarioError:
            continue  # the department or programme has nothing by then
    assert outcomes
    for outcome in outcomes:
        assert_short_and_correct(outcome.headline)
        assert not long_sentences(iter(outcome.notes))
        for note in outcome.notes:
            assert not WRONG_ENGLISH.search(note), note


@pytest.mark.parametrize("due", ["2014-06", "2014-12"])
@pytest.mark.parametrize("all_count", [4, 22])
def test_every_mix_of_statuses_fits_beside_the_services(due, all_count):
    for statuses in product(["", "yes", "no", "not known"], repeat=4):
        sentence = status_sentence(commitments(*statuses, due=due), DAY, all_count)
        assert_short_and_correct(LONGEST_SERVICES + sentence)


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        ([], "The selection has none of the 22 commitments."),
        ([""], "1 of the 22 commitments is selected. It has no target in the report."),
        (["yes"], "1 of the 22 commitments is selected. It is on track."),
        (["no"], "1 of the 22 commitments is selected. It would be missed at recent rates."),
        (["not known"], "1 of the 22 commitments is selected. It cannot be judged."),
        (["", ""], "2 of the 22 commitments are selected. Neither has a target in the report."),
        (
            ["", "no"],
            "1 of 2 commitments has a target in the report. It would be missed at recent rates.",
        ),
        (
            ["yes", "no", "not known"],
            (
                "Of 3 targets, one is on track, one would be missed at recent rates and one cannot"
                " be judged."
            ),
        ),
        (
            ["yes", "not known"],
            ("Of 2 commitments with a target, one is on track and one cannot be judged."),
        ),
    ],
)
def test_a_selection_of_commitments(statuses, sentence):
    assert status_sentence(commitments(*statuses), DAY, 22) == sentence


def test_all_commitments_without_a_target():
    assert status_sentence(commitments("", "", ""), DAY, 3) == (
        "The report makes 3 commitments. None has a target in the report."
    )
    assert status_sentence(commitments(""), DAY, 1) == (
        "The report makes 1 commitment. It has no target in the report."
    )


def test_before_any_report():
    assert status_sentence(commitments(), DAY, 0) == (
        "No commitment had been reported by 30 September 2014."
    )


@pytest.mark.parametrize(
    ("statuses", "due", "text"),
    [
        (["not known"] * 2, "2014-12", "neither can be judged"),
        (["not known"] * 3, "2014-12", "none can be judged"),
        (["not known"] * 3, "2014-06", "none can be judged from the data held"),
        (["no", "no"], "2014-06", "2 were missed"),
        (
            ["no", "yes", "not known"],
            "2014-06",
            "one was met, one was missed and one cannot be judged from the data held",
        ),
        (["no", "not known"], "2014-12", "neither can be shown on track, one would be missed"),
        (
            ["no", "no", "not known"],
            ["2014-06", "2014-12", ""],
            "none can be shown on track, 2 were or",
        ),
        (
            ["no", "not known"],
            ["2014-06", "2014-12"],
            "neither can be shown on track, one was missed",
        ),
        (
            ["no", "not known"],
            ["2014-06", ""],
            "one was missed and one cannot be judged from the data held",
        ),
    ],
)
def test_statuses_in_words(statuses, due, text):
    assert list_statuses(commitments(*statuses, due=due), DAY).startswith(text)


def test_a_single_service_is_spoken_of_in_the_singular():
    headline = evaluate_example(department="Cabinet Office", programme="Exemplar services").headline
    assert headline.startswith(
        "There is 1 selected exemplar service. The dashboard counts it as live on 12 June 2014."
    )
