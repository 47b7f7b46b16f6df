"""A spreadsheet read back as a reader's program reads it: by openpyxl, and by odfpy."""

from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText
from odf.text import P
from openpyxl import load_workbook

SYMBOLS = {"[x]", "[z]"}


def read_with_openpyxl(path):
    """Every sheet's rows, blanks at the ends left out."""
    book = load_workbook(path)
    return {
        sheet.title: [_without_trailing_blanks(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def read_with_odfpy(path):
    """The same of an ODS file."""
    return {
        table.getAttribute("name"): [
            _without_trailing_blanks(map(_cell_value, row.getElementsByType(TableCell)))
            for row in table.getElementsByType(TableRow)
        ]
        for table in load(path).spreadsheet.getElementsByType(Table)
    }


def _cell_value(cell):
    if cell.getAttribute("valuetype") == "float":
        number = float(cell.getAttribute("value"))
        return int(number) if number.is_integer() else number
    lines = [extractText(line) for line in cell.getElementsByType(P)]
    return "\n".join(lines) if lines else None


def _without_trailing_blanks(cells):
    row = list(cells)
    while row and row[-1] is None:
        row.pop()
    return row
