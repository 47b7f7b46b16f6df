"""Switching values: the value of each input at which the net present value is zero."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.methods.zero_crossings import SearchIndices, find_first_zeros
from workbook.scenario import Parameter
from workbook.topics.savings.appraisal import calculate_npv
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters.contact_costs import (
    FACE_TO_FACE_SHARE,
    rescale_other_shares,
)

_SEARCH_STEPS = 150
"""Steps of the search from an input's value to its bound."""

_FIRST_STEP = 1e-6
"""The first step, as a fraction of the way to the bound."""


def switching_values_table(
    inputs: AppraisalInputs, parameters: Mapping[str, Parameter]
) -> pd.DataFrame:
    """Find the switching value of every uncertain input in use, with the others unchanged.

    Args:
        inputs: Point values.
        parameters: The scenario's parameters by name.

    Returns:
        A row for each input: ``parameter``, ``label``, ``unit``, ``now``, ``switching_value`` (the
        nearest one within the input's bounds, rounded for an integer; missing if there is none),
        and ``within_range``, whether it lies in the input's range, in words.
    """
    uncertain = [
        parameter
        for parameter in parameters.values()
        if parameter.range and parameter.name not in inputs.service.unused_parameters
    ]
    current_values = np.array([float(inputs[parameter.name]) for parameter in uncertain])
    exact = _nearest_switching_values(inputs, uncertain, current_values)
    is_integer = [parameter.kind == "integer" for parameter in uncertain]
    labels = [(parameter.name, parameter.label, parameter.unit) for parameter in uncertain]
    return pd.DataFrame(labels, columns=["parameter", "label", "unit"]).assign(
        now=current_values,
        switching_value=np.where(is_integer, np.round(exact), exact),
        within_range=list(map(_describe_position, uncertain, current_values, exact)),
    )


def _nearest_switching_values(
    inputs: AppraisalInputs, uncertain: list[Parameter], current_values: FloatArray
) -> FloatArray:
    """Search each input down and up to its bounds for the nearest zero; NaN if there is none."""
    bounds = np.array([parameter.bounds for parameter in uncertain], dtype=float)
    steps = np.concatenate([[0.0], np.geomspace(_FIRST_STEP, 1.0, _SEARCH_STEPS)])[:, np.newaxis]
    search_points = [current_values + steps * (bound - current_values) for bound in bounds.T]

    def evaluate_npv(candidates: FloatArray, indices: SearchIndices) -> FloatOrArray:
        varied_input = indices % len(uncertain)
        trial_values = {
            parameter.name: np.where(varied_input == position, candidates, current_values[position])
            for position, parameter in enumerate(uncertain)
        }
        other_shares = rescale_other_shares(
            inputs.values, FACE_TO_FACE_SHARE, trial_values[FACE_TO_FACE_SHARE]
        )
        return calculate_npv(inputs.with_values({**trial_values, **other_shares}))

    down, up = np.split(find_first_zeros(evaluate_npv, np.hstack(search_points)), 2)
    up_is_nearer = np.abs(up - current_values) < np.abs(down - current_values)
    return np.where(np.isnan(down) | up_is_nearer, up, down)


def _describe_position(parameter: Parameter, current_value: float, switching_value: float) -> str:
    """Say whether the switching value lies within the input's range."""
    if np.isnan(switching_value):
        return "no switching value"
    low, high = parameter.range_around(float(current_value))
    return "yes" if low <= switching_value <= high else "no"
