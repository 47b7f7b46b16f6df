"""What the quarterly report says of consultations between two quarters."""

from tests.topics.policymaking.examples import evaluate
from workbook.topics.policymaking.report_changes import describe_consultation_changes


def test_what_was_opened_closed_and_answered_since():
    previous, current = evaluate(quarter="2014-Q1"), evaluate(quarter="2014-Q2")
    assert list(describe_consultation_changes(previous, current, "2014-Q1")) == [
        "One consultation opened since 2014-Q1: Still open.",
        "2 consultations were answered since 2014-Q1: Answered early and Feedback first.",
    ]


def test_nothing_changed():
    outcome = evaluate()
    assert not list(describe_consultation_changes(outcome, outcome, "2014-Q2"))
