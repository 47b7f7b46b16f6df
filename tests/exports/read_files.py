"""Read spreadsheets and text documents back, as a user's program does."""

from odfdo import Document
from openpyxl import load_workbook

SYMBOLS = {"[x]", "[z]"}


def read_xlsx(path):
    """The rows of every sheet by its name, without blanks at their ends."""
    book = load_workbook(path)
    return {
        sheet.title: [_without_trailing_blanks(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def read_ods(path):
    """The rows of every sheet by its name, without blanks at their ends."""
    return {
        table.name: [
            _without_trailing_blanks(map(_cell_value, descendants(row, "table:table-cell")))
            for row in descendants(table, "table:table-row")
        ]
        for table in Document(path).body.tables
    }


def descendants(element, *tags):
    """The elements with one of these tags within an element of an OpenDocument file."""
    return element.get_elements(" | ".join(f"descendant::{tag}" for tag in tags))


def element_texts(element, tag="text:p"):
    """The text of each element with this tag."""
    return [_plain_text(part) for part in descendants(element, tag)]


def _plain_text(element):
    """The text of an element, or of the links that it consists of: odfdo adds their addresses."""
    links = descendants(element, "text:a")
    return "".join(link.text for link in links) if links else element.inner_text


def _cell_value(cell):
    if cell.type == "float":
        number = float(cell.get_attribute("office:value"))
        return int(number) if number.is_integer() else number
    lines = element_texts(cell)
    return "\n".join(lines) if lines else None


def _without_trailing_blanks(cells):
    row = list(cells)
    while row and row[-1] is None:
        row.pop()
    return row
