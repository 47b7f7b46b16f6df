"""Inputs that are used after their review was due."""

from dataclasses import replace

import pytest

from workbook.analysis.overdue_inputs import list_overdue_inputs
from workbook.topics.savings import topic as savings


def run_savings(**values):
    return savings.run(draws=100, **values)


def test_nothing_is_overdue_before_the_first_review():
    assert list_overdue_inputs(run_savings(quarter="2015-Q2")) == ()


def test_published_assumptions_are_overdue_after_their_review_date():
    [sentence] = list_overdue_inputs(run_savings(quarter="2015-Q3"))
    count = sum(bool(declared.review) for declared in savings.Scenario.parameters().values())
    assert sentence == f"{count} assumptions were due for review by 24 July 2015."


def test_a_changed_value_has_no_review():
    [published] = list_overdue_inputs(run_savings(quarter="2015-Q3"))
    [changed] = list_overdue_inputs(run_savings(quarter="2015-Q3", transition_cost=1_000_000))
    assert int(changed.split()[0]) == int(published.split()[0]) - 1


@pytest.mark.parametrize(("quarter", "is_overdue"), [("2026-Q2", False), ("2026-Q3", True)])
def test_discount_rates_are_overdue_after_30_june_2026(quarter, is_overdue):
    sentences = list_overdue_inputs(run_savings(quarter=quarter))
    assert any("due for review by 30 June 2026" in text for text in sentences) == is_overdue


def test_a_report_lists_what_is_overdue_in_its_parts():
    part = run_savings(quarter="2026-Q3")
    whole = replace(run_savings(), part_outcomes={"savings": part})
    assert list_overdue_inputs(whole) == list_overdue_inputs(part)
