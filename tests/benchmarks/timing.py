"""Quantiles of times, and how a ratio is printed beside its aim."""

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

Times = Sequence[float]
"""Milliseconds."""


def time_calls(work: Callable[[int], object], repeats: int) -> list[float]:
    """Milliseconds of each of ``repeats`` calls with 0, 1, 2…, after one that is not counted."""
    work(-1)
    measured = []
    for repeat in range(repeats):
        start = perf_counter()
        work(repeat)
        measured.append((perf_counter() - start) * 1000)
    return measured


def median_time(times: Times) -> float:
    """The middle of the times."""
    return statistics.median(times)


def percentile_95(times: Times) -> float:
    """The 95th percentile of the times."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def comparison_line(what: str, ours: float, rival: float, baseline_name: str, aim: str) -> str:
    """A line: our time, the rival's and the ratio, beside its aim."""
    ratio = f"ratio {ours / rival:.2f} (aim: {aim})"
    return f"{what}: {ours:,.0f} ms against {rival:,.0f} ms {baseline_name}: {ratio}"
