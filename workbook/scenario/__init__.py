"""A scenario: every parameter of a question in one frozen, checked value.

A parameter is declared once, as a field of a ``Scenario`` with ``parameter(...)``. The form, the
link, the scenario file, the notebook's parameters cell, the command line and the draws all read
that declaration.
"""

from workbook.scenario.declaring import Parameter, Quality, parameter
from workbook.scenario.files import title_of
from workbook.scenario.refusing import Problem, ScenarioError, said, wanted
from workbook.scenario.scenario import RESERVED, Scenario, samples
from workbook.scenario.texts import SEPARATOR, Names, Value, joined, listed

__all__ = [
    "RESERVED",
    "SEPARATOR",
    "Names",
    "Parameter",
    "Problem",
    "Quality",
    "Scenario",
    "ScenarioError",
    "Value",
    "joined",
    "listed",
    "parameter",
    "said",
    "samples",
    "title_of",
    "wanted",
]
