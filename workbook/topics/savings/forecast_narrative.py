"""Sentences about the second answer: what follows if take-up follows its forecast."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.outcome import Outcome
from workbook.periods import financial_year, last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.grammar import format_count
from workbook.text.numbers import (
    format_estimate,
    format_probability,
    format_share,
    format_years,
)
from workbook.topics.savings.comparison_phrases import describe_simulated_ends
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.take_up_forecast import TakeUpForecast


def forecast_notes(
    scenario: Savings,
    answer: ForecastAnswer | None,
    break_even_take_up: float | None = None,
) -> Iterator[str]:
    """Say what follows if take-up follows its forecast, where the scenario assumes a target.

    Args:
        scenario: The scenario.
        answer: The second answer, if there is one.
        break_even_take_up: Target take-up at which the net present value is zero, if there is one.

    Yields:
        A note on whose forecast it is and for which years, if it changes. Then a note: the net
        present value with its range, and its probability or why there is none. Nothing if there is
        no forecast, or if the scenario follows it already.
    """
    if answer is None or scenario.curve == "forecast":
        return
    if answer.is_level:
        yield " ".join([_level_sentences(scenario, answer), _probability_sentence(answer)])
        return
    yield " ".join(_origin_sentences(scenario, answer))
    sentences = _tested_sentences if answer.forecast.is_tested else _held_sentences
    yield " ".join(
        [
            *sentences(scenario, answer, break_even_take_up),
            _probability_sentence(answer),
        ]
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


def held_take_up_note(scenario: Savings, answer: ForecastAnswer) -> str:
    """Say from when on take-up is held level; empty where all of the forecast is tested."""
    forecast = answer.forecast
    if forecast.is_tested:
        return ""
    if not forecast.tested_quarters:
        start = "the service’s latest" if scenario.service else "the scenario’s starting"
        return (
            f"take-up is held at {start} {format_share(answer.initial_take_up)}, because no"
            " forecast could be tested"
        )
    tested = format_count(forecast.tested_quarters, "quarter")
    record = f"; {forecast.record.describe()}" if forecast.record else ""
    return (
        f"take-up is held level after the {tested} for which the forecast has been tested{record}"
    )


def missing_forecast_reason(scenario: Savings, take_up: Outcome | None) -> str:
    """Say why there is no forecast to follow."""
    if take_up is None:
        quarter_end = format_month(last_day_of_quarter(scenario.quarter))
        return f"no service had reported by {quarter_end}"
    return "one 12-month period is too little data for a forecast"


def _level_sentences(scenario: Savings, answer: ForecastAnswer) -> str:
    """The net present value where take-up stays as it is."""
    start, net_benefit = format_share(answer.initial_take_up), answer.net_benefit
    if net_benefit.npv < 0 and not answer.forecast.tested_quarters:
        loss, undiscounted = (
            format_estimate(-amount, "GBP") for amount in (net_benefit.npv, answer.undiscounted)
        )
        return (
            f"With no rise from {start}, the whole cost of the move is lost:"
            f" {loss} discounted to {scenario.price_year}, or {undiscounted} undiscounted."
            f" Discounted, {describe_simulated_ends(*net_benefit.stated_range)}."
        )
    as_forecast = ", as forecast" if answer.forecast.is_tested else ""
    return (
        f"If take-up stays at {start}{as_forecast}, {net_benefit.describe_difference()}"
        f" {net_benefit.describe_simulations()}."
    )


def _tested_sentences(
    scenario: Savings, answer: ForecastAnswer, break_even_take_up: float | None
) -> Iterator[str]:
    """The net present value on a forecast that is tested throughout."""
    end = format_share(answer.final_take_up)
    last_year = financial_year(int(scenario.price_year[:4]) + answer.forecast.last_year)
    net_benefit = answer.net_benefit
    yield (
        f"If take-up {_find_direction(answer)}s as forecast, to {end} by {last_year},"
        f" {net_benefit.describe_difference()} {net_benefit.describe_simulations()}."
    )
    yield from _break_even_sentence(scenario, answer, break_even_take_up)


def _held_sentences(
    scenario: Savings, answer: ForecastAnswer, break_even_take_up: float | None
) -> Iterator[str]:
    """The net present value on a forecast that is held level beyond its tested horizon."""
    is_past = _is_past(scenario, answer)
    net_benefit = replace(answer.net_benefit, is_past=is_past)
    quarters = format_count(answer.forecast.tested_quarters, "quarter")
    path = f"{_find_direction(answer)}s as forecast for {quarters}, then stays level"
    if _is_partly_observed(answer):
        path = "follows this path and then stays level"
    if is_past:
        path = "had followed this path and then stayed level"
    yield f"If take-up {path}, {net_benefit.describe_difference()}."
    yield from _break_even_sentence(scenario, answer, break_even_take_up)
    yield f"{describe_simulated_ends(*net_benefit.stated_range)}."


def _break_even_sentence(
    scenario: Savings, answer: ForecastAnswer, break_even_take_up: float | None
) -> Iterator[str]:
    """Why a result has another sign than the break-even take-up suggests, where it has."""
    if break_even_take_up is None or not answer.npv:
        return
    is_gain = answer.npv > 0
    if is_gain == (answer.final_take_up > break_even_take_up):
        return
    years = answer.forecast.years_of_change
    is_sooner = years < scenario.years_to_target
    if is_gain:
        period = "year" if years == 1 else format_years(years)
        timing = f"comes within the first {period}" if is_sooner else "comes sooner"
    else:
        timing = "comes later"
    sign, side = ("positive", "below") if is_gain else ("negative", "above")
    yield (
        f"That is {sign} {side} the break-even take-up of {format_share(break_even_take_up)}"
        f" because the rise {timing}."
    )


def _origin_sentences(scenario: Savings, answer: ForecastAnswer) -> Iterator[str]:
    """Whose forecast it is, for which years, and how it becomes the path of all transactions."""
    forecast = answer.forecast
    start, end = (format_share(dated.take_up) for dated in (forecast.start, forecast.end))
    services = format_count(forecast.services, "service", one="one")
    whose = "this service" if scenario.service else f"the {services} that reported in every period"
    yield f"In {whose}, take-up was {start} in {forecast.start.year}."
    if _is_partly_observed(answer):
        yield f"It was {format_share(forecast.latest.take_up)} in {forecast.latest.year}."
    if forecast.end.quarter > forecast.latest.quarter:
        verb = "was" if _is_past(scenario, answer) else "is"
        yield f"The forecast for {forecast.end.year} {verb} {end}."
    if scenario.service:
        return
    yield (
        f"All services are assumed to {_find_direction(answer)} as much in log-odds, from the"
        f" scenario’s starting {format_share(answer.initial_take_up)} to"
        f" {format_share(answer.final_take_up)}."
    )


def _is_partly_observed(answer: ForecastAnswer) -> bool:
    """Whether some of the path from year 0 on is observed."""
    return answer.forecast.latest.quarter > answer.forecast.start.quarter


def _is_past(scenario: Savings, answer: ForecastAnswer) -> bool:
    """Whether the last year of the forecast has ended."""
    return answer.forecast.end.quarter <= scenario.quarter


def _find_direction(answer: ForecastAnswer) -> str:
    return "rise" if answer.final_take_up > answer.initial_take_up else "fall"


def _probability_sentence(answer: ForecastAnswer) -> str:
    """The probability of a gain, or why there is none."""
    if answer.probability is not None:
        return (
            "The probability that benefits exceed costs would then be"
            f" {format_probability(answer.probability)}."
        )
    forecast = answer.forecast
    if forecast.tested_quarters:
        tested = format_count(forecast.tested_quarters, "quarter")
        return (
            f"No probability is given: the forecast is tested {tested} ahead, and the appraisal"
            f" needs {forecast.needed_quarters}."
        )
    return "How probable that is cannot be said: there is too little data to test a forecast."
