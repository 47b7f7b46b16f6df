"""Result of a run: the model's outcome, every table and every chart."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from workbook.analysis.deferred import run_analyses
from workbook.exports.outcome_content import gather_results
from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.snapshots.errors import RunFailedError, describe_error
from workbook.snapshots.evaluations import evaluate_once
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.scenario_grid import ScenarioGrid, compute_grid
from workbook.topic import AnalysisResult, AnyChart


@dataclass(frozen=True)
class TopicResult:
    """Outcome of a run, with the tables and charts of its parts and of its deferred analyses.

    ``analyses`` are the results of the deferred analyses. ``grid`` holds the scenarios around it.
    """

    run: TopicRun
    outcome: Outcome
    tables: tuple[ResultTable, ...]
    charts: Mapping[str, AnyChart]
    analyses: tuple[AnalysisResult, ...]
    grid: ScenarioGrid


def compute_result(run: TopicRun) -> TopicResult:
    """Run the model on the scenario and draw its charts. Raises RunFailedError if either fails."""
    try:
        return _compute_result(run)
    except Exception as error:
        cause = f"the model or its charts: {describe_error(error)}"
        raise RunFailedError(run.topic.name, cause, details=traceback.format_exc()) from error


def _compute_result(run: TopicRun) -> TopicResult:
    evaluation = evaluate_once(run.topic, run.scenario, run.input_scenario)
    tables, outcome = evaluation.tables, evaluation.outcome
    analyses = run_analyses(run.topic, outcome, tables)
    charts, result_tables = gather_results(run.topic, outcome, analyses)
    grid = compute_grid(run.topic, outcome, tables)
    return TopicResult(run, outcome, result_tables, charts, analyses, grid)
