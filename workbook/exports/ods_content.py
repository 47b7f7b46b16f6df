"""Write the content of an OpenDocument spreadsheet: its sheets, rows and cells.

It is written as text. A library's object for each cell takes ten times as long.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell import Cell as SourceCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from workbook.exports.cells import serialise_cell
from workbook.exports.number_formats import apply_number_format
from workbook.exports.ods_styles import cell_style_name, page_style_name

_NAMESPACES: Final = {
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_SPACES: Final = re.compile(r"\t|^ +| +$| {2,}")
"""White space that a program reads only if it is written as elements."""


def spreadsheet_content(styles: Iterable[str], sheets: Iterable[str]) -> bytes:
    """Write the content part of a spreadsheet.

    Args:
        styles: The styles that its cells, columns and sheets name, as XML.
        sheets: Its sheets, as ``write_sheet`` writes them.

    Returns:
        The part.
    """
    namespaces = (f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    text = (
        f'<office:document-content {" ".join(namespaces)} office:version="1.4">'
        f"<office:scripts/><office:font-face-decls/>"
        f"<office:automatic-styles>{''.join(styles)}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return text.encode()


def write_sheet(sheet: Worksheet, pages_wide: int, column_styles: Sequence[str]) -> str:
    """Write a sheet.

    Args:
        sheet: The sheet as openpyxl reads it.
        pages_wide: The number of pages side by side on which it is printed.
        column_styles: Names of the styles of its columns.

    Returns:
        The ``table:table`` element.
    """
    columns = (f'<table:table-column table:style-name="{name}"/>' for name in column_styles)
    styles = _CellStyles()
    rows = (_write_row(cells, styles) for cells in sheet.iter_rows())
    return (
        f"<table:table table:name={quoteattr(sheet.title)}"
        f' table:style-name="{page_style_name(pages_wide)}">'
        f"{''.join((*columns, *rows))}</table:table>"
    )


class _CellStyles(dict[int, str]):
    """Names of cells' styles by the number of each style, of which a sheet has few."""

    def find_name(self, source_cell: SourceCell | MergedCell) -> str:
        number = source_cell.style_id
        if number not in self:
            alignment = source_cell.alignment
            self[number] = cell_style_name(
                source_cell.number_format,
                bold=bool(source_cell.font.bold),
                wrapped=bool(alignment.wrap_text),
                right_aligned=alignment.horizontal == "right",
            )
        return self[number]


def _write_row(cells: Iterable[SourceCell | MergedCell], styles: _CellStyles) -> str:
    content = "".join(_write_cell(cell, styles.find_name(cell)) for cell in cells)
    return f"<table:table-row>{content}</table:table-row>"


def _write_cell(source_cell: SourceCell | MergedCell, style: str) -> str:
    value = source_cell.value
    start = f'<table:table-cell table:style-name="{style}"'
    if value is None:
        return f"{start}/>"
    if isinstance(value, int | float):
        shown = apply_number_format(value, source_cell.number_format)
        text = shown if isinstance(shown, str) else serialise_cell(value)
        return (
            f'{start} office:value-type="float" calcext:value-type="float" office:value="{value}">'
            f"<text:p>{text}</text:p></table:table-cell>"
        )
    paragraphs = "".join(_write_paragraphs(str(value), source_cell))
    return f'{start} office:value-type="string">{paragraphs}</table:table-cell>'


def _write_paragraphs(text: str, source_cell: SourceCell | MergedCell) -> Iterator[str]:
    """Write each line of a cell, with the cell's link to another sheet if it has one."""
    address = source_cell.hyperlink.location if source_cell.hyperlink else None
    for line in text.split("\n"):
        content = _write_text(line)
        if address:
            sheet, _, cell_reference = address.rpartition("!")
            target = quoteattr(f"#{sheet}.{cell_reference}")
            content = f"<text:a xlink:href={target}>{content}</text:a>"
        yield f"<text:p>{content}</text:p>"


def _write_text(text: str) -> str:
    return _SPACES.sub(_write_spaces, escape(text))


def _write_spaces(match: re.Match[str]) -> str:
    """Write white space as an element. The first space between words is a plain one."""
    spaces = match[0]
    if spaces == "\t":
        return "<text:tab/>"
    is_between_words = match.start() > 0 and match.end() < len(match.string)
    count = len(spaces) - is_between_words
    return f'{" " * is_between_words}<text:s text:c="{count}"/>'
