"""The figures that a saving is worked out from: the scenario's, a service's own, draws of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from workbook.methods.correlation import correlated
from workbook.methods.draws import FloatArray, uniform
from workbook.scenario import samples
from workbook.topics.savings.scenario import CHANNELS, LARGEST, SHARES, SMALLEST, Savings
from workbook.topics.savings.service import Service

Number = float | FloatArray
Values = Mapping[str, Any]
"""Every parameter by name: a number, or draws of shape (draws,)."""

COSTS = tuple(f"cost_{channel}" for channel in CHANNELS)
TOGETHER = 0.6
"""Rank correlation between the costs of phone, post and face to face: offices are dear together."""


def values_of(scenario: Savings, service: Service) -> Values:
    """The scenario's values, with the service's own figures in place of its own."""
    return _own(dict(scenario.values()), scenario, service)


def draws_of(scenario: Savings, service: Service) -> Values:
    """Draws of the uncertain parameters, shape (draws,), the levers as they are.

    The costs of the other channels move together; where the share of face to face is drawn, phone
    and post share what is left as they do in the scenario.
    """
    drawn: dict[str, Any] = dict(samples(scenario, scenario.draws, scenario.seed))
    wanted = np.full((len(COSTS), len(COSTS)), TOGETHER)
    np.fill_diagonal(wanted, 1)
    costs = correlated([drawn[name] for name in COSTS], wanted, scenario.seed, COSTS)
    drawn |= dict(zip(COSTS, costs, strict=True))
    drawn |= shared(scenario.values(), drawn["face_to_face_share"])
    if service.forecast is not None:
        drawn["forecast_level"] = uniform(scenario.draws, scenario.seed, "forecast_level")
    return _own(drawn, scenario, service)


def shared(values: Values, face_to_face: Number) -> dict[str, Number]:
    """The shares of the other channels, where that of face to face is another than in ``values``.

    Phone and post share the rest as they do there; where there is neither, all of it is by phone.
    """
    phone, post, _ = (float(values[name]) for name in SHARES)
    rest = 1 - np.asarray(face_to_face)
    by_phone = phone / (phone + post) if phone + post else 1.0
    parts = (rest * by_phone, rest * (1 - by_phone), face_to_face)
    return dict(zip(SHARES, parts, strict=True))


def _own(values: dict[str, Any], scenario: Savings, service: Service) -> Values:
    """The values moved to where the service's own figures stand; draws keep their distance."""
    said = scenario.values()
    if service.volume is not None:
        values["volume"] = values["volume"] * (service.volume / max(float(said["volume"]), 1.0))
    if service.take_up is not None:
        shift = service.take_up - float(said["take_up_now"])
        values["take_up_now"] = np.clip(values["take_up_now"] + shift, SMALLEST, LARGEST)
    for name in COSTS:
        values[name] = values[name] * service.cost_factor
    return values
