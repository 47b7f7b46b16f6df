"""Every chart of every topic is a valid Vega-Lite chart. Pages and snapshots do not check it."""

import pytest

from workbook.analysis.deferred import run_analyses
from workbook.charts.figure import Figure
from workbook.topic import Topic
from workbook.topics.registry import TOPICS


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_every_chart_is_valid(topic: Topic) -> None:
    scenario = topic.Scenario()
    tables = topic.load_tables(scenario)
    outcome = topic.evaluate_model(tables, scenario)
    results = run_analyses(topic, outcome, tables)
    charts = [*topic.draw_charts(outcome).values(), *(result.chart for result in results)]
    figures = [chart for chart in charts if isinstance(chart, Figure)]
    assert figures
    for figure in figures:
        assert figure.to_altair().to_dict(validate=True)
