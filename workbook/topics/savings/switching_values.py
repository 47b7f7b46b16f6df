"""Where the answer turns: the value of an input, and the take-up, at which NPV is zero."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import elementwise

from workbook.methods.arrays import FloatArray
from workbook.scenario import Parameter
from workbook.topics.savings.cash_flow import calculate_npv, mean_other_channel_cost, take_up_path
from workbook.topics.savings.inputs import InputValues
from workbook.topics.savings.parameters import (
    CHANNEL_COST_PARAMETERS,
    FACE_TO_FACE_SHARE,
    HIGHEST_TAKE_UP,
    rescale_other_shares,
)
from workbook.topics.savings.service_inputs import ServiceInputs

_SEARCH_STEPS = 150
"""Steps in which a turn is looked for, before it is found exactly."""

_FIRST_STEP = 1e-6
"""The first step from an input's value, as a part of the way to its bound."""

_COST_GAP_COUNT, _WIDEST_COST_GAP = 41, 2.0
"""Cost gaps of the chart, and the widest of them, in those of the scenario."""

SearchIndices = npt.NDArray[np.intp]
ApplyCandidates = Callable[[FloatArray, SearchIndices], InputValues]
"""The values with candidates in them; the indices say of which question each candidate is."""


def switching_values_table(
    values: InputValues,
    service: ServiceInputs,
    factors: FloatArray,
    parameters: Mapping[str, Parameter],
) -> pd.DataFrame:
    """Switching value of every uncertain input in use: where NPV is zero, the others as they are.

    Of several the nearest to the value now, to the whole number where that is wanted. Columns:
    ``parameter``, ``label``, ``unit``, ``now``, ``switching_value`` (missing where none within the
    input's bounds brings NPV to zero) and ``within_range``: whether it lies in the input's
    plausible range, in words.
    """
    inputs = [
        parameter
        for parameter in parameters.values()
        if parameter.range and parameter.name not in service.unused_parameters
    ]
    current_values = np.array([float(values[each.name]) for each in inputs])
    bounds = np.array([each.bounds for each in inputs], dtype=float)
    steps = np.concatenate([[0.0], np.geomspace(_FIRST_STEP, 1.0, _SEARCH_STEPS)])[:, np.newaxis]
    search_points = [current_values + steps * (bound - current_values) for bound in bounds.T]

    def apply_candidates(candidates: FloatArray, indices: SearchIndices) -> InputValues:
        questions = indices % len(inputs)
        trial_values = {
            parameter.name: np.where(questions == position, candidates, current_values[position])
            for position, parameter in enumerate(inputs)
        }
        return {
            **values,
            **trial_values,
            **rescale_other_shares(values, FACE_TO_FACE_SHARE, trial_values[FACE_TO_FACE_SHARE]),
        }

    down, up = np.split(
        _find_zero_crossings(apply_candidates, service, factors, np.hstack(search_points)), 2
    )
    nearest = np.where(
        np.isnan(down) | (np.abs(up - current_values) < np.abs(down - current_values)), up, down
    )
    ranges = [
        each.widened_range(float(value)) for each, value in zip(inputs, current_values, strict=True)
    ]
    range_answers = [
        "none within its bounds"
        if np.isnan(switching_value)
        else "yes"
        if low <= switching_value <= high
        else "no"
        for switching_value, (low, high) in zip(nearest, ranges, strict=True)
    ]
    is_integer = [each.kind == "integer" for each in inputs]
    nearest = np.where(is_integer, np.round(nearest), nearest)
    labels = [(each.name, each.label, each.unit) for each in inputs]
    table = pd.DataFrame(labels, columns=["parameter", "label", "unit"])
    return table.assign(now=current_values, switching_value=nearest, within_range=range_answers)


def break_even_by_cost_gap(
    values: InputValues, service: ServiceInputs, factors: FloatArray
) -> pd.DataFrame:
    """The smallest take-up, from today's on, above which it is worth its cost, by the cost gap.

    Columns: ``cost_gap``, by how much a contact costs more by the other channels than online, in
    pounds, and ``take_up``, missing where none breaks even. The first row is the scenario's own.
    """
    digital, other_channel_cost = (
        float(values["cost_digital"]),
        float(mean_other_channel_cost(values)),
    )
    scenario_gap = other_channel_cost - digital
    gaps = np.concatenate(
        [[scenario_gap], np.linspace(0, _WIDEST_COST_GAP * abs(scenario_gap), _COST_GAP_COUNT)]
    )
    scale = (gaps + digital) / other_channel_cost if other_channel_cost else np.ones_like(gaps)
    start = float(values["take_up_now"])
    search_points = np.repeat(
        np.linspace(start, HIGHEST_TAKE_UP, _SEARCH_STEPS + 1)[:, np.newaxis], len(gaps), axis=1
    )

    def apply_candidates(candidates: FloatArray, indices: SearchIndices) -> InputValues:
        costs = {name: float(values[name]) * scale[indices] for name in CHANNEL_COST_PARAMETERS}
        return {**values, **costs, "take_up_target": candidates}

    return pd.DataFrame(
        {
            "cost_gap": gaps,
            "take_up": _find_zero_crossings(
                apply_candidates, service, factors, search_points, rising=True
            ),
        }
    )


def _find_zero_crossings(
    apply_candidates: ApplyCandidates,
    service: ServiceInputs,
    factors: FloatArray,
    search_points: FloatArray,
    *,
    rising: bool = False,
) -> FloatArray:
    """The first value of each column from its first end on at which NPV is zero, NaN for none.

    With ``rising``, the first after which it is above zero.
    """

    def evaluate_candidates(candidates: FloatArray, indices: SearchIndices) -> FloatArray:
        inputs = apply_candidates(candidates, indices)
        present_values = calculate_npv(inputs, take_up_path(inputs, service), factors)
        return np.array(np.broadcast_to(present_values, candidates.shape))

    columns = np.arange(search_points.shape[1])
    sign = np.sign(
        evaluate_candidates(search_points, np.broadcast_to(columns, search_points.shape))
    )
    before, after = sign[:-1], sign[1:]
    crossings = (before <= 0) & (after > 0) if rising else before != after
    first_crossing = crossings.argmax(axis=0)
    bracket = search_points[first_crossing, columns], search_points[first_crossing + 1, columns]
    crossing_columns = np.flatnonzero(crossings.any(axis=0))
    roots = np.full(len(columns), np.nan)
    if crossing_columns.size:
        intervals = tuple(end[crossing_columns] for end in bracket)
        roots[crossing_columns] = elementwise.find_root(
            evaluate_candidates, intervals, args=(crossing_columns,)
        ).x
    return roots
