"""Run sensitivity curves, the tornado, the register and a topic's own analyses step by step."""

from collections.abc import Iterator

from workbook.analysis.assumptions_register import (
    REGISTER_NAME,
    assumptions_register,
    has_assumptions,
)
from workbook.analysis.charts import draw_sensitivity_curve, draw_tornado
from workbook.analysis.sensitivity import curve_points, sensitivity_table, sort_curve_rows
from workbook.analysis.tornado import (
    TORNADO_NAME,
    select_tornado,
    tornado_steps,
    tornado_table,
)
from workbook.outcome import Outcome
from workbook.topic import AnalysisResult, SensitivityCurve, Tables, Topic


def analysis_names(topic: Topic) -> list[str]:
    """Names of the topic's deferred analyses, in the order in which they run."""
    return [*analysis_chart_names(topic), *([REGISTER_NAME] if has_assumptions(topic) else [])]


def analysis_chart_names(topic: Topic) -> list[str]:
    """Names of the topic's deferred analyses that have a chart, in the page's order."""
    return [
        *(curve.name for curve in topic.sensitivity_curves),
        *([TORNADO_NAME] if topic.tornado else []),
        *topic.deferred,
    ]


def run_deferred(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[AnalysisResult | None]:
    """Run the topic's deferred analyses. The caller may stop between any two steps.

    Args:
        topic: The topic.
        tables: The topic's tables.
        outcome: The outcome of the scenario.

    Yields:
        The result of each analysis, and None after each run of the model in between. An outcome
        without figures has none.
    """
    if outcome.no_figures_reason:
        return
    for curve in topic.sensitivity_curves:
        yield from _run_sensitivity_curve(topic, curve, tables, outcome)
    yield from _run_tornado(topic, tables, outcome)
    for analyse in topic.deferred.values():
        yield from analyse(tables, outcome)


def run_analyses(topic: Topic, outcome: Outcome, tables: Tables) -> tuple[AnalysisResult, ...]:
    """Run the deferred analyses of an outcome.

    Args:
        topic: The topic.
        outcome: Its outcome.
        tables: The tables that the model read, by name.

    Returns:
        A result for each analysis, in the order in which they run.
    """
    return tuple(filter(None, run_deferred(topic, tables, outcome)))


def run_analysis(
    topic: Topic, name: str, tables: Tables, outcome: Outcome
) -> Iterator[AnalysisResult | None]:
    """Run one of the topic's deferred analyses.

    Args:
        topic: The topic.
        name: Name of the analysis, one of ``analysis_names``.
        tables: The topic's tables.
        outcome: The outcome of the scenario.

    Returns:
        An iterator that gives None after each run of the model, and then the result. That of an
        outcome without figures is empty.
    """
    if outcome.no_figures_reason:
        return iter(())
    curves = {curve.name: curve for curve in topic.sensitivity_curves}
    if name in curves:
        return _run_sensitivity_curve(topic, curves[name], tables, outcome)
    if name in topic.deferred:
        return topic.deferred[name](tables, outcome)
    results = _run_tornado(topic, tables, outcome)
    return (result for result in results if result is None or result.name == name)


def _run_sensitivity_curve(
    topic: Topic, curve: SensitivityCurve, tables: Tables, outcome: Outcome
) -> Iterator[AnalysisResult | None]:
    rows = []
    for row in curve_points(topic, tables, outcome.scenario, curve):
        rows.append(row)
        yield None
    table = sensitivity_table(topic, outcome, curve, sort_curve_rows(rows, curve))
    yield AnalysisResult(draw_sensitivity_curve(topic, outcome, curve, table.frame), table)


def _run_tornado(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[AnalysisResult | None]:
    """Run the tornado, and rate the risks of the register's assumptions by it."""
    if not (topic.tornado or has_assumptions(topic)):
        return
    rows = yield from tornado_steps(topic, tables, outcome.scenario)
    if topic.tornado:
        table = tornado_table(outcome, topic.tornado, select_tornado(rows, topic.tornado))
        yield AnalysisResult(draw_tornado(outcome, topic.tornado, table.frame), table)
    if has_assumptions(topic):
        yield AnalysisResult(None, assumptions_register(topic, outcome, rows))
