"""An XLSX file in the OpenDocument spreadsheet format: the same sheets, the same cells."""

import io
import zipfile
from collections.abc import Callable
from itertools import product
from typing import Any
from xml.etree.ElementTree import canonicalize

from odf.namespaces import STYLENS
from odf.number import Number, NumberStyle
from odf.opendocument import OpenDocument, OpenDocumentSpreadsheet
from odf.style import (
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TextProperties,
)
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.teletype import addTextToElement
from odf.text import A, P
from openpyxl import load_workbook
from openpyxl.cell import Cell as Held
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from workbook.exports.cells import written
from workbook.exports.formats import GENERAL, PLACES, shown

DEFAULT_COLUMN_WIDTH = 13
CHARACTER = 0.21
"""Width of a character in centimetres."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every part inside the file, so that it does not depend on the clock."""

WEIGHTS = {False: "normal", True: "bold"}
WRAPS = {False: "no-wrap", True: "wrap"}
ALIGNMENTS = {"left": "start", "right": "end"}
FORMS = {GENERAL: "general", **{form: f"places-{places}" for form, places in PLACES.items()}}
"""The formats of numbers, each with its name among the styles."""


def converted(xlsx: bytes) -> bytes:
    """The file with every sheet, cell, link and width, bold, wrapped, aligned and shown as it was.

    A text is never a formula. Of what else the file may have, such as colours, nothing is kept.
    """
    document = OpenDocumentSpreadsheet()
    for form in FORMS.values():
        document.automaticstyles.addElement(_number(form))
    for look in product(WEIGHTS.values(), WRAPS.values(), ALIGNMENTS.values(), FORMS.values()):
        document.automaticstyles.addElement(_style(*look))
    sheets = load_workbook(io.BytesIO(xlsx)).worksheets
    for across in {_across(sheet): None for sheet in sheets}:
        _pages(document, across)
    for number, sheet in enumerate(sheets):
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


def _number(form: str) -> NumberStyle:
    """The style of numbers with so many digits after the point, or as many as there are."""
    style = NumberStyle(name=form)
    _, _, places = form.partition("-")
    separated = {"decimalplaces": places, "grouping": "true"} if places else {}
    style.addElement(Number(minintegerdigits="1", **separated))
    return style


def _style(weight: str, wrap: str, alignment: str, form: str) -> Style:
    name = f"{weight}_{wrap}_{alignment}_{form}"
    style = Style(name=name, family="table-cell", datastylename=form)
    style.addElement(
        TableCellProperties(
            wrapoption=wrap, verticalalign="top", textalignsource="fix", paddingright="0.2cm"
        )
    )
    style.addElement(ParagraphProperties(textalign=alignment))
    style.addElement(TextProperties(fontweight=weight))
    return style


def _table(document: OpenDocument, number: int, sheet: Worksheet) -> Table:
    table = Table(name=sheet.title, stylename=f"across_{_across(sheet)}")
    for index, width in enumerate(_widths(sheet)):
        table.addElement(_column(document, f"column_{number}_{index}", width))
    for cells in sheet.iter_rows():
        row = TableRow()
        for cell in cells:
            row.addElement(_cell(cell))
        table.addElement(row)
    return table


def _widths(sheet: Worksheet) -> list[float]:
    """How wide each column is: neighbours that are alike are told together."""
    said = {
        index: each.width
        for each in sheet.column_dimensions.values()
        for index in range(each.min or 1, (each.max or 0) + 1)
    }
    return [said.get(index, DEFAULT_COLUMN_WIDTH) for index in range(1, sheet.max_column + 1)]


def _across(sheet: Worksheet) -> int:
    """On how many pages side by side the sheet is printed."""
    return int(sheet.page_setup.fitToWidth or 1)


def _pages(document: OpenDocument, across: int) -> None:
    """Make the style of a sheet that is printed on so many pages side by side, A4 across."""
    name = f"across_{across}"
    layout = PageLayout(name=name)
    properties = PageLayoutProperties(
        pagewidth="29.7cm", pageheight="21cm", printorientation="landscape", margin="1.5cm"
    )
    properties.setAttrNS(STYLENS, "scale-to-X", str(across))
    layout.addElement(properties)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name=name, pagelayoutname=name))
    style = Style(name=name, family="table", masterpagename=name)
    document.automaticstyles.addElement(style)


def _column(document: OpenDocument, name: str, width: float) -> TableColumn:
    style = Style(name=name, family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{CHARACTER * width:.1f}cm"))
    document.automaticstyles.addElement(style)
    return TableColumn(stylename=name)


def _cell(held: Held | MergedCell) -> TableCell:
    value: Any = held.value
    alignment = ALIGNMENTS.get(held.alignment.horizontal or "left", "start")
    form = FORMS.get(held.number_format, FORMS[GENERAL])
    wrap = WRAPS[bool(held.alignment.wrap_text)]
    style = f"{WEIGHTS[bool(held.font.bold)]}_{wrap}_{alignment}_{form}"
    if value is None:
        return TableCell(stylename=style)
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=written(value), stylename=style)
        seen = shown(value, held.number_format)
        cell.addElement(P(text=seen if isinstance(seen, str) else written(value)))
        return cell
    cell = TableCell(valuetype="string", stylename=style)
    for line in str(value).split("\n"):
        cell.addElement(_linked(line, held))
    return cell


def _linked(text: str, held: Held | MergedCell) -> P:
    """A line of a cell; where the cell leads to another sheet, it does."""
    line = P()
    if held.hyperlink and held.hyperlink.location:
        sheet, _, place = held.hyperlink.location.rpartition("!")
        line.addElement(A(href=f"#{sheet}.{place}", type="simple", text=text))
    else:
        addTextToElement(line, text)  # spaces and tabs as the format has them
    return line
