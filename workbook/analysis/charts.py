"""Charts of what was asked of a topic: a response to one parameter, the swing of an answer."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    GREY,
    HALO,
    INK,
    ORANGE,
    PLUM,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Indicator, Outcome
from workbook.scenario import Parameter
from workbook.topic import Response, Topic

SHOWN = 8
"""Assumptions in a swing's chart; the table has them all."""

RIGHT_PART = 0.6
"""Of the width: a point beyond it has its label on the left, where there is room."""

ENDS = {"low": TURQUOISE, "high": PLUM}

AXES: dict[str, dict[str, Any]] = {
    "share": {"format": ".0%"},
    "year": {"format": "d"},
    "people": {
        "format": "~s",
        "labelExpr": (
            "datum.value >= 1e6 || datum.value <= -1e6 "
            "? format(datum.value / 1e6, '~r') + ' m' : format(datum.value, ',')"
        ),
    },
    "GBP": {
        "format": "~s",
        "labelExpr": (
            "(datum.value < 0 ? '−£' : '£') + (abs(datum.value) >= 1e6 "
            "? format(abs(datum.value) / 1e6, '~r') + ' m' : format(abs(datum.value), ','))"
        ),
    },
}
"""How an axis writes its numbers, by their unit."""


def response_chart(topic: Topic, outcome: Outcome, asked: Response, table: pd.DataFrame) -> Figure:
    """How an indicator answers to a parameter, the scenario's own value marked."""
    indicator, declared = outcome[asked.indicator], topic.Scenario.parameters()[asked.by]
    rows = table.rename(columns={asked.by: "by", asked.indicator: "value"}).dropna(subset=["value"])
    level = [] if asked.target is None else [asked.target]
    return finish(
        _response(declared.label, declared.unit, indicator.unit),
        {
            "rows": rows[["by", "value"]],
            "now": _now(rows, indicator.unit),
            "level": pd.DataFrame({"value": level}),
        },
        title=_response_title(indicator, declared, asked.target, rows),
        subtitle=f"{indicator.label}, by {_lower(declared.label)}; all else as in the scenario",
        description=_response_description(indicator, declared, rows),
    )


def swing_chart(outcome: Outcome, indicator: str, table: pd.DataFrame) -> Figure:
    """Tornado: the indicator with each assumption at its low and its high end."""
    found = outcome[indicator]
    moving = table[table["swing"] > 0]
    top = moving.head(SHOWN)
    most = f"; the {SHOWN} that move it most, of {len(table)}" if len(moving) > SHOWN else ""
    return finish(
        _swing(found.unit),
        {"bars": _bars(top)},
        title=_swing_title(top),
        subtitle=f"{found.label}, with one assumption at a time at either end of its range{most}",
        description=_swing_description(found, top),
    )


def _axis(unit: str) -> alt.Axis:
    return alt.Axis(tickCount=5, **AXES.get(unit, {"format": ","}))


def _scale(unit: str) -> alt.Scale:
    return alt.Scale(domain=[0, 1]) if unit == "share" else alt.Scale(zero=False)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


@cache
def _response(label: str, by: str, unit: str) -> Drawing:
    """A line over a parameter in the unit ``by``, a level to mark, the scenario's own value."""
    x = alt.X("by:Q", title=label, axis=_axis(by), scale=alt.Scale(nice=False))
    y = alt.Y("value:Q", title=None, axis=_axis(unit), scale=_scale(unit))
    now = on("now").encode(x=x, y=y)
    style: dict[str, Any] = {"dy": -12, "fontWeight": "bold", "color": INK}
    sides: dict[str, dict[str, Any]] = {
        "left": {"align": "right", "dx": -10},
        "right": {"align": "left", "dx": 10},
    }
    labels = [
        now.mark_text(**style, **side, **outline).encode(text=f"{name}:N")
        for name, side in sides.items()
        for outline in (HALO, {})
    ]
    return Drawing(
        layers(
            on("level").mark_rule(color=GREY, strokeDash=[2, 3]).encode(y=y),
            on("rows")
            .mark_line(color=BLUE, strokeWidth=3, interpolate="monotone")
            .encode(x=x, y=y),
            now.mark_point(color=ORANGE, filled=True, size=120, opacity=1),
            *labels,
        )
    )


@cache
def _swing(unit: str) -> Drawing:
    ends = alt.Scale(domain=list(ENDS), range=list(ENDS.values()))
    each = rows_in_order("assumption")
    base = on("bars").encode(y=each)
    bars = base.mark_bar(height=14, yOffset=8).encode(
        x=alt.X("at:Q", title=None, axis=_axis(unit), scale=alt.Scale(zero=False)),
        x2="now:Q",
        color=alt.Color(
            "end:N",
            scale=ends,
            legend=alt.Legend(labelExpr="'assumption at its ' + datum.label"),
        ),
        tooltip=["assumption:N", "text:N"],
    )
    names = base.transform_filter(alt.datum.end == "low").mark_text(align="left", dy=-10, color=INK)
    return Drawing(layers(bars, names.encode(x=alt.value(0), text="assumption:N")))


def _now(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The scenario's own value, with its label on the side where there is room."""
    own, far = rows[rows["scenario"]], rows["by"].max() * RIGHT_PART
    texts = [f"Now: {words.value_in(value, unit)}" for value in own["value"].tolist()]
    left = (own["by"] > far).tolist()
    sides = {
        "left": [text if beyond else "" for text, beyond in zip(texts, left, strict=True)],
        "right": ["" if beyond else text for text, beyond in zip(texts, left, strict=True)],
    }
    return own[["by", "value"]].assign(**sides)


def _response_title(
    indicator: Indicator, declared: Parameter, target: float | None, rows: pd.DataFrame
) -> str:
    if rows.empty:
        return f"{indicator.label} is not known for any value tried here"
    if target is None:
        return f"{indicator.label} by {_lower(declared.label)}"
    level = words.value_in(target, indicator.unit)
    reached = (rows["value"] >= target).tolist()
    if not any(reached):
        return f"{indicator.label} stays below {level} whatever is tried here"
    if all(reached):
        return f"{indicator.label} is {level} or more whatever is tried here"
    crossing = words.value_in(_about(_crossing(rows, target), declared.unit), declared.unit)
    comes = "falls to" if reached[0] else "passes"
    return f"{indicator.label} {comes} {level} at about {crossing} {_lower(declared.label)}"


def _crossing(rows: pd.DataFrame, level: float) -> float:
    """Where the line first crosses the level, read off between its points."""
    above = rows["value"] >= level
    after = int((above != above.iloc[0]).to_numpy().argmax())
    ends = rows[["by", "value"]].iloc[[after - 1, after]].to_numpy(dtype=float)
    (x0, y0), (x1, y1) = ends.tolist()
    return float(x0 + (level - y0) / (y1 - y0) * (x1 - x0))


def _about(value: float, unit: str) -> float:
    return value if unit == "year" else float(f"{value:.2g}")


def _response_description(indicator: Indicator, declared: Parameter, rows: pd.DataFrame) -> str:
    if rows.empty:
        return f"{indicator.label} is not known, whatever {_lower(declared.label)}."

    def point(row: dict[Any, Any]) -> str:
        value, by = (float(row[name]) for name in ("value", "by"))
        return f"{words.value_in(value, indicator.unit)} at {words.value_in(by, declared.unit)}"

    low, high = map(point, rows.iloc[[0, -1]].to_dict("records"))
    own = [point(row) for row in rows[rows["scenario"]].to_dict("records")]
    now = own[0] if own else "not known"
    label = f"{indicator.label}, by {_lower(declared.label)}"
    return f"{label}: from {low} to {high}; in this scenario {now}."


def _bars(top: pd.DataFrame) -> pd.DataFrame:
    """A bar for each end of each assumption, from the answer there to the answer now."""
    bars = [
        {
            "place": place,
            "assumption": row["label"],
            "now": row["now"],
            "at": row[f"at_{end}"],
            "value": row[end],
            "text": f"{end} end of its range: {words.value_in(float(row[end]), row['unit'])}",
            "end": end,
        }
        for place, row in enumerate(top.to_dict("records"))
        for end in ENDS
    ]
    return pd.DataFrame(bars, columns=["place", "assumption", "now", "at", "value", "text", "end"])


def _swing_title(top: pd.DataFrame) -> str:
    if top.empty:
        return "No assumption moves the answer"
    return f"The answer moves most with “{_lower(top.iloc[0]['label'])}”"


def _swing_description(found: Indicator, top: pd.DataFrame) -> str:
    def part(row: dict[Any, Any]) -> str:
        ends = [
            f"{words.value_in(float(row[f'at_{end}']), found.unit)} at "
            f"{words.value_in(float(row[end]), row['unit'])}"
            for end in ENDS
        ]
        return f"{row['label']}: {', '.join(ends)}."

    start = f"{found.label} with one assumption at a time at the ends of its range."
    return " ".join([start, *map(part, top.to_dict("records"))])
