"""Time from discovery to live: the share of services not live yet, by months since discovery."""

import math
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from workbook.charts.axes import WHOLE_NUMBER_LABELS, share_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import (
    DASHED,
    DOT_STYLE,
    DOTTED,
    LABEL_SIDES,
    category_colour,
    place_on_free_side,
    point_labels,
    side_labels,
)
from workbook.charts.theme import BLUE, GREY, PLUM
from workbook.outcome import Outcome
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.text.numbers import format_number, format_share
from workbook.topics.delivery.charts.account_rows import Row, rows_by_account
from workbook.topics.delivery.exemplars import (
    ALL_SERVICES_MEDIAN,
    COMPLETED_ONLY_MEDIAN,
    LEAST_AT_RISK,
)

_HALF = 0.5
_STEP_INTERPOLATION: Final = "step-after"
_SCALE_MINIMUM, _AT_RISK_HEIGHT, _AT_RISK_HEADING_HEIGHT = -0.3, -0.22, -0.11
"""On the scale of shares: its end, the numbers at risk, and their heading, below zero."""

_APPROXIMATE_TICKS = 6
"""Number of ticks of the horizontal axis, about."""

_AT_RISK_HEADING = "Still under way:"

_LEFT_LABEL_SHARE = 0.55
"""Fraction of the months shown beyond which a median's label is on its left."""

_KIND_COLOURS = {"every": BLUE, "alone": PLUM}


def draw_survival(outcome: Outcome) -> Figure:
    """Draw the survival curve with its confidence interval, both medians and numbers at risk."""
    table = outcome.frame("survival")
    medians = rows_by_account(outcome.frame("medians"))
    all_services, completed_only = (
        medians.get(ALL_SERVICES_MEDIAN),
        medians.get(COMPLETED_ONLY_MEDIAN),
    )
    return make_figure(
        _build_template(),
        {
            "rows": _build_curve_rows(table),
            "risk": _build_at_risk(table),
            "head": pd.DataFrame(
                {"survival": [_AT_RISK_HEADING_HEIGHT], "text": [_AT_RISK_HEADING]}
            )[: len(table)],
            "half": pd.DataFrame({"survival": [_HALF][: len(table)]}),
            "medians": _build_medians(table, all_services, completed_only),
        },
        title=_write_title(all_services, completed_only),
        subtitle=(
            "Share of services not live yet, by months since the end of discovery. Shaded: 95%"
            " confidence interval. Dashed: completed services only"
        ),
        description=_write_description(table, all_services, completed_only),
    )


@build_once
def _build_template() -> ChartTemplate:
    x = alt.X(
        "months:Q",
        title="Months since the end of discovery",
        axis=alt.Axis(grid=False, labelExpr=WHOLE_NUMBER_LABELS, tickCount=_APPROXIMATE_TICKS),
        scale=alt.Scale(nice=False, zero=True),
    )
    y = alt.Y(
        "survival:Q",
        title=None,
        axis=share_axis(values=[0, 0.25, 0.5, 0.75, 1]),
        scale=alt.Scale(domain=[_SCALE_MINIMUM, 1], nice=False),
    )
    rows = named_data("rows").encode(x=x)
    medians = named_data("medians").encode(x=x, y=y)
    colour = category_colour("kind", _KIND_COLOURS, legend=None)
    return ChartTemplate(
        layer_charts(
            rows.mark_area(color=BLUE, opacity=0.15, interpolate=_STEP_INTERPOLATION).encode(
                y=alt.Y("survival_low:Q"), y2="survival_high:Q"
            ),
            named_data("half").mark_rule(color=GREY, strokeDash=DOTTED).encode(y=y),
            rows.mark_line(
                color=PLUM, strokeWidth=2, strokeDash=DASHED, interpolate=_STEP_INTERPOLATION
            ).encode(y=alt.Y("survival_completed:Q")),
            rows.mark_line(color=BLUE, strokeWidth=3, interpolate=_STEP_INTERPOLATION).encode(y=y),
            medians.mark_point(**DOT_STYLE).encode(color=colour),
            *point_labels("risk", x=x, y=y, fontWeight="normal"),
            *point_labels("head", x=alt.value(4), y=y, fontWeight="normal", align="left"),
            *side_labels("medians", "over_", x=x, y=y, dy=-12, color=BLUE),
            *side_labels("medians", "under_", x=x, y=y, dy=14, color=PLUM),
        )
    )


def _build_curve_rows(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["months", "survival", "survival_low", "survival_high", "survival_completed"]
    return table[columns]


def _build_at_risk(table: pd.DataFrame) -> pd.DataFrame:
    """The number of services still under way, at each tick of the axis."""
    if table.empty:
        return pd.DataFrame(columns=["months", "survival", "text"])
    times, at_risk = table["months"].to_numpy(float), table["at_risk"].to_numpy(int)
    months = np.arange(0, times[-1] + 0.5, _tick_step(times[-1]))
    left = np.append(at_risk, 0)[np.searchsorted(times, months)]
    return pd.DataFrame({"months": months, "survival": _AT_RISK_HEIGHT, "text": left.astype(str)})


def _tick_step(longest: float) -> int:
    """Months between two ticks of the axis, as Vega computes it (d3's ``tickIncrement``)."""
    raw = max(longest / _APPROXIMATE_TICKS, 1.0)
    power: int = 10 ** math.floor(math.log10(raw))
    factors = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))
    return power * next((step for least, step in factors if raw / power >= least), 1)


def _build_medians(
    table: pd.DataFrame, all_services: Row | None, completed_only: Row | None
) -> pd.DataFrame:
    """The medians where their curves are at one half, each with its label where there is room.

    The label of all services is above the curve at one half, that of completed services below it.
    """
    label_columns = [f"{height}_{side}" for height in ("over", "under") for side in LABEL_SIDES]
    rows: list[dict[str, float | str]] = []
    for kind, height, median_row, median_label in (
        ("alone", "under", completed_only, "completed only"),
        ("every", "over", all_services, "all services"),
    ):
        if median_row is not None and _is_reliable(median_row):
            months = float(median_row["median"])
            sides = place_on_free_side(
                f"{format_number(months)} months: {median_label}",
                months,
                0,
                table["months"].max(),
                _LEFT_LABEL_SHARE,
            )
            texts = {f"{height}_{side}": text for side, text in sides.items()}
            point: dict[str, float | str] = {"months": months, "survival": _HALF, "kind": kind}
            rows.append({**point, **dict.fromkeys(label_columns, ""), **texts})
    columns = ["months", "survival", "kind", *label_columns]
    return pd.DataFrame(rows, columns=columns)


def _write_title(all_services: Row | None, completed_only: Row | None) -> str:
    if all_services is None:
        return "No service has a known start of discovery"
    completed, services = int(all_services["completed"]), int(all_services["services"])
    if services == 1:
        duration_text = (
            "is not live yet"
            if completed_only is None
            else f"took {_format_median(completed_only['median'])} to go live"
        )
        return f"The one service {duration_text}"
    if completed_only is None:
        part = capitalise_first(format_part(0, services, "service"))
        return f"{part} is live yet, so the time to live is not known"
    part = capitalise_first(format_part(completed, services, "service"))
    verb = choose_form(completed, "is", "are")
    if pd.notna(all_services["median"]) and not _is_reliable(all_services):
        return f"{part} {verb} live, too few to say how long it takes"
    if pd.isna(all_services["median"]):
        return f"{part} {verb} live, so the median time is not known yet"
    median = format_number(all_services["median"])
    low, high = (
        None if pd.isna(end) else float(end)
        for end in (all_services["median_low"], all_services["median_high"])
    )
    return f"Estimated median time to live: {median} months (95% interval: {_join_ends(low, high)})"


def _join_ends(low: float | None, high: float | None) -> str:
    """The ends of an interval in few words: ``22 to 28 months``, ``from 22 months``."""
    if low is not None and high is not None:
        return f"{format_number(low)} to {format_number(high)} months"
    if low is None and high is None:
        return "not known yet"
    return (
        f"from {format_number(low)} months"
        if low is not None
        else f"to {format_number(high or 0)} months"
    )


def _is_reliable(median_row: Row) -> bool:
    """Whether a median is reached while enough services are still followed."""
    return bool(pd.notna(median_row["median"])) and int(median_row["at_risk"]) >= LEAST_AT_RISK


def _write_description(
    table: pd.DataFrame,
    all_services: Row | None,
    completed_only: Row | None,
) -> str:
    if all_services is None:
        return "No service in this selection has a known start of discovery, so no curve is drawn."
    sentences = [
        (
            f"{format_count(int(all_services['services']), 'service', one='one')},"
            f" {int(all_services['completed'])} of them live."
        )
    ]
    sentences += [
        f"At {format_number(row['months'])} months {format_share(row['survival'])} are not live "
        f"yet, with {row['at_risk']} still followed until then{_describe_interval(row)}."
        for row in table[table["completed"] > 0].to_dict("records")
    ]
    if completed_only is not None:
        is_doubtful = bool(pd.notna(all_services["median"])) and not _is_reliable(all_services)
        caution: str = ", with too few services to rely on" if is_doubtful else ""
        sentences.append(
            f"Median of all services: {_format_median(all_services['median'])}{caution}. Median of"
            f" completed services only: {_format_median(completed_only['median'])}."
        )
    return " ".join(sentences)


def _describe_interval(row: Row) -> str:
    ends = (row["survival_low"], row["survival_high"])
    if any(map(pd.isna, ends)):
        return ""
    return f" (95% confidence interval {format_share(ends[0])} to {format_share(ends[1])})"


def _format_median(median: float) -> str:
    return "not reached" if pd.isna(median) else f"{format_number(median)} months"
