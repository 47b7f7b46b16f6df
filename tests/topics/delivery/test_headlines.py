"""Delivery's headline in every branch: short, with a number, and in correct English."""

import re
from datetime import date
from itertools import product

import pandas as pd
import pytest

from tests.topics.delivery.examples import evaluate_example
from tests.topics.test_wording import MOST_WORDS_OF_A_HEADLINE, long_sentences
from workbook.scenario import ScenarioError
from workbook.text.grammar import split_sentences
from workbook.topics.delivery.commitments import STATUSES, status_sentence

DAY = date(2014, 9, 30)
QUARTERS = ("2012-Q1", "2013-Q4", "2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4", "2015-Q1", "2021-Q4")
LONGEST_SERVICES = "The dashboard counts 15 of 25 exemplar services live on 27 September 2014. "
WRONG_ENGLISH = re.compile(
    r"\b(?:[01] of 1|1 (?:services|commitments|figures|months)|[Nn]one of [12]|0 of)\b"
    r"|\b1 (?:are|have|were)\b|\bnan\b|  "
)


def commitments(*statuses, due="2014-12"):
    """Assessed commitments from their statuses."""
    return pd.DataFrame(
        {
            "status": pd.Series(statuses, dtype="str"),
            "target_date": due,
        }
    )


def assert_short_and_correct(headline):
    assert len(headline.split()) <= MOST_WORDS_OF_A_HEADLINE, headline
    assert not long_sentences(iter([headline]))
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
        if any(indicator.value is not None for indicator in outcome.indicators):
            assert re.search(r"\d", outcome.headline), outcome.headline
        assert not long_sentences(iter(outcome.notes))
        for note in outcome.notes:
            assert not WRONG_ENGLISH.search(note), note


@pytest.mark.parametrize("all_count", [5, 22])
def test_every_mix_of_statuses_fits_beside_the_services(all_count):
    for statuses in product(STATUSES, repeat=5):
        sentence = status_sentence(commitments(*statuses), DAY, all_count)
        assert_short_and_correct(f"{sentence} {LONGEST_SERVICES}".strip())


@pytest.mark.parametrize(
    ("statuses", "all_count", "sentence"),
    [
        ([], 22, "None of government’s 22 digital targets with a date is selected."),
        (["on track"], 22, "1 of 22 digital targets is selected: it is on track."),
        (["met"], 22, "1 of 22 digital targets is selected: it was met."),
        (["unknown"], 1, "Government set 1 digital target with a date: it cannot be judged yet."),
        (["unknown"] * 2, 22, "2 of 22 digital targets are selected: neither can be judged yet."),
        (
            ["unknown"] * 3,
            3,
            "Government set 3 digital targets with dates: none can be judged yet.",
        ),
        (
            ["missed", "met", "met"],
            3,
            "Government set 3 digital targets with dates: 2 were met and 1 was missed.",
        ),
        (
            list(STATUSES),
            5,
            (
                "Government set 5 digital targets with dates: 1 met, 1 on track, 1 off track, 1"
                " missed and 1 unknown."
            ),
        ),
    ],
)
def test_statuses_in_words(statuses, all_count, sentence):
    assert status_sentence(commitments(*statuses), DAY, all_count) == sentence


@pytest.mark.parametrize(
    ("statuses", "departments", "sentence"),
    [
        (
            [],
            "Ministry of Justice",
            "The Ministry of Justice owns none of government’s 11 digital targets with a date.",
        ),
        (
            ["met"],
            "HM Revenue & Customs",
            (
                "HM Revenue & Customs owns 1 of government’s 11 digital targets with a date: it was"
                " met."
            ),
        ),
        (
            ["unknown"] * 3,
            "Cabinet Office; Home Office",
            (
                "The Cabinet Office and the Home Office own 3 of government’s 11 digital targets"
                " with a date: none can be judged yet."
            ),
        ),
    ],
)
def test_a_department_owns_its_targets(statuses, departments, sentence):
    assert status_sentence(commitments(*statuses), DAY, 11, departments) == sentence


def test_a_departments_services_are_called_its_own():
    headlines = {
        name: evaluate_example(department=name, quarter="2014-Q3").headline
        for name in ("Ministry of Justice", "HM Revenue & Customs")
    }
    assert headlines["Ministry of Justice"].endswith(
        "The dashboard counts 3 of the department’s 4 exemplar services live on 12 September 2014."
    )
    assert " of the department’s 4 exemplar services " in headlines["HM Revenue & Customs"]


def test_before_any_report():
    assert status_sentence(commitments(), DAY, 0) == (
        "Government had published no digital target with a date by 30 September 2014."
    )


def test_the_first_sentence_takes_no_knowledge_of_the_report_for_granted():
    """A reader who has never seen the report must understand the first sentence."""
    jargon = re.compile(r"exemplar|the report|commitment|ALB|GDS|alpha|beta", re.IGNORECASE)
    for quarter in QUARTERS:
        first = split_sentences(evaluate_example(quarter=quarter).headline)[0]
        assert not jargon.search(first), first


def test_a_single_service_is_spoken_of_in_the_singular():
    headline = evaluate_example(department="Cabinet Office", programme="Exemplar services").headline
    assert headline.endswith(
        "There is 1 exemplar service. The dashboard counts it as live on 12 June 2014."
    )
