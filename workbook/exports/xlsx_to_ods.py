"""Convert an XLSX file to an OpenDocument spreadsheet with the same sheets and cells."""

import io

from odfdo import Cell, Column, Document, Link, Paragraph, Row, Table
from openpyxl import load_workbook
from openpyxl.cell import Cell as SourceCell
from openpyxl.cell import MergedCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook.exports.cells import serialise_cell
from workbook.exports.number_formats import apply_number_format
from workbook.exports.ods_styles import (
    add_cell_styles,
    add_column_styles,
    add_page_style,
    cell_style_name,
    page_style_name,
)
from workbook.exports.ods_views import view_settings
from workbook.exports.zip_archive import normalise_zip

_DEFAULT_COLUMN_WIDTH = 13
_TEMPLATE_FOLDERS = ("Configurations2/", "Thumbnails/")
"""Folders of odfdo's template that belong to the program that made it."""

_BLANK_PARTS = {
    "styles": b"""<office:document-styles office:version="1.4"
    xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
    <office:styles><style:default-style style:family="table-cell">
    <style:text-properties fo:language="en" fo:country="GB"/>
    </style:default-style></office:styles>
    <office:automatic-styles/><office:master-styles/></office:document-styles>""",
}
"""What replaces the template's own styles and language."""


def xlsx_to_ods(xlsx: bytes) -> bytes:
    """Convert an XLSX file to ODS.

    Sheets, cells, links within the file, column widths and number formats are kept. So are bold
    text, wrapping, alignment and the layout of printed pages; colours are not. A text never becomes
    a formula.

    Args:
        xlsx: The XLSX file.

    Returns:
        The ODS file. The same XLSX file gives the same bytes.
    """
    book = load_workbook(io.BytesIO(xlsx))
    document = _new_document(book.properties)
    add_cell_styles(document)
    for pages_wide in {_pages_wide(sheet): None for sheet in book.worksheets}:
        add_page_style(document, pages_wide)
    for number, sheet in enumerate(book.worksheets):
        column_styles = add_column_styles(document, f"column_{number}", _column_widths(sheet))
        document.body.append(_convert_sheet(sheet, column_styles))
    document.set_part("settings", view_settings(book))
    file = io.BytesIO()
    document.save(file)
    return normalise_zip(file.getvalue())


def _new_document(properties: DocumentProperties) -> Document:
    """Make an empty spreadsheet from odfdo's template, without the template's styles and settings.

    Args:
        properties: The title and the time of creation. The template has a time of its own.
    """
    document = Document("spreadsheet")
    for part in document.get_parts():
        if part.startswith(_TEMPLATE_FOLDERS):
            document.del_part(part)
    for path, _ in document.manifest.get_path_medias():
        if path and path.startswith(_TEMPLATE_FOLDERS):
            document.manifest.del_full_path(path)
    for name, content in _BLANK_PARTS.items():
        document.set_part(name, content)
    document.delete_styles()
    document.body.clear()
    document.meta.title = properties.title or ""
    document.meta.creation_date = properties.created
    document.meta.language = "en-GB"
    return document


def _convert_sheet(sheet: Worksheet, column_styles: list[str]) -> Table:
    table = Table(sheet.title, style=page_style_name(_pages_wide(sheet)))
    for column_style in column_styles:
        table.append_column(Column(style=column_style))
    for source_cells in sheet.iter_rows():
        row = Row()
        row.extend_cells(map(_convert_cell, source_cells))
        table.append_row(row, clone=False)
    return table


def _column_widths(sheet: Worksheet) -> list[float]:
    """List the width of each column in characters. One entry of the file may cover several."""
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
    """Give the number of pages side by side on which the sheet is printed."""
    return int(sheet.page_setup.fitToWidth or 1)


def _convert_cell(source_cell: SourceCell | MergedCell) -> Cell:
    value, number_format = source_cell.value, source_cell.number_format
    cell = Cell(
        style=cell_style_name(
            number_format,
            bold=bool(source_cell.font.bold),
            wrapped=bool(source_cell.alignment.wrap_text),
            right_aligned=source_cell.alignment.horizontal == "right",
        )
    )
    if isinstance(value, int | float):
        shown = apply_number_format(value, number_format)
        text = shown if isinstance(shown, str) else serialise_cell(value)
        cell.set_value(value, text=text, cell_type="float")
    elif value is not None:
        cell.type = "string"
        for line in str(value).split("\n"):
            cell.append(_convert_line(line, source_cell))
    return cell


def _convert_line(text: str, source_cell: SourceCell | MergedCell) -> Paragraph:
    """Convert a line of a cell's text, with the cell's link to another sheet if it has one."""
    if not (source_cell.hyperlink and source_cell.hyperlink.location):
        return Paragraph(text)
    sheet, _, cell_reference = source_cell.hyperlink.location.rpartition("!")
    line = Paragraph()
    line.append(Link(f"#{sheet}.{cell_reference}", text=text))
    return line
