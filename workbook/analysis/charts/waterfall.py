"""Waterfall of the difference of two scenarios: what each parameter contributes."""

from collections.abc import Sequence

from workbook.charts.axes import unit_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, GREY, TURQUOISE
from workbook.charts.waterfall import WaterfallStep, waterfall_layers, waterfall_rows
from workbook.indicators import Indicator
from workbook.text.grammar import format_count
from workbook.text.numbers import format_change

_COLOURS = {"scenario": GREY, "rise": BLUE, "fall": TURQUOISE}

_MOST_SHOWN = 8
"""Contributions in the chart, at most. The smallest of more are one bar; the table has them all."""

Contribution = tuple[str, float]
"""Label of the parameters, and what they add to the indicator."""


def draw_waterfall(
    ends: Sequence[tuple[str, Indicator]],
    contributions: Sequence[Contribution],
    method: str,
    missing_reason: str,
) -> Figure:
    """Draw what each parameter contributes to the difference of two scenarios.

    Args:
        ends: Name and indicator of the two scenarios.
        contributions: Contribution of each parameter, which add up to the difference.
        method: How the contributions are calculated, as the end of a sentence.
        missing_reason: Why there are no contributions, as a sentence; empty where there are.

    Returns:
        The figure.
    """
    (first_name, indicator), (last_name, _) = ends
    influential = [entry for entry in contributions if entry[1]]
    steps = [] if missing_reason else _make_steps(ends, _merge_smallest(influential))
    return make_figure(
        _build_template(indicator.unit),
        {"steps": waterfall_rows(steps)},
        title=_write_title(indicator, influential, missing_reason),
        subtitle=f"{indicator.label}, from “{first_name}” to “{last_name}”: {method}",
        description=missing_reason
        or "; ".join(f"{step.name}: {step.text}" for step in steps) + ".",
    )


@build_once
def _build_template(unit: str) -> ChartTemplate:
    base = named_data("steps").encode(y=row_channel("place"), tooltip=["name:N", "text:N"])
    axis = unit_axis("x", unit)
    layers = waterfall_layers(base, axis, _COLOURS, NAMED_MARK_OFFSET, height=12, padding=100)
    return ChartTemplate(
        layer_charts(*layers, *row_texts(base, name=ROW_NAME_STYLE)), NAMED_ROW_HEIGHT
    )


def _make_steps(
    ends: Sequence[tuple[str, Indicator]], contributions: Sequence[Contribution]
) -> list[WaterfallStep]:
    first, last = (
        WaterfallStep(
            name, indicator.number or 0.0, "scenario", indicator.formatted_value, is_total=True
        )
        for name, indicator in ends
    )
    unit = ends[0][1].unit
    changes = [
        WaterfallStep(label, change, "rise" if change > 0 else "fall", format_change(change, unit))
        for label, change in contributions
    ]
    return [first, *changes, last]


def _merge_smallest(contributions: Sequence[Contribution]) -> list[Contribution]:
    """The largest contributions in their order, and the sum of the others."""
    if len(contributions) <= _MOST_SHOWN:
        return list(contributions)
    by_size = sorted(contributions, key=lambda entry: -abs(entry[1]))
    shown, others = by_size[: _MOST_SHOWN - 1], by_size[_MOST_SHOWN - 1 :]
    label = format_count(len(others), "other parameter")
    return [
        *(entry for entry in contributions if entry in shown),
        (label.capitalize(), sum(change for _, change in others)),
    ]


def _write_title(
    indicator: Indicator, influential: Sequence[Contribution], missing_reason: str
) -> str:
    if missing_reason:
        return f"The difference in “{indicator.label}” cannot be attributed"
    if not influential:
        return f"“{indicator.label}” does not differ"
    label, change = max(influential, key=lambda entry: abs(entry[1]))
    extent = "the whole difference" if len(influential) == 1 else "the largest difference"
    return f"“{label}” makes {extent}: {format_change(change, indicator.unit)}"
