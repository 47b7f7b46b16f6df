"""Scenarios: the parameters of a policy question in one frozen, validated object.

A parameter is declared once, as a field of a ``Scenario`` with ``parameter(...)``. The form, links,
scenario files, the notebook's parameters cell, the command line and simulations all use it.
"""

from workbook.scenario.departments import (
    DepartmentList,
    NoDepartmentFiguresError,
    known_departments,
    match_departments,
    unknown_department_errors,
)
from workbook.scenario.former_names import current_names
from workbook.scenario.link_query import (
    LINKED_SCENARIO,
    RESERVED_NAMES,
    find_pin,
    find_scenario_names,
    names_scenario,
    query_pairs,
)
from workbook.scenario.migration import (
    OpenedScenario,
    ParameterMigration,
    open_scenario_file,
    open_scenario_text,
)
from workbook.scenario.parameter import DEPARTMENT_PARAMETER, Parameter, Quality, parameter
from workbook.scenario.parameter_names import names_parameters
from workbook.scenario.review import Review
from workbook.scenario.scenario import Scenario
from workbook.scenario.scenario_file import ScenarioFile
from workbook.scenario.scenario_names import DEFAULT_SCENARIO_NAME, SCENARIO_FILE_SUFFIX
from workbook.scenario.selection_errors import (
    empty_selection_error,
    unknown_name_error,
    unknown_name_errors,
)
from workbook.scenario.simulation import draw_samples
from workbook.scenario.store import (
    HistoryEntry,
    NamedScenarios,
    NewerVersionError,
    ScenarioFolderError,
    ScenarioStore,
    Version,
    scenario_folders,
)
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
    "DEFAULT_SCENARIO_NAME",
    "DEPARTMENT_PARAMETER",
    "LINKED_SCENARIO",
    "LIST_SEPARATOR",
    "RESERVED_NAMES",
    "SCENARIO_FILE_SUFFIX",
    "DepartmentList",
    "HistoryEntry",
    "NameList",
    "NamedScenarios",
    "NewerVersionError",
    "NoDepartmentFiguresError",
    "OpenedScenario",
    "Parameter",
    "ParameterError",
    "ParameterMigration",
    "ParameterValue",
    "Quality",
    "Review",
    "Scenario",
    "ScenarioError",
    "ScenarioFile",
    "ScenarioFolderError",
    "ScenarioStore",
    "Version",
    "current_names",
    "describe_allowed_values",
    "describe_page_limit",
    "draw_samples",
    "empty_selection_error",
    "find_pin",
    "find_scenario_names",
    "join_list",
    "known_departments",
    "match_departments",
    "names_parameters",
    "names_scenario",
    "open_scenario_file",
    "open_scenario_text",
    "page_limit_errors",
    "parameter",
    "query_pairs",
    "scenario_folders",
    "split_list",
    "unknown_department_errors",
    "unknown_name_error",
    "unknown_name_errors",
    "value_error",
]
