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

from workbook.exports.cells import serialise_cell
from workbook.exports.number_formats import (
    FORMAT_DECIMAL_PLACES,
    GENERAL_FORMAT,
    apply_number_format,
)

_DEFAULT_COLUMN_WIDTH = 13
_CHARACTER_WIDTH = 0.21
"""Width of a character in centimetres."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The time of every part inside the file, so that it does not depend on the clock."""

_FONT_WEIGHTS = {False: "normal", True: "bold"}
_WRAP_OPTIONS = {False: "no-wrap", True: "wrap"}
_TEXT_ALIGNMENTS = {"left": "start", "right": "end"}
_NUMBER_STYLE_NAMES = {
    GENERAL_FORMAT: "general",
    **{form: f"places-{places}" for form, places in FORMAT_DECIMAL_PLACES.items()},
}
"""The formats of numbers, each with its name among the styles."""


def xlsx_to_ods(xlsx: bytes) -> bytes:
    """The file with every sheet, cell, link and width, bold, wrapped, aligned and shown as it was.

    A text is never a formula. Of what else the file may have, such as colours, nothing is kept.
    """
    document = OpenDocumentSpreadsheet()
    for style_name in _NUMBER_STYLE_NAMES.values():
        document.automaticstyles.addElement(_number_style(style_name))
    for cell_style in product(
        _FONT_WEIGHTS.values(),
        _WRAP_OPTIONS.values(),
        _TEXT_ALIGNMENTS.values(),
        _NUMBER_STYLE_NAMES.values(),
    ):
        document.automaticstyles.addElement(_cell_style(*cell_style))
    sheets = load_workbook(io.BytesIO(xlsx)).worksheets
    for pages_wide in {_pages_wide(sheet): None for sheet in sheets}:
        _add_page_style(document, pages_wide)
    for number, sheet in enumerate(sheets):
        document.spreadsheet.addElement(_convert_sheet(document, number, sheet))
    file = io.BytesIO()
    document.write(file)
    return normalise_zip(file.getvalue())


def normalise_zip(content: bytes, edit: Callable[[str, str], str] = lambda _, text: text) -> bytes:
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
            entry = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            entry.compress_type = part.compress_type
            new.writestr(entry, data)
    return file.getvalue()


def _number_style(style_name: str) -> NumberStyle:
    """The style of numbers with so many digits after the point, or as many as there are."""
    style = NumberStyle(name=style_name)
    _, _, places = style_name.partition("-")
    place_attributes = {"decimalplaces": places, "grouping": "true"} if places else {}
    style.addElement(Number(minintegerdigits="1", **place_attributes))
    return style


def _cell_style(weight: str, wrap: str, alignment: str, number_style: str) -> Style:
    name = f"{weight}_{wrap}_{alignment}_{number_style}"
    style = Style(name=name, family="table-cell", datastylename=number_style)
    style.addElement(
        TableCellProperties(
            wrapoption=wrap, verticalalign="top", textalignsource="fix", paddingright="0.2cm"
        )
    )
    style.addElement(ParagraphProperties(textalign=alignment))
    style.addElement(TextProperties(fontweight=weight))
    return style


def _convert_sheet(document: OpenDocument, number: int, sheet: Worksheet) -> Table:
    table = Table(name=sheet.title, stylename=f"across_{_pages_wide(sheet)}")
    for index, width in enumerate(_column_widths(sheet)):
        table.addElement(_make_column(document, f"column_{number}_{index}", width))
    for cells in sheet.iter_rows():
        row = TableRow()
        for cell in cells:
            row.addElement(_convert_cell(cell))
        table.addElement(row)
    return table


def _column_widths(sheet: Worksheet) -> list[float]:
    """How wide each column is: neighbours that are alike are told together."""
    widths_by_index = {
        index: dimension.width
        for dimension in sheet.column_dimensions.values()
        for index in range(dimension.min or 1, (dimension.max or 0) + 1)
    }
    return [
        widths_by_index.get(index, _DEFAULT_COLUMN_WIDTH)
        for index in range(1, sheet.max_column + 1)
    ]


def _pages_wide(sheet: Worksheet) -> int:
    """On how many pages side by side the sheet is printed."""
    return int(sheet.page_setup.fitToWidth or 1)


def _add_page_style(document: OpenDocument, pages_wide: int) -> None:
    """Make the style of a sheet that is printed on so many pages side by side, A4 across."""
    name = f"across_{pages_wide}"
    layout = PageLayout(name=name)
    properties = PageLayoutProperties(
        pagewidth="29.7cm", pageheight="21cm", printorientation="landscape", margin="1.5cm"
    )
    properties.setAttrNS(STYLENS, "scale-to-X", str(pages_wide))
    layout.addElement(properties)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name=name, pagelayoutname=name))
    style = Style(name=name, family="table", masterpagename=name)
    document.automaticstyles.addElement(style)


def _make_column(document: OpenDocument, name: str, width: float) -> TableColumn:
    style = Style(name=name, family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{_CHARACTER_WIDTH * width:.1f}cm"))
    document.automaticstyles.addElement(style)
    return TableColumn(stylename=name)


def _convert_cell(source_cell: Held | MergedCell) -> TableCell:
    value: Any = source_cell.value
    alignment = _TEXT_ALIGNMENTS.get(source_cell.alignment.horizontal or "left", "start")
    number_style = _NUMBER_STYLE_NAMES.get(
        source_cell.number_format, _NUMBER_STYLE_NAMES[GENERAL_FORMAT]
    )
    wrap = _WRAP_OPTIONS[bool(source_cell.alignment.wrap_text)]
    style = f"{_FONT_WEIGHTS[bool(source_cell.font.bold)]}_{wrap}_{alignment}_{number_style}"
    if value is None:
        return TableCell(stylename=style)
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=serialise_cell(value), stylename=style)
        displayed_value = apply_number_format(value, source_cell.number_format)
        cell.addElement(
            P(text=displayed_value if isinstance(displayed_value, str) else serialise_cell(value))
        )
        return cell
    cell = TableCell(valuetype="string", stylename=style)
    for line in str(value).split("\n"):
        cell.addElement(_convert_line(line, source_cell))
    return cell


def _convert_line(text: str, source_cell: Held | MergedCell) -> P:
    """A line of a cell; where the cell leads to another sheet, it does."""
    line = P()
    if source_cell.hyperlink and source_cell.hyperlink.location:
        sheet, _, cell_reference = source_cell.hyperlink.location.rpartition("!")
        line.addElement(A(href=f"#{sheet}.{cell_reference}", type="simple", text=text))
    else:
        addTextToElement(line, text)  # spaces and tabs as the format has them
    return line
