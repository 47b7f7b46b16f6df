"""Say which cell of a CSV file has quotation marks that cannot be read, and what to change."""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress

from workbook.text.quoting import visible_text

_BACKSLASH = "\\"


def describe_misquoted_cell(text: str, delimiter: str, names: Sequence[str]) -> str:
    """Describe the first cell whose quotation marks cannot be read.

    Args:
        text: The text of the file.
        delimiter: Character between cells.
        names: Headers of the columns; the first record that is not blank if there are none.

    Returns:
        A sentence with the row, the column and what to change; empty if no cell is misquoted.
    """
    row, lines_read = 1, 0
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    with suppress(csv.Error):
        for row, cells in enumerate(reader, start=2):  # noqa: B007  the row that comes next
            names, lines_read = names or cells, reader.line_num
    record = "".join([*io.StringIO(text, newline="")][lines_read:])
    column, cell = _find_misquoted_cell(record, delimiter)
    if not cell:
        return ""
    header = visible_text(names[column].strip()) if column < len(names) else str(column + 1)
    return f"Row {row}, column {header}: {_describe_fault(cell)}"


def _find_misquoted_cell(record: str, delimiter: str) -> tuple[int, str]:
    """Position of the first misquoted cell and the text from there on; empty if there is none."""
    end = re.escape(delimiter)
    readable_cell = re.compile(rf'[ ]*+(?:"(?:[^"]|"")*+"|(?!")[^{end}\r\n]*+)(?=[{end}\r\n]|\Z)')
    position = column = 0
    while match := readable_cell.match(record, position):
        if record[match.end() : match.end() + 1] != delimiter:
            return column, ""
        position, column = match.end() + 1, column + 1
    return column, record[position:]


def _describe_fault(cell: str) -> str:
    quoted = re.match(r'[ ]*+"((?:[^"]|"")*+)"', cell)
    if quoted is None:
        return (
            "a quotation mark opens the cell and none closes it. Add one at the end of the cell, or"
            " remove it"
        )
    if quoted[1].endswith(_BACKSLASH):
        return (
            'a quotation mark after a backslash ends the cell. Write "" instead of'
            f' {_BACKSLASH}" inside a cell'
        )
    return (
        "the cell opens with a quotation mark, and the next one is not at its end. Write a mark"
        ' inside the cell twice ("")'
    )
