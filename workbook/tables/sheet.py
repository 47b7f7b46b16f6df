"""A sheet: a file's cells in the columns of a table, with the place where each stood."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from workbook.tables.grid import Grid, one_space, trimmed
from workbook.tables.problems import Problem, cut

Place = tuple[int, str]
NOT_UNDERSTOOD = "this column is not understood and was left out"


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cells by column, before anything is checked.

    ``cells`` are Arrow arrays of one length: text without blanks at its ends and with single
    spaces inside (null where there is none), coded text, or numbers. ``rows`` are the numbers of
    the rows they stood in, ``place`` the row and the header of the cell at a position of a column.
    ``errors`` and ``oddities`` are what reading so far has found. ``published`` says what a
    published file calls a column that it calls otherwise than the table.
    """

    cells: Mapping[str, pa.Array]
    rows: Sequence[int] | npt.NDArray[np.int64]
    place: Callable[[int, str], Place]
    errors: tuple[Problem, ...] = ()
    oddities: tuple[Problem, ...] = ()
    published: Mapping[str, str] = field(default_factory=dict)

    def problem(self, position: int, column: str, message: str) -> Problem:
        """A problem of the cell at a position of a column."""
        return Problem(*self.place(position, column), self.text(position, column), message)

    def text(self, position: int, column: str) -> str | None:
        """The cell as it would be written, None for a blank."""
        cell = self.cells[column][position].as_py()
        return None if cell is None else written(cell)


def written(cell: object) -> str:
    """A cell as text: a whole number is written without a point."""
    whole = isinstance(cell, float) and cell.is_integer()
    return f"{cell:.0f}" if whole else str(cell)


def tidy(grid: Grid, columns: Collection[str], heads: Mapping[str, str] | None = None) -> Sheet:
    """The sheet of a grid whose header names the table's ``columns``.

    ``heads`` gives the printed header of a column that is named otherwise in the file.
    """
    heads = heads or {name: name for name in columns}
    names = {head: name for name, head in heads.items()}
    cells: dict[str, pa.Array[Any]] = {}
    for head, column in zip(grid.header, grid.columns, strict=True):
        if head in names:
            cells.setdefault(names[head], one_space(trimmed(column)))
    numbers = grid.numbers
    return Sheet(
        cells,
        numbers,
        lambda position, column: (int(numbers[position]), heads[column]),
        (*grid.errors, *_twice(grid)),
        (*grid.oddities, *not_understood(grid.header, names, grid.header_row)),
    )


def not_understood(header: Sequence[str], known: Collection[str], row: int) -> Iterator[Problem]:
    """An oddity for each column of a header that is not known."""
    for name in dict.fromkeys(header):
        if name not in known:
            yield Problem(row, name, name, NOT_UNDERSTOOD)


def _twice(grid: Grid) -> Iterator[Problem]:
    seen = {""}
    for name in grid.header:
        if name in seen and name:
            yield Problem(grid.header_row, name, name, f"the column {cut(name)} is there twice")
        seen.add(name)
