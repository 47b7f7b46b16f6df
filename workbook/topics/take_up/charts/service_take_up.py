"""Take-up of the largest services in the earlier and the latest year."""

import altair as alt
import pandas as pd

from workbook.charts.axes import share_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import category_colour
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    by_width,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, GREY, ORANGE, TURQUOISE
from workbook.outcome import Outcome
from workbook.text.numbers import format_share
from workbook.topics.take_up.charts.service_rows import (
    MOST_SHOWN,
    SERVICE_CLICK_TARGET,
    target_line,
)

_MOVE_COLOURS = {"rose": BLUE, "fell": ORANGE, "unchanged": GREY, "no earlier figure": TURQUOISE}
_NO_EARLIER_FIGURE = "No service has an earlier figure to compare with"


def draw_service_take_up(outcome: Outcome) -> Figure:
    """Draw take-up of the largest services in both years. A click selects a service."""
    table = outcome.frame("services").dropna(subset=["take_up"])
    target = float(outcome.scenario.values()["target"])
    shown = _build_rows(table.head(MOST_SHOWN))
    return make_figure(
        _build_template(),
        {"rows": shown, "goal": pd.DataFrame({"take_up": [target]})},
        title=_write_title(table),
        subtitle=_write_subtitle(len(table), len(shown), target),
        description=_write_description(table),
        click_target=SERVICE_CLICK_TARGET,
    )


@build_once
def _build_template() -> ChartTemplate:
    colour = category_colour(
        "move", _MOVE_COLOURS, legend=alt.Legend(symbolOpacity=1, columns=by_width(2, 4))
    )
    service_rows = row_channel("service")
    axis = share_axis(tickCount=5, orient="top")
    x = alt.X("take_up:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 1], clamp=True))
    base = named_data("rows").encode(y=service_rows, tooltip=["service:N", "text:N"])
    return ChartTemplate(
        layer_charts(
            base.mark_rule(strokeWidth=4, yOffset=NAMED_MARK_OFFSET, opacity=0.5).encode(
                x=x, x2="take_up_before:Q", color=colour
            ),
            base.mark_point(
                size=60,
                yOffset=NAMED_MARK_OFFSET,
                filled=False,
                strokeWidth=2,
                fill="white",
                opacity=1,
            ).encode(x=alt.X("take_up_before:Q"), color=colour),
            base.mark_point(size=110, yOffset=NAMED_MARK_OFFSET, filled=True, opacity=1).encode(
                x=x, color=colour
            ),
            target_line(),
            *row_texts(base, service=ROW_NAME_STYLE),
        ),
        NAMED_ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    rows = table.sort_values("take_up", ascending=False, kind="stable", ignore_index=True)
    texts = [
        f"{format_share(after)}"
        + ("" if pd.isna(before) else f", {format_share(before)} in the earlier year")
        + f"; {volume:,.0f} transactions"
        for before, after, volume in zip(
            rows["take_up_before"], rows["take_up"], rows["volume"], strict=True
        )
    ]
    return rows[["service", "take_up_before", "take_up"]].assign(
        place=range(len(rows)),
        move=[_describe_move(change) for change in rows["change"]],
        text=texts,
    )


def _describe_move(change: float) -> str:
    if pd.isna(change):
        return "no earlier figure"
    return "unchanged" if change == 0 else "rose" if change > 0 else "fell"


def _write_title(table: pd.DataFrame) -> str:
    comparable = table.dropna(subset=["change"])
    if comparable.empty:
        return _NO_EARLIER_FIGURE
    risen, count = int((comparable["change"] > 0).sum()), len(comparable)
    if count == 1:
        name = comparable.iloc[0]["service"]
        move = _describe_move(float(comparable.iloc[0]["change"]))
        return f"{name}: take-up {'did not change' if move == 'unchanged' else move}"
    return f"Take-up rose in {risen} of the {count} services that reported in both years"


def _write_subtitle(count: int, shown: int, target: float) -> str:
    scope = f"{shown} largest of {count} services" if shown < count else "all services"
    return (
        f"Share of transactions made digitally, {scope}. Ring: earlier year. Dot: latest year."
        f" Line: target, {format_share(target)}"
    )


def _write_description(table: pd.DataFrame) -> str:
    comparable = table.dropna(subset=["change"]).sort_values("change", ascending=False)
    if comparable.empty:
        return f"{_NO_EARLIER_FIGURE}."
    first, last = (
        f"{name}, from {format_share(before)} to {format_share(after)}"
        for name, before, after in comparable[["service", "take_up_before", "take_up"]]
        .iloc[[0, -1]]
        .to_numpy()
    )
    return f"Largest rise: {first}. Smallest rise or largest fall: {last}."
