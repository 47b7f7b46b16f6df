"""What take-up's charts share: how time, shares and labels are drawn."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import named_data
from workbook.charts.marks import LABEL_HALO
from workbook.charts.theme import TEXT_COLOUR
from workbook.periods import last_day_of_quarter, period_end

_WHOLE_YEAR_LABELS = "datum.value % 1 ? '' : format(datum.value, 'd')"
_MONTHS_PER_YEAR = 12
_LABEL_STYLE: dict[str, Any] = {"fontWeight": "bold", "color": TEXT_COLOUR}


def time_axis() -> alt.X:
    """Time as years: a window that ends with June 2014 stands at 2014.5."""
    axis = alt.Axis(labelExpr=_WHOLE_YEAR_LABELS, tickMinStep=1, labelOverlap=True)
    return alt.X("time:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False))


def share_axis(field: str, *, zero: bool = False, title: str | None = None) -> alt.Y:
    """Take-up as percentages."""
    return alt.Y(
        f"{field}:Q",
        title=title,
        axis=alt.Axis(format=".0%", tickCount=6, tickMinStep=0.01),
        scale=alt.Scale(zero=zero),
    )


def decimal_year(period: str) -> float:
    """The end of a quarter or month as a year with its fraction."""
    end = last_day_of_quarter(period) if "Q" in period else period_end(period)
    return end.year + end.month / _MONTHS_PER_YEAR


def decimal_years(periods: "pd.Series[str]") -> "pd.Series[float]":
    """The ends of quarters or months as years with their fractions."""
    return periods.astype(str).map(decimal_year).astype(float)


def row_name_marks(base: alt.Chart, field: str) -> list[alt.Chart]:
    """What stands above each row: the field's text on a halo, cut where the chart ends."""
    style: dict[str, Any] = {"align": "left", "dy": -8, "color": TEXT_COLOUR}
    return [
        base.mark_text(**style, **outline, limit=alt.ExprRef("width")).encode(
            x=alt.value(0), text=f"{field}:N"
        )
        for outline in (LABEL_HALO, {})
    ]


def text_label_marks(name: str, x: alt.X, y: alt.Y, **style: Any) -> list[alt.Chart]:  # noqa: ANN401  Vega's own
    """The ``text`` of the data of this name at its points, each on a halo."""
    return [
        named_data(name)
        .mark_text(**{**_LABEL_STYLE, **style, **outline})
        .encode(x=x, y=y, text="text:N")
        for outline in (LABEL_HALO, {})
    ]
