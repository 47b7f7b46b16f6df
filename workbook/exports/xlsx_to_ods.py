"""Convert an XLSX file to an OpenDocument spreadsheet with the same sheets and cells."""

import io

from odfdo import Document
from openpyxl import load_workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook.exports.ods_content import spreadsheet_content, write_sheet
from workbook.exports.ods_styles import (
    add_page_style,
    cell_styles,
    column_style,
    column_style_name,
    sheet_style,
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
    styles, sheets = list(cell_styles()), []
    for pages_wide in dict.fromkeys(map(_pages_wide, book.worksheets)):
        add_page_style(document, pages_wide)
        styles.append(sheet_style(pages_wide))
    for number, sheet in enumerate(book.worksheets):
        widths = _column_widths(sheet)
        names = [column_style_name(number, index) for index in range(len(widths))]
        styles += map(column_style, names, widths)
        sheets.append(write_sheet(sheet, _pages_wide(sheet), names))
    document.set_part("content", spreadsheet_content(styles, sheets))
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
    document.meta.title = properties.title or ""
    document.meta.creation_date = properties.created
    document.meta.language = "en-GB"
    return document


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
