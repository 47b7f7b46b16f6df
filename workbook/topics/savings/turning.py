"""Where the answer turns: the value of an input, and the take-up, at which NPV is zero."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import elementwise

from workbook.methods.arrays import FloatArray
from workbook.scenario import Parameter
from workbook.topics.savings.cashflow import cost_of_others, npv, path_of
from workbook.topics.savings.scenario import COSTS, FACE_TO_FACE, LARGEST, filled
from workbook.topics.savings.service import Service
from workbook.topics.savings.values import Values

STEPS = 150
"""Steps in which a turn is looked for, before it is found exactly."""

NEAREST = 1e-6
"""The first step from an input's value, as a part of the way to its bound."""

GAPS, WIDEST = 41, 2.0
"""Cost gaps of the chart, and the widest of them, in those of the scenario."""

Indices = npt.NDArray[np.intp]
Change = Callable[[FloatArray, Indices], Values]
"""The values with candidates in them; the indices say of which question each candidate is."""


def switching(
    values: Values, service: Service, factors: FloatArray, declared: Mapping[str, Parameter]
) -> pd.DataFrame:
    """Switching value of every uncertain input in use: where NPV is zero, the others as they are.

    Of several the nearest to the value now, to the whole number where that is wanted. Columns:
    ``parameter``, ``label``, ``unit``, ``now``, ``switching_value`` (missing where none within the
    input's bounds brings NPV to zero) and ``within_range``: whether it lies in the input's
    plausible range, in words.
    """
    inputs = [each for each in declared.values() if each.range and each.name not in service.unused]
    now = np.array([float(values[each.name]) for each in inputs])
    bounds = np.array([each.bounds for each in inputs], dtype=float)
    ways = np.concatenate([[0.0], np.geomspace(NEAREST, 1.0, STEPS)])[:, np.newaxis]
    ends = [now + ways * (bound - now) for bound in bounds.T]

    def change(candidates: FloatArray, which: Indices) -> Values:
        of = which % len(inputs)
        tried = {
            each.name: np.where(of == place, candidates, now[place])
            for place, each in enumerate(inputs)
        }
        return {**values, **tried, **filled(values, FACE_TO_FACE, tried[FACE_TO_FACE])}

    down, up = np.split(_turns(change, service, factors, np.hstack(ends)), 2)
    nearest = np.where(np.isnan(down) | (np.abs(up - now) < np.abs(down - now)), up, down)
    spans = [each.span(float(value)) for each, value in zip(inputs, now, strict=True)]
    within = [
        "none within its bounds" if np.isnan(at) else "yes" if low <= at <= high else "no"
        for at, (low, high) in zip(nearest, spans, strict=True)
    ]
    whole = [each.kind == "integer" for each in inputs]
    nearest = np.where(whole, np.round(nearest), nearest)
    said = [(each.name, each.label, each.unit) for each in inputs]
    table = pd.DataFrame(said, columns=["parameter", "label", "unit"])
    return table.assign(now=now, switching_value=nearest, within_range=within)


def break_even(values: Values, service: Service, factors: FloatArray) -> pd.DataFrame:
    """The smallest take-up, from today's on, above which it is worth its cost, by the cost gap.

    Columns: ``cost_gap``, by how much a contact costs more by the other channels than online, in
    pounds, and ``take_up``, missing where none breaks even. The first row is the scenario's own.
    """
    digital, other = float(values["cost_digital"]), float(cost_of_others(values))
    own = other - digital
    gaps = np.concatenate([[own], np.linspace(0, WIDEST * abs(own), GAPS)])
    scale = (gaps + digital) / other if other else np.ones_like(gaps)
    start = float(values["take_up_now"])
    ends = np.repeat(np.linspace(start, LARGEST, STEPS + 1)[:, np.newaxis], len(gaps), axis=1)

    def change(candidates: FloatArray, which: Indices) -> Values:
        costs = {name: float(values[name]) * scale[which] for name in COSTS}
        return {**values, **costs, "take_up_target": candidates}

    return pd.DataFrame(
        {"cost_gap": gaps, "take_up": _turns(change, service, factors, ends, rising=True)}
    )


def _turns(
    change: Change, service: Service, factors: FloatArray, ends: FloatArray, *, rising: bool = False
) -> FloatArray:
    """The first value of each column from its first end on at which NPV is zero, NaN for none.

    With ``rising``, the first after which it is above zero.
    """

    def worth(candidates: FloatArray, which: Indices) -> FloatArray:
        changed = change(candidates, which)
        found = npv(changed, path_of(changed, service), factors)
        return np.array(np.broadcast_to(found, candidates.shape))

    columns = np.arange(ends.shape[1])
    sign = np.sign(worth(ends, np.broadcast_to(columns, ends.shape)))
    before, after = sign[:-1], sign[1:]
    turns = (before <= 0) & (after > 0) if rising else before != after
    first = turns.argmax(axis=0)
    bracket = ends[first, columns], ends[first + 1, columns]
    some = np.flatnonzero(turns.any(axis=0))
    roots = np.full(len(columns), np.nan)
    if some.size:
        of = tuple(end[some] for end in bracket)
        roots[some] = elementwise.find_root(worth, of, args=(some,)).x
    return roots
