"""Decomposition of the change in take-up: within-service, mix, interaction, entry and exit."""

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
from workbook.charts.rows import row_channel, row_height
from workbook.charts.theme import BLUE, GREY, TURQUOISE
from workbook.charts.waterfall import WaterfallStep, waterfall_layers, waterfall_rows
from workbook.outcome import Outcome
from workbook.text.grammar import format_count
from workbook.text.numbers import format_points, format_share
from workbook.topics.take_up.comparison import NEGLIGIBLE_CHANGE, TAKE_UP_CHANGE_PARTS

_KIND_COLOURS = {"take-up": GREY, "within": BLUE, "other": TURQUOISE}
"""Only the within-service effect is a change in the services, so it has the darkest colour."""
_ROW_HEIGHT = 40
_ROUNDING_CAVEAT = "Parts may not add up because of rounding"


def draw_change_decomposition(outcome: Outcome) -> Figure:
    """Draw a waterfall from the earlier take-up to the latest."""
    table = outcome.frame("change")
    steps = _build_steps(table)
    return make_figure(
        _build_template(),
        {"steps": steps},
        title=_write_title(table, outcome["services_matched"].number),
        subtitle=". ".join(
            [
                "Percentage points, all services that report",
                "Only the within-service effect is a change in the services",
                *_rounding_caveat(table),
            ]
        ),
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    step_rows = row_channel("name", alt.Axis(labelLimit=170, ticks=False))
    base = named_data("steps").encode(y=step_rows, tooltip=["name:N", "text:N"])
    axis = share_axis(tickCount=5, tickMinStep=0.001)
    return ChartTemplate(
        layer_charts(*waterfall_layers(base, axis, _KIND_COLOURS)), row_height(_ROW_HEIGHT)
    )


def _build_steps(table: pd.DataFrame) -> pd.DataFrame:
    """Each bar from its start to its end, in fractions of 1."""
    return waterfall_rows(
        _make_step(str(row["part"]), float(row["value"]))
        for row in table.dropna().to_dict("records")
    )


def _make_step(part: str, value: float) -> WaterfallStep:
    kind = _classify_part(part)
    is_total = kind == "take-up"
    text = format_share(value) if is_total else format_points(value)
    return WaterfallStep(part, value, kind, text, is_total=is_total)


def _classify_part(part: str) -> str:
    """What a row shows: take-up of a year, the effect within services, or another effect."""
    if part not in TAKE_UP_CHANGE_PARTS.values():
        return "take-up"
    return "within" if part == TAKE_UP_CHANGE_PARTS["within"] else "other"


def _write_title(table: pd.DataFrame, service_count: float | None) -> str:
    if len(table) == 1:
        return "There is no earlier year to compare with"
    before, within, *others, after = table["value"].tolist()
    if table["value"].isna().any():
        return "No service reported in both years, so take-up cannot be compared"
    mix, reporting = sum(others[:2]), sum(others[2:])
    if abs(reporting) > max(abs(within), abs(mix), NEGLIGIBLE_CHANGE):
        services = format_count(int(service_count or 0), "service", one="one")
        verb, size = "added" if reporting > 0 else "took off", _format_size(reporting)
        return (
            f"Take-up {_describe_change(within)} within {services}; changes in who reported"
            f" {verb} {size}"
        )
    overall = f"Take-up {_describe_change(after - before)} overall"
    if (within > 0) == (after > before) and abs(after - before) >= NEGLIGIBLE_CHANGE:
        return f"{overall} and {_format_size(within)} points within services"
    return f"{overall}, but {_describe_change(within)} within services"


def _describe_change(change: float) -> str:
    if abs(change) < NEGLIGIBLE_CHANGE:
        return "did not change"
    return f"{'rose' if change > 0 else 'fell'} {_format_size(change)} points"


def _format_size(change: float) -> str:
    return format_points(change).lstrip("+−")


def _rounding_caveat(table: pd.DataFrame) -> list[str]:
    """Say that the rounded parts do not add up to the rounded total, if they do not."""
    if len(table) == 1 or table["value"].isna().any():
        return []
    tenths = [round(value * 1000) for value in table["value"].tolist()]
    return [] if sum(tenths[:-1]) == tenths[-1] else [_ROUNDING_CAVEAT]


def _write_description(table: pd.DataFrame) -> str:
    steps = _build_steps(table)
    parts = [f"{name}: {text}" for name, text in steps[["name", "text"]].to_numpy()]
    return ". ".join(["; ".join(parts), *_rounding_caveat(table)]) + "."
