"""Cells of a file, mapped to the columns of a table, with their places in the file."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from workbook.tables.issues import TableIssue
from workbook.tables.raw_table import RawTable
from workbook.tables.text_cleaning import clean_cells, control_character_issues

Location = tuple[int, str]
_UNRECOGNISED_COLUMN_MESSAGE = "unrecognised column, ignored"


@dataclass(frozen=True, eq=False)
class MappedTable:
    """Cells of a file by column of a table, not yet checked.

    Args:
        cells: Arrow arrays of equal length by column: numbers, or trimmed text with single spaces
            (null where blank), which may be dictionary-encoded.
        row_numbers: Row number in the file of each position.
        locate: Gives the row number and header in the file of a position and column.
        errors: Errors found so far.
        warnings: Warnings found so far.
        published_headers: Headers of the published file that differ from the column's name.
        advice: What to write instead of texts that have a suggested reading, by column and text.
        is_quarterly: Whether the file's headings say that each figure is of one quarter.
    """

    cells: Mapping[str, pa.Array]
    row_numbers: Sequence[int] | npt.NDArray[np.int64]
    locate: Callable[[int, str], Location]
    errors: tuple[TableIssue, ...] = ()
    warnings: tuple[TableIssue, ...] = ()
    published_headers: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_quarterly: bool = False

    def cell_issue(self, position: int, column: str, message: str) -> TableIssue:
        """Issue of the cell at a position of a column."""
        return TableIssue(*self.locate(position, column), self.cell_text(position, column), message)

    def cell_text(self, position: int, column: str) -> str | None:
        """Text of the cell at a position of a column, None if blank."""
        cell = self.cells[column][position].as_py()
        return None if cell is None else cell_to_text(cell)


def cell_to_text(cell: object) -> str:
    """Text of a cell; a whole number has no decimal point."""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return f"{cell:.0f}" if is_whole else str(cell)


def map_columns(
    raw_table: RawTable, columns: Collection[str], printed_headers: Mapping[str, str] | None = None
) -> MappedTable:
    """Map the cells of a raw table to the columns that its header names.

    Args:
        raw_table: Header and cells of the file.
        columns: Names of the table's columns.
        printed_headers: Header in the file of each column; the column's name by default.

    Returns:
        The cells by column. Columns that are not recognised are left out with a warning.
    """
    printed_headers = printed_headers or {name: name for name in columns}
    column_names = {printed_header: name for name, printed_header in printed_headers.items()}
    cells: dict[str, pa.Array[Any]] = {}
    text_warnings: list[TableIssue] = []
    row_numbers = raw_table.row_numbers
    for head, column in zip(raw_table.header, raw_table.columns, strict=True):
        if head in column_names and column_names[head] not in cells:
            cells[column_names[head]] = clean_cells(column)
            text_warnings += control_character_issues(head, column, row_numbers)
    return MappedTable(
        cells,
        row_numbers,
        lambda position, column: (int(row_numbers[position]), printed_headers[column]),
        (*raw_table.errors, *_repeated_column_issues(raw_table)),
        (
            *raw_table.warnings,
            *unrecognised_column_issues(raw_table.header, column_names, raw_table.header_row),
            *text_warnings,
        ),
    )


def unrecognised_column_issues(
    header: Sequence[str], known_headers: Collection[str], row: int
) -> Iterator[TableIssue]:
    """Warn of each column that is not recognised."""
    positions = {name: position for position, name in reversed([*enumerate(header, start=1)])}
    for name in dict.fromkeys(header):
        if name not in known_headers:
            column = name or f"{positions[name]} (no heading)"
            yield TableIssue(row, column, name, _UNRECOGNISED_COLUMN_MESSAGE)


def _repeated_column_issues(raw_table: RawTable) -> Iterator[TableIssue]:
    known_names = {""}
    for name in raw_table.header:
        if name in known_names and name:
            yield TableIssue(raw_table.header_row, name, name, "repeats the name of another column")
        known_names.add(name)
