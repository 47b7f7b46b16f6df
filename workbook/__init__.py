"""An interactive policymaking workbook: topics, scenarios, models, widgets and snapshots.

In reading order: declare a ``Scenario`` with ``parameter``; write a model that gives an ``Outcome``
of ``Indicator`` values and tables; hold them in a ``Topic``; work with it in a ``Study``.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.analysis.assumptions_register import assumptions_register
    from workbook.analysis.comparison import compare_scenarios
    from workbook.analysis.global_sensitivity import global_sensitivity
    from workbook.analysis.goal_contour import seek_contour
    from workbook.analysis.goal_seek import seek
    from workbook.analysis.least_cost import cost_curve, least_cost
    from workbook.analysis.scenario_comparison import ScenarioComparison
    from workbook.analysis.sensitivity import sensitivity_curve
    from workbook.analysis.sweep import sweep
    from workbook.analysis.tornado import tornado
    from workbook.charts.figure import (
        ChartTemplate,
        ClickTarget,
        layer_charts,
        make_figure,
        named_data,
    )
    from workbook.charts.rows import STEP_HEIGHT
    from workbook.exports.export_outcome import export_outcome
    from workbook.first_screen import FirstScreen
    from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
    from workbook.outcome import Outcome, Simulations
    from workbook.result_table import Column, ResultTable
    from workbook.scenario import (
        DepartmentList,
        NameList,
        NoDepartmentFiguresError,
        ParameterError,
        Scenario,
        ScenarioError,
        draw_samples,
        parameter,
    )
    from workbook.tables import TableError, TableSchema
    from workbook.topic import AnalysisResult, SensitivityCurve, Topic
    from workbook.widgets.study import Study

# Altair checks charts with jsonschema, which would compile a grammar of web addresses for a second
# and more, in every kernel, and does without where it cannot be had. No chart has such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__all__ = [
    "STEP_HEIGHT",
    "AnalysisResult",
    "ChartTemplate",
    "ClickTarget",
    "Column",
    "DepartmentList",
    "FirstScreen",
    "Indicator",
    "IndicatorDefinition",
    "NameList",
    "NoDepartmentFiguresError",
    "Outcome",
    "ParameterError",
    "ResultTable",
    "Scenario",
    "ScenarioComparison",
    "ScenarioError",
    "SensitivityCurve",
    "Simulations",
    "Study",
    "TableError",
    "TableSchema",
    "Topic",
    "assumptions_register",
    "build_indicators",
    "compare_scenarios",
    "cost_curve",
    "draw_samples",
    "export_outcome",
    "global_sensitivity",
    "layer_charts",
    "least_cost",
    "make_figure",
    "named_data",
    "parameter",
    "seek",
    "seek_contour",
    "sensitivity_curve",
    "sweep",
    "tornado",
]

PUBLIC_NAME_MODULES = {
    "STEP_HEIGHT": "charts.rows",
    "AnalysisResult": "topic",
    "ChartTemplate": "charts.figure",
    "ClickTarget": "charts.figure",
    "Column": "result_table",
    "DepartmentList": "scenario",
    "FirstScreen": "first_screen",
    "Indicator": "indicators",
    "IndicatorDefinition": "indicators",
    "NameList": "scenario",
    "NoDepartmentFiguresError": "scenario",
    "Outcome": "outcome",
    "ParameterError": "scenario",
    "ResultTable": "result_table",
    "Scenario": "scenario",
    "ScenarioComparison": "analysis.scenario_comparison",
    "ScenarioError": "scenario",
    "SensitivityCurve": "topic",
    "Simulations": "outcome",
    "Study": "widgets.study",
    "TableError": "tables",
    "TableSchema": "tables",
    "Topic": "topic",
    "assumptions_register": "analysis.assumptions_register",
    "build_indicators": "indicators",
    "compare_scenarios": "analysis.comparison",
    "cost_curve": "analysis.least_cost",
    "draw_samples": "scenario",
    "export_outcome": "exports.export_outcome",
    "global_sensitivity": "analysis.global_sensitivity",
    "layer_charts": "charts.figure",
    "least_cost": "analysis.least_cost",
    "make_figure": "charts.figure",
    "named_data": "charts.figure",
    "parameter": "scenario",
    "seek": "analysis.goal_seek",
    "seek_contour": "analysis.goal_contour",
    "sensitivity_curve": "analysis.sensitivity",
    "sweep": "analysis.sweep",
    "tornado": "analysis.tornado",
}


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for: ``workbook --help`` needs none of them."""
    if name in PUBLIC_NAME_MODULES:
        return getattr(import_module(f"workbook.{PUBLIC_NAME_MODULES[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(PUBLIC_NAME_MODULES)
