"""The headline of savings: the annual saving, the net present value and its probability."""

import math
from collections.abc import Iterator, Mapping

from workbook.indicators import Indicator
from workbook.periods import financial_year
from workbook.text.numbers import (
    format_estimate,
    format_share,
    format_simulated_range,
    format_years,
)
from workbook.topics.savings.forecast_narrative import forecast_sentences
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings, counts_governments_transition_cost

_BREAK_EVEN_SHARE = 0.1
"""Fraction of the distance from P10 to P90 within which a net present value is about zero."""

_EVEN_PROBABILITY = 0.5


def write_savings_headline(
    scenario: Savings,
    inputs: AppraisalInputs,
    indicators: Mapping[str, Indicator],
    on_forecast: ForecastAnswer | None,
) -> str:
    """Write the main results in a few sentences.

    Args:
        scenario: The scenario.
        inputs: Point values.
        indicators: The indicators by name.
        on_forecast: The second answer, None where there is no forecast.

    Returns:
        The annual saving, the net present value with its range, and the probability that it is
        positive.
    """
    return " ".join(
        [
            _annual_saving_sentence(scenario, inputs, indicators),
            *_npv_sentences(scenario, inputs, indicators),
            *forecast_sentences(scenario, on_forecast),
        ]
    )


def _annual_saving_sentence(
    scenario: Savings, inputs: AppraisalInputs, indicators: Mapping[str, Indicator]
) -> str:
    annual_saving = indicators["annual_saving"].number or 0.0
    of_service = f" of {scenario.service}" if scenario.service else ""
    start, end = _take_up_ends(inputs)
    if start == end:
        no_change = "is not forecast to change from" if scenario.curve == "forecast" else "stays at"
        return f"Take-up{of_service} {no_change} {start}, so almost nothing is saved."
    change = "rises" if inputs.final_take_up > inputs.initial_take_up else "falls"
    if scenario.curve == "forecast":
        timing = f"over {format_years(scenario.horizon)} as forecast"
    else:
        last_year = int(scenario.price_year[:4]) + math.ceil(scenario.years_to_target)
        timing = f"by the end of {financial_year(last_year)}"
    result = "saving" if annual_saving >= 0 else "loss"
    return (
        f"If take-up{of_service} {change} from {start} to {end} {timing}, the {result} would reach"
        f" {format_estimate(abs(annual_saving), 'GBP')} a year"
        f"{_describe_simulations(indicators['annual_saving'])}."
    )


def _describe_simulations(annual_saving: Indicator) -> str:
    """The range of the annual saving, or of the loss, in brackets; empty without one."""
    low, high = annual_saving.low, annual_saving.high
    if low is None or high is None:
        return ""
    if (annual_saving.number or 0.0) < 0:
        low, high = -high, -low
    return f" (8 in 10 simulations: {format_simulated_range(low, high, 'GBP')})"


def _npv_sentences(
    scenario: Savings, inputs: AppraisalInputs, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """Net present value with its range and probability, and whose transition cost it counts."""
    low, high = (indicators[name].number or 0.0 for name in ("npv_p10", "npv_p90"))
    yield f"Over {format_years(scenario.horizon)} {_describe_npv(scenario, indicators)}."
    ends = format_simulated_range(low, high, "GBP").replace(" to ", " and ")
    yield f"8 in 10 simulations lie between {ends}."
    if counts_governments_transition_cost(scenario):
        cost = format_estimate(scenario.transition_cost, "GBP")
        yield (
            f"This counts all of government’s transition cost, {cost}, against {scenario.service}"
            " alone."
        )
    probability = indicators["probability_npv_positive"]
    if probability.number is None:
        yield f"No probability is given: {probability.missing_reason}."
        return
    start, end = _take_up_ends(inputs)
    condition = "" if scenario.curve == "forecast" or start == end else f"If {end} is reached, the"
    yield (
        f"{condition or 'The'} probability that benefits exceed costs is"
        f" {probability.formatted_value}."
    )


def _describe_npv(scenario: Savings, indicators: Mapping[str, Indicator]) -> str:
    """Say by how much benefits would exceed costs, or that it is about break-even."""
    npv = indicators["npv"].number or 0.0
    amount = format_estimate(abs(npv), "GBP")
    prices = f"{scenario.price_year} prices"
    if is_about_break_even(indicators):
        gain_or_loss = "gain" if npv >= 0 else "loss"
        return (
            f"the result would be about break-even: a {gain_or_loss} of {amount} (net present"
            f" value, {prices})"
        )
    if not npv:
        return f"benefits would equal costs ({prices})"
    comparison = "benefits would exceed costs" if npv > 0 else "costs would exceed benefits"
    return f"{comparison} by {amount} (net present value, {prices})"


def is_about_break_even(indicators: Mapping[str, Indicator]) -> bool:
    """Whether the net present value is too close to zero to tell a gain from a loss.

    Args:
        indicators: The indicators by name.

    Returns:
        True if it is within a tenth of the distance from P10 to P90, or if most simulations have
        the other sign.
    """
    npv, low, high = (indicators[name].number or 0.0 for name in ("npv", "npv_p10", "npv_p90"))
    if not low < 0 < high:
        return False
    probability = indicators["probability_npv_positive"].number
    most_disagree = probability is not None and (npv > 0) != (probability > _EVEN_PROBABILITY)
    return most_disagree or abs(npv) <= _BREAK_EVEN_SHARE * (high - low)


def _take_up_ends(inputs: AppraisalInputs) -> tuple[str, str]:
    """Take-up now and at the end, as percentages."""
    return format_share(float(inputs.initial_take_up)), format_share(float(inputs.final_take_up))
