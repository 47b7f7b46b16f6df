"""The control chart of one service: its windows, the limits of chance, and its go-live."""

from collections.abc import Mapping
from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import BLUE, GREY, ORANGE, PLUM, Drawing, Figure, finish, layers, on
from workbook.outcome import Outcome
from workbook.topics.take_up.charts.axes import at, label, share, time, times

LIMITS = {"lower_limit": "lower limit", "mean": "mean", "upper_limit": "upper limit"}
KINDS = {"within": BLUE, "outside": ORANGE, "not known": GREY}


def control(outcome: Outcome) -> Figure:
    """Take-up of the service, its mean and limits, and when it went live."""
    name = str(outcome.tables["service"]["told"].iloc[0])
    rows = outcome.tables["control"].dropna(subset=["take_up"])
    rows = rows.assign(time=times(rows["window_end"]))
    last = rows.iloc[-1]
    levels = {limit: float(last[limit]) for limit in LIMITS if pd.notna(last[limit])}
    return finish(
        _chart(),
        {
            "rows": rows[["time", "take_up", "limits", "window_end"]].fillna(
                {"limits": "not known"}
            ),
            "levels": pd.DataFrame({"take_up": list(levels.values())}),
            "phases": _phases(outcome.tables["go_live"]),
            "phase_text": _phases(outcome.tables["go_live"]).assign(take_up=rows["take_up"].max()),
            "level_text": _level_texts(levels, rows),
        },
        title=_title(name, levels, rows),
        subtitle=(
            "Share of transactions made digitally in the twelve months to each window’s end; "
            "limits of a level series: mean ± 2.66 × the mean moving range"
        ),
        description=_description(name, levels, rows, outcome.tables["go_live"]),
    )


@cache
def _chart() -> Drawing:
    x, y = time(), share("take_up")
    kinds = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
    rows = on("rows").encode(x=x, y=y)
    return Drawing(
        layers(
            on("levels").mark_rule(color=GREY, strokeDash=[2, 3]).encode(y=y),
            on("phases").mark_rule(color=PLUM, strokeWidth=2).encode(x=x),
            rows.mark_line(color=BLUE, strokeWidth=2),
            rows.mark_point(filled=True, size=80, opacity=1).encode(
                color=alt.Color("limits:N", scale=kinds, legend=None),
                tooltip=["window_end:N", alt.Tooltip("take_up:Q", format=".1%"), "limits:N"],
            ),
            *label("level_text", x, y, align="right", dy=-8, color=GREY),
            *label("phase_text", x, y, align="left", dx=6, dy=-12, color=PLUM),
        )
    )


def _level_texts(levels: Mapping[str, float], rows: pd.DataFrame) -> pd.DataFrame:
    held = [
        {"time": rows["time"].max(), "take_up": value, "text": LIMITS[name]}
        for name, value in levels.items()
    ]
    return pd.DataFrame(held, columns=["time", "take_up", "text"])


def _phases(go_live: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "time": [at(month) for month in go_live["month"]],
            "text": [
                f"{phase}, {month}" for phase, month in go_live[["phase", "month"]].to_numpy()
            ],
        }
    )


def _title(name: str, levels: Mapping[str, float], rows: pd.DataFrame) -> str:
    outside = int((rows["limits"] == "outside").sum())
    if not levels:
        return f"{name}: too few windows to tell a change from chance"
    if not outside:
        return f"{name}: every window is within what chance would give"
    return f"{name}: {outside} of {len(rows)} windows are outside the limits of chance"


def _description(
    name: str, levels: Mapping[str, float], rows: pd.DataFrame, go_live: pd.DataFrame
) -> str:
    ends = [
        f"{words.percent(row['take_up'])} in the year to {row['window_end']}"
        for row in rows.iloc[[0, -1]].to_dict("records")
    ]
    said = [f"{LIMITS[each]} {words.percent(value)}" for each, value in levels.items()]
    parts = [f"{name}: {' to '.join(ends)}."]
    parts += [f"Against that: {', '.join(said)}."] if said else []
    parts += [f"In {row['phase']} from {row['month']}." for row in go_live.to_dict("records")]
    return " ".join(parts)
