"""Indicators of the second answer: what follows if take-up follows its forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.indicators import IndicatorDefinition, IndicatorValue, Interval
from workbook.outcome import Outcome
from workbook.topics.savings.forecast_narrative import missing_forecast_reason, untested_reason
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings

_NPV = "npv_on_forecast"
FORECAST_PROBABILITY = "probability_npv_positive_on_forecast"

FORECAST_INDICATORS = (
    IndicatorDefinition(
        _NPV,
        "Net present value if take-up follows its forecast",
        "GBP",
        "higher",
        missing_label="no forecast",
    ),
    IndicatorDefinition(
        FORECAST_PROBABILITY,
        "Probability that benefits exceed costs, on that forecast",
        "share",
        "higher",
        is_probability=True,
        missing_label="not tested",
    ),
)


@dataclass(frozen=True)
class ForecastFigures:
    """Values of the indicators by name, with their interval, reasons and notes."""

    amounts: Mapping[str, IndicatorValue]
    intervals: Mapping[str, Interval]
    missing_reasons: Mapping[str, str]
    notes: Mapping[str, str]


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
        return ForecastFigures(dict.fromkeys(names), {}, dict.fromkeys(names, reason), {})
    reason = "" if answer.forecast.is_tested else untested_reason(answer.forecast)
    note = f"at the central forecast: {reason}" if reason else ""
    return ForecastFigures(
        {_NPV: answer.npv, FORECAST_PROBABILITY: answer.probability},
        {_NPV: answer.interval},
        {FORECAST_PROBABILITY: reason},
        {_NPV: note},
    )
