"""The cells of a topic's result tables, as figures that a draft may state."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from numbers import Real
from typing import Any, Final

import pandas as pd

from workbook.claims.draft.catalogue import CELL, CatalogueFigure
from workbook.result_table import ResultTable

_UNITS: Final = frozenset(
    {"people", "share", "points", "GBP", "count", "days", "months", "years", "index"}
)
_YEARS: Final = range(1900, 2101)
_NO_WORD: Final = re.compile(r"[^\w]+")
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
        ``TOPIC.TABLE.ROW.COLUMN``, in which a row has the words of its first texts: a row that is
        added above moves none. Its label is that of the column with what the row is called by.
    """
    return [figure for table in tables for figure in _table_figures(topic, origin, table)]


def _table_figures(topic: str, origin: str, table: ResultTable) -> Iterator[CatalogueFigure]:
    names = _name_columns(table)
    columns = {
        name: column
        for name, column in table.columns.items()
        if column.unit in _UNITS and name not in names
    }
    rows = table.frame.to_dict("records")
    for key, row in zip(_row_keys(table.frame, rows), rows, strict=True):
        row_name = ", ".join(_row_names(row, names)[:_MOST_NAMES])
        if not row_name:
            continue
        for name, column in columns.items():
            value = row[name]
            if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
                yield CatalogueFigure(
                    f"{topic}.{table.name}.{key}.{name}",
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


def _row_keys(frame: pd.DataFrame, rows: Sequence[dict[Any, Any]]) -> list[str]:
    """A key for each row, from its cells alone, so that a snapshot's copy of a table has the same.

    Rows with the same first texts are told apart by their other texts and years, or numbered.
    """
    numbers = {str(name): _parse_numbers(frame[name]) for name in frame}  # a text may be a year
    texts = [name for name, parsed in numbers.items() if parsed.isna().any()]
    texts = [name for name in texts if not pd.api.types.is_numeric_dtype(frame[name])]
    years = [name for name, parsed in numbers.items() if parsed.isin(_YEARS).all()]
    keys = [_join_words(_row_names(row, texts or years[:1])[:_MOST_NAMES]) for row in rows]
    repeated = {key for key, count in Counter(keys).items() if count > 1}
    keys = [
        _join_words(_row_names(row, [*texts, *years])) if key in repeated else key
        for key, row in zip(keys, rows, strict=True)
    ]
    counted: Counter[str] = Counter()
    for place, key in enumerate(keys):
        counted[key] += 1
        keys[place] = f"{key}~{counted[key]}" if counted[key] > 1 else key
    return keys


def _parse_numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.astype(object), errors="coerce")


def _join_words(texts: Iterable[str]) -> str:
    return "_".join(_NO_WORD.sub("-", text.casefold()).strip("-") for text in texts)


def _row_names(row: dict[Any, Any], names: Iterable[str]) -> list[str]:
    cells = [str(row[name]) for name in names if pd.notna(row[name])]
    return [cell for cell in cells if len(cell) <= _LONGEST_NAME]
