"""Search of one parameter for the values at which a goal begins or ceases to be met.

A search yields the values that it wants to try. It is sent by how much each of them meets the goal:
at least 0 where it does. So the caller can stop between two runs of the model.
"""

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from workbook.analysis.model_runner import as_declared_kind, nearest_allowed_value
from workbook.analysis.steps import Steps
from workbook.scenario import Parameter, Scenario
from workbook.text.numbers import format_value

SearchOutput = TypeVar("SearchOutput")
Search = Generator[float, float, SearchOutput]
"""A search: it yields values, is sent their margins, and returns what it has found."""

_SEARCH_FRACTIONS = (0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Where the goal is tested first, as fractions of the way to a limit: closer steps near the start.

Bounds are often far wider than what is plausible.
"""

_SMALLEST = 1e-12
"""Finest precision of a parameter, as a fraction of its limits. It matters near 0 only."""

_PEAK_STEPS = 15
"""Steps of the search for a peak between two of the points."""

_GOLDEN_SECTION = (5**0.5 - 1) / 2


@dataclass(frozen=True)
class SearchLimits:
    """Values between which a parameter is searched.

    Attributes:
        low: The lowest value that the scenario allows.
        high: The highest.
        note: A sentence where an end is not a bound; empty where both are.
    """

    low: float
    high: float
    note: str


def search_limits(scenario: Scenario, name: str) -> SearchLimits:
    """Find the values between which a parameter is searched.

    Args:
        scenario: The scenario to start from.
        name: Name of the parameter.

    Returns:
        Its bounds, as far as the scenario's other values allow. The end of its range stands in for
        a bound that is open.

    Raises:
        ValueError: An end has neither a bound nor a range.
    """
    parameter = scenario.parameters()[name]
    if None in parameter.bounds and not parameter.range:
        msg = (
            f"{name} cannot be sought: it needs a lower and an upper bound, or a range."
            " Declare bounds=(low, high)"
        )
        raise ValueError(msg)
    value_range = parameter.range_around(float(scenario.values()[name]))
    ends = [
        end if bound is None else bound
        for bound, end in zip(parameter.bounds, value_range, strict=True)
    ]
    low, high = (nearest_allowed_value(scenario, name, end) for end in ends)
    return SearchLimits(low, high, _open_bound_note(parameter, ends))


def _open_bound_note(parameter: Parameter, ends: Sequence[float]) -> str:
    open_ends = [
        f"{side} bound, so the search ends at {format_value(float(end), parameter.unit)}"
        for side, bound, end in zip(("lower", "upper"), parameter.bounds, ends, strict=True)
        if bound is None
    ]
    if not open_ends:
        return ""
    return f"“{parameter.label}” has no {', and no '.join(open_ends)}, the end of its range."


def interpolate(start: float, end: float, fraction: float) -> float:
    """Value at a fraction of the way from one value to another, never rounded past either.

    Args:
        start: The value at 0.
        end: The value at 1, which is met exactly.
        fraction: From 0 to 1.

    Returns:
        The value.
    """
    value = (1 - fraction) * start + fraction * end
    return min(max(value, min(start, end)), max(start, end))


def search_points(scenario: Scenario, name: str, limits: SearchLimits) -> list[float]:
    """List where the goal is tested first: from each limit to the scenario's value, rising."""
    current = float(scenario.values()[name])
    points = [
        interpolate(current, end, fraction)
        for end in (limits.low, limits.high)
        for fraction in (0.0, *_SEARCH_FRACTIONS)
    ]
    return sorted({as_declared_kind(scenario, name, point) for point in points})


@dataclass(frozen=True)
class SearchResult:
    """What a search has found.

    Attributes:
        crossings: Values at which the goal begins or ceases to be met, rising; each meets it.
        best: The value that meets the goal best, of equal ones the nearest to the scenario's.
        is_met_throughout: Whether every value that was tried meets it.
    """

    crossings: tuple[float, ...]
    best: float
    is_met_throughout: bool


def search_crossings(
    points: Sequence[float], current: float, precision: float
) -> Search[SearchResult]:
    """Find where the goal begins or ceases to be met, on the points and then between them.

    Args:
        points: Values in rising order; whole numbers for a parameter of whole numbers.
        current: The scenario's value, one of the points.
        precision: Precision of the result relative to it; whole numbers are exact.

    Yields:
        Values to try.

    Returns:
        The crossings, and the best value. A peak between the points is looked for where none of
        them meets the goal.
    """
    margins = {}
    for point in points:
        margins[point] = yield point
    if max(margins.values()) < 0:
        peak = yield from _find_peak(margins)
        margins[peak] = yield peak
    crossings = []
    for left, right in pairwise(sorted(margins)):
        if (margins[left] >= 0) != (margins[right] >= 0):
            ends = (right, left) if margins[left] >= 0 else (left, right)
            crossings.append((yield from find_crossing(*ends, margins, precision)))
    best = max(margins, key=lambda point: (margins[point], -abs(point - current)))
    is_met_throughout = all(margin >= 0 for margin in margins.values())
    return SearchResult(tuple(crossings), best, is_met_throughout)


def run_search(
    search: Search[SearchOutput], margin: Callable[[float], float]
) -> Steps[SearchOutput]:
    """Run a search. The caller may stop between any two runs of the model.

    Args:
        search: The search.
        margin: By how much a value meets the goal. It is asked once for each value.

    Yields:
        None after each run of the model.

    Returns:
        What the search has found.
    """
    known: dict[float, float] = {}
    try:
        candidate = next(search)
        while True:
            if candidate not in known:
                known[candidate] = margin(candidate)
                yield None
            candidate = search.send(known[candidate])
    except StopIteration as stop:
        output: SearchOutput = stop.value
    return output


def _find_peak(margins: Mapping[float, float]) -> Search[float]:
    """Value near the best point at which the margin is largest, by golden section search.

    The best point itself where it is an end, or where nothing is known of any point.
    """
    points = sorted(margins)
    best = max(range(len(points)), key=lambda index: margins[points[index]])
    if not 0 < best < len(points) - 1 or math.isinf(margins[points[best]]):
        return points[best]
    convert = round if isinstance(points[best], int) else float
    tried = {points[best]: margins[points[best]]}
    left, right = float(points[best - 1]), float(points[best + 1])
    lower, upper = _inner_point(right, left), _inner_point(left, right)
    for _ in range(_PEAK_STEPS):
        for inner in (lower, upper):
            tried[convert(inner)] = yield convert(inner)
        if max(tried.values()) >= 0:
            break
        if tried[convert(lower)] >= tried[convert(upper)]:
            right, upper, lower = upper, lower, _inner_point(upper, left)
        else:
            left, lower, upper = lower, upper, _inner_point(lower, right)
    return max(tried, key=lambda candidate: tried[candidate])


def _inner_point(start: float, end: float) -> float:
    return start + _GOLDEN_SECTION * (end - start)


def find_crossing(
    unmet: float, met: float, margins: Mapping[float, float], precision: float
) -> Search[float]:
    """Value nearest to ``unmet`` at which the goal is met.

    It is found by the ITP method: Oliveira, I. F. D. and Takahashi, R. H. C. (2020), "An
    enhancement of the bisection method average performance preserving minmax optimality", ACM
    Transactions on Mathematical Software 47(1). It takes about ten runs where the indicator is
    smooth and one more than bisection where it has steps.

    Args:
        unmet: A value that does not meet the goal.
        met: One that does.
        margins: By how much both meet it.
        precision: Precision of the result relative to it; whole numbers are exact.

    Yields:
        Values to try.

    Returns:
        The value.
    """
    is_whole = isinstance(met, int)
    unmet_margin, met_margin = margins[unmet], margins[met]
    first_width = abs(met - unmet)
    smallest = (
        1.0 if is_whole else max(precision * max(abs(met), abs(unmet)), _SMALLEST * first_width)
    )
    steps_left = math.ceil(math.log2(first_width / smallest)) + 1 if first_width > smallest else 0
    while abs(met - unmet) > smallest:
        reach = max(smallest / 2 * 2**steps_left - abs(met - unmet) / 2, 0.0)
        trial = _itp_point((unmet, unmet_margin), (met, met_margin), reach, first_width)
        if is_whole:
            trial = min(max(round(trial), min(unmet, met) + 1), max(unmet, met) - 1)
        if trial in (unmet, met):
            break
        margin = yield trial
        steps_left -= 1
        if margin >= 0:
            met, met_margin = trial, margin
        else:
            unmet, unmet_margin = trial, margin
    return met


def _itp_point(
    unmet: tuple[float, float], met: tuple[float, float], reach: float, first_width: float
) -> float:
    """Next value to try between two values with their margins, near their secant's zero.

    It is moved towards the middle, and lies within ``reach`` of it.
    """
    (start, start_margin), (end, end_margin) = unmet, met
    middle = (start + end) / 2
    if math.isinf(start_margin):
        return middle
    secant = start - start_margin * (end - start) / (end_margin - start_margin)
    shift = min(0.2 * (end - start) ** 2 / first_width, abs(middle - secant))
    moved = secant + math.copysign(shift, middle - secant)
    return middle + min(max(moved - middle, -reach), reach)
