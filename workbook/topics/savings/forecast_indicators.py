"""Indicators of the second answer: what follows if take-up follows its forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.indicators import IndicatorDefinition, IndicatorValue, Interval
from workbook.outcome import Outcome
from workbook.text.numbers import format_share
from workbook.topics.savings.forecast_narrative import (
    held_take_up_note,
    missing_forecast_reason,
    untested_reason,
)
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings

_NPV = "npv_on_forecast"
_PATH = "follows its forecast"
FORECAST_PROBABILITY = "probability_npv_positive_on_forecast"

FORECAST_INDICATORS = (
    IndicatorDefinition(
        _NPV,
        "Net present value if take-up follows its forecast",
        "GBP",
        "higher",
        missing_label="no forecast",
        scenario_label="Net present value if take-up {forecast_path}",
    ),
    IndicatorDefinition(
        FORECAST_PROBABILITY,
        "Probability that benefits exceed costs if take-up follows its forecast",
        "share",
        "higher",
        is_probability=True,
        missing_label="not tested",
    ),
)


@dataclass(frozen=True)
class ForecastFigures:
    """Values of the indicators by name, with their interval, reasons, notes and path of take-up."""

    amounts: Mapping[str, IndicatorValue]
    intervals: Mapping[str, Interval]
    missing_reasons: Mapping[str, str]
    notes: Mapping[str, str]
    path: str


def forecast_figures(
    scenario: Savings, answer: ForecastAnswer | None, take_up: Outcome | None
) -> ForecastFigures:
    """Figures of the indicators.

    Args:
        scenario: The scenario.
        answer: The second answer, None where there is no forecast.
        take_up: Outcome of the take-up topic, if there is one.

    Returns:
        The figures.
    """
    if answer is None:
        reason = missing_forecast_reason(scenario, take_up)
        names = (_NPV, FORECAST_PROBABILITY)
        return ForecastFigures(dict.fromkeys(names), {}, dict.fromkeys(names, reason), {}, _PATH)
    is_followed = answer.forecast.is_tested or answer.forecast.tested_quarters > 0
    reason = "" if answer.forecast.is_tested else untested_reason(answer.forecast)
    return ForecastFigures(
        {_NPV: answer.npv, FORECAST_PROBABILITY: answer.probability},
        {_NPV: answer.interval},
        {FORECAST_PROBABILITY: reason},
        {_NPV: held_take_up_note(scenario, answer)},
        _PATH if is_followed else f"stays at {format_share(answer.initial_take_up)}",
    )
