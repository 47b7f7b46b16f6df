"""Result tables of progress measures: all of them, and those with more than one known value."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first
from workbook.topics.delivery.amounts import format_amount
from workbook.topics.delivery.display_names import name_all_of_government
from workbook.topics.delivery.table_rows import TableRow, group_by_identifier, plain_rows

_MEASURE_COLUMNS = (
    "id",
    "programme",
    "department",
    "organisation",
    "measure",
    "stands",
    "indicator",
    "unit",
    "qualifier",
    "value",
    "period",
    "previous",
    "previous_period",
    "reported",
    "rests_on",
    "source",
)
_SERIES_COLUMNS = ("measure", "unit", "qualifier", "value", "period", "of_highest", "id")
_LEAST_VALUES = 2
"""Values that a measure must have for a series."""


def measures_table(measures: pd.DataFrame) -> pd.DataFrame:
    """Every progress measure with its latest value.

    Args:
        measures: The latest value of each measure.

    Returns:
        A row for each; blank texts are missing.
    """
    positions = [_describe_position(row) for row in measures.to_dict("records")]
    table = name_all_of_government(measures).assign(stands=pd.Series(positions, dtype="str"))
    return table[list(_MEASURE_COLUMNS)].replace("", np.nan)


def _describe_position(row: TableRow) -> str:
    """Describe the latest value: ``2 in May 2014, up from 1 in February 2014.``."""
    if pd.isna(row["value"]):
        return f"No figure is published. {row['reported']}".strip()
    amount = describe_value(row)
    change = _describe_change(row)
    position = f"{amount} in {format_month(row['period'])}{change}."
    return f"{capitalise_first(position)} {row['reported']}".strip()


def describe_value(row: TableRow) -> str:
    """Write a value as it is meant: ``over 300``.

    Args:
        row: A row with ``value``, ``unit`` and ``qualifier``, which may be missing.

    Returns:
        The value with its unit.
    """
    amount = format_amount(row["value"], row["unit"])
    has_qualifier = isinstance(row["qualifier"], str) and row["qualifier"]
    return f"{row['qualifier']} {amount}" if has_qualifier else amount


def _describe_change(row: TableRow) -> str:
    previous = row["previous"]
    if pd.isna(previous):
        return ""
    before = format_amount(previous, row["unit"])
    month = f" in {format_month(row['previous_period'])}" if row["previous_period"] else " before"
    if row["value"] == previous:
        return f", the same as{month}"
    return f", {'up' if row['value'] > previous else 'down'} from {before}{month}"


def series_table(published: pd.DataFrame) -> pd.DataFrame:
    """Published values over time of the measures that have more than one.

    Args:
        published: The table of progress measures, with all of its columns.

    Returns:
        A row for each value, the oldest of each measure first. ``period`` is missing where a value
        is published without its date. ``of_highest`` is the value as a fraction of the highest of
        the measure.
    """
    rows = plain_rows(published, ("value", "previous"))
    series = [
        value
        for history in group_by_identifier(rows).values()
        if len(values := list(_known_values(history))) >= _LEAST_VALUES
        for value in values
    ]
    frame = pd.DataFrame(series, columns=[*_SERIES_COLUMNS[:5], "id"])
    highest = frame.groupby("id")["value"].transform("max")
    frame["of_highest"] = (frame["value"] / highest.where(highest > 0, np.nan)).astype(float)
    return frame[list(_SERIES_COLUMNS)].replace("", np.nan)


def _known_values(history: list[TableRow]) -> Iterator[TableRow]:
    """Each published value of a measure, and before it one that has no date."""
    for row in history:
        subject: TableRow = {name: row[name] for name in ("id", "measure", "unit")}
        if row["previous"] is not None:
            yield subject | {"qualifier": "", "value": row["previous"], "period": ""}
        if row["value"] is not None:
            yield subject | {name: row[name] for name in ("qualifier", "value", "period")}
