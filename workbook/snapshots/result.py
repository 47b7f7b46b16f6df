"""What a run gives: the model's outcome, every table and every chart."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from workbook.analysis.deferred import run_deferred
from workbook.exports.outcome_parts import part_tables
from workbook.exports.result_table import ResultTable
from workbook.exports.static_svg import chart_title
from workbook.outcome import Column, Outcome
from workbook.snapshots.errors import RunFailedError, describe_error
from workbook.snapshots.jobs import TopicRun
from workbook.topic import AnyChart


@dataclass(frozen=True)
class TopicResult:
    """A run's outcome with its charts, by name, and tables, also of its parts and what is asked."""

    run: TopicRun
    outcome: Outcome
    tables: tuple[ResultTable, ...]
    charts: Mapping[str, AnyChart]


def compute_result(run: TopicRun) -> TopicResult:
    """Run the model on the scenario and draw what is shown of it. Raises RunFailedError."""
    try:
        return _compute_result(run)
    except Exception as error:
        cause = f"the model or its charts: {describe_error(error)}"
        raise RunFailedError(run.topic.name, cause, details=traceback.format_exc()) from error


def _compute_result(run: TopicRun) -> TopicResult:
    tables = run.topic.load_tables(run.input_scenario)
    outcome = run.topic.evaluate_model(tables, run.scenario)
    charts = {name: draw(outcome) for name, draw in run.topic.charts.items()}
    analyses = [analysis for analysis in run_deferred(run.topic, tables, outcome) if analysis]
    charts |= {answer.name: answer.chart for answer in analyses}
    titles = {name: chart_title(chart.to_dict()) for name, chart in charts.items()}
    titles = {**outcome.table_titles, **{name: title for name, title in titles.items() if title}}
    outcome_tables = [
        (name, frame, outcome.table_columns(name)) for name, frame in outcome.tables.items()
    ]
    analysis_tables = [(answer.name, answer.table, answer.columns) for answer in analyses]
    result_tables = [
        ResultTable(name, titles.get(name) or Column.from_name(name).label, frame, columns)
        for name, frame, columns in (*outcome_tables, *analysis_tables)
    ]
    return TopicResult(run, outcome, (*result_tables, *part_tables(run.topic, outcome)), charts)
