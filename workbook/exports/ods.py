"""A file in the OpenDocument spreadsheet format: the same sheets, the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import canonicalize

from odf.opendocument import OpenDocument, OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

from workbook.exports.cells import Cell, written

NARROW, WIDE = 12, 50
"""Characters that a column is wide, at least and at most; longer texts are wrapped."""

CHARACTER = 0.21
"""Width of a character in centimetres."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every part inside the file, so that it does not depend on the clock."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its rows from the top, and which of them (from 0) are headings."""

    name: str
    rows: Sequence[Sequence[Cell]]
    headings: frozenset[int] = frozenset({0})


def packed(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as a file. Numbers are kept in full; a text is never a formula."""
    document = OpenDocumentSpreadsheet()
    for name, weight in (("text", "normal"), ("heading", "bold")):
        style = Style(name=name, family="table-cell")
        style.addElement(TableCellProperties(wrapoption="wrap", verticalalign="top"))
        style.addElement(TextProperties(fontweight=weight))
        document.automaticstyles.addElement(style)
    for number, sheet in enumerate(sheets):
        document.spreadsheet.addElement(_table(document, number, sheet))
    file = io.BytesIO()
    document.write(file)
    return _settled(file.getvalue())


def _table(document: OpenDocument, number: int, sheet: Sheet) -> Table:
    table = Table(name=sheet.name)
    for index in range(max(map(len, sheet.rows))):
        texts = [written(row[index]) for row in sheet.rows if index < len(row)]
        table.addElement(_column(document, f"column_{number}_{index}", max(map(len, texts))))
    for index, cells in enumerate(sheet.rows):
        row = TableRow()
        for value in cells:
            row.addElement(_cell(value, "heading" if index in sheet.headings else "text"))
        table.addElement(row)
    return table


def _column(document: OpenDocument, name: str, longest: int) -> TableColumn:
    width = CHARACTER * min(max(longest, NARROW), WIDE)
    style = Style(name=name, family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{width:.1f}cm"))
    document.automaticstyles.addElement(style)
    return TableColumn(stylename=name)


def _cell(value: Cell, style: str) -> TableCell:
    if value is None:
        return TableCell(stylename=style)
    if isinstance(value, bool):
        cell = TableCell(valuetype="boolean", booleanvalue=written(value), stylename=style)
        value = written(value).upper()
    elif isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=written(value), stylename=style)
    else:
        cell = TableCell(valuetype="string", stylename=style)
    cell.addElement(P(text=written(value)))
    return cell


def _settled(content: bytes) -> bytes:
    """The same file, every part dated alike and its XML without what is declared and not used.

    What odfpy declares depends on what else it has written in this process.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith(".xml"):
                data = canonicalize(data.decode("utf-8")).encode("utf-8")
            dated = zipfile.ZipInfo(part.filename, EPOCH)
            dated.compress_type = part.compress_type
            new.writestr(dated, data)
    return file.getvalue()
