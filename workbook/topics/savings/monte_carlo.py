"""The appraisal of a scenario: its figures, those of every draw, and what they say together."""

from collections.abc import Iterator, Mapping

import numpy as np

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.cash_flow import appraisal_indicators, take_up_path
from workbook.topics.savings.inputs import InputValues
from workbook.topics.savings.service_inputs import ServiceInputs

_DRAWS_PER_BLOCK = 16_384
"""Draws worked out at a time: what fits into a processor's own memory goes quickest."""

_REPORTED_QUANTILES = (0.1, 0.5, 0.9)
_HISTOGRAM_BINS = 40


def appraise_inputs(
    values: InputValues, service: ServiceInputs, factors: FloatArray
) -> dict[str, FloatOrArray]:
    """Every figure of the scenario's values, or of draws of them, by indicator."""
    count = max(value.size if isinstance(value, np.ndarray) else 1 for value in values.values())
    if count == 1:
        return appraisal_indicators(values, take_up_path(values, service), factors)
    results_by_block = [
        appraisal_indicators(block, take_up_path(block, service), factors)
        for block in split_into_blocks(values, count)
    ]
    return {
        name: np.concatenate([block_results[name] for block_results in results_by_block])
        for name in results_by_block[0]
    }


def split_into_blocks(values: InputValues, count: int) -> Iterator[InputValues]:
    """The draws in blocks, each with the levers as they are."""
    for start in range(0, count, _DRAWS_PER_BLOCK):
        block_slice = slice(start, min(start + _DRAWS_PER_BLOCK, count))
        yield {
            name: value[block_slice] if isinstance(value, np.ndarray) and value.ndim else value
            for name, value in values.items()
        }


def simulation_quantiles(simulated: Mapping[str, FloatOrArray]) -> dict[str, FloatArray]:
    """P10, P50 and P90 of every figure, by its name; an end without bound is infinite."""
    return {
        name: np.quantile(draws, _REPORTED_QUANTILES, method="inverted_cdf")
        for name, draws in simulated.items()
    }


def npv_histogram(draws: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Edges of even bins over nearly all draws, shape (bins + 1,), and the share in each.

    The outermost bins hold what lies beyond them.
    """
    low, high = np.quantile(draws, [0.005, 0.995])
    if low == high:
        low, high = low - 1, high + 1
    edges = np.linspace(low, high, _HISTOGRAM_BINS + 1)
    counts, _ = np.histogram(np.clip(draws, low, high), edges)
    return edges, counts / len(draws)
