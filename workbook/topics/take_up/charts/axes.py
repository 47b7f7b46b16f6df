"""What take-up's charts share: how time, shares and labels are drawn."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.charting import HALO, INK, on
from workbook.quarters import last_day, period_end

WHOLE_YEARS = "datum.value % 1 ? '' : format(datum.value, 'd')"
MONTHS_A_YEAR = 12
LABEL: dict[str, Any] = {"fontWeight": "bold", "color": INK}


def time() -> alt.X:
    """Time as years: a window that ends with June 2014 stands at 2014.5."""
    axis = alt.Axis(labelExpr=WHOLE_YEARS, tickMinStep=1, labelOverlap=True)
    return alt.X("time:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False))


def share(field: str, *, zero: bool = False, title: str | None = None) -> alt.Y:
    """Take-up as percentages."""
    return alt.Y(
        f"{field}:Q",
        title=title,
        axis=alt.Axis(format=".0%", tickCount=6, tickMinStep=0.01),
        scale=alt.Scale(zero=zero),
    )


def at(period: str) -> float:
    """The end of a quarter or month as a year with its fraction."""
    end = last_day(period) if "Q" in period else period_end(period)
    return end.year + end.month / MONTHS_A_YEAR


def times(periods: "pd.Series[str]") -> "pd.Series[float]":
    """The ends of quarters or months as years with their fractions."""
    return periods.astype(str).map(at).astype(float)


def names(base: alt.Chart, field: str) -> list[alt.Chart]:
    """What stands above each row: the field's text on a halo, cut where the chart ends."""
    style: dict[str, Any] = {"align": "left", "dy": -8, "color": INK}
    return [
        base.mark_text(**style, **outline, limit=alt.ExprRef("width")).encode(
            x=alt.value(0), text=f"{field}:N"
        )
        for outline in (HALO, {})
    ]


def label(name: str, x: alt.X, y: alt.Y, **style: Any) -> list[alt.Chart]:  # noqa: ANN401  Vega's own
    """The ``text`` of the data of this name at its points, each on a halo."""
    return [
        on(name).mark_text(**{**LABEL, **style, **outline}).encode(x=x, y=y, text="text:N")
        for outline in (HALO, {})
    ]
