"""Why the headline moved: within services, mix, both at once, entry and exit."""

from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    INK,
    ORANGE,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Outcome
from workbook.topics.take_up.telling import PARTS

KINDS = {"take-up": BLUE, "up": TURQUOISE, "down": ORANGE}
SMALL = 5e-5
"""A part below half of a hundredth of a percentage point is none to a reader."""

ROW = 40


def change(outcome: Outcome) -> Figure:
    """Waterfall from the headline before to the headline after."""
    table = outcome.tables["change"]
    steps = _steps(table)
    return finish(
        _waterfall(),
        {"steps": steps},
        title=_title(table),
        subtitle=(
            "Take-up as published, and the parts of its change in percentage points: only "
            "“Services themselves” is what services did"
        ),
        description=_description(table),
    )


@cache
def _waterfall() -> Drawing:
    each = rows_in_order("name", alt.Axis(labelLimit=170, ticks=False))
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())), legend=None
    )
    axis = alt.Axis(format=".1%", tickCount=5)
    x = alt.X("start:Q", title=None, axis=axis, scale=alt.Scale(zero=False, padding=40))
    base = on("steps").encode(y=each, tooltip=["name:N", "text:N"])
    bars = base.mark_bar(height=20).encode(x=x, x2="end:Q", color=colour)
    levels = base.mark_tick(thickness=5, size=26).encode(x=alt.X("end:Q"), color=colour)
    texts = base.mark_text(align="left", dx=8, color=INK, fontWeight="bold").encode(
        x=alt.X("right:Q"), text="text:N"
    )
    return Drawing(layers(bars, levels, texts), {"step": ROW})


def _steps(table: pd.DataFrame) -> pd.DataFrame:
    """Each row from where it starts to where it ends, in fractions of 1."""
    rows: list[dict[str, object]] = []
    level = 0.0
    for row in table.dropna().to_dict("records"):
        part, value = str(row["part"]), float(row["value"])
        total = part not in PARTS.values()
        start, level = (value, value) if total else (level, level + value)
        rows.append(
            {
                "place": len(rows),
                "name": part,
                "start": start,
                "end": level,
                "right": max(start, level),
                "kind": "take-up" if total else "up" if value >= 0 else "down",
                "text": words.percent(value) if total else words.points(value),
            }
        )
    return pd.DataFrame(rows, columns=["place", "name", "start", "end", "right", "kind", "text"])


def _title(table: pd.DataFrame) -> str:
    if len(table) == 1:
        return "There is no earlier year to compare with"
    before, within, *_, after = table["value"].tolist()
    if table["value"].isna().any():
        return "No service reports in both years: take-up of the two cannot be compared"
    total = after - before
    if abs(total) < SMALL:
        return "Take-up as published did not change"
    moved = words.points(total).lstrip("+−")
    went = "rose" if total > 0 else "fell"
    return (
        f"Take-up as published {went} by {moved} points; services themselves account for "
        f"{words.points(within)}"
    )


def _description(table: pd.DataFrame) -> str:
    steps = _steps(table)
    parts = [f"{name}: {text}" for name, text in steps[["name", "text"]].to_numpy()]
    return f"{'; '.join(parts)}."
