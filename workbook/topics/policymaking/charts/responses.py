"""Responses to each consultation on a logarithmic scale, by days open."""

import altair as alt
import pandas as pd

from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DOTTED
from workbook.charts.theme import BLUE, TEXT_COLOUR
from workbook.outcome import Outcome
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_quantity, format_value
from workbook.topics.policymaking.charts.empty_titles import describe_nothing
from workbook.topics.policymaking.parameters import Policymaking

_POWERS_OF_TEN = [10.0**power for power in range(8)]


def draw_responses(outcome: Outcome) -> Figure:
    """Draw the responses to each consultation by the days for which it was open."""
    table = outcome.frame("consultations")
    known = table[table["responses"].notna()]
    both = outcome.frame("responses")
    rows = both[both["responses"] > 0]
    least_days = outcome.scenario_of(Policymaking).minimum_open_days
    texts = [
        f"{responses:,.0f} responses in {format_value(days, 'days')}"
        for responses, days in zip(rows["responses"], rows["days_open"], strict=True)
    ]
    title, description = (
        describe_nothing(outcome, "both dates and a number of responses")
        if rows.empty
        else (_write_title(known), _write_description(known, rows))
    )
    return make_figure(
        _build_template(),
        {
            "rows": rows[["title", "days_open", "responses"]].assign(text=texts),
            "least": pd.DataFrame({"days_open": [least_days][: len(rows)]}),
        },
        title=title,
        subtitle=(
            f"Responses by days open, a dot for each consultation. Dotted line: {least_days} days."
            " Each line is 10 times the line below"
        ),
        description=description,
    )


@build_once
def _build_template() -> ChartTemplate:
    x = alt.X(
        "days_open:Q",
        title="Days open",
        axis=alt.Axis(tickCount=6, tickMinStep=1, grid=False),
        scale=alt.Scale(zero=True, nice=True),
    )
    return ChartTemplate(
        layer_charts(
            named_data("least").mark_rule(color=TEXT_COLOUR, strokeDash=DOTTED).encode(x=x),
            named_data("rows")
            .mark_point(color=BLUE, filled=True, opacity=0.5, size=60)
            .encode(
                x=x,
                y=alt.Y(
                    "responses:Q",
                    title=None,
                    axis=alt.Axis(values=_POWERS_OF_TEN, format=","),
                    scale=alt.Scale(type="log"),
                ),
                tooltip=["title:N", "text:N"],
            ),
        )
    )


def _write_title(known: pd.DataFrame) -> str:
    if len(known) == 1:
        return f"The one consultation had {_format_responses(known['responses'].iloc[0])}"
    median, most = known["responses"].median(), known["responses"].max()
    return f"Half of consultations had {_format_responses(median)} or fewer; one had {most:,.0f}"


def _format_responses(count: float) -> str:
    """Write a number of responses, which may be a median: ``183 responses``."""
    return f"{format_quantity(count)} {choose_form(int(count), 'response', 'responses')}"


def _write_description(known: pd.DataFrame, rows: pd.DataFrame) -> str:
    [most] = known.nlargest(1, "responses").to_dict("records")
    sentences = [
        f"{format_count(len(rows), 'consultation')} with dates and responses.",
        f"Most responses: {most['title']}, {most['responses']:,.0f}.",
    ]
    if len(known) > len(rows):
        left_out = format_count(len(known) - len(rows), "consultation", one="One")
        sentences.append(f"{left_out} without dates or without any response not drawn.")
    return " ".join(sentences)
