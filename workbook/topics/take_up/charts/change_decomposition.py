"""Decomposition of the change in take-up: within-service, mix, interaction, entry and exit."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charts.axes import share_axis
from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import category_colour, halo_texts
from workbook.charts.rows import row_channel, row_height
from workbook.charts.theme import BLUE, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.text.numbers import format_points, format_share
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS

_KIND_COLOURS = {"take-up": BLUE, "up": TURQUOISE, "down": ORANGE}
_NEGLIGIBLE_CHANGE = 5e-4
"""Change below which take-up counts as unchanged: 0.05 percentage points."""

_ROW_HEIGHT = 40


def draw_change_decomposition(outcome: Outcome) -> Figure:
    """Draw a waterfall from the earlier take-up to the latest."""
    table = outcome.frame("change")
    steps = _build_steps(table)
    return make_figure(
        _build_template(),
        {"steps": steps},
        title=_write_title(table),
        subtitle=(
            "Percentage points, all services that report. "
            "Only the within-service effect is a change in the services"
        ),
        description=_write_description(table),
    )


@cache
def _build_template() -> ChartTemplate:
    step_rows = row_channel("name", alt.Axis(labelLimit=170, ticks=False))
    colour = category_colour("kind", _KIND_COLOURS, legend=None)
    axis = share_axis(tickCount=5, tickMinStep=0.001)
    x = alt.X("start:Q", title=None, axis=axis, scale=alt.Scale(zero=False, padding=40))
    base = named_data("steps").encode(y=step_rows, tooltip=["name:N", "text:N"])
    bars = base.mark_bar(height=20).encode(x=x, x2="end:Q", color=colour)
    levels = base.mark_tick(thickness=5, size=26).encode(x=alt.X("end:Q"), color=colour)
    texts = halo_texts(
        base.encode(x=alt.X("right:Q")),
        "text",
        align="left",
        dx=8,
        color=TEXT_COLOUR,
        fontWeight="bold",
    )
    return ChartTemplate(layer_charts(bars, levels, *texts), row_height(_ROW_HEIGHT))


def _build_steps(table: pd.DataFrame) -> pd.DataFrame:
    """Each bar from its start to its end, in fractions of 1."""
    rows: list[dict[str, object]] = []
    level = 0.0
    for row in table.dropna().to_dict("records"):
        part, value = str(row["part"]), float(row["value"])
        is_total = part not in TAKE_UP_CHANGE_PARTS.values()
        start, level = (value, value) if is_total else (level, level + value)
        rows.append(
            {
                "place": len(rows),
                "name": part,
                "start": start,
                "end": level,
                "right": max(start, level),
                "kind": "take-up" if is_total else "up" if value >= 0 else "down",
                "text": format_share(value) if is_total else format_points(value),
            }
        )
    return pd.DataFrame(rows, columns=["place", "name", "start", "end", "right", "kind", "text"])


def _write_title(table: pd.DataFrame) -> str:
    if len(table) == 1:
        return "There is no earlier year to compare with"
    before, within, *_, after = table["value"].tolist()
    if table["value"].isna().any():
        return "No service reported in both years, so take-up cannot be compared"
    return (
        f"Take-up {_describe_change(within)} within services, and"
        f" {_describe_change(after - before)} across all services that report"
    )


def _describe_change(change: float) -> str:
    if abs(change) < _NEGLIGIBLE_CHANGE:
        return "did not change"
    size = format_points(change).lstrip("+−")
    return f"{'rose' if change > 0 else 'fell'} by {size} points"


def _write_description(table: pd.DataFrame) -> str:
    steps = _build_steps(table)
    parts = [f"{name}: {text}" for name, text in steps[["name", "text"]].to_numpy()]
    return f"{'; '.join(parts)}."
