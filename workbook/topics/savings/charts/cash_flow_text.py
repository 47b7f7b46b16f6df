"""Title and description of the chart of the cash flow."""

import numpy as np
import pandas as pd

from workbook.outcome import Outcome
from workbook.text.numbers import format_estimate, format_share, format_years
from workbook.topics.savings.parameters import Savings, counts_governments_transition_cost


def write_cash_flow_title(outcome: Outcome, table: pd.DataFrame) -> str:
    """Say when the costs are paid back, or what else the cash flow comes to.

    Args:
        outcome: The outcome.
        table: Its cash flow by year.

    Returns:
        At most 15 words.
    """
    end, years = table.iloc[-1].to_dict(), outcome["payback_years"].number
    amount, final_year = format_estimate(abs(end["cumulative"]), "GBP"), end["financial_year"]
    scenario = outcome.scenario_of(Savings)
    pay = "have paid" if scenario.target_has_ended else "pay"
    if years is None and end["saving"] < 0:
        return f"The move would make a loss of {amount} by {final_year}"
    if years is None:
        whose = counts_governments_transition_cost(scenario)
        move = "At all government’s transition cost, the move" if whose else "The move"
        return f"{move} would not {pay} for itself within {format_years(len(table) - 1)}"
    if years:
        discounted = _describe_discounted(outcome["discounted_payback_years"].number, years)
        return f"The move would {pay} for itself {format_delay(years)}{discounted}"
    if table["saving"].any():
        return f"There are no costs to pay back: {amount} would be saved by {final_year}"
    return "Nothing would be saved and nothing spent"


def format_delay(years: float) -> str:
    """Time until the payback: ``after 6.4 years``, or ``at once``."""
    duration = format_years(years)
    return "at once" if duration == format_years(0) else f"after {duration}"


def _describe_discounted(discounted: float | None, years: float) -> str:
    """The discounted payback after the payback, where it differs: ``, or 7 years discounted``."""
    if discounted is None:
        return ", but not if discounted"
    duration = format_years(discounted)
    return "" if duration == format_years(years) else f", or {duration} discounted"


def _describe_transition(scenario: Savings, transition_cost: float) -> str:
    """The transition cost with its optimism bias, where all of it falls in the appraisal."""
    amount = f"{format_estimate(transition_cost, 'GBP')} for the transition"
    with_bias = scenario.transition_cost * (1 + scenario.optimism_bias)
    if not scenario.optimism_bias or not np.isclose(transition_cost, with_bias):
        return amount
    estimate = format_estimate(scenario.transition_cost, "GBP")
    return f"{amount} ({estimate} plus {format_share(scenario.optimism_bias)} optimism bias)"


def describe_cash_flow(outcome: Outcome, table: pd.DataFrame) -> str:
    """Describe the chart in sentences.

    Args:
        outcome: The outcome.
        table: Its cash flow by year.

    Returns:
        What is saved and spent, the lowest and the last balance, and the payback.
    """
    lowest_position = int(table["cumulative"].argmin())
    first, lowest, end = table.iloc[[0, lowest_position, -1]].to_dict("records")
    transition = _describe_transition(outcome.scenario_of(Savings), table["transition_cost"].sum())
    dual_running = format_estimate(table["dual_running_cost"].sum(), "GBP")
    payback_text = " ".join(
        f"{outcome[name].label}: {outcome[name].formatted_value}."
        for name in ("payback_years", "discounted_payback_years")
    )
    costs_text = f"Costs: {transition} and {dual_running} for dual running."
    return (
        f"From {first['financial_year']} to {end['financial_year']}. Saving, net of help:"
        f" {outcome['total_saving'].formatted_value}, with"
        f" {outcome['fiscal_saving'].formatted_value} for the taxpayer and"
        f" {outcome['fee_payer_saving'].formatted_value} for people who pay fees."
        f" {costs_text} The cumulative net cash flow is lowest in {lowest['financial_year']}, at"
        f" {format_estimate(lowest['cumulative'], 'GBP')}. It ends at"
        f" {format_estimate(end['cumulative'], 'GBP')}, or"
        f" {format_estimate(end['cumulative_present_value'], 'GBP')} discounted. {payback_text}"
    )
