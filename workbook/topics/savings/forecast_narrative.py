"""Sentences about the second answer: what follows if take-up follows its forecast."""

from collections.abc import Iterator

from workbook.outcome import Outcome
from workbook.periods import financial_year, last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.grammar import format_count
from workbook.text.numbers import (
    format_estimate,
    format_probability,
    format_share,
    format_simulated_range,
)
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.take_up_forecast import TakeUpForecast


def forecast_sentences(scenario: Savings, answer: ForecastAnswer | None) -> Iterator[str]:
    """Say what follows if take-up follows its forecast, where the scenario assumes a target.

    Args:
        scenario: The scenario.
        answer: The second answer, if there is one.

    Yields:
        The net present value with its range, then its probability or why there is none. Nothing
        if there is no forecast, or if the scenario follows it already.
    """
    if answer is None or scenario.curve == "forecast":
        return
    of_others = "" if answer.forecast.is_tested else " of the other assumptions"
    interval = format_simulated_range(*answer.interval, "GBP")
    simulations = f" (8 in 10 simulations{of_others}: {interval})" if any(answer.interval) else ""
    yield (
        f"{_condition(scenario, answer)}, the net present value would be"
        f" {format_estimate(answer.npv, 'GBP')}{simulations}."
    )
    if answer.probability is None:
        yield f"No probability is given for that: {untested_reason(answer.forecast)}."
        return
    yield (
        "The probability that benefits exceed costs would then be"
        f" {format_probability(answer.probability)}."
    )


def untested_reason(forecast: TakeUpForecast) -> str:
    """Say how far ahead the forecast has been tested, where that is not far enough."""
    if not forecast.tested_quarters:
        return "there is too little data to test a forecast"
    tested = format_count(forecast.tested_quarters, "quarter")
    return (
        f"the forecast has been tested up to {tested} ahead, and the appraisal needs"
        f" {forecast.needed_quarters}"
    )


def missing_forecast_reason(scenario: Savings, take_up: Outcome | None) -> str:
    """Say why there is no forecast to follow."""
    if take_up is None:
        quarter_end = format_month(last_day_of_quarter(scenario.quarter))
        return f"no service had reported by {quarter_end}"
    return "one 12-month period is too little data for a forecast"


def _condition(scenario: Savings, answer: ForecastAnswer) -> str:
    """The condition of the second answer: the forecast, or no change where it can be no more."""
    start, end = format_share(answer.initial_take_up), format_share(answer.final_take_up)
    if start == end:
        if not answer.forecast.tested_quarters:
            return f"If take-up stays at {start} instead"
        return f"If take-up follows its forecast instead and stays at {start}"
    last_year = int(scenario.price_year[:4]) + len(answer.forecast.by_year) - 1
    path = f"{start} to {end} by {financial_year(last_year)}"
    return f"If take-up follows its forecast instead ({path})"
