"""Axes that charts share: time, financial years, shares, money and other units.

A function that ends in ``_axis`` gives the axis alone. One that ends in ``_channel`` gives the
encoding with its axis and scale. Vega's own options may be passed to both, and replace ours.
"""

from typing import Any, Literal

import altair as alt

from workbook.charts.theme import RULE_COLOUR, TEXT_COLOUR

WHOLE_NUMBER_LABELS = "datum.value % 1 ? '' : format(datum.value, 'd')"
"""Labels only at whole numbers, such as years, without a separator for thousands."""

_AMOUNT_SCALES = ((2e6, 1e6, " m"), (2e9, 1e9, " bn"))
"""An axis up to at least the first amount is divided by the second and labelled with the suffix."""

_HORIZONTAL_TICK_COUNT = alt.ExprRef("min(6, width / 120)")
"""Ticks of a horizontal axis, few enough that their labels do not touch on a telephone."""

_TICK_COUNT = 5
_LABEL_SEPARATION = 8
"""Pixels between two labels of an axis."""

AxisDirection = Literal["x", "y"]


def time_axis(**options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of decimal years with a label at each whole year: mid-2014 is 2014.5."""
    defaults = {"labelExpr": WHOLE_NUMBER_LABELS, "tickMinStep": 1, "labelOverlap": True}
    return alt.Axis(**{**defaults, **options})


def time_channel(field: str, **axis_options: Any) -> alt.X:  # noqa: ANN401  Vega's own
    """Build the x channel of a field in decimal years (``periods.decimal_year``)."""
    scale = alt.Scale(zero=False, nice=False)
    return alt.X(f"{field}:Q", title=None, axis=time_axis(**axis_options), scale=scale)


def financial_year_axis(**options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of the years in which financial years start: 2014 is labelled 2014-15."""
    year_expression = "datum.value + '-' + format((datum.value + 1) % 100, '02d')"
    defaults = {
        "labelExpr": f"datum.value % 1 ? '' : {year_expression}",
        "tickCount": alt.ExprRef("width / 60"),
        "labelSeparation": _LABEL_SEPARATION,
        "grid": False,
    }
    return time_axis(**{**defaults, **options})


def share_axis(**options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of fractions of 1, labelled as percentages, with a decimal where needed."""
    return alt.Axis(**{"format": ".1~%", "tickCount": 6, "tickMinStep": 0.01, **options})


def share_channel(field: str, **axis_options: Any) -> alt.Y:  # noqa: ANN401  Vega's own
    """Build the y channel of a field of fractions of 1, its axis as long as the data."""
    scale = alt.Scale(zero=False)
    return alt.Y(f"{field}:Q", title=None, axis=share_axis(**axis_options), scale=scale)


def money_axis(direction: AxisDirection, **options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of pounds, all of it in pounds, in millions or in billions.

    Args:
        direction: Whether the axis is horizontal (x) or vertical (y).
        **options: Options of ``alt.Axis`` that replace the defaults.

    Returns:
        The axis, its grid line at zero dark.
    """
    at_zero = {
        "condition": {"test": "datum.value === 0", "value": TEXT_COLOUR},
        "value": RULE_COLOUR,
    }
    return _amount_axis(direction, "£", **{"gridColor": at_zero, **options})


def unit_axis(direction: AxisDirection, unit: str) -> alt.Axis:
    """Build the axis for any unit of an indicator or a parameter.

    Args:
        direction: Whether the axis is horizontal (x) or vertical (y).
        unit: A unit of an indicator or a parameter, such as share, GBP, people or year.

    Returns:
        The axis; numbers of an unknown unit have their thousands separated.
    """
    if unit == "GBP":
        return money_axis(direction, tickCount=_TICK_COUNT)
    if unit == "people":
        return _amount_axis(direction, "", tickCount=_TICK_COUNT)
    if unit == "share":
        return share_axis(tickCount=_TICK_COUNT)
    labels = WHOLE_NUMBER_LABELS if unit == "year" else "format(datum.value, ',')"
    return alt.Axis(tickCount=_TICK_COUNT, labelExpr=labels)


def _amount_axis(direction: AxisDirection, symbol: str, **options: Any) -> alt.Axis:  # noqa: ANN401
    """An axis of amounts, each with this symbol before it."""
    defaults = {
        "labelExpr": _amount_expression(direction, symbol),
        "tickCount": _HORIZONTAL_TICK_COUNT if direction == "x" else _TICK_COUNT,
        "labelSeparation": _LABEL_SEPARATION,
    }
    return alt.Axis(**{**defaults, **options})


def _amount_expression(direction: AxisDirection, symbol: str) -> str:
    """Vega's expression for a label, in the unit that suits the widest amount on the axis."""
    widest = f"max(abs(domain('{direction}')[0]), abs(domain('{direction}')[1]))"
    text = "format(abs(datum.value), ',~r')"
    for minimum, size, suffix in _AMOUNT_SCALES:
        scaled_text = f"format(abs(datum.value) / {size:.0f}, ',~r') + '{suffix}'"
        text = f"({widest} >= {minimum:.0f} ? {scaled_text} : {text})"
    zero, minus, plus = f"'{symbol}0'", f"'−{symbol}'", f"'{symbol}'"
    return f"datum.value === 0 ? {zero} : (datum.value < 0 ? {minus} : {plus}) + {text}"
