"""Draw a series as a small SVG.

The site has a chart for every indicator. Vega takes a fifth of a second for each, so the site draws
its own, in the colours of the other charts, in a thousandth.
"""

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from workbook.charts.theme import BLUE, RULE_COLOUR, TEXT_COLOUR
from workbook.indicators import Indicator
from workbook.methods.round_steps import largest_round_step
from workbook.periods import quarters_between, shift_quarter
from workbook.snapshots.site.series import IndicatorSeries, SeriesPoint

_WIDTH: Final = 340
_HEIGHT: Final = 190
_TOP, _BOTTOM, _RIGHT = 12, 28, 26
_FONT_SIZE: Final = 12
_CHARACTER_WIDTH: Final = 6.6
"""Width of a digit in CSS pixels, with room to spare."""

_SHARE: Final = (100.0, "%")
_AMOUNTS: Final = ((1e9, 1e-9, " bn"), (1e6, 1e-6, " m"))
"""From the first amount on, texts are multiplied by the second and take the suffix."""

_TINY: Final = 1e-9
"""What makes up for binary fractions."""

_INTERVALS: Final = 2
"""Least number of intervals between the lines of the vertical axis."""

_QUARTER_LABELS: Final = 4
"""Labels of quarters that fit beside each other."""

_PLAIN_RANGE: Final = 0.1
"""Range of the axis around a value that never changes, as a share of the value."""

Scale = Callable[[float], float]


def draw_series(series: IndicatorSeries) -> str:
    """Draw a series.

    Args:
        series: The series, with at least one drawn point.

    Returns:
        An ``svg`` element with name and description. A line joins quarters that follow each other.
    """
    points = series.drawn_points
    ticks = _find_ticks(points)
    texts = _format_ticks(ticks, series.latest)
    left = 8 + _CHARACTER_WIDTH * max(map(len, texts))
    first, last = points[0].quarter, points[-1].quarter
    span = max(1, quarters_between(first, last))
    start = left + 8
    place_y = _make_scale(ticks[0], ticks[-1], _HEIGHT - _BOTTOM, _TOP)
    place_quarter = _make_scale(0, span, start, _WIDTH - _RIGHT)
    places = [place_quarter(quarters_between(first, point.quarter)) for point in points]
    parts = [
        *_draw_value_axis(ticks, texts, left, place_y),
        *_draw_quarter_axis(first, last, place_quarter),
        *_draw_ranges(points, places, place_y),
        *_draw_line(points, places, place_y),
    ]
    return (
        f'<svg class="wb-series" role="img" aria-label="{escape(series.finding)}"'
        f' viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="{_FONT_SIZE}" fill="{TEXT_COLOUR}">'
        f"<desc>{escape(series.description)}</desc>{''.join(parts)}</svg>"
    )


def _find_ticks(points: Sequence[SeriesPoint]) -> list[float]:
    """Round values from below the lowest to above the highest; whole ones for whole numbers."""
    numbers = [
        number
        for point in points
        for number in (point.number, point.indicator.low, point.indicator.high)
        if number is not None
    ]
    low, high = min(numbers), max(numbers)
    if math.isclose(low, high):
        margin = abs(low) * _PLAIN_RANGE or 1
        low, high = low - margin, high + margin
    step = largest_round_step((high - low) / _INTERVALS)
    if all(number == int(number) for number in numbers):
        step = max(step, 1)
    start, end = math.floor(low / step), math.ceil(high / step)
    return [index * step for index in range(start, end + 1)]


def _format_ticks(ticks: Sequence[float], indicator: Indicator) -> list[str]:
    """Texts of the ticks: all with the same factor and decimals, so that no two are the same."""
    largest = max(map(abs, ticks))
    factor, suffix = _SHARE if indicator.unit == "share" else (1.0, "")
    if indicator.unit in {"GBP", "people", "count"}:
        scales = ((factor, suffix) for limit, factor, suffix in _AMOUNTS if largest >= limit)
        factor, suffix = next(scales, (1.0, ""))
    if indicator.is_difference:
        suffix = ""
    prefix = "£" if indicator.unit == "GBP" else ""
    step = (ticks[1] - ticks[0]) * factor
    decimals = max(0, -math.floor(math.log10(step) + _TINY))
    texts = [f"{prefix}{abs(tick) * factor:,.{decimals}f}{suffix}" for tick in ticks]
    return [f"−{text}" if tick < 0 else text for tick, text in zip(ticks, texts, strict=True)]


def _make_scale(low: float, high: float, start: float, end: float) -> Scale:
    """Map values between two ends to pixels between two others."""
    return lambda value: start + (value - low) / (high - low) * (end - start)


def _draw_value_axis(
    ticks: Sequence[float], texts: Sequence[str], left: float, place_y: Scale
) -> list[str]:
    return [
        f'<path d="M{left:.1f} {place_y(tick):.1f}H{_WIDTH}" stroke="{RULE_COLOUR}"/>'
        f'<text x="{left - 6:.1f}" y="{place_y(tick) + 4:.1f}" text-anchor="end">'
        f"{escape(text)}</text>"
        for tick, text in zip(ticks, texts, strict=True)
    ]


def _draw_quarter_axis(first: str, last: str, place_quarter: Scale) -> list[str]:
    """Labels from the last quarter back, at equal distances."""
    span = quarters_between(first, last)
    step = max(1, math.ceil((span + 1) / _QUARTER_LABELS))
    return [
        f'<text x="{place_quarter(span - back):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">'
        f"{shift_quarter(last, -back)}</text>"
        for back in range(0, span + 1, step)
    ]


def _draw_ranges(
    points: Sequence[SeriesPoint], places: Sequence[float], place_y: Scale
) -> list[str]:
    """A pale bar from P10 to P90."""
    return [
        f'<path d="M{x:.1f} {place_y(point.indicator.low):.1f}'
        f'V{place_y(point.indicator.high):.1f}" stroke="{BLUE}" stroke-opacity="0.25"'
        ' stroke-width="7"/>'
        for point, x in zip(points, places, strict=True)
        if point.indicator.low is not None and point.indicator.high is not None
    ]


def _draw_line(points: Sequence[SeriesPoint], places: Sequence[float], place_y: Scale) -> list[str]:
    """A line through quarters that follow each other, and a dot at each."""
    path, dots, before = [], [], ""
    for point, x in zip(points, places, strict=True):
        y = place_y(point.number or 0)
        is_next = before and quarters_between(before, point.quarter) == 1
        path.append(f"{'L' if is_next else 'M'}{x:.1f} {y:.1f}")
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{BLUE}"/>')
        before = point.quarter
    line = f'<path d="{"".join(path)}" fill="none" stroke="{BLUE}" stroke-width="2.5"/>'
    return [line, *dots]
