"""Tests of the change in unit costs: cash and real terms, robustness and missing costs."""

import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.tables.deflator import main_calendar_year
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
    assert (
        "The UK GDP deflator rose by 2.3% from 2012 to 2013, the calendar years in which these"
        " years began." in cost_notes(outcome)
    )


def test_a_year_after_the_deflator_is_named():
    outcome = take_up.topic.run(quarter="2017-Q3")
    assert outcome["cost_index_fisher"].value is not None
    assert outcome["cost_index_fisher_real"].value is None
    assert outcome["cost_index_fisher_real"].missing_reason == (
        "the deflator table used here ends at 2014"
    )
    assert (
        "The change in real terms is not known. The deflator table used here ends at 2014."
        in cost_notes(outcome)
    )


@pytest.mark.parametrize(
    ("window_end", "year"),
    [("2014-03", 2013), ("2014-06", 2013), ("2014-09", 2014), ("2014-12", 2014)],
)
def test_a_window_counts_as_the_calendar_year_with_most_of_its_months(window_end, year):
    """Six months lie in each year for an end in June: the first counts."""
    assert main_calendar_year(window_end) == year


def test_a_year_to_september_has_the_prices_of_the_year_in_which_it_ends():
    """9 of its 12 months: prices grew by 1.451% from 2013 to 2014."""
    frame = TWO.assign(
        window_end=TWO["window_end"].map({"2013-06": "2013-09", "2014-06": "2014-09"})
    )
    outcome = evaluate_on_table(frame, exclude="", quarter="2014-Q3")
    assert outcome["cost_index_fisher_real"].value == pytest.approx(1 / 1.01451)
    assert (
        "The UK GDP deflator rose by 1.5% from 2013 to 2014, the calendar years that hold most"
        " months of the years compared." in cost_notes(outcome)
    )


def test_windows_of_one_calendar_year_have_one_price_level():
    frame = TWO.assign(
        window_end=TWO["window_end"].map({"2013-06": "2014-03", "2014-06": "2014-06"})
    )
    notes = cost_notes(evaluate_on_table(frame, exclude="", compare_with="2014-Q1"))
    assert "Both years count as 2013, so real terms are the same as cash." in notes


def test_a_calendar_year_counts_as_itself():
    """The year to December 2013 is 2013, and the one before 2012."""
    frame = TWO.assign(
        window_end=TWO["window_end"].map({"2013-06": "2012-12", "2014-06": "2013-12"})
    )
    outcome = evaluate_on_table(frame, exclude="", quarter="2013-Q4")
    assert outcome["cost_index_fisher_real"].value == pytest.approx(1 / 1.02292)


def test_a_direction_that_one_service_decides_is_not_robust():
    # A: 200 becomes 100. B: 100 becomes 125. Together 300 becomes 225.
    notes = cost_notes(evaluate_costs(2, 1, 2, 2.5))
    assert (
        "By the Fisher index in cash, the direction of the change in cost is not robust. Without A,"
        " the same transactions would be 25% dearer. In real terms it is not robust either. Without"
        " A, the same transactions would be 22.2% dearer." in notes
    )
    assert "not robust" not in cost_notes(evaluate_costs(2, 1, 2, 1.5))


def test_a_service_with_take_up_and_no_cost_is_left_out_and_counted():
    outcome = evaluate_costs(2, 1, 2, None)
    assert outcome["cost_index"].value == 0.5
    assert (
        "The cost indices cover 1 service with a cost in both years. They leave out 1 of the 2"
        " services compared, with 33.3% of their transactions." in cost_notes(outcome)
    )


def test_the_default_page_says_which_services_decide_the_direction_in_cash_alone():
    outcome = take_up.topic.run()
    without = outcome.frame("cost_without").set_index("part")["index"]
    assert without["Without Budgeting Loans applications"] == pytest.approx(1.0017, abs=5e-5)
    assert len(without) == 4
    assert (
        "Without Visa applications or Budgeting Loans applications, the same transactions would be"
        " 0.1% to 0.2% dearer. In real terms they would still be 2.1% cheaper."
    ) in cost_notes(outcome)


def test_every_service_is_left_out_in_turn_in_cash_and_in_real_terms():
    """The audit: 0.995 in cash without National Insurance, which is not among the three largest."""
    notes = cost_notes(take_up.topic.run(quarter="2015-Q1"))
    assert "Without National Insurance transactions, the same transactions would be 0.5%" in notes
    assert (
        "In real terms it is not robust either. Without National Insurance transactions, Child"
        " Benefit transactions or one other, the same transactions would be 0.5% to 1.9% cheaper."
    ) in notes


def test_volumes_that_decide_the_direction_are_noted():
    # 100 + 200 become 220 + 50 at the earlier volumes; 800 + 20 become 1760 + 5 at the later.
    frame = small_table(
        ("A", "2013-06", 100, 20),
        ("A", "2014-06", 800, 40),
        ("B", "2013-06", 100, 20),
        ("B", "2014-06", 10, 4),
    ).assign(cost_per_transaction=[1, 2.2, 2, 0.5])
    assert (
        "In cash and in real terms, the cost changes in opposite directions at the earlier and at"
        " the later volumes." in cost_notes(evaluate_on_table(frame, exclude=""))
    )


def test_tiles_of_cost_name_the_period_the_prices_and_the_services():
    outcome = take_up.topic.run()
    assert outcome["median_cost_per_transaction"].note == (
        "36 services, each counted once, in cash, year to June 2014; the chart shows the 35 that"
        " also report take-up"
    )
    assert outcome["total_cost_matched"].note == (
        "in cash, year to June 2014, 32 services with a cost"
    )
    assert (
        outcome["median_cost_per_transaction"].label == "Median of services' cost per transaction"
    )
    figure = take_up.topic.charts["cost"](outcome)
    assert "Mostly digital: 50% or more. Medians count each service once." in figure.subtitle
    assert figure.description.startswith("35 services with both take-up and a cost, in cash.")


def test_services_with_a_cost_that_are_not_compared_are_told_apart():
    """27 services have a cost in both years; 2 of them are not among the 39 with take-up."""
    assert (
        "The cost indices cover 27 services with a cost in both years: 25 of the 39 compared and 2"
        " others. They leave out 14, with 16.4% of their transactions."
    ) in cost_notes(take_up.topic.run(quarter="2015-Q1"))
