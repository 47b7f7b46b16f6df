"""Scenarios: the parameters of a policy question in one frozen, validated object.

A parameter is declared once, as a field of a ``Scenario`` with ``parameter(...)``. The form, links,
scenario files, the notebook's parameters cell, the command line and simulations all use it.
"""

from workbook.scenario.parameter import Parameter, Quality, parameter
from workbook.scenario.parameter_names import names_parameters
from workbook.scenario.review import Review
from workbook.scenario.scenario import RESERVED_NAMES, Scenario, find_pin, query_pairs
from workbook.scenario.selection_errors import (
    empty_selection_error,
    unknown_name_error,
    unknown_name_errors,
)
from workbook.scenario.simulation import draw_samples
from workbook.scenario.toml_files import scenario_file_title
from workbook.scenario.validation import (
    ParameterError,
    ScenarioError,
    describe_allowed_values,
    describe_page_limit,
    page_limit_errors,
    value_error,
)
from workbook.scenario.value_text import (
    LIST_SEPARATOR,
    NameList,
    ParameterValue,
    join_list,
    split_list,
)

__all__ = [
    "LIST_SEPARATOR",
    "RESERVED_NAMES",
    "NameList",
    "Parameter",
    "ParameterError",
    "ParameterValue",
    "Quality",
    "Review",
    "Scenario",
    "ScenarioError",
    "describe_allowed_values",
    "describe_page_limit",
    "draw_samples",
    "empty_selection_error",
    "find_pin",
    "join_list",
    "names_parameters",
    "page_limit_errors",
    "parameter",
    "query_pairs",
    "scenario_file_title",
    "split_list",
    "unknown_name_error",
    "unknown_name_errors",
    "value_error",
]
