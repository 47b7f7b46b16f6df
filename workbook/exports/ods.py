"""An XLSX file in the OpenDocument spreadsheet format: the same sheets, the same cells."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import canonicalize

from odf.opendocument import OpenDocument, OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import A, P
from openpyxl import load_workbook
from openpyxl.cell import Cell as Held
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbook.exports.cells import written

CHARACTER = 0.21
"""Width of a character in centimetres."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every part inside the file, so that it does not depend on the clock."""

STYLES = {
    (bold, wrapped): f"{'bold' if bold else 'plain'}-{'wrapped' if wrapped else 'whole'}"
    for bold in (False, True)
    for wrapped in (False, True)
}


def converted(xlsx: bytes) -> bytes:
    """The file with every sheet, cell, link and width; a text is never a formula.

    Of what else the file may have, such as colours, nothing is kept.
    """
    document = OpenDocumentSpreadsheet()
    for (bold, wrapped), name in STYLES.items():
        style = Style(name=name, family="table-cell")
        wrap = "wrap" if wrapped else "no-wrap"
        style.addElement(TableCellProperties(wrapoption=wrap, verticalalign="top"))
        style.addElement(TextProperties(fontweight="bold" if bold else "normal"))
        document.automaticstyles.addElement(style)
    for number, sheet in enumerate(load_workbook(io.BytesIO(xlsx)).worksheets):
        document.spreadsheet.addElement(_table(document, number, sheet))
    file = io.BytesIO()
    document.write(file)
    return settled(file.getvalue())


def settled(content: bytes, edit: Callable[[str, str], str] = lambda _, text: text) -> bytes:
    """The same file, every part dated alike and its XML without what is declared and not used.

    What odfpy declares depends on what else it has written in this process. ``edit`` gives the text
    of an XML part as it is to be, from its name and its text.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith(".xml"):
                data = edit(part.filename, canonicalize(data.decode("utf-8"))).encode("utf-8")
            dated = zipfile.ZipInfo(part.filename, EPOCH)
            dated.compress_type = part.compress_type
            new.writestr(dated, data)
    return file.getvalue()


def _table(document: OpenDocument, number: int, sheet: Worksheet) -> Table:
    table = Table(name=sheet.title)
    for index in range(1, sheet.max_column + 1):
        width = sheet.column_dimensions[get_column_letter(index)].width
        table.addElement(_column(document, f"column_{number}_{index}", width))
    for cells in sheet.iter_rows():
        row = TableRow()
        for cell in cells:
            row.addElement(_cell(cell))
        table.addElement(row)
    return table


def _column(document: OpenDocument, name: str, width: float) -> TableColumn:
    style = Style(name=name, family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{CHARACTER * width:.1f}cm"))
    document.automaticstyles.addElement(style)
    return TableColumn(stylename=name)


def _cell(held: Held | MergedCell) -> TableCell:
    value: Any = held.value
    style = STYLES[bool(held.font.bold), bool(held.alignment.wrap_text)]
    if value is None:
        return TableCell(stylename=style)
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=written(value), stylename=style)
        cell.addElement(P(text=written(value)))
        return cell
    cell = TableCell(valuetype="string", stylename=style)
    for line in str(value).splitlines():
        cell.addElement(_linked(line, held))
    return cell


def _linked(text: str, held: Held | MergedCell) -> P:
    """A line of a cell; where the cell leads to another sheet, it does."""
    if not held.hyperlink or not held.hyperlink.location:
        return P(text=text)
    sheet, _, place = held.hyperlink.location.rpartition("!")
    line = P()
    line.addElement(A(href=f"#{sheet}.{place}", type="simple", text=text))
    return line
