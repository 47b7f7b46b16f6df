"""Tests of the change in unit costs: cash and real terms, robustness and missing costs."""

import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.topics import take_up

TWO = small_table(
    ("A", "2013-06", 100, 20),
    ("A", "2014-06", 100, 40),
    ("B", "2013-06", 50, 20),
    ("B", "2014-06", 50, 40),
)


def evaluate_costs(*costs, **values):
    return evaluate_on_table(TWO.assign(cost_per_transaction=costs), exclude="", **values)


def cost_notes(outcome):
    return " ".join(note for note in outcome.notes if "cost" in note)


def test_real_terms_take_off_the_growth_of_prices_in_2013():
    """The windows begin in July 2012 and July 2013: prices grew by 2.292% from 2012 to 2013."""
    outcome = evaluate_costs(2, 2, 4, 4)
    assert outcome["cost_index"].value == 1
    assert outcome["cost_index"].note == "no dearer and no cheaper"
    assert outcome["cost_index_fisher_real"].value == pytest.approx(1 / 1.02292)
    assert outcome["cost_index_fisher_real"].note == "2.2% cheaper"
    assert "Prices rose by 2.3%" in cost_notes(outcome)


def test_a_year_after_the_deflator_is_named():
    outcome = take_up.topic.run(quarter="2017-Q3")
    assert outcome["cost_index_fisher"].value is not None
    assert outcome["cost_index_fisher_real"].value is None
    assert "the deflator has no growth for 2016" in (
        outcome["cost_index_fisher_real"].missing_reason
    )
    assert "The change in real terms is not known: the deflator has no growth" in (
        cost_notes(outcome)
    )


def test_a_calendar_year_counts_as_itself():
    """The year to December 2013 begins in 2013, and the one before in 2012."""
    frame = TWO.assign(
        window_end=TWO["window_end"].map({"2013-06": "2012-12", "2014-06": "2013-12"})
    )
    outcome = evaluate_on_table(frame, exclude="", quarter="2013-Q4")
    assert outcome["cost_index_fisher_real"].value == pytest.approx(1 / 1.02292)


def test_a_direction_that_one_service_decides_is_not_robust():
    # A: 200 becomes 100. B: 100 becomes 125. Together 300 becomes 225.
    notes = cost_notes(evaluate_costs(2, 1, 2, 2.5))
    assert (
        "The direction of the change in cost is not robust. At the earlier volumes, without A it"
        " would be 25% dearer." in notes
    )
    assert "not robust" not in cost_notes(evaluate_costs(2, 1, 2, 1.5))


def test_a_service_with_take_up_and_no_cost_is_left_out_and_counted():
    outcome = evaluate_costs(2, 1, 2, None)
    assert outcome["cost_index"].value == 0.5
    assert (
        "1 of the 2 services with take-up in both years has no cost in one of them, so the change"
        " in cost leaves it out: 33.3% of the transactions." in cost_notes(outcome)
    )


def test_the_default_page_says_that_budgeting_loans_decide_the_direction():
    outcome = take_up.topic.run()
    without = outcome.frame("cost_without").set_index("part")["index"]
    assert without["Without Budgeting Loans applications"] == pytest.approx(1.0017, abs=5e-5)
    assert "without Budgeting Loans applications it would be 0.2% dearer" in cost_notes(outcome)
