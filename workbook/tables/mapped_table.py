"""A sheet: a file's cells in the columns of a table, with the place where each stood."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from workbook.tables.issues import TableIssue
from workbook.tables.raw_table import RawTable, collapse_spaces, trim_cells
from workbook.text.quoting import shorten_text

Location = tuple[int, str]
_UNRECOGNISED_COLUMN_MESSAGE = "this column is not understood and was left out"


@dataclass(frozen=True, eq=False)
class MappedTable:
    """Cells by column, before anything is checked.

    ``cells`` are Arrow arrays of one length: text without blanks at its ends and with single
    spaces inside (null where there is none), coded text, or numbers. ``rows`` are the numbers of
    the rows they stood in, ``place`` the row and the header of the cell at a position of a column.
    ``errors`` and ``oddities`` are what reading so far has found. ``published`` says what a
    published file calls a column that it calls otherwise than the table.
    """

    cells: Mapping[str, pa.Array]
    row_numbers: Sequence[int] | npt.NDArray[np.int64]
    locate: Callable[[int, str], Location]
    errors: tuple[TableIssue, ...] = ()
    warnings: tuple[TableIssue, ...] = ()
    published_headers: Mapping[str, str] = field(default_factory=dict)

    def cell_issue(self, position: int, column: str, message: str) -> TableIssue:
        """A problem of the cell at a position of a column."""
        return TableIssue(*self.locate(position, column), self.cell_text(position, column), message)

    def cell_text(self, position: int, column: str) -> str | None:
        """The cell as it would be written, None for a blank."""
        cell = self.cells[column][position].as_py()
        return None if cell is None else cell_to_text(cell)


def cell_to_text(cell: object) -> str:
    """A cell as text: a whole number is written without a point."""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return f"{cell:.0f}" if is_whole else str(cell)


def map_columns(
    raw_table: RawTable, columns: Collection[str], printed_headers: Mapping[str, str] | None = None
) -> MappedTable:
    """The sheet of a grid whose header names the table's ``columns``.

    ``heads`` gives the printed header of a column that is named otherwise in the file.
    """
    printed_headers = printed_headers or {name: name for name in columns}
    column_names = {printed_header: name for name, printed_header in printed_headers.items()}
    cells: dict[str, pa.Array[Any]] = {}
    for head, column in zip(raw_table.header, raw_table.columns, strict=True):
        if head in column_names:
            cells.setdefault(column_names[head], collapse_spaces(trim_cells(column)))
    row_numbers = raw_table.row_numbers
    return MappedTable(
        cells,
        row_numbers,
        lambda position, column: (int(row_numbers[position]), printed_headers[column]),
        (*raw_table.errors, *_repeated_column_issues(raw_table)),
        (
            *raw_table.warnings,
            *unrecognised_column_issues(raw_table.header, column_names, raw_table.header_row),
        ),
    )


def unrecognised_column_issues(
    header: Sequence[str], known_headers: Collection[str], row: int
) -> Iterator[TableIssue]:
    """An oddity for each column of a header that is not known."""
    for name in dict.fromkeys(header):
        if name not in known_headers:
            yield TableIssue(row, name, name, _UNRECOGNISED_COLUMN_MESSAGE)


def _repeated_column_issues(raw_table: RawTable) -> Iterator[TableIssue]:
    known_names = {""}
    for name in raw_table.header:
        if name in known_names and name:
            yield TableIssue(
                raw_table.header_row, name, name, f"the column {shorten_text(name)} is there twice"
            )
        known_names.add(name)
