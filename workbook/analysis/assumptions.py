"""Assumptions register: each parameter with its value, range, source and quality."""

import pandas as pd

from workbook.result_table import Column, ResultTable
from workbook.scenario import Parameter, ParameterValue, Scenario
from workbook.text.numbers import format_cell

_ASSUMPTION_COLUMNS = {
    "parameter": Column("Parameter"),
    "label": Column("Assumption"),
    "value": Column("Value"),
    "range": Column("Range"),
    "quality": Column("Quality"),
    "source": Column("Source"),
    "reviewed": Column("Last reviewed"),
    "review_due": Column("Next review"),
}


def assumptions_register(scenario: Scenario) -> ResultTable:
    """Build the assumptions register of a scenario.

    Args:
        scenario: The scenario.

    Returns:
        A row of text for each parameter that has a source: its label, value and range in its unit,
        its quality and source, and the dates of its reviews.
    """
    rows = [
        (
            name,
            parameter.label,
            format_cell(scenario.values()[name], parameter.unit),
            _format_range(parameter, scenario.values()[name]),
            parameter.quality,
            parameter.source,
            parameter.reviewed.isoformat(),
            parameter.review_due.isoformat(),
        )
        for name, parameter in scenario.parameters().items()
        if parameter.source
    ]
    frame = pd.DataFrame(rows, columns=list(_ASSUMPTION_COLUMNS))
    return ResultTable("assumptions", "Assumptions and their sources", frame, _ASSUMPTION_COLUMNS)


def _format_range(parameter: Parameter, value: ParameterValue) -> str:
    if not parameter.range:
        return ""
    return " to ".join(
        format_cell(end, parameter.unit) for end in parameter.range_around(float(value))
    )
