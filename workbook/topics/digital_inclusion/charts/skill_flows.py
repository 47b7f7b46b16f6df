"""Flows behind the path: people who gain the skills, alone or with help, and who lose them."""

import altair as alt

from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import category_colour
from workbook.charts.theme import BLUE, ORANGE, TURQUOISE
from workbook.outcome import Outcome
from workbook.text.numbers import format_people, format_share
from workbook.topics.digital_inclusion.charts.millions import scale_to_millions
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

_FLOW_COLOURS = {
    "gained the skills on their own": BLUE,
    "helped by the programme": TURQUOISE,
    "helped, then lost the skills": ORANGE,
}


def draw_skill_flows(outcome: Outcome) -> Figure:
    """Draw the people who gain and lose the skills in each year, as stacked bars."""
    table = outcome.frame("flows")
    totals = table.groupby("flow")["people"].sum()
    scenario = outcome.scenario_of(DigitalInclusion)
    unaided, helped, relapsed = (float(totals[flow]) for flow in _FLOW_COLOURS)
    return make_figure(
        _build_template(),
        {"flows": scale_to_millions(table, ["people"])},
        title=_write_title(scenario, unaided, helped),
        subtitle=(
            "Millions of people a year. Above zero: gain the skills. Below zero: lose them again"
        ),
        description=_write_description(scenario, unaided, helped, relapsed),
    )


@build_once
def _build_template() -> ChartTemplate:
    return ChartTemplate(
        layer_charts(
            named_data("flows")
            .mark_bar()
            .encode(
                x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
                y=alt.Y("people:Q", title="Million people", axis=alt.Axis(tickCount=6)),
                color=category_colour("flow", _FLOW_COLOURS, sort=list(_FLOW_COLOURS)),
                order=alt.Order("flow:N", sort="ascending"),
            )
        )
    )


def _write_title(scenario: DigitalInclusion, unaided: float, helped: float) -> str:
    gain = "have gained" if scenario.target_has_ended else "gain"
    if unaided + helped <= 0:
        return f"Nobody would {gain} the skills on these assumptions"
    if not helped:
        return f"At the central assumptions, everyone would {gain} the skills on their own"
    share = format_share(round(helped / (unaided + helped), 2))
    return (
        f"At the central assumptions, {share} of learners would {gain} the skills through the"
        " programme"
    )


def _write_description(
    scenario: DigitalInclusion, unaided: float, helped: float, relapsed: float
) -> str:
    gain, lose = ("have gained", "have lost") if scenario.target_has_ended else ("gain", "lose")
    totals = (
        f"Over all years, {format_people(unaided)} people would {gain} the skills on their own and"
        f" {format_people(helped)} through the programme."
    )
    sentences = [totals]
    if relapsed:
        sentences.append(
            f"{format_people(-relapsed)} of the people helped would {lose} the skills again."
        )
    elif not scenario.relapse_rate:
        sentences.append("The central assumptions have nobody losing the skills again.")
        if scenario.is_unsourced("relapse_rate"):
            sentences.append("No source supports this.")
    return " ".join(sentences)
