"""Simulations of the inputs: draws of every uncertain parameter, some of them correlated."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.methods.draws import uniform_draws
from workbook.methods.rank_correlation import induce_rank_correlation
from workbook.scenario import draw_samples
from workbook.topics.savings.inputs import FORECAST_LEVEL, AppraisalInputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.contact_costs import (
    CHANNEL_COST_PARAMETERS,
    FACE_TO_FACE_SHARE,
    rescale_other_shares,
)
from workbook.topics.savings.take_up_forecast import MEDIAN_LEVEL, TakeUpForecast

_CHANNEL_COST_CORRELATION = 0.6
"""Rank correlation between the costs of phone, post and face to face.

An organisation with costly offices tends to have costly call centres too.
"""


def sample_inputs(scenario: Savings, inputs: AppraisalInputs) -> AppraisalInputs:
    """Simulate every uncertain parameter.

    The costs of the other channels are correlated. When the share of face to face is drawn, phone
    and post share the rest in the scenario's proportion.

    Args:
        scenario: The scenario, with the number of draws and the seed.
        inputs: Point values of the scenario, a service's own included.

    Returns:
        Inputs with simulations of shape (draws,). Parameters without a range stay one number.
    """
    scenario = inputs.service.apply_to(scenario)
    drawn: dict[str, Any] = dict(draw_samples(scenario, scenario.draws, scenario.seed))
    drawn |= _correlate_channel_costs(drawn, scenario.seed)
    drawn |= rescale_other_shares(scenario.values(), FACE_TO_FACE_SHARE, drawn[FACE_TO_FACE_SHARE])
    if inputs.service.forecast is not None:
        drawn[FORECAST_LEVEL] = sample_forecast_level(scenario, inputs.service.forecast)
    return inputs.with_values(drawn)


def sample_forecast_level(scenario: Savings, forecast: TakeUpForecast) -> FloatOrArray:
    """Simulate the level of the prediction interval that take-up follows.

    Args:
        scenario: The scenario, with the number of draws and the seed.
        forecast: The forecast.

    Returns:
        Levels, shape (draws,); the level of the central forecast if no quarter has been tested, as
        take-up then stays as it is.
    """
    if not forecast.tested_quarters:
        return MEDIAN_LEVEL
    return uniform_draws(scenario.draws, scenario.seed, FORECAST_LEVEL)


def _correlate_channel_costs(drawn: Mapping[str, Any], seed: int) -> dict[str, FloatArray]:
    """Reorder the simulated costs of the other channels so that they are correlated."""
    count = len(CHANNEL_COST_PARAMETERS)
    target_correlation = np.full((count, count), _CHANNEL_COST_CORRELATION)
    np.fill_diagonal(target_correlation, 1)
    costs = induce_rank_correlation(
        [drawn[name] for name in CHANNEL_COST_PARAMETERS],
        target_correlation,
        seed,
        CHANNEL_COST_PARAMETERS,
    )
    return dict(zip(CHANNEL_COST_PARAMETERS, costs, strict=True))
