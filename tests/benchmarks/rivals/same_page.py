"""What every rival's page shows: one model, its key indicators, its levers and its four charts."""

import altair as alt
import pandas as pd

from workbook.analysis.deferred import run_deferred
from workbook.charts.figure import Figure
from workbook.charts.theme import CHART_THEME
from workbook.outcome import Outcome
from workbook.topics.digital_inclusion import topic

QUESTION = topic.question
ANALYSES = 3
"""Number of charts below the key chart."""

Chart = alt.Chart | alt.LayerChart


def evaluate(**levers: float) -> Outcome:
    """Run the model for the levers' values."""
    scenario = topic.Scenario(**levers)
    return topic.evaluate_model(topic.load_tables(scenario), scenario)


def list_indicators(outcome: Outcome) -> dict[str, str]:
    """Label and figure of each key indicator, exact enough to change at each key press."""
    indicators = (outcome[name] for name in topic.key_indicators)
    return {indicator.label: f"{indicator.value:,.10g}" for indicator in indicators}


def draw_path(outcome: Outcome) -> Chart:
    """Draw the key chart."""
    return to_plain_altair(topic.charts["path"](outcome))


def draw_analyses(outcome: Outcome) -> list[Chart]:
    """Run the analyses, and draw two sensitivity curves and the tornado chart."""
    tables = topic.load_tables(outcome.scenario)
    results = run_deferred(topic, tables, outcome)
    return [to_plain_altair(result.chart) for result in results if result and result.chart]


def to_plain_altair(figure: Figure) -> Chart:
    """The chart as it is written without the workbook: in Altair, with its frames in it."""
    height = figure.template.height
    chart = put_data(figure.template.chart, figure)
    chart.config = CHART_THEME
    return chart.properties(
        width="container",
        height=height if isinstance(height, int) else alt.Step(height["step"]),
        title=alt.Title(figure.title, subtitle=figure.subtitle),
        description=figure.description,
    )


def put_data(chart: Chart, figure: Figure) -> Chart:
    """Copy a chart, with frames in place of the names of its data."""
    copy = chart.copy(deep=False)
    if isinstance(chart.data, alt.NamedData):
        copy.data = pd.DataFrame(figure.data[chart.data.name])
    if isinstance(copy, alt.LayerChart):
        copy.layer = [put_data(layer, figure) for layer in copy.layer]
    return copy
