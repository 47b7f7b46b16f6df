"""Global sensitivity: how much of the spread of the result comes from each assumption.

Sobol' indices (Sobol', 2001), by the estimators of Saltelli and others (2010). The first-order
index is the share of the variance that an assumption explains by itself. The total index adds its
interactions with others. Both are for assumptions that are drawn independently of each other.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import sobol_indices

from workbook.methods.arrays import FloatArray
from workbook.methods.draws import random_stream
from workbook.topics.savings.appraisal import simulate_npv
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters.contact_costs import (
    FACE_TO_FACE_SHARE,
    rescale_other_shares,
)
from workbook.topics.savings.uncertain_inputs import input_label, simulated_inputs

SAMPLE_SIZE = 8_192
"""Base sample, a power of 2. The standard error of an index is then about 0.01."""

GLOBAL_SENSITIVITY_COLUMNS = (
    "parameter",
    "label",
    "first_order",
    "total_order",
    "gain_first_order",
    "gain_total_order",
)


@dataclass(frozen=True, eq=False)
class _SimulatedDistribution:
    """Distribution of an input's simulations, by its quantiles."""

    ordered: FloatArray

    def ppf(self, probabilities: FloatArray) -> FloatArray:  # the name that SciPy calls
        """Quantiles, in the probabilities' shape."""
        last = len(self.ordered) - 1
        indices = np.minimum((probabilities * len(self.ordered)).astype(int), last)
        return np.asarray(self.ordered[indices], np.float64)


def global_sensitivity_table(
    inputs: AppraisalInputs, sampled: AppraisalInputs, seed: int
) -> pd.DataFrame:
    """Calculate the Sobol' indices of every uncertain input.

    Args:
        inputs: Point values.
        sampled: Simulations of the uncertain inputs. Each input is drawn again from its own
            simulations, independently of the others.
        seed: Random seed.

    Returns:
        A row for each input, the largest total index first: ``parameter``, ``label``, the indices
        of the net present value, and those of whether it is positive (``gain_…``). Indices are
        fractions of the variance, at least 0; all 0 where the result does not vary.
    """
    draws = simulated_inputs(sampled)
    if not draws:
        return pd.DataFrame(columns=list(GLOBAL_SENSITIVITY_COLUMNS))

    indices = sobol_indices(
        func=partial(_evaluate_points, inputs, list(draws)),
        n=SAMPLE_SIZE,
        dists=[_SimulatedDistribution(np.sort(values)) for values in draws.values()],
        rng=random_stream(seed, "sobol"),
    )
    first, total = (
        np.clip(order, 0.0, None) for order in (indices.first_order, indices.total_order)
    )
    table = pd.DataFrame(
        {
            "parameter": list(draws),
            "label": [input_label(name) for name in draws],
            "first_order": first[0],
            "total_order": total[0],
            "gain_first_order": first[1],
            "gain_total_order": total[1],
        }
    )
    return table.sort_values("total_order", ascending=False, kind="stable", ignore_index=True)


def _evaluate_points(inputs: AppraisalInputs, names: list[str], points: FloatArray) -> FloatArray:
    """Net present value at each point, and whether it is positive; shape (2, points)."""
    values = dict(zip(names, points, strict=True))
    if FACE_TO_FACE_SHARE in values:
        share = values[FACE_TO_FACE_SHARE]
        values |= rescale_other_shares(inputs.values, FACE_TO_FACE_SHARE, share)
    npv = simulate_npv(inputs.with_values(values))
    return np.stack([npv, npv > 0])
