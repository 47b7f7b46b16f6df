"""An interactive policymaking workbook: topics, scenarios, models, widgets and snapshots.

In reading order: declare a ``Scenario`` with ``parameter``; write a model that gives an ``Outcome`` of
``Indicator`` values and tables; hold them in a ``Topic``; work with it in a ``Study``.
"""

from workbook.outcome import Column, Indicator, Outcome
from workbook.scenario import Problem, Scenario, ScenarioError, parameter
from workbook.tables import Table, TableError
from workbook.topic import Response, Topic
from workbook.charting import finish
from workbook.analysis.seek import seek
from workbook.analysis.swing import swing
from workbook.widgets.study import Study

__all__ = [
    "Column",
    "Indicator",
    "Outcome",
    "Problem",
    "Response",
    "Scenario",
    "ScenarioError",
    "Study",
    "Table",
    "TableError",
    "Topic",
    "finish",
    "parameter",
    "seek",
    "swing",
]
