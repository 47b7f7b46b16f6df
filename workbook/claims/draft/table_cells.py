"""The cells of a topic's result tables, as figures that a draft may state."""

import math
from collections.abc import Iterable, Iterator
from numbers import Real
from typing import Any, Final

import pandas as pd

from workbook.claims.draft.catalogue import CELL, CatalogueFigure
from workbook.result_table import ResultTable

_UNITS: Final = frozenset({"people", "share", "points", "GBP", "count", "months", "years", "index"})
_YEARS: Final = range(1900, 2101)
_MOST_NAMES: Final = 2
_LONGEST_NAME: Final = 60
"""What a row is called by: its first texts, if they are short."""


def list_cell_figures(
    topic: str, origin: str, tables: Iterable[ResultTable]
) -> list[CatalogueFigure]:
    """List the numbers of result tables whose column has a unit.

    Args:
        topic: The topic's name.
        origin: The topic and quarter, or the snapshot, in words.
        tables: The tables.

    Returns:
        One figure for each number in a row that is called by a text or a year. Its identifier is
        ``TOPIC.TABLE.ROW.COLUMN``, with rows from 1. Its label is that of the column with what the
        row is called by.
    """
    return [figure for table in tables for figure in _table_figures(topic, origin, table)]


def _table_figures(topic: str, origin: str, table: ResultTable) -> Iterator[CatalogueFigure]:
    names = _name_columns(table)
    columns = {
        name: column
        for name, column in table.columns.items()
        if column.unit in _UNITS and name not in names
    }
    for row_number, row in enumerate(table.frame.to_dict("records"), start=1):
        row_name = ", ".join(_row_names(row, names))
        if not row_name:
            continue
        for name, column in columns.items():
            value = row[name]
            if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
                yield CatalogueFigure(
                    f"{topic}.{table.name}.{row_number}.{name}",
                    (f"{column.label}: {row_name}",),
                    float(value),
                    column.unit,
                    CELL,
                    f"{origin}, table “{table.title}”",
                )


def _name_columns(table: ResultTable) -> list[str]:
    """The columns of texts that name a row, or a first column of years. Often none."""
    frame = table.frame
    units = {column.unit_column for column in table.columns.values()}
    texts = [
        str(name)
        for name in frame
        if not pd.api.types.is_numeric_dtype(frame[name])
        and name not in units
        and not table.columns[str(name)].is_name
    ]
    return texts or [str(name) for name in frame.columns[:1] if frame[name].isin(_YEARS).all()]


def _row_names(row: dict[Any, Any], names: Iterable[str]) -> list[str]:
    cells = [str(row[name]) for name in names if pd.notna(row[name])]
    return [cell for cell in cells if len(cell) <= _LONGEST_NAME][:_MOST_NAMES]
