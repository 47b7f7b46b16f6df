"""Rows of delivery's tables as plain values, and the newest of several rows on one thing."""

from collections.abc import Collection, Hashable, Iterable
from datetime import date
from typing import Any

import pandas as pd

from workbook.periods import period_end

TableRow = dict[Hashable, Any]
"""The columns of one row."""


def plain_rows(frame: pd.DataFrame, numeric_columns: Collection[str]) -> list[TableRow]:
    """The rows as dictionaries: None for a missing number, an empty text for a missing text.

    Args:
        frame: The rows.
        numeric_columns: Names of the columns of numbers.

    Returns:
        A dictionary for each row.
    """
    return [
        {name: _plain_cell(cell, is_number=name in numeric_columns) for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain_cell(cell: Any, *, is_number: bool) -> float | str | None:  # noqa: ANN401  any cell of a frame
    if pd.isna(cell):
        return None if is_number else ""
    return float(cell) if is_number else str(cell)


def group_by_identifier(rows: Iterable[TableRow]) -> dict[str, list[TableRow]]:
    """Group the rows on each thing, which differ in their period.

    Args:
        rows: Rows with ``id`` and ``period``.

    Returns:
        The rows by identifier, in the order in which identifiers first occur; in each group the
        oldest row first.
    """
    groups: dict[str, list[TableRow]] = {}
    for row in rows:
        groups.setdefault(str(row["id"]), []).append(row)
    return {name: sorted(group, key=_row_end) for name, group in groups.items()}


def newest_by_indicator(frame: pd.DataFrame) -> dict[str, TableRow]:
    """Select the newest row of each indicator. Values of several rows are never added.

    Args:
        frame: Rows with ``indicator`` and ``period``.

    Returns:
        The row with the newest period, by the name of the indicator.
    """
    rows = frame[frame["indicator"].fillna("") != ""].to_dict("records")
    newest: dict[str, TableRow] = {}
    for row in sorted(rows, key=_row_end, reverse=True):
        newest.setdefault(str(row["indicator"]), row)
    return newest


def _row_end(row: TableRow) -> date:
    return period_end(str(row["period"]))
