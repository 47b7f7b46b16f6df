"""The figures that a saving is worked out from: the scenario's, a service's own, draws of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from workbook.methods.correlation import correlated
from workbook.methods.draws import uniform
from workbook.scenario import samples
from workbook.topics.savings.scenario import COSTS, FACE_TO_FACE, Savings, filled
from workbook.topics.savings.service import Service

Values = Mapping[str, Any]
"""Every parameter by name: a number, or draws of shape (draws,)."""

SERVICE_COST = "service_cost"
"""Beside the parameters: what the service's transactions cost, and at which take-up, if known."""

TOGETHER = 0.6
"""Rank correlation between the costs of phone, post and face to face: offices are dear together."""


def values_of(scenario: Savings, service: Service) -> Values:
    """The scenario's values, with the service's own figures in place of its own."""
    return {**service.put_into(scenario).values(), SERVICE_COST: service.cost}


def draws_of(scenario: Savings, service: Service) -> Values:
    """Draws of the uncertain parameters, shape (draws,), the levers as they are.

    The costs of the other channels move together; where the share of face to face is drawn, phone
    and post share what is left as they do in the scenario.
    """
    own = service.put_into(scenario)
    drawn: dict[str, Any] = dict(samples(own, own.draws, own.seed))
    wanted = np.full((len(COSTS), len(COSTS)), TOGETHER)
    np.fill_diagonal(wanted, 1)
    costs = correlated([drawn[name] for name in COSTS], wanted, own.seed, COSTS)
    drawn |= dict(zip(COSTS, costs, strict=True))
    drawn |= filled(own.values(), FACE_TO_FACE, drawn[FACE_TO_FACE])
    if service.forecast is not None:
        drawn["forecast_level"] = uniform(own.draws, own.seed, "forecast_level")
    return {**drawn, SERVICE_COST: service.cost}
