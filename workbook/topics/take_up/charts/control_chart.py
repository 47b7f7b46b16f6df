"""The control chart of one service: its windows, the control limits and its go-live."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbook.charts.axes import share_channel, time_channel
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DOTTED, category_colour, point_labels
from workbook.charts.theme import BLUE, GREY, ORANGE, PLUM
from workbook.methods.control_chart import FALSE_ALARM_RATE, LEAST_ROLLING_WINDOWS
from workbook.outcome import Outcome
from workbook.periods import decimal_year
from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first, choose_form, join_items
from workbook.text.numbers import format_share

_LIMIT_LABELS = {"lower_limit": "lower limit", "mean": "mean", "upper_limit": "upper limit"}
_LABEL_STEP = 0.07
"""Distance of two labels of phases, as a share of the range of take-up."""
_KIND_COLOURS = {"within": BLUE, "outside": ORANGE, "not known": GREY}


def draw_service_control(outcome: Outcome) -> Figure:
    """Draw take-up of the service with its mean, its limits and the months of its go-live."""
    name = str(outcome.frame("service")["told"].iloc[0])
    rows = outcome.frame("control").dropna(subset=["take_up"])
    rows = rows.assign(time=rows["window_end"].map(decimal_year))
    last = rows.iloc[-1]
    levels = {limit: float(last[limit]) for limit in _LIMIT_LABELS if pd.notna(last[limit])}
    return make_figure(
        _build_template(),
        {
            "rows": rows[["time", "take_up", "limits", "window_end"]].fillna(
                {"limits": "not known"}
            ),
            "levels": pd.DataFrame({"take_up": list(levels.values())}),
            "phases": _build_phase_rows(outcome.frame("go_live")),
            "phase_text": _build_phase_labels(outcome.frame("go_live"), rows["take_up"]),
            "level_text": _build_limit_labels(levels, rows),
        },
        title=_write_title(name, levels, rows),
        subtitle=f"Digital share of transactions, 12-month periods. {_describe_limits(levels)}",
        description=_write_description(name, levels, rows, outcome.frame("go_live")),
    )


@build_once
def _build_template() -> ChartTemplate:
    x, y = time_channel("time"), share_channel("take_up")
    rows = named_data("rows").encode(x=x, y=y)
    return ChartTemplate(
        layer_charts(
            named_data("levels").mark_rule(color=GREY, strokeDash=DOTTED).encode(y=y),
            named_data("phases").mark_rule(color=PLUM, strokeWidth=2).encode(x=x),
            rows.mark_line(color=BLUE, strokeWidth=2),
            rows.mark_point(filled=True, size=80, opacity=1).encode(
                color=category_colour("limits", _KIND_COLOURS, legend=None),
                tooltip=["window_end:N", alt.Tooltip("take_up:Q", format=".1%"), "limits:N"],
            ),
            *point_labels("level_text", x=x, y=y, align="right", dy=-8, color=GREY),
            *point_labels("phase_text", x=x, y=y, align="left", dx=6, dy=-12, color=PLUM),
        )
    )


def _build_limit_labels(levels: Mapping[str, float], rows: pd.DataFrame) -> pd.DataFrame:
    labels = [
        {"time": rows["time"].max(), "take_up": value, "text": _LIMIT_LABELS[name]}
        for name, value in levels.items()
    ]
    return pd.DataFrame(labels, columns=["time", "take_up", "text"])


def _build_phase_rows(go_live: pd.DataFrame) -> pd.DataFrame:
    """The months in which phases began, with the phases that began in each."""
    phases_by_month: dict[str, list[str]] = {}
    for phase, month in go_live[["phase", "month"]].to_numpy():
        phases_by_month.setdefault(month, []).append(phase)
    return pd.DataFrame(
        {
            "time": [decimal_year(month) for month in phases_by_month],
            "text": [
                f"{join_items(phases)}, {format_month(month)}"
                for month, phases in phases_by_month.items()
            ],
        }
    )


def _build_phase_labels(go_live: pd.DataFrame, take_up: "pd.Series[float]") -> pd.DataFrame:
    """Labels of the phases from the top down, one below the other so that none hides another."""
    labels = _build_phase_rows(go_live)
    step = _LABEL_STEP * (float(take_up.max() - take_up.min()) or float(take_up.max()))
    return labels.assign(take_up=[float(take_up.max()) - row * step for row in range(len(labels))])


def _describe_limits(levels: Mapping[str, float]) -> str:
    if not levels:
        return f"Control limits need {LEAST_ROLLING_WINDOWS} periods"
    return f"{FALSE_ALARM_RATE:.0%} of stable services would have any period outside the limits"


def _write_title(name: str, levels: Mapping[str, float], rows: pd.DataFrame) -> str:
    outside = int((rows["limits"] == "outside").sum())
    if not levels:
        return f"{name}: too few periods for control limits"
    if not outside:
        return f"{name}: every period is within the limits"
    verb = choose_form(outside, "is", "are")
    return f"{name}: {outside} of {len(rows)} periods {verb} outside the limits"


def _write_description(
    name: str, levels: Mapping[str, float], rows: pd.DataFrame, go_live: pd.DataFrame
) -> str:
    end_texts = [
        f"{format_share(row['take_up'])} in the year to {format_month(row['window_end'])}"
        for row in rows.iloc[[0, -1]].to_dict("records")
    ]
    limit_texts = [
        f"{_LIMIT_LABELS[limit]} {format_share(value)}" for limit, value in levels.items()
    ]
    parts = [f"{name}: take-up was {join_items(dict.fromkeys(end_texts))}."]
    parts += [f"Control chart: {', '.join(limit_texts)}."] if limit_texts else []
    parts += [
        f"{capitalise_first(row['phase'])} from {format_month(row['month'])}."
        for row in go_live.to_dict("records")
    ]
    return " ".join(parts)
