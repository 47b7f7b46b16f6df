"""Views of an OpenDocument spreadsheet: the rows of each sheet that stay in sight."""

from typing import Final
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_SETTINGS: Final = (
    '<office:document-settings office:version="1.4"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">'
    '<office:settings><config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
    '<config:config-item-map-named config:name="Tables">{}</config:config-item-map-named>'
    "</config:config-item-map-entry></config:config-item-map-indexed>"
    "</config:config-item-set></office:settings></office:document-settings>"
)
_FROZEN: Final = 2
"""OpenDocument's number for rows that stay while the others scroll."""

_LOWER_PANE: Final = 2
"""Number of the pane below these rows, which a reader is in."""


def view_settings(book: Workbook) -> bytes:
    """Write the settings part of a spreadsheet.

    Args:
        book: The spreadsheet, with the rows that stay in sight.

    Returns:
        The part.
    """
    return _SETTINGS.format("".join(map(_sheet_view, book.worksheets))).encode()


def _sheet_view(sheet: Worksheet) -> str:
    """The view of a sheet; nothing where all rows scroll."""
    if not sheet.freeze_panes:
        return ""
    row_count = sheet[sheet.freeze_panes].row - 1
    items = {
        "VerticalSplitMode": ("short", _FROZEN),
        "VerticalSplitPosition": ("int", row_count),
        "ActiveSplitRange": ("short", _LOWER_PANE),
        "PositionBottom": ("int", row_count),
    }
    texts = (
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}'
        "</config:config-item>"
        for name, (kind, value) in items.items()
    )
    entry = f"<config:config-item-map-entry config:name={quoteattr(sheet.title)}>"
    return f"{entry}{''.join(texts)}</config:config-item-map-entry>"
