"""What the charts of savings share: how money is written on an axis and beside a mark."""

from typing import Any, Literal

import altair as alt

from workbook.charts.figure import layer_charts, named_data
from workbook.charts.marks import LABEL_HALO
from workbook.charts.theme import RULE_COLOUR, TEXT_COLOUR
from workbook.outcome import Outcome
from workbook.text.numbers import format_money

DOT_STYLE: dict[str, Any] = {"filled": True, "size": 90, "opacity": 1}
_LABEL_STYLE: dict[str, Any] = {"fontWeight": "bold", "color": TEXT_COLOUR}

_AXIS_UNITS = ((2e9, 1e9, " bn"), (2e6, 1e6, " m"))
"""From which widest amount on an axis counts in billions or millions, and what it then writes."""

_TICK_COUNT = alt.ExprRef("min(6, width / 120)")
"""Ticks of an axis along the foot, whose labels must not touch on a telephone."""

_LABEL_SEPARATION = 8
"""Pixels between two labels of an axis."""

LABEL_SIDES: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -9},
    "right": {"align": "left", "dx": 9},
}
"""How a label stands beside its mark, by the column that it is in."""


def money_axis(channel: Literal["x", "y"], **options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """An axis of pounds, all of it in one unit: pounds, millions or billions. Its zero is dark."""
    at_zero = {
        "condition": {"test": "datum.value === 0", "value": TEXT_COLOUR},
        "value": RULE_COLOUR,
    }
    defaults = {
        "format": "~s",
        "tickCount": _TICK_COUNT,
        "labelSeparation": _LABEL_SEPARATION,
        "gridColor": at_zero,
    }
    widest = f"max(abs(domain('{channel}')[0]), abs(domain('{channel}')[1]))"
    return alt.Axis(**{**defaults, **options}, labelExpr=_amount_expression(widest))


def financial_year_axis() -> alt.Axis:
    """An axis of the years in which financial years start: 2014 is written as 2014-15."""
    year_expression = "datum.value + '-' + format((datum.value + 1) % 100, '02d')"
    return alt.Axis(
        labelExpr=f"datum.value % 1 ? '' : {year_expression}",
        tickCount=alt.ExprRef("width / 60"),
        tickMinStep=1,
        labelOverlap=True,
        labelSeparation=_LABEL_SEPARATION,
        grid=False,
    )


def _amount_expression(widest: str) -> str:
    """Vega's expression for an amount on an axis whose widest amount is that."""
    text = "format(abs(datum.value), ',~r')"
    for least, size, unit in reversed(_AXIS_UNITS):
        scaled_text = f"format(abs(datum.value) / {size:.0f}, ',~r') + '{unit}'"
        text = f"({widest} >= {least:.0f} ? {scaled_text} : {text})"
    return f"datum.value === 0 ? '£0' : (datum.value < 0 ? '−£' : '£') + {text}"


def format_short_money(amount: float) -> str:
    """Money as it stands beside a mark: ``£219.5 m``, ``£1.2 bn``."""
    return format_money(amount).replace(" million", " m").replace(" billion", " bn")


def place_on_free_side(
    text: str, position: float, low: float, high: float, threshold: float = 1 / 2
) -> dict[str, str]:
    """A label in the column of the side of its mark on which there is room: ``left`` or ``right``.

    It is on the left beyond this part of the way from low to high.
    """
    is_beyond = position > low + threshold * (high - low)
    return {"left": text if is_beyond else "", "right": "" if is_beyond else text}


def numeric_indicator_value(outcome: Outcome, name: str) -> float | None:
    """An indicator's number, None where it has none."""
    number = outcome[name].value
    return None if number is None else float(number)


def label_layer(
    name: str,
    field: str,
    *,
    x: Any,  # noqa: ANN401  Altair has a class for each way to say it
    y: Any,  # noqa: ANN401
    **style: Any,  # noqa: ANN401  Vega's own
) -> alt.LayerChart:
    """A ``field`` of the data of this name, written at its points on a halo."""
    base = named_data(name).encode(x=x, y=y, text=f"{field}:N")
    return layer_charts(
        *(base.mark_text(**{**_LABEL_STYLE, **style, **outline}) for outline in (LABEL_HALO, {}))
    )


def side_labels(name: str, *, x: Any, y: Any, **style: Any) -> list[alt.LayerChart]:  # noqa: ANN401
    """What is ``left`` and ``right`` of the points of the data of this name."""
    return [
        label_layer(name, side, x=x, y=y, **{**style, **side_style})
        for side, side_style in LABEL_SIDES.items()
    ]
