"""What delivery's charts share: how a row is written, and a label beside a mark."""

from typing import Any

import altair as alt

from workbook.charting import HALO, INK, on
from workbook.quarters import period_end

MONTHS_A_YEAR = 12
LABEL: dict[str, Any] = {"fontWeight": "bold", "color": INK}


def texts(base: alt.Chart, **styles: dict[str, Any]) -> list[alt.Chart]:
    """The fields with these styles at the left, each on a halo, cut where the chart ends."""
    style: dict[str, Any] = {"align": "left", "color": INK, "limit": alt.ExprRef("width")}
    return [
        base.mark_text(**{**style, **its, **outline}).encode(x=alt.value(0), text=f"{field}:N")
        for field, its in styles.items()
        for outline in (HALO, {})
    ]


def label(
    name: str,
    field: str,
    *,
    x: Any,  # noqa: ANN401  Altair has a class for each way to say it
    y: Any,  # noqa: ANN401
    **style: Any,  # noqa: ANN401  Vega's own
) -> list[alt.Chart]:
    """A ``field`` of the data of this name, written at its points on a halo."""
    base = on(name).encode(x=x, y=y, text=f"{field}:N")
    return [base.mark_text(**{**LABEL, **style, **each}) for each in (HALO, {})]


def ended(period: str) -> float:
    """The end of a month as a year with its fraction: June 2014 ends at 2014.5."""
    end = period_end(period)
    return end.year + end.month / MONTHS_A_YEAR


def began(month: str) -> float:
    """The beginning of a month as a year with its fraction: that of June 2014 is 2014.417."""
    return ended(month) - 1 / MONTHS_A_YEAR
