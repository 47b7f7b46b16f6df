"""Distribution of the net present value in the simulations."""

from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChannelY

from workbook.charts.axes import money_axis, share_axis
from workbook.charts.figure import (
    AltairChart,
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import (
    DOT_STYLE,
    LABEL_SIDES,
    place_on_free_side,
    point_labels,
)
from workbook.charts.theme import BLUE, ORANGE, PLUM, TEXT_COLOUR
from workbook.outcome import Outcome
from workbook.text.numbers import (
    LEAST_PROBABILITY,
    format_probability,
    format_quantile,
    format_share,
    shorten_amount,
)
from workbook.topics.savings.comparison_phrases import describe_simulated_ends
from workbook.topics.savings.parameters import Savings


def _label_offset(default_offset: str, left: int, right: int) -> alt.ExprRef:
    """Expression for a label's horizontal offset that keeps the label inside the chart.

    ``left`` and ``right`` are the pixels that the label takes on either side of its position.
    """
    position = "scale('x', datum.npv)"
    return alt.ExprRef(
        f"max({left} - {position}, min({default_offset}, width - {right} - {position}))"
    )


_PERCENTILE_LABELS: dict[str, tuple[str, dict[str, Any]]] = {
    "npv_p10": ("P10\n", {"align": "right", "dx": _label_offset("-4", 60, 0), "dy": 17}),
    "npv_p50": ("P50 ", {"align": "center", "dx": _label_offset("0", 48, 48)}),
    "npv_p90": ("P90\n", {"align": "left", "dx": _label_offset("4", 0, 60), "dy": 17}),
}
"""Percentiles shown: the start of each label and its position."""

_SIDES_TOP, _TEXTS_TOP, _RANGE_TOP, _SCENARIO_TOP, _BARS_TOP = 6, 19, 72, 92, 112
"""Pixels from the top: the legend, the percentiles' labels, their line, the scenario, the bars."""


def draw_npv_distribution(outcome: Outcome) -> Figure:
    """Draw a histogram of the net present value, its part below zero in another colour."""
    table = outcome.frame("npv_distribution")
    low, high = table[["npv_from", "npv_to"]].iloc[0]
    return make_figure(
        _build_template(),
        {
            "draws": table,
            "likely": _build_percentile_rows(outcome),
            "own": _build_scenario_row(outcome, table),
            "sides": _build_side_labels(outcome),
        },
        title=_write_title(outcome),
        subtitle=(
            f"Net present value: share of {outcome.scenario.values()['draws']:,} simulations in "
            f"each step of {format_quantile(high - low, 'GBP')}"
        ),
        description=_write_description(outcome, table),
    )


@build_once
def _build_template() -> ChartTemplate:
    x = alt.X("npv:Q", axis=money_axis("x", grid=False), title=None)
    scenario_marks, scenario_height = named_data("own").encode(x=x), alt.value(_SCENARIO_TOP)
    zero = named_data("own").mark_rule(color=TEXT_COLOUR, strokeWidth=2)
    scenario_line = scenario_marks.encode(y=scenario_height, y2=alt.value("height"))
    return ChartTemplate(
        layer_charts(
            _build_bars("datum.npv_from < 0", "datum.npv_from", "min(datum.npv_to, 0)", ORANGE),
            _build_bars("datum.npv_to > 0", "max(datum.npv_from, 0)", "datum.npv_to", BLUE),
            zero.encode(x=alt.datum(0), y=alt.value(_BARS_TOP), y2=alt.value("height")),
            scenario_line.mark_rule(color="white", strokeWidth=4),
            scenario_line.mark_rule(color=PLUM, strokeWidth=2),
            scenario_marks.mark_point(**DOT_STYLE, color=PLUM, shape="diamond").encode(
                y=scenario_height
            ),
            *_build_scenario_labels(x, scenario_height),
            *_build_interval(x),
            *_build_legend(),
        )
    )


def _build_bars(condition: str, start: str, end: str, colour: str) -> alt.Chart:
    """The bars, or the parts of them, on one side of zero."""
    bars: alt.Chart = (
        named_data("draws")
        .transform_filter(condition)
        .transform_calculate(start=start, end=end)
        .mark_rect(color=colour, stroke="white", strokeWidth=0.5)
        .encode(
            x="start:Q",
            x2="end:Q",
            y=alt.Y(
                "draws_share:Q",
                title=None,
                axis=share_axis(tickCount=4),
                scale=alt.Scale(range=[alt.ExprRef("height"), _BARS_TOP]),
            ),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("npv_from:Q", format=",.0f"),
                alt.Tooltip("npv_to:Q", format=",.0f"),
                alt.Tooltip("draws_share:Q", format=".1%"),
            ],
        )
    )
    return bars


def _build_interval(x: alt.X) -> list[AltairChart]:
    """A line from P10 to P90 with a mark at P50, each with its label above."""
    percentiles = named_data("likely").encode(x=x, y=alt.value(_RANGE_TOP))
    style = {"lineBreak": "\n", "baseline": "line-top", "fontWeight": "normal"}
    return [
        percentiles.mark_line(color=TEXT_COLOUR, strokeWidth=3),
        percentiles.mark_rule(color=TEXT_COLOUR).encode(y2=alt.value(_TEXTS_TOP + 15)),
        percentiles.mark_point(**DOT_STYLE, color=TEXT_COLOUR),
        *(
            layer
            for name, (_, label_style) in _PERCENTILE_LABELS.items()
            for layer in point_labels(
                "likely", name, x=x, y=alt.value(_TEXTS_TOP), **style, **label_style
            )
        ),
    ]


def _build_scenario_labels(x: alt.X, y: ChannelY) -> list[AltairChart]:
    """The scenario's label on the side that has room, inside the chart on a phone too."""
    offsets = {"left": _label_offset("-9", 142, 0), "right": _label_offset("9", 0, 142)}
    return [
        layer
        for side, style in LABEL_SIDES.items()
        for layer in point_labels(
            "own", side, x=x, y=y, color=PLUM, **{**style, "dx": offsets[side]}
        )
    ]


def _build_legend() -> list[AltairChart]:
    """A legend at the top: the probability of a loss on the left, of a gain on the right."""
    legend_height, ends = alt.value(_SIDES_TOP), (alt.value(6), alt.value(alt.ExprRef("width - 6")))
    square = named_data("sides").mark_square(size=140, opacity=1)
    return [
        *(
            square.encode(x=end, y=legend_height, color=alt.value(colour))
            for end, colour in zip(ends, (ORANGE, BLUE), strict=True)
        ),
        *(
            layer
            for end, side in zip(ends, ("right", "left"), strict=True)
            for layer in point_labels("sides", side, x=end, y=legend_height, **LABEL_SIDES[side])
        ),
    ]


def _build_percentile_rows(outcome: Outcome) -> pd.DataFrame:
    """P10, P50 and P90, each with its label in the column of its name."""
    rows = [
        {
            "npv": outcome[name].number or 0.0,
            name: f"{prefix}{shorten_amount(outcome[name].formatted_value)}",
        }
        for name, (prefix, _) in _PERCENTILE_LABELS.items()
    ]
    return pd.DataFrame(rows).fillna("")


def _build_scenario_row(outcome: Outcome, table: pd.DataFrame) -> pd.DataFrame:
    """The scenario's own value and its label."""
    npv, low, high = (
        outcome["npv"].number or 0.0,
        table["npv_from"].min(),
        table["npv_to"].max(),
    )
    label_columns = place_on_free_side(
        f"Scenario: {shorten_amount(outcome['npv'].formatted_value)}",
        npv,
        min(low, 0.0),
        max(high, 0.0),
    )
    return pd.DataFrame([{"npv": npv, **label_columns}])


def _build_side_labels(outcome: Outcome) -> pd.DataFrame:
    """A loss and a gain, each in the column of its position, with its probability if it has one."""
    gain = outcome["probability_npv_positive"].number
    if gain is None:
        return pd.DataFrame([{"right": "Loss", "left": "Gain"}])
    return pd.DataFrame(
        [
            {
                "right": f"Loss: {format_probability(1 - gain)}",
                "left": f"Gain: {format_probability(gain)}",
            }
        ]
    )


def _write_title(outcome: Outcome) -> str:
    """How often benefits exceed costs; the range where that is no probability."""
    scenario = outcome.scenario_of(Savings)
    target = format_share(scenario.take_up_target)
    probability = outcome["probability_npv_positive"].number
    if probability is None:
        condition = "On the tested forecast" if scenario.curve == "forecast" else f"At {target}"
        low, high = (outcome[name].number or 0.0 for name in ("npv_p10", "npv_p90"))
        return f"{condition}, {describe_simulated_ends(low, high)}"
    subject = f"If {target} is reached, benefits exceed costs"
    if scenario.curve == "forecast":
        subject = "Benefits exceed costs"
    if probability > 1 - LEAST_PROBABILITY:
        return f"{subject} in more than 99% of simulations"
    if probability < LEAST_PROBABILITY:
        return f"{subject} in less than 1% of simulations"
    only = "" if probability >= 1 / 2 else "only "
    return f"{subject} in {only}{format_probability(probability)} of simulations"


def _write_description(outcome: Outcome, table: pd.DataFrame) -> str:
    percentiles = " ".join(
        f"{outcome[name].label}: {outcome[name].formatted_value}." for name in _PERCENTILE_LABELS
    )
    probability = outcome["probability_npv_positive"].number
    share_above_zero = (
        ""
        if probability is None
        else f" It is above zero in {format_probability(probability)} of simulations."
    )
    fullest_step = table.iloc[int(table["draws_share"].argmax())].to_dict()
    low, high = (format_quantile(fullest_step[end], "GBP") for end in ("npv_from", "npv_to"))
    return (
        f"{percentiles} The scenario’s own net present value is"
        f" {outcome['npv'].formatted_value}.{share_above_zero} The most frequent step, from {low}"
        f" to {high}, includes"
        f" {format_share(fullest_step['draws_share'])} of them. The first and last steps also"
        " include all values beyond them."
    )
