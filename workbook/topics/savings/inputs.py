"""The figures that a saving is worked out from: the scenario's, a service's own, draws of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from workbook.methods.draws import uniform_draws
from workbook.methods.rank_correlation import induce_rank_correlation
from workbook.scenario import draw_samples
from workbook.topics.savings.parameters import (
    CHANNEL_COST_PARAMETERS,
    FACE_TO_FACE_SHARE,
    Savings,
    rescale_other_shares,
)
from workbook.topics.savings.service_inputs import ServiceInputs

InputValues = Mapping[str, Any]
"""Every parameter by name: a number, or draws of shape (draws,)."""

SERVICE_COST = "service_cost"
"""Beside the parameters: what the service's transactions cost, and at which take-up, if known."""

_CHANNEL_COST_CORRELATION = 0.6
"""Rank correlation between the costs of phone, post and face to face: offices are dear together."""


def scenario_inputs(scenario: Savings, service: ServiceInputs) -> InputValues:
    """The scenario's values, with the service's own figures in place of its own."""
    return {**service.apply_to(scenario).values(), SERVICE_COST: service.cost}


def sample_inputs(scenario: Savings, service: ServiceInputs) -> InputValues:
    """Draws of the uncertain parameters, shape (draws,), the levers as they are.

    The costs of the other channels move together; where the share of face to face is drawn, phone
    and post share what is left as they do in the scenario.
    """
    adjusted_scenario = service.apply_to(scenario)
    drawn: dict[str, Any] = dict(
        draw_samples(adjusted_scenario, adjusted_scenario.draws, adjusted_scenario.seed)
    )
    target_correlation = np.full(
        (len(CHANNEL_COST_PARAMETERS), len(CHANNEL_COST_PARAMETERS)), _CHANNEL_COST_CORRELATION
    )
    np.fill_diagonal(target_correlation, 1)
    costs = induce_rank_correlation(
        [drawn[name] for name in CHANNEL_COST_PARAMETERS],
        target_correlation,
        adjusted_scenario.seed,
        CHANNEL_COST_PARAMETERS,
    )
    drawn |= dict(zip(CHANNEL_COST_PARAMETERS, costs, strict=True))
    drawn |= rescale_other_shares(
        adjusted_scenario.values(), FACE_TO_FACE_SHARE, drawn[FACE_TO_FACE_SHARE]
    )
    if service.forecast is not None:
        drawn["forecast_level"] = uniform_draws(
            adjusted_scenario.draws, adjusted_scenario.seed, "forecast_level"
        )
    return {**drawn, SERVICE_COST: service.cost}
