"""Inputs of an appraisal: parameter values, the service's own figures and discount factors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from workbook.methods.adoption_curve import LogisticAdoption
from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.service_inputs import ServiceInputs
from workbook.topics.savings.take_up_forecast import MEDIAN_LEVEL, TakeUpForecast
from workbook.topics.savings.take_up_path import ForecastPath, TakeUpPath

FORECAST_LEVEL = "forecast_level"
"""Name of the simulated level of the prediction interval that take-up follows."""


@dataclass(frozen=True, eq=False)
class AppraisalInputs:
    """All inputs of an appraisal, as point values or as simulations.

    Attributes:
        values: Each parameter by name: one number, or simulations of shape (draws,).
        service: Figures that the take-up topic gives for one service or for all of them.
        discount_factors: Discount factors of the years 0 to the horizon, shape (horizon + 1,).
        price_factor: What £1 in the prices of the contact costs is in those of the price year.
    """

    values: Mapping[str, Any]
    service: ServiceInputs
    discount_factors: FloatArray
    price_factor: float = 1.0

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  a number or simulations
        return self.values[name]

    @property
    def last_year(self) -> int:
        """The last year of the appraisal; the first is year 0."""
        return len(self.discount_factors) - 1

    @property
    def draw_count(self) -> int:
        """The number of simulations; 1 for point values."""
        return max(
            value.size if isinstance(value, np.ndarray) else 1 for value in self.values.values()
        )

    @cached_property
    def take_up_path(self) -> TakeUpPath:
        """Take-up by years from now: the assumed curve, or the take-up topic's forecast."""
        if self.service.forecast is not None:
            level = self.values.get(FORECAST_LEVEL, MEDIAN_LEVEL)
            start = None if self.service.take_up is not None else self["take_up_now"]
            return ForecastPath(self.service.forecast, level, start)
        return LogisticAdoption(
            self["take_up_now"], self["take_up_target"], self["years_to_target"]
        )

    @property
    def initial_take_up(self) -> FloatOrArray:
        """Take-up now."""
        return self.take_up_path(0.0)

    @property
    def final_take_up(self) -> FloatOrArray:
        """Take-up once it has stopped changing."""
        return self.take_up_path(np.inf)

    def with_values(self, changes: Mapping[str, Any]) -> "AppraisalInputs":
        """Replace some of the values.

        Args:
            changes: New values by parameter name, numbers or arrays of one shape.

        Returns:
            A copy with these values, and the take-up path that follows from them.
        """
        return replace(self, values={**self.values, **changes})

    def follow_forecast(
        self, forecast: TakeUpForecast, level: FloatOrArray = MEDIAN_LEVEL
    ) -> "AppraisalInputs":
        """Let take-up follow a forecast instead of the assumed curve.

        Args:
            forecast: The forecast.
            level: Level of its prediction interval: one number, or one for each simulation.

        Returns:
            A copy with the forecast's take-up path.
        """
        service = replace(self.service, forecast=forecast)
        return replace(self, service=service).with_values({FORECAST_LEVEL: level})

    def split_draws(self, block_size: int) -> Iterator["AppraisalInputs"]:
        """Split simulations into blocks.

        Args:
            block_size: Simulations in a block; the last block may hold fewer.

        Yields:
            Inputs with the block's simulations. Parameters with one value keep it.
        """
        for start in range(0, self.draw_count, block_size):
            yield self._slice_draws(slice(start, start + block_size))

    def first_draws(self, count: int) -> "AppraisalInputs":
        """Keep at most the first simulations, which are in random order."""
        return self if self.draw_count <= count else self._slice_draws(slice(count))

    def _slice_draws(self, block: slice) -> "AppraisalInputs":
        return self.with_values(
            {
                name: value[block]
                for name, value in self.values.items()
                if isinstance(value, np.ndarray) and value.ndim
            }
        )


def scenario_inputs(
    scenario: Savings,
    service: ServiceInputs,
    discount_factors: FloatArray,
    price_factor: float = 1.0,
) -> AppraisalInputs:
    """Combine the scenario's values with those of the service, which take precedence.

    Args:
        scenario: The scenario.
        service: Figures from the take-up topic, which replace the scenario's.
        discount_factors: Discount factors of the years 0 to the horizon.
        price_factor: What £1 in the prices of the contact costs is in those of the price year.

    Returns:
        Inputs with one number for each parameter.
    """
    values = service.apply_to(scenario).values()
    return AppraisalInputs(values, service, discount_factors, price_factor)
