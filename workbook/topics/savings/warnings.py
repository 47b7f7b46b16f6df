"""Warnings at parameters: values that are valid but make a loss or are probably a mistake."""

from collections.abc import Iterator

import pandas as pd

from workbook.periods import financial_year_of, last_day_of_quarter
from workbook.scenario import ParameterError
from workbook.text.numbers import format_estimate, format_money, format_share, format_years
from workbook.topics.savings.contact_costs import (
    digital_contact_cost,
    help_cost_each,
    mean_channel_switch_saving,
    mean_other_channel_cost,
)
from workbook.topics.savings.discount_schedule import describe_expiry
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import Savings, counts_governments_transition_cost

_LONGEST_USUAL_HORIZON = 20
"""Years up to which an appraisal of a digital service is usual."""


def savings_warnings(scenario: Savings, inputs: AppraisalInputs) -> Iterator[ParameterError]:
    """Warn about values that are valid but make a loss or are probably a mistake.

    Args:
        scenario: The scenario.
        inputs: Point values of the appraisal, a service's own included.

    Yields:
        A warning at the parameter that causes it.
    """
    yield from _take_up_warnings(scenario, inputs)
    yield from _period_warnings(scenario)
    yield from _cost_warnings(scenario, inputs)


def discount_rate_warnings(
    scenario: Savings, discount_rates: pd.DataFrame
) -> Iterator[ParameterError]:
    """Warn about discount rates that are used after their review was due.

    Args:
        scenario: The scenario.
        discount_rates: The discount rates that are used.

    Yields:
        A warning at the schedule, or none.
    """
    if expiry := describe_expiry(discount_rates, last_day_of_quarter(scenario.quarter)):
        yield _parameter_warning("discount_schedule", scenario, expiry)


def _parameter_warning(name: str, scenario: Savings, message: str) -> ParameterError:
    return ParameterError(name, scenario.values()[name], message)


def _take_up_warnings(scenario: Savings, inputs: AppraisalInputs) -> Iterator[ParameterError]:
    start, end = float(inputs.initial_take_up), float(inputs.final_take_up)
    if end < start:
        is_forecast = scenario.curve == "forecast"
        consequence = (
            "so the saving becomes a loss"
            if float(mean_channel_switch_saving(inputs)) > 0
            else "which cost more here"
        )
        yield _parameter_warning(
            "curve" if is_forecast else "take_up_target",
            scenario,
            f"The {'forecast' if is_forecast else 'target'} take-up ({format_share(end)}) is below "
            f"the starting take-up ({format_share(start)}). People would move away from digital "
            f"services, {consequence}.",
        )


def _period_warnings(scenario: Savings) -> Iterator[ParameterError]:
    if scenario.horizon > _LONGEST_USUAL_HORIZON:
        yield _parameter_warning(
            "horizon",
            scenario,
            f"The appraisal runs for {format_years(scenario.horizon)}. The costs are from 2008 to "
            "2012, and nothing is included for renewing the services. The Green Book suggests 10 "
            "years for most proposals.",
        )
    if scenario.transition_cost and scenario.transition_years > scenario.horizon + 1:
        yield _parameter_warning(
            "transition_years",
            scenario,
            f"The transition lasts {format_years(scenario.transition_years)}, but the appraisal "
            f"ends after {format_years(scenario.horizon)}. The cost after that is left out.",
        )
    if scenario.curve == "assumed" and scenario.horizon < scenario.years_to_target:
        yield _parameter_warning(
            "horizon",
            scenario,
            f"Take-up reaches its target after {format_years(scenario.years_to_target)}, but the "
            f"appraisal ends after {format_years(scenario.horizon)}. The full annual saving comes "
            "later.",
        )
    current_year = financial_year_of(last_day_of_quarter(scenario.quarter))
    if scenario.price_year != current_year:
        yield _parameter_warning(
            "price_year",
            scenario,
            f"Year 0 is {scenario.price_year}, but the quarter is in {current_year}. The appraisal "
            "starts with year 0.",
        )


def _cost_warnings(scenario: Savings, inputs: AppraisalInputs) -> Iterator[ParameterError]:
    if counts_governments_transition_cost(scenario):
        yield _parameter_warning(
            "transition_cost",
            scenario,
            f"The transition cost ({format_estimate(scenario.transition_cost, 'GBP')}) is the one "
            f"for all of government. Enter the cost of changing {scenario.service}.",
        )
    other_channel_cost = float(mean_other_channel_cost(inputs))
    digital_cost = float(digital_contact_cost(inputs))
    if digital_cost > other_channel_cost:
        yield _parameter_warning(
            "cost_digital",
            scenario,
            f"A digital contact ({format_money(digital_cost)}) costs more than a contact "
            f"by other channels ({format_money(other_channel_cost)}). Each person who moves online "
            "adds a cost.",
        )
    elif float(mean_channel_switch_saving(inputs)) < 0:
        help_cost = format_money(float(help_cost_each(inputs)))
        yield _parameter_warning(
            "assisted_cost",
            scenario,
            f"Helping {format_share(scenario.assisted_share)} of the people who move, at "
            f"{help_cost} each time, costs more than the move saves.",
        )
