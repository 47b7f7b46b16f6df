"""What a page shows of a comparison of scenarios: tables, charts and what makes the difference."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from workbook.analysis.scenario_comparison import ScenarioComparison
from workbook.charts.figure import Figure
from workbook.charts.ghost import overlay_figures
from workbook.result_table import Column, ResultTable
from workbook.topic import AnalysisResult, Topic
from workbook.widgets.chart_parts import first_dataset_table
from workbook.widgets.requested_result import RequestedResult

_ASSUMPTION = "Assumption"
_BEHIND = "Dashed grey: “{}”"
_ONE_SCALE = "The charts of all scenarios have one scale"


def comparison_result(
    topic: Topic, comparison: ScenarioComparison, indicator: str, explained: str
) -> RequestedResult:
    """Arrange a comparison for a page.

    Args:
        topic: The topic.
        comparison: The comparison.
        indicator: Name of the indicator whose difference is explained.
        explained: Name of the scenario whose difference to the first is explained.

    Returns:
        The headline with the notes, the tables, the key charts, and the waterfall.
    """
    if comparison.parameters.empty:
        return RequestedResult((comparison.headline,))
    sentences = (comparison.headline, *_notes_on(comparison, indicator))
    waterfall = AnalysisResult(
        comparison.waterfall(indicator, explained), comparison.waterfall_table(indicator, explained)
    )
    return RequestedResult(
        sentences, (*_list_tables(comparison), *_key_charts(topic, comparison), waterfall)
    )


def _notes_on(comparison: ScenarioComparison, indicator: str) -> list[str]:
    """The notes without those on other indicators, whose table says what is missing."""
    own = comparison.outcomes[comparison.names[0]][indicator].label
    others = {
        f"“{other.label}” "
        for outcome in comparison.outcomes.values()
        for other in outcome.indicators
        if other.name != indicator and other.label != own
    }
    return [note for note in comparison.notes if not note.startswith(tuple(others))]


def _list_tables(comparison: ScenarioComparison) -> Iterator[AnalysisResult]:
    parameters = comparison.parameter_texts.rename(columns={"Parameter": _ASSUMPTION})
    title = "Assumptions that differ. A blank is the published value"
    yield _text_table("compared_assumptions", title, parameters)
    first, *others = comparison.names
    figures = comparison.indicator_texts.rename(
        columns={f"difference {name}": f"Difference: {name}" for name in others}
    )
    title = f"Figures, and their differences from “{first}”"
    yield _text_table("compared_figures", title, figures)


def _text_table(name: str, title: str, frame: pd.DataFrame) -> AnalysisResult:
    columns = {str(column): Column(str(column)) for column in frame}
    return AnalysisResult(None, ResultTable(name, title, frame, columns))


def _key_charts(topic: Topic, comparison: ScenarioComparison) -> Iterator[AnalysisResult]:
    """The key chart of each scenario, with that of the first in grey behind it.

    Where the first cannot be drawn behind another, its own chart comes first.
    """
    if not topic.key_chart:
        return
    drawn = {
        name: topic.draw_chart(topic.key_chart, outcome)
        for name, outcome in comparison.outcomes.items()
    }
    # A chart without captions has no title to name the scenario in.
    charts = {name: chart for name, chart in drawn.items() if isinstance(chart, Figure)}
    first_name = comparison.names[0]
    if first_name not in charts:
        return
    behind = charts[first_name]
    others = [name for name in charts if name != first_name]
    overlays = {
        name: overlay_figures(
            charts[name], behind, [charts[other] for other in others if other != name]
        )
        for name in others
    }
    if any(overlays[name] is charts[name] for name in others):
        overlays = {first_name: behind, **overlays}
    for name, overlay in overlays.items():
        chart = charts[name]
        notes = (_BEHIND.format(first_name), _ONE_SCALE if len(others) > 1 else "")
        shown_notes = notes if overlay is not chart else ()
        subtitle = ". ".join(filter(None, (chart.subtitle, *shown_notes)))
        titled = replace(overlay, title=f"“{name}”: {chart.title}", subtitle=subtitle)
        tables = {table.name: table for table in comparison.outcomes[name].tables}
        rows = chart.dataset_rows
        table = tables.get(topic.key_chart) or first_dataset_table("", titled.title, rows)
        place = comparison.names.index(name) + 1
        yield AnalysisResult(titled, replace(table, name=f"{topic.key_chart}_{place}"))
