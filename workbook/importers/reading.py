"""Reading a table from a file, whatever it is: decided by what it holds, not by its name."""

import re

from workbook.importers import parquet, spreadsheets, texts
from workbook.tables import Reader, Report, Table
from workbook.tables.grid import EMPTY, Grid
from workbook.tables.problems import Problem, refused
from workbook.tables.sheet import Sheet, tidy

SIGNS = re.compile(r"[\W_]+")
ARCHIVE = b"PK\x03\x04"
NO_TABLES = {
    b"%PDF": "a PDF: ask for the figures as CSV or as a spreadsheet",
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (XLS): save it as XLSX, ODS or CSV UTF-8",
    b"\x1f\x8b": "compressed: unpack it and give the table inside",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!DOCTYPE": "a web page: save the table on it as CSV UTF-8",
    b"<html": "a web page: save the table on it as CSV UTF-8",
}
"""What files begin with that hold no table, or not so that it could be read."""


def read(table: Table, content: bytes, name: str, *, part: bool = False) -> Report:
    """The report on a file's bytes, read as a table; it never raises for what they are.

    ``name`` is the file's, for the sentence where there is no table in it at all.

    Text (CSV UTF-8 and the like), XLSX, ODS and Parquet are read, as a tidy table with the
    columns' names or as one of the published files that the table can be read from. Of a ``part``
    of a table, what only the whole can tell is not asked.
    """
    try:
        grid = _grid(table, content)
    except ValueError as error:
        return refused(table.name, f"{name}: {error}")
    return table.checked(_sheet(table, grid), part=part)


def _grid(table: Table, content: bytes) -> Grid:
    """The grid of a file of any kind. Raises ValueError where there is none."""
    if not content or content.isspace():
        raise ValueError(EMPTY)
    for sign, what in NO_TABLES.items():
        if content[: len(sign)].lower() == sign.lower():
            msg = f"the file is {what}"
            raise ValueError(msg)
    if content.startswith(b"PAR1"):
        return parquet.grid(content)
    if content.startswith(ARCHIVE):
        return spreadsheets.grid(content, lambda header: _fits(table, header))
    return texts.grid(content, lambda header: _reader(table, header) is not None)


def _sheet(table: Table, grid: Grid) -> Sheet:
    if reader := _reader(table, grid.header):
        return reader.sheet(grid)
    heads, odd = _heads(table, grid)
    sheet = tidy(grid, table.schema.columns, heads)
    return Sheet(sheet.cells, sheet.rows, sheet.place, sheet.errors, (*sheet.oddities, *odd))


def _reader(table: Table, header: tuple[str, ...]) -> Reader | None:
    """The reader of a published file with this header, None where it is no such file's."""
    if _is_tidy(table, header):
        return None
    return next((reader for reader in table.readers if reader.recognises(header)), None)


def _fits(table: Table, header: tuple[str, ...]) -> bool:
    """Whether a header is that of a tidy table or of a published file."""
    return _is_tidy(table, header) or _reader(table, header) is not None


def _is_tidy(table: Table, header: tuple[str, ...]) -> bool:
    """Whether a header names all columns that the table must have, whatever it has besides."""
    needed = {_folded(name) for name, column in table.schema.columns.items() if column.required}
    return needed <= {_folded(name) for name in header}


def _heads(table: Table, grid: Grid) -> tuple[dict[str, str], list[Problem]]:
    """The header of each of the table's columns, and what is odd about how it is written."""
    heads: dict[str, str] = {}
    for name in table.schema.columns:
        like = [head for head in grid.header if _folded(head) == _folded(name)]
        if like:
            heads[name] = name if name in like else like[0]
    odd = [
        Problem(grid.header_row, head, head, f"is read as the column {name}")
        for name, head in heads.items()
        if head != name
    ]
    return heads, odd


def _folded(name: str) -> str:
    return SIGNS.sub("", name).casefold()
