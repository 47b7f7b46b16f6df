"""What delivery's charts share: how a row is written, and a label beside a mark."""

from typing import Any

import altair as alt

from workbook.charts.figure import named_data
from workbook.charts.marks import LABEL_HALO
from workbook.charts.theme import TEXT_COLOUR
from workbook.periods import period_end

_MONTHS_PER_YEAR = 12
_LABEL_STYLE: dict[str, Any] = {"fontWeight": "bold", "color": TEXT_COLOUR}


def row_text_marks(base: alt.Chart, **styles: dict[str, Any]) -> list[alt.Chart]:
    """The fields with these styles at the left, each on a halo, cut where the chart ends."""
    style: dict[str, Any] = {"align": "left", "color": TEXT_COLOUR, "limit": alt.ExprRef("width")}
    return [
        base.mark_text(**{**style, **text_style, **outline}).encode(
            x=alt.value(0), text=f"{field}:N"
        )
        for field, text_style in styles.items()
        for outline in (LABEL_HALO, {})
    ]


def point_label_marks(
    name: str,
    field: str,
    *,
    x: Any,  # noqa: ANN401  Altair has a class for each way to say it
    y: Any,  # noqa: ANN401
    **style: Any,  # noqa: ANN401  Vega's own
) -> list[alt.Chart]:
    """A ``field`` of the data of this name, written at its points on a halo."""
    base = named_data(name).encode(x=x, y=y, text=f"{field}:N")
    return [base.mark_text(**{**_LABEL_STYLE, **style, **outline}) for outline in (LABEL_HALO, {})]


def month_end_as_year(period: str) -> float:
    """The end of a month as a year with its fraction: June 2014 ends at 2014.5."""
    end = period_end(period)
    return end.year + end.month / _MONTHS_PER_YEAR


def month_start_as_year(month: str) -> float:
    """The beginning of a month as a year with its fraction: that of June 2014 is 2014.417."""
    return month_end_as_year(month) - 1 / _MONTHS_PER_YEAR
