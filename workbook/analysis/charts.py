"""Charts of what was asked of a topic: a response to one parameter, the swing of an answer."""

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import BLUE, GREY, INK, ORANGE, PLUM, TURQUOISE, finish
from workbook.outcome import Indicator, Outcome
from workbook.topic import Response, Topic

SHOWN = 8
"""Assumptions in a swing's chart; the table has them all."""


def response_chart(
    topic: Topic, outcome: Outcome, asked: Response, table: pd.DataFrame
) -> alt.LayerChart | alt.Chart:
    """How an indicator answers to a parameter, the scenario's own value marked."""
    indicator, declared = outcome[asked.indicator], topic.Scenario.parameters()[asked.by]
    rows = table.rename(columns={asked.by: "by", asked.indicator: "value"}).dropna(subset=["value"])
    x = alt.X("by:Q", title=declared.label, axis=_axis(declared.unit), scale=alt.Scale(nice=False))
    y = alt.Y("value:Q", title=None, axis=_axis(indicator.unit), scale=_scale(indicator.unit))
    base = alt.Chart(rows).encode(x=x, y=y)
    own = rows[rows["scenario"]].assign(
        text=[f"Now: {words.value_in(v, indicator.unit)}" for v in rows[rows["scenario"]]["value"]],
        side=["left" if b > rows["by"].max() * 0.6 else "right" for b in rows[rows["scenario"]]["by"]],
    )
    layers = [base.mark_line(color=BLUE, strokeWidth=3, interpolate="monotone")]
    if asked.target is not None:
        level = pd.DataFrame({"value": [asked.target]})
        layers.insert(0, alt.Chart(level).mark_rule(color=GREY, strokeDash=[2, 3]).encode(y=y))
    now = alt.Chart(own).encode(x=x, y=y)
    layers.append(now.mark_point(color=ORANGE, filled=True, size=120, opacity=1))
    layers += [
        now.transform_filter(alt.datum.side == side)
        .mark_text(align="right" if side == "left" else "left", dx=-10 if side == "left" else 10, dy=-12, color=INK, fontWeight="bold")
        .encode(text="text:N")
        for side in ("left", "right")
    ]
    return finish(
        alt.layer(*layers),
        title=_response_title(topic, indicator, asked, rows),
        subtitle=f"{indicator.label}, by {_lower(declared.label)}; all else as in the scenario",
        description=_response_description(indicator, asked, rows, declared.label, declared.unit),
    )


def swing_chart(outcome: Outcome, indicator: str, table: pd.DataFrame) -> alt.LayerChart | alt.Chart:
    """Tornado: the indicator with each assumption at its low and its high end."""
    found = outcome[indicator]
    top = table[table["swing"] > 0].head(SHOWN)
    rows = [
        (row.label, now, end, value, f"{name} end of its range: {words.value_in(value, row.unit)}")
        for row in top.itertuples()
        for name, end, value, now in (
            ("low", row.at_low, row.low, row.now),
            ("high", row.at_high, row.high, row.now),
        )
    ]
    frame = pd.DataFrame(rows, columns=["assumption", "now", "at", "value", "text"])
    frame["end"] = frame["text"].str.split().str[0]
    x = alt.X("at:Q", title=found.label, axis=_axis(found.unit), scale=alt.Scale(zero=False))
    chart = alt.Chart(frame).mark_bar(height=14).encode(
        y=alt.Y("assumption:N", sort=None, title=None, axis=alt.Axis(labelLimit=320, labelOverlap=False)),
        x=x,
        x2="now:Q",
        color=alt.Color("end:N", scale=alt.Scale(domain=["low", "high"], range=[TURQUOISE, PLUM]), legend=alt.Legend(labelExpr="'assumption at its ' + datum.label")),
        tooltip=["assumption:N", "text:N"],
    )
    return finish(
        alt.layer(chart),
        title=_swing_title(found, top),
        subtitle=f"{found.label}, with one assumption at a time at either end of its range",
        description=_swing_description(found, top),
    )


def _axis(unit: str) -> alt.Axis:
    formats = {"share": ".0%", "people": "~s", "GBP": "$~s"}
    label = {
        "people": "datum.value >= 1e6 || datum.value <= -1e6 ? format(datum.value / 1e6, '~r') + ' m' : format(datum.value, ',')",
        "GBP": "'£' + format(datum.value, '~s')",
    }.get(unit)
    return alt.Axis(format=formats.get(unit, ","), tickCount=5, **({"labelExpr": label} if label else {}))


def _scale(unit: str) -> alt.Scale:
    return alt.Scale(domain=[0, 1]) if unit == "share" else alt.Scale(zero=False)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _response_title(topic: Topic, indicator: Indicator, asked: Response, rows: pd.DataFrame) -> str:
    declared = topic.Scenario.parameters()[asked.by]
    if asked.target is None:
        return f"{indicator.label} by {_lower(declared.label)}"
    level = words.value_in(asked.target, indicator.unit)
    reached = rows["value"] >= asked.target
    if not reached.any():
        return f"{indicator.label} stays below {level} whatever is tried here"
    if reached.iloc[0]:
        return f"{indicator.label} is {level} or more from the start"
    crossing = words.value_in(_round(_crossing(rows, asked.target)), declared.unit)
    return f"{indicator.label} passes {level} at about {crossing} {_lower(declared.label)}"


def _crossing(rows: pd.DataFrame, level: float) -> float:
    """Where the line first crosses the level, read off between its points."""
    after = int((rows["value"] >= level).to_numpy().argmax())
    (x0, y0), (x1, y1) = rows[["by", "value"]].iloc[[after - 1, after]].to_numpy()
    return float(x0 + (level - y0) / (y1 - y0) * (x1 - x0))


def _round(value: float) -> float:
    size = 10 ** max(0, len(str(int(abs(value)))) - 2)
    return round(value / size) * size


def _response_description(indicator: Indicator, asked: Response, rows: pd.DataFrame, label: str, unit: str) -> str:
    ends = rows.iloc[[0, -1]]
    low, high = (f"{words.value_in(row.value, indicator.unit)} at {words.value_in(row.by, unit)}" for row in ends.itertuples())
    own = rows[rows["scenario"]].iloc[0]
    return (
        f"{indicator.label}, by {_lower(label)}: from {low} to {high}; in this scenario "
        f"{words.value_in(own['value'], indicator.unit)} at {words.value_in(own['by'], unit)}."
    )


def _swing_title(found: Indicator, top: pd.DataFrame) -> str:
    if top.empty:
        return "No assumption moves the answer"
    first = top.iloc[0]
    return f"The answer moves most with “{_lower(first['label'])}”"


def _swing_description(found: Indicator, top: pd.DataFrame) -> str:
    parts = [
        f"{row.label}: {words.value_in(row.at_low, found.unit)} at {words.value_in(row.low, row.unit)}, "
        f"{words.value_in(row.at_high, found.unit)} at {words.value_in(row.high, row.unit)}."
        for row in top.itertuples()
    ]
    return " ".join([f"{found.label} with one assumption at a time at the ends of its range.", *parts])
