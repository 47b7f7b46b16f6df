"""Lay out the sheets of a spreadsheet: column widths, row heights and the printed page.

Row heights are set because some programs do not fit a row to its wrapped text.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from math import ceil

from gptables import gptheme
from gptables.core.wrappers import GPWorksheet

from workbook.exports.cells import Cell

NARROWEST_COLUMN, _WIDEST_COLUMN = 12, 60
"""Smallest and largest width of a column, in digits of Excel's default font."""

_DIGIT_WIDTH = 1.15
"""Width of a digit in 12-point Arial, in digits of Excel's default font. A letter takes about 1."""

_LINE_HEIGHT = 15.75
"""Height of a line of 12-point Arial, in points."""

_A4_PAPER = 9
"""Excel's number for A4 paper."""

_PAGE_WIDTH = 250
"""Total column width that fits on one printed page, in the same digits: about 7-point type."""

SPREADSHEET_THEME = deepcopy(gptheme)
"""The Analysis Function's theme, with cells aligned to the top."""
SPREADSHEET_THEME.update_data_format({"valign": "top"})
SPREADSHEET_THEME.update_index_2_format({"valign": "top"})


def lay_out_sheet(
    page: GPWorksheet, first_row: int, rows: Sequence[Sequence[Cell]], widths: Sequence[int] = ()
) -> None:
    """Set the column widths and row heights of a sheet, and its printed pages.

    Args:
        page: The sheet.
        first_row: The row of the sheet, from 0, at which ``rows`` begin.
        rows: The cells, row by row.
        widths: Column widths in digits. By default columns fit their cells, within bounds.
    """
    widths = widths or [_column_width(column) for column in zip(*rows, strict=True)]
    for index, width in enumerate(widths):
        page.set_column(index, index, width)
    for index, row in enumerate(rows, start=first_row):
        lines = max(map(_line_count, row, widths))
        if lines > 1:
            page.set_row(index, _LINE_HEIGHT * lines)
    page.set_landscape()
    page.set_paper(_A4_PAPER)
    page.fit_to_pages(ceil(sum(widths) / _PAGE_WIDTH), 0)


def _column_width(column: Iterable[Cell]) -> int:
    longest = max(len(line) for cell in column for line in str(cell).split("\n"))
    return min(max(ceil(_DIGIT_WIDTH * longest) + 1, NARROWEST_COLUMN), _WIDEST_COLUMN)


def _line_count(cell: Cell, width: int) -> int:
    """Count the lines of a wrapped cell, up to 25: Excel has no higher row."""
    return min(sum(ceil(len(line) / width) or 1 for line in str(cell).split("\n")), 25)
