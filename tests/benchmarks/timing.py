"""Quantiles of times, and a line with a ratio and its aim."""

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

Times = Sequence[float]
"""Milliseconds."""


def time_calls(work: Callable[[int], object], repeats: int) -> list[float]:
    """Milliseconds of each of ``repeats`` calls with 0, 1, 2…, after one uncounted call."""
    work(-1)
    measured = []
    for repeat in range(repeats):
        start = perf_counter()
        work(repeat)
        measured.append((perf_counter() - start) * 1000)
    return measured


def median_time(times: Times) -> float:
    """Median of the times."""
    return statistics.median(times)


def percentile_95(times: Times) -> float:
    """95th percentile of the times."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def comparison_line(
    label: str, own_time: float, baseline_time: float, baseline_name: str, aim: str
) -> str:
    """Line with our time, the baseline's time, their ratio and the aim."""
    ratio = f"ratio {own_time / baseline_time:.2f} (aim: {aim})"
    return f"{label}: {own_time:,.0f} ms against {baseline_time:,.0f} ms {baseline_name}: {ratio}"
