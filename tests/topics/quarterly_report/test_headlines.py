"""The report's headline and notes in every branch: short, and with a number."""

import re
from dataclasses import replace

import pytest

from tests.topics.quarterly_report.four_topics import run_report
from tests.topics.test_wording import MOST_WORDS_OF_A_HEADLINE, long_sentences
from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    PLAN_NOT_MET,
    REPRODUCED,
    VERDICTS_OF_KIND,
    WITHIN_REVISIONS,
    ClaimVerdict,
)
from workbook.topics.quarterly_report.finding_notes import finding_notes, rank_findings
from workbook.topics.quarterly_report.indicators import report_indicators
from workbook.topics.quarterly_report.narrative import write_report_headline
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import VerdictCounts

SCENARIOS = (
    {"quarter": "2013-Q1"},
    {"quarter": "2014-Q1"},
    {"quarter": "2014-Q2"},
    {"quarter": "2014-Q3"},
    {"quarter": "2014-Q3", "previous_quarter": "2013-Q3"},
    {"quarter": "2014-Q2", "previous_quarter": "2010-Q1"},
    {"quarter": "2015-Q1"},
    {"quarter": "2021-Q4"},
)


def claim_verdict(kind=CONTRADICTED, verdict=NOT_REPRODUCED, **values):
    fields = {
        "id": "C1", "section": "Foreword", "claim": "It grew", "printed_as": "10", "printed": 10.0,
        "unit": "count", "computed": 8.0, "working": "4 + 4 = 8",
    }  # fmt: skip
    return ClaimVerdict(**{**fields, **values}, kind=kind, verdict=verdict)


@pytest.mark.parametrize("values", SCENARIOS, ids=str)
def test_the_headline_is_short_and_has_a_number(values):
    outcome = run_report(**values)
    assert len(outcome.headline.split()) <= MOST_WORDS_OF_A_HEADLINE, outcome.headline
    assert re.search(r"\d", outcome.headline)
    assert not long_sentences(iter([outcome.headline, *outcome.notes]))


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        (
            [CONTRADICTED],
            (
                "1 published figure: none unsettled, none confirmed, none only consistent,"
                " 1 contradicted."
            ),
        ),
        (
            [CONFIRMED, CONFIRMED, NOT_CHECKABLE],
            (
                "3 published figures: 1 unsettled, 2 confirmed, none only consistent, none"
                " contradicted."
            ),
        ),
        (
            [CONFIRMED, NOT_CHECKABLE, WITHIN_REVISIONS, PLAN_NOT_MET, PLAN_NOT_MET],
            (
                "5 published figures: 2 unsettled, 1 confirmed, none only consistent, none"
                " contradicted, 2 not met."
            ),
        ),
    ],
)
def test_the_counts_of_the_headline_add_up(kinds, sentence):
    counts = VerdictCounts.from_verdicts(
        [claim_verdict(kind, VERDICTS_OF_KIND[kind][0]) for kind in kinds]
    )
    headline = write_report_headline([], [], QuarterlyReport(), counts)
    assert headline == f"{sentence} No indicator can be compared since March 2014."


def test_findings_are_ranked_by_their_evidence_and_their_gap():
    verdicts = [
        claim_verdict(id="plan", kind=PLAN_NOT_MET, computed=0.0),
        claim_verdict(id="small gap inside", computed=9.0),
        claim_verdict(id="large gap inside", computed=1.0),
        claim_verdict(id="data", computed=9.5, data=("A file",)),
        claim_verdict(id="agrees", kind=CONFIRMED, verdict=REPRODUCED),
    ]
    ranked = [verdict.id for verdict in rank_findings(verdicts)]
    assert ranked == ["data", "large gap inside", "small gap inside", "plan"]


def test_a_finding_gives_the_recalculated_figure_or_the_fact_that_refutes_it():
    verdicts = [
        claim_verdict(claim="Sales grew by a third. So it says", working="5 ÷ 4 − 1 = 25%. Data"),
        claim_verdict(claim="It went live", working="Services live: 0", computed=9.0),
    ]
    assert list(finding_notes(verdicts)) == [
        "Contradicted: sales grew by a third. Recalculated: 25%.",
        "Contradicted: it went live. Services live: 0.",
    ]


def test_a_figure_that_the_report_does_not_define_is_noted_after_those_contradicted():
    undefined = claim_verdict(NOT_CHECKABLE, claim="It grew by volume", missing="its volume")
    assert list(finding_notes([undefined, claim_verdict()])) == [
        "Contradicted: it grew. Recalculated: 8.",
        "Not checkable: it grew by volume. Recalculated: 8.",
    ]
    assert rank_findings([undefined]) == []
    counts = VerdictCounts.from_verdicts([undefined, claim_verdict()])
    indicators = {
        indicator.name: indicator for indicator in report_indicators([], counts, QuarterlyReport())
    }
    assert indicators["claims_contradicted"].value == indicators["claims_unsettled"].value == 1
    assert indicators["claims_not_reproduced"].value == 2
    assert indicators["claims_not_reproduced"].note == "1 is not defined by the report"


def test_a_figure_that_the_report_itself_does_not_agree_with_is_noted():
    verdict = claim_verdict(
        NOT_CHECKABLE,
        NOT_CHECKABLE,
        claim="All will be helped. So it says",
        conflict="Two figures conflict: all are to be helped. It says 5 cannot be",
    )
    assert list(finding_notes([verdict])) == [
        "Not checkable, but two figures conflict: all are to be helped. It says 5 cannot be."
    ]


def test_a_contradiction_is_told_with_what_limits_it():
    verdict = claim_verdict(claim="Sales grew", note="Late returns cannot explain it")
    assert list(finding_notes([verdict])) == [
        "Contradicted: sales grew. Recalculated: 8. Late returns cannot explain it."
    ]


def test_a_plan_stated_twice_is_one_plan():
    plan = claim_verdict(PLAN_NOT_MET, claim="Five are to open", note="By the list 3 did")
    other = claim_verdict(PLAN_NOT_MET, claim="Nine are to open", printed=9.0, working="Open: 8")
    assert list(finding_notes([plan, replace(plan, id="C2", claim="Five more are to open")])) == [
        "Plan not met (stated twice): five were to open. By the list 3 did."
    ]
    for plans, note in (
        ([plan, plan], "2 state one plan not met"),
        ([plan, plan, other], "3 state 2 plans not met"),
        ([plan, other], "2 are plans not met"),
        ([plan], "1 is a plan not met"),
    ):
        counts = VerdictCounts.from_verdicts(plans)
        indicators = report_indicators([], counts, QuarterlyReport())
        [not_reproduced] = [one for one in indicators if one.name == "claims_not_reproduced"]
        assert not_reproduced.note == note


def test_consistent_figures_are_noted_with_those_that_only_repeat():
    figures = [
        claim_verdict(CONSISTENT, REPRODUCED, is_repetition=again) for again in (True, False)
    ]
    assert list(finding_notes(figures)) == [
        (
            "2 figures agree only with the report’s own figures. They are not confirmed. 1 of"
            " them only repeats a figure printed elsewhere in it."
        )
    ]
