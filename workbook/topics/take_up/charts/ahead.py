"""The path ahead: what was, the forecast with its intervals, and the target."""

from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import BLUE, PLUM, Drawing, Figure, finish, layers, on
from workbook.methods.forecast import reached
from workbook.outcome import Outcome
from workbook.topics.take_up.charts.axes import label, share, time, times

BANDS = 0.18
"""Opacity of one interval; they lie on each other, so that the middle is the darkest."""


def forecast(outcome: Outcome) -> Figure:
    """The selected services' take-up, like for like, and where it goes."""
    return _figure(outcome, "forecast", "Take-up of those that report throughout")


def service_forecast(outcome: Outcome) -> Figure:
    """The same of the one service that is looked at."""
    name = str(outcome.tables["service"]["told"].iloc[0])
    return _figure(outcome, "service_forecast", name)


def _figure(outcome: Outcome, name: str, who: str) -> Figure:
    table, goal = outcome.tables[name], float(outcome.scenario.values()["target"])
    table = table.assign(time=times(table["quarter"]))
    was, ahead = table[table["take_up"].notna()], table[table["forecast"].notna()]
    levels = sorted(
        (float(column.removeprefix("low_").replace("_", ".")), column.removeprefix("low_"))
        for column in table.columns
        if column.startswith("low_")
    )
    last = was.iloc[[-1]].assign(forecast=lambda rows: rows["take_up"])
    return finish(
        _path(),
        {
            "was": was[["time", "take_up", "quarter"]],
            "ahead": pd.concat([last, ahead])[["time", "forecast", "quarter"]],
            "bands": pd.concat([_band(last, ahead, level) for _, level in reversed(levels)]),
            "goal": pd.DataFrame({"take_up": [goal]}),
            "goal_text": pd.DataFrame(
                {
                    "time": [table["time"].iloc[0]],
                    "take_up": [goal],
                    "text": [f"Target {words.percent(goal)}"],
                }
            ),
            "end_text": pd.DataFrame(
                {
                    "time": [ahead["time"].iloc[-1]],
                    "take_up": [ahead["forecast"].iloc[-1]],
                    "text": [words.percent(float(ahead["forecast"].iloc[-1]))],
                }
            ),
        },
        title=_title(table, who, goal),
        subtitle=(
            "Share of transactions made digitally in the twelve months to each quarter’s end; "
            f"bands hold {_listed([f'{level:g}%' for level, _ in levels])}"
        ),
        description=_description(table, who),
    )


def _band(last: pd.DataFrame, ahead: pd.DataFrame, level: str) -> pd.DataFrame:
    """An interval that opens from the last known point."""
    rows = pd.DataFrame(
        {
            "time": [*last["time"], *ahead["time"]],
            "low": [*last["take_up"], *ahead[f"low_{level}"]],
            "high": [*last["take_up"], *ahead[f"high_{level}"]],
        }
    )
    return rows.assign(level=f"{level.replace('_', '.')}%")


@cache
def _path() -> Drawing:
    x, y = time(), share("take_up")
    bands = (
        on("bands")
        .mark_area(color=BLUE, opacity=BANDS)
        .encode(x=x, y=share("low"), y2="high:Q", detail="level:N")
    )
    was = (
        on("was")
        .mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50})
        .encode(x=x, y=y, tooltip=["quarter:N", alt.Tooltip("take_up:Q", format=".1%")])
    )
    ahead = (
        on("ahead")
        .mark_line(color=BLUE, strokeWidth=3, strokeDash=[6, 4])
        .encode(x=x, y=share("forecast"))
    )
    goal = on("goal").mark_rule(color=PLUM, strokeDash=[2, 3], strokeWidth=2).encode(y=y)
    return Drawing(
        layers(
            bands,
            goal,
            was,
            ahead,
            *label("goal_text", x, y, align="left", dy=-10, dx=4, color=PLUM),
            *label("end_text", x, y, align="right", dy=16, color=BLUE),
        )
    )


def _title(table: pd.DataFrame, who: str, goal: float) -> str:
    if table["probability_of_target"].isna().all():
        return f"{who}: one window says nothing of where it is going"
    path, level = table["take_up"].fillna(table["forecast"]), words.percent(goal)
    known = int(table["take_up"].notna().sum())
    now, end = float(path.iloc[known - 1]), table["quarter"].iloc[-1]
    place = reached(path, goal)
    if place is None:
        falls = f"{who} is at {words.percent(now)} and is expected below {level} by {end}"
        return falls if now >= goal else f"{who} is not expected to reach {level} by {end}"
    if place < known:
        return f"{who} is above {level}, at {words.percent(now)}"
    return f"{who} is expected to reach {level} in {table['quarter'].iloc[place]}"


def _description(table: pd.DataFrame, who: str) -> str:
    was, ahead = table.dropna(subset=["take_up"]), table.dropna(subset=["forecast"])
    first, last, end = was.iloc[0], was.iloc[-1], ahead.iloc[-1]
    if pd.isna(end["probability_of_target"]):
        return f"{who}: {words.percent(float(last['take_up']))} in the year to {last['quarter']}."
    low, high = (words.percent(float(end[f"{side}_80"])) for side in ("low", "high"))
    return (
        f"{who}: {words.percent(float(first['take_up']))} in the year to {first['quarter']}, "
        f"{words.percent(float(last['take_up']))} in the year to {last['quarter']}; forecast for "
        f"{end['quarter']}: {words.percent(float(end['forecast']))}, likely between {low} and "
        f"{high}. Chance of being at the target then: "
        f"{words.chance(float(end['probability_of_target']))}."
    )


def _listed(parts: list[str]) -> str:
    *rest, last = parts
    return f"{', '.join(rest)} and {last} of what may come" if rest else f"{last} of what may come"
