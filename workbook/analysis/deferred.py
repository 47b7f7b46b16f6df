"""Everything that a topic asks of itself, worked out step by step: responses, swing, the rest."""

from collections.abc import Iterator

from workbook.analysis.charts import draw_sensitivity_curve, draw_tornado
from workbook.analysis.sensitivity import curve_points, sort_curve_rows
from workbook.analysis.tornado import rank_tornado_rows, tornado_rows
from workbook.outcome import Column, Outcome
from workbook.topic import AnalysisResult, Tables, Topic

_TORNADO_NAME = "swing"


def analysis_names(topic: Topic) -> list[str]:
    """Names of what the topic asks of itself, in order."""
    return [
        *(curve.name for curve in topic.sensitivity_curves),
        *([_TORNADO_NAME] if topic.tornado else []),
        *topic.deferred,
    ]


def run_deferred(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[AnalysisResult | None]:
    """The answers to what the topic asks of itself; None after each run of the model in between.

    Who has something more urgent to do may stop between two runs and begin anew later.
    """
    yield from _run_sensitivity_curves(topic, tables, outcome)
    if topic.tornado:
        yield from _run_tornado(topic, tables, outcome)
    for analysis in topic.deferred.values():
        yield from analysis(tables, outcome)


def _run_sensitivity_curves(
    topic: Topic, tables: Tables, outcome: Outcome
) -> Iterator[AnalysisResult | None]:
    parameters = topic.Scenario.parameters()
    for curve in topic.sensitivity_curves:
        rows = []
        for row in curve_points(topic, tables, outcome.scenario, curve):
            rows.append(row)
            yield None
        table = sort_curve_rows(rows, curve)
        columns = {
            curve.parameter: Column(
                parameters[curve.parameter].label, parameters[curve.parameter].unit
            ),
            curve.indicator: Column(outcome[curve.indicator].label, outcome[curve.indicator].unit),
            "scenario": Column("This scenario"),
        }
        yield AnalysisResult(
            curve.name, draw_sensitivity_curve(topic, outcome, curve, table), table, columns
        )


def _run_tornado(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[AnalysisResult | None]:
    rows = []
    for row in tornado_rows(topic, tables, outcome.scenario, topic.tornado):
        rows.append(row)
        yield None
    table = rank_tornado_rows(rows)
    unit = outcome[topic.tornado].unit
    columns = {
        "parameter": Column("Parameter"),
        "label": Column("Assumption"),
        "unit": Column("Unit"),
        "quality": Column("Quality"),
        "low": Column("Low end of its range", unit_column="unit"),
        "high": Column("High end of its range", unit_column="unit"),
        "at_low": Column("Answer at the low end", unit),
        "at_high": Column("Answer at the high end", unit),
        "now": Column("Answer in this scenario", unit),
        "swing": Column("Swing", unit),
    }
    yield AnalysisResult(_TORNADO_NAME, draw_tornado(outcome, topic.tornado, table), table, columns)
