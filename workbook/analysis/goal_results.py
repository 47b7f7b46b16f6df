"""Results of goal seeks over several parameters, as tables and charts."""

import pandas as pd

from workbook.analysis.charts.cost_curve import draw_cost_curve
from workbook.analysis.charts.goal_contour import draw_goal_contour
from workbook.analysis.goal import Goal
from workbook.analysis.least_cost import LeastCost
from workbook.analysis.lever_search import LeverSearch
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Parameter
from workbook.topic import AnalysisResult

_LEVER_COLUMNS = {
    "label": Column("Assumption"),
    "unit": Column("Unit"),
    "now": Column("Now", unit_column="unit"),
    "then": Column("To reach the target", unit_column="unit"),
}


def contour_result(start: Outcome, goal: Goal, rows: pd.DataFrame) -> AnalysisResult:
    """Chart and table of a contour.

    Args:
        start: The outcome of the scenario.
        goal: The goal.
        rows: Rows from ``seek_contour``.

    Returns:
        The result, named ``contour``.
    """
    parameters = start.scenario.parameters()
    columns = {
        **{str(name): _parameter_column(parameters[str(name)]) for name in rows.columns[:2]},
        "status": Column("Target"),
    }
    title = f"Pairs of values at which {goal.describe_target(start[goal.indicator])}"
    table = ResultTable("contour", title, rows[list(columns)], columns)
    return AnalysisResult(draw_goal_contour(start, goal, rows), table)


def lever_result(search: LeverSearch, result: LeastCost) -> AnalysisResult:
    """Table of the levers in the scenario and at the values that reach the target.

    Args:
        search: The search.
        result: What it has found.

    Returns:
        The table without a chart, named ``levers``.
    """
    scenario = search.start.scenario
    rows = [
        {
            "label": scenario.parameters()[name].label,
            "unit": scenario.parameters()[name].unit,
            "now": scenario.values()[name],
            "then": value,
        }
        for name, value in result.lever_values.items()
    ]
    columns = dict(_LEVER_COLUMNS)
    if not result.is_reached:
        columns["then"] = Column("Nearest to the target", unit_column="unit")
    title = "The assumptions now and at the least cost" if result.is_reached else "The best values"
    frame = pd.DataFrame(rows, columns=list(columns))
    return AnalysisResult(None, ResultTable("levers", title, frame, columns))


def cost_curve_result(search: LeverSearch, rows: pd.DataFrame) -> AnalysisResult:
    """Chart and table of a trade-off curve.

    Args:
        search: The search.
        rows: Rows from ``cost_curve``.

    Returns:
        The result, named ``cost_curve``.
    """
    parameters = search.start.scenario.parameters()
    indicator = search.start[search.goal.indicator]
    columns = {
        "target": Column(indicator.label, indicator.unit),
        "cost": Column("Least cost", search.cost_unit),
        **{name: _parameter_column(parameters[name]) for name in search.levers},
    }
    title = f"Least cost of each value of “{indicator.label}”"
    table = ResultTable("cost_curve", title, rows, columns)
    return AnalysisResult(draw_cost_curve(indicator, rows, search.cost_unit), table)


def _parameter_column(parameter: Parameter) -> Column:
    return Column(parameter.label, parameter.unit)
