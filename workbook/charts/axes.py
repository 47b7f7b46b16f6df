"""Axes that charts share: time, financial years, shares, money and other units.

A function that ends in ``_axis`` returns only the axis. One that ends in ``_channel`` returns the
encoding with its axis and scale. Options of Vega can be passed to both, and replace the defaults.
"""

from typing import Any, Literal

import altair as alt

from workbook.charts.theme import RULE_COLOUR, TEXT_COLOUR

WHOLE_NUMBER_LABELS = "datum.value % 1 ? '' : format(datum.value, 'd')"
"""Expression that labels only whole numbers, such as years, without a thousands separator."""

_AMOUNT_SCALES = ((1e6, 1e6, " m"), (1e9, 1e9, " bn"))
"""If an axis reaches the first amount, labels are divided by the second and take the suffix."""

_HORIZONTAL_TICK_COUNT = alt.ExprRef("min(6, width / 120)")
"""Number of ticks of a horizontal axis: few enough that labels do not touch on a phone."""

_TICK_COUNT = 5
_LABEL_SEPARATION = 8
"""Smallest distance between two labels of an axis, in pixels."""

AxisDirection = Literal["x", "y"]


def time_axis(**options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of decimal years, such as 2014.5 for mid-2014, with labels at whole years."""
    defaults = {
        "labelExpr": WHOLE_NUMBER_LABELS,
        "tickMinStep": 1,
        "labelOverlap": True,
        "labelSeparation": _LABEL_SEPARATION,
    }
    return alt.Axis(**{**defaults, **options})


def time_channel(field: str, **axis_options: Any) -> alt.X:  # noqa: ANN401  Vega's own
    """Build the x channel of a field in decimal years (``periods.decimal_year``)."""
    scale = alt.Scale(zero=False, nice=False)
    return alt.X(f"{field}:Q", title=None, axis=time_axis(**axis_options), scale=scale)


def financial_year_axis(**options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of financial years by their first year: 2014 is labelled 2014-15."""
    year_expression = "datum.value + '-' + format((datum.value + 1) % 100, '02d')"
    defaults = {
        "labelExpr": f"datum.value % 1 ? '' : {year_expression}",
        "tickCount": alt.ExprRef("width / 60"),
        "grid": False,
    }
    return time_axis(**{**defaults, **options})


def share_axis(**options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of fractions of 1, labelled as percentages with a decimal if needed."""
    defaults = {
        "format": ".1~%",
        "tickCount": 6,
        "tickMinStep": 0.01,
        "labelOverlap": True,
        "labelSeparation": _LABEL_SEPARATION,
    }
    return alt.Axis(**{**defaults, **options})


def share_channel(field: str, **axis_options: Any) -> alt.Y:  # noqa: ANN401  Vega's own
    """Build the y channel of a field of fractions of 1. The axis need not start at zero."""
    scale = alt.Scale(zero=False)
    return alt.Y(f"{field}:Q", title=None, axis=share_axis(**axis_options), scale=scale)


def money_axis(direction: AxisDirection, **options: Any) -> alt.Axis:  # noqa: ANN401  Vega's own
    """Build an axis of amounts, labelled in pounds, millions or billions of pounds.

    Args:
        direction: Whether the axis is horizontal (x) or vertical (y).
        **options: Options of ``alt.Axis`` that replace the defaults.

    Returns:
        The axis. A vertical one has a dark grid line at zero; a horizontal one has none, since it
        would run through the names of the rows.
    """
    if direction == "y":
        at_zero = {"test": "datum.value === 0", "value": TEXT_COLOUR}
        options = {"gridColor": {"condition": at_zero, "value": RULE_COLOUR}, **options}
    return _amount_axis(direction, "£", **options)


def unit_axis(direction: AxisDirection, unit: str) -> alt.Axis:
    """Build the axis for any unit of an indicator or a parameter.

    Args:
        direction: Whether the axis is horizontal (x) or vertical (y).
        unit: A unit of an indicator or a parameter, such as share, GBP, people or year.

    Returns:
        The axis. Numbers of any other unit have thousands separators.
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
    """Build an axis of amounts with a symbol before each."""
    defaults = {
        "labelExpr": _amount_expression(direction, symbol),
        "tickCount": _HORIZONTAL_TICK_COUNT if direction == "x" else _TICK_COUNT,
        "labelSeparation": _LABEL_SEPARATION,
    }
    return alt.Axis(**{**defaults, **options})


def _amount_expression(direction: AxisDirection, symbol: str) -> str:
    """Vega expression for a label, scaled for the largest amount on the axis."""
    widest = f"max(abs(domain('{direction}')[0]), abs(domain('{direction}')[1]))"
    text = "format(abs(datum.value), ',~r')"
    for minimum, size, suffix in _AMOUNT_SCALES:
        scaled_text = f"format(abs(datum.value) / {size:.0f}, ',~r') + '{suffix}'"
        text = f"({widest} >= {minimum:.0f} ? {scaled_text} : {text})"
    zero, minus, plus = f"'{symbol}0'", f"'−{symbol}'", f"'{symbol}'"
    return f"datum.value === 0 ? {zero} : (datum.value < 0 ? {minus} : {plus}) + {text}"
