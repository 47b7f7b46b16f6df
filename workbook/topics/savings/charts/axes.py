"""What the charts of savings share: how money is written on an axis and beside a mark."""

from typing import Any, Literal

import altair as alt

from workbook import words
from workbook.charting import HALO, INK, RULE, layers, on
from workbook.outcome import Outcome

DOT: dict[str, Any] = {"filled": True, "size": 90, "opacity": 1}
LABEL: dict[str, Any] = {"fontWeight": "bold", "color": INK}

UNITS = ((2e9, 1e9, " bn"), (2e6, 1e6, " m"))
"""From which widest amount on an axis counts in billions or millions, and what it then writes."""

TICKS = alt.ExprRef("min(6, width / 120)")
"""Ticks of an axis along the foot, whose labels must not touch on a telephone."""

APART = 8
"""Pixels between two labels of an axis."""

SIDES: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -9},
    "right": {"align": "left", "dx": 9},
}
"""How a label stands beside its mark, by the column that it is in."""


def money(channel: Literal["x", "y"], **options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """An axis of pounds, all of it in one unit: pounds, millions or billions. Its zero is dark."""
    at_zero = {"condition": {"test": "datum.value === 0", "value": INK}, "value": RULE}
    usual = {"format": "~s", "tickCount": TICKS, "labelSeparation": APART, "gridColor": at_zero}
    widest = f"max(abs(domain('{channel}')[0]), abs(domain('{channel}')[1]))"
    return alt.Axis(**{**usual, **options}, labelExpr=_written(widest))


def financial_years() -> alt.Axis:
    """An axis of the years in which financial years start: 2014 is written as 2014-15."""
    written = "datum.value + '-' + format((datum.value + 1) % 100, '02d')"
    return alt.Axis(
        labelExpr=f"datum.value % 1 ? '' : {written}",
        tickCount=alt.ExprRef("width / 60"),
        tickMinStep=1,
        labelOverlap=True,
        labelSeparation=APART,
        grid=False,
    )


def _written(widest: str) -> str:
    """Vega's expression for an amount on an axis whose widest amount is that."""
    text = "format(abs(datum.value), ',~r')"
    for least, size, unit in reversed(UNITS):
        inside = f"format(abs(datum.value) / {size:.0f}, ',~r') + '{unit}'"
        text = f"({widest} >= {least:.0f} ? {inside} : {text})"
    return f"datum.value === 0 ? '£0' : (datum.value < 0 ? '−£' : '£') + {text}"


def short(amount: float) -> str:
    """Money as it stands beside a mark: ``£219.5 m``, ``£1.2 bn``."""
    return words.pounds(amount).replace(" million", " m").replace(" billion", " bn")


def sided(text: str, at: float, low: float, high: float, part: float = 1 / 2) -> dict[str, str]:
    """A label in the column of the side of its mark on which there is room: ``left`` or ``right``.

    It is on the left beyond this part of the way from low to high.
    """
    far = at > low + part * (high - low)
    return {"left": text if far else "", "right": "" if far else text}


def value(outcome: Outcome, name: str) -> float | None:
    """An indicator's number, None where it has none."""
    held = outcome[name].value
    return None if held is None else float(held)


def label(
    name: str,
    field: str,
    *,
    x: Any,  # noqa: ANN401  Altair has a class for each way to say it
    y: Any,  # noqa: ANN401
    **style: Any,  # noqa: ANN401  Vega's own
) -> alt.LayerChart:
    """A ``field`` of the data of this name, written at its points on a halo."""
    base = on(name).encode(x=x, y=y, text=f"{field}:N")
    return layers(*(base.mark_text(**{**LABEL, **style, **each}) for each in (HALO, {})))


def beside(name: str, *, x: Any, y: Any, **style: Any) -> list[alt.LayerChart]:  # noqa: ANN401
    """What is ``left`` and ``right`` of the points of the data of this name."""
    return [label(name, side, x=x, y=y, **{**style, **its}) for side, its in SIDES.items()]
