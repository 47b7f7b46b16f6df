"""What a run gives: the model's outcome, every table and every chart."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from workbook.analysis.asked import asked
from workbook.exports.exported import Exported
from workbook.exports.parts import tables_of_parts
from workbook.exports.still import title_of
from workbook.outcome import Column, Outcome
from workbook.snapshots.failure import RunFailedError, named
from workbook.snapshots.request import Run
from workbook.topic import AnyChart


@dataclass(frozen=True)
class Result:
    """A run's outcome with its charts, by name, and tables, also of its parts and what is asked."""

    run: Run
    outcome: Outcome
    tables: tuple[Exported, ...]
    charts: Mapping[str, AnyChart]


def work_out(run: Run) -> Result:
    """Run the model on the scenario and draw what is shown of it. Raises RunFailedError."""
    try:
        return _work_out(run)
    except Exception as error:
        cause = f"the model or its charts: {named(error)}"
        raise RunFailedError(run.topic.name, cause, details=traceback.format_exc()) from error


def _work_out(run: Run) -> Result:
    tables = run.topic.load(run.reading)
    outcome = run.topic.outcome(tables, run.scenario)
    charts = {name: draw(outcome) for name, draw in run.topic.charts.items()}
    answers = [answer for answer in asked(run.topic, tables, outcome) if answer]
    charts |= {answer.name: answer.chart for answer in answers}
    titles = {name: title_of(chart.to_dict()) for name, chart in charts.items()}
    titles = {**outcome.titles, **{name: title for name, title in titles.items() if title}}
    own = [(name, frame, outcome.columns_of(name)) for name, frame in outcome.tables.items()]
    asked_for = [(answer.name, answer.table, answer.columns) for answer in answers]
    exported = [
        Exported(name, titles.get(name) or Column.of(name).label, frame, columns)
        for name, frame, columns in (*own, *asked_for)
    ]
    return Result(run, outcome, (*exported, *tables_of_parts(run.topic, outcome)), charts)
