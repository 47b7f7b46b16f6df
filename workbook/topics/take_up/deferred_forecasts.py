"""Deferred analyses of take-up: each shows the forecasts of the selected services in one way."""

from collections.abc import Callable, Generator, Iterator, Mapping
from weakref import WeakKeyDictionary

import pandas as pd

from workbook.outcome import Outcome
from workbook.topic import AnalysisResult, DeferredAnalysis
from workbook.topics.take_up.assisted_digital.digital_counts import read_service_panel
from workbook.topics.take_up.coherent_forecasts import CoherentForecasts, forecast_coherently
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.reliability import read_calibrations
from workbook.topics.take_up.selection import select_services

_known_forecasts: WeakKeyDictionary[Outcome, CoherentForecasts] = WeakKeyDictionary()
"""The forecasts of an outcome's services, which several analyses of it show."""


def defer_forecasts(
    present: Callable[[CoherentForecasts, TakeUp], AnalysisResult],
) -> DeferredAnalysis:
    """Make a deferred analysis of the forecasts of every selected service.

    Args:
        present: Makes the result from the forecasts and the scenario.

    Returns:
        The analysis. It pauses after each service, the largest first, so that it can be cancelled.
        The forecasts are made once for all such analyses of an outcome.
    """

    def analyse_forecasts(
        tables: Mapping[str, pd.DataFrame], outcome: Outcome
    ) -> Iterator[AnalysisResult | None]:
        scenario = outcome.scenario_of(TakeUp)
        if outcome not in _known_forecasts:
            forecasts = yield from _forecast_selected_services(tables, scenario)
            _known_forecasts[outcome] = forecasts
        yield present(_known_forecasts[outcome], scenario)

    return analyse_forecasts


def _forecast_selected_services(
    tables: Mapping[str, pd.DataFrame], scenario: TakeUp
) -> Generator[None, None, CoherentForecasts]:
    """Forecast every selected service that reports, so that they add up to their total."""
    counts = read_service_panel(tables, scenario)
    included = select_services(counts, scenario).included
    calibrations = read_calibrations(tables["forecast_record"])
    return (yield from forecast_coherently(included, scenario, calibrations))
