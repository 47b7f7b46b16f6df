"""How a spreadsheet's sheets look: widths of columns, heights of rows, and the printed page.

Not every program makes a row as high as the text that is wrapped in it.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from math import ceil

from gptables import gptheme
from gptables.core.wrappers import GPWorksheet

from workbook.exports.cells import Cell

NARROWEST_COLUMN, _WIDEST_COLUMN = 12, 60
"""Width of a column, at least and at most, in digits of Excel's own letters."""

_DIGIT_WIDTH = 1.15
"""Width of a digit of the Analysis Function's theme, 12 point Arial, in the same; a letter of a
text comes to 1."""

_LINE_HEIGHT = 15.75
"""Height of a line of it, in points."""

_A4_PAPER = 9
"""The paper by Excel's numbering."""

_PAGE_WIDTH = 250
"""Width of what is printed on one page across, in the same: its letters are then of 7 points."""

SPREADSHEET_THEME = deepcopy(gptheme)
"""The Analysis Function's, but a cell begins at the top, beside the first line of others."""
SPREADSHEET_THEME.update_data_format({"valign": "top"})
SPREADSHEET_THEME.update_index_2_format({"valign": "top"})


def lay_out_sheet(
    page: GPWorksheet, first_row: int, rows: Sequence[Sequence[Cell]], widths: Sequence[int] = ()
) -> None:
    """Give the rows, of which the first is at ``first``, their widths and heights.

    Columns whose ``widths`` are not given are as wide as what stands in them, within bounds. On
    paper they are on as few pages side by side as can be read.
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
    """Lines on which a cell is written; Excel has no row higher than 25 of them."""
    return min(sum(ceil(len(line) / width) or 1 for line in str(cell).split("\n")), 25)
