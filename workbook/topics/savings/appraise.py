"""The appraisal of a scenario: its figures, those of every draw, and what they say together."""

from collections.abc import Iterator, Mapping

import numpy as np

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.cashflow import figures, path_of
from workbook.topics.savings.service import Service
from workbook.topics.savings.values import Values

BLOCK = 16_384
"""Draws worked out at a time: what fits into a processor's own memory goes quickest."""

BAND = (0.1, 0.5, 0.9)
BINS = 40


def appraised(values: Values, service: Service, factors: FloatArray) -> dict[str, FloatOrArray]:
    """Every figure of the scenario's values, or of draws of them, by indicator."""
    count = max(value.size if isinstance(value, np.ndarray) else 1 for value in values.values())
    if count == 1:
        return figures(values, path_of(values, service), factors)
    found = [figures(block, path_of(block, service), factors) for block in blocks(values, count)]
    return {name: np.concatenate([each[name] for each in found]) for name in found[0]}


def blocks(values: Values, count: int) -> Iterator[Values]:
    """The draws in blocks, each with the levers as they are."""
    for start in range(0, count, BLOCK):
        part = slice(start, min(start + BLOCK, count))
        yield {
            name: value[part] if isinstance(value, np.ndarray) and value.ndim else value
            for name, value in values.items()
        }


def bands(drawn: Mapping[str, FloatOrArray]) -> dict[str, FloatArray]:
    """P10, P50 and P90 of every figure, by its name; an end without bound is infinite."""
    return {name: np.quantile(draws, BAND, method="inverted_cdf") for name, draws in drawn.items()}


def histogram(draws: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Edges of even bins over nearly all draws, shape (bins + 1,), and the share in each.

    The outermost bins hold what lies beyond them.
    """
    low, high = np.quantile(draws, [0.005, 0.995])
    if low == high:
        low, high = low - 1, high + 1
    edges = np.linspace(low, high, BINS + 1)
    counts, _ = np.histogram(np.clip(draws, low, high), edges)
    return edges, counts / len(draws)
