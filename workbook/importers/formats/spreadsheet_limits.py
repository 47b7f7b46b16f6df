"""Check the extent of a spreadsheet before it is read.

A sheet is read as a rectangle up to its last row and column. A small file with two cells far apart
would need more memory than there is.
"""

import zipfile
from typing import Final
from xml.parsers import expat

MAXIMUM_CELLS: Final = 5_000_000
"""Cells of a sheet that are read at most, from the first to the last with content."""

_SHEET_ELEMENT: Final = b"sheetData"
"""Element that every sheet of an XLSX file has, whatever the part is called."""

_CHUNK_BYTES: Final = 2**20
_UNREADABLE_COUNT: Final = 10**9
_ALPHABET_LENGTH: Final = 26
_CONTENT_ELEMENTS: Final = frozenset({"v", "is", "f"})
"""Elements of an XLSX cell with content. A cell that is only formatted has none of them."""


def check_spreadsheet_size(archive: zipfile.ZipFile) -> None:
    """Check the extent of every sheet.

    Args:
        archive: The spreadsheet.

    Raises:
        TooLargeError: A sheet has too many cells.
        ValueError: A sheet is damaged.
    """
    parts = archive.infolist()
    sheets_share_part = not any(part.filename.lower().startswith("xl/workbook.") for part in parts)
    for part in parts:
        if part.filename.lower() == "content.xml" or _is_sheet_part(archive, part):
            _check_part_size(archive, part, _SheetExtent(sheets_share_part=sheets_share_part))


class TooLargeError(ValueError):
    """A spreadsheet has more cells than are read.

    Args:
        cells: Number of its cells.
    """

    def __init__(self, cells: int) -> None:
        super().__init__(
            f"the spreadsheet extends over {cells:,} cells, and the limit is {MAXIMUM_CELLS:,}:"
            " delete cells far from the table, or save the sheet as CSV UTF-8"
        )


def _is_sheet_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part of the archive is a sheet of an XLSX file."""
    previous_chunk = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            if _SHEET_ELEMENT in previous_chunk + chunk:
                return True
            previous_chunk = chunk[-len(_SHEET_ELEMENT) :]
    return False


def _check_part_size(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, extent: "_SheetExtent"
) -> None:
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                extent.parser.Parse(chunk, False)  # noqa: FBT003  expat takes no name for it
        extent.parser.Parse(b"", True)  # noqa: FBT003  as above
    except expat.ExpatError as error:
        msg = f"the spreadsheet is damaged ({part.filename[-40:]}: {error}): save it again"
        raise ValueError(msg) from None


class _SheetExtent:
    """Last row and column with content, found while the XML is parsed.

    ``row`` and ``column`` are those of the next cell, from 0. ``height`` and ``width`` count rows
    and columns up to the last with content. In XLSX a cell may name another row than its parent.

    Args:
        sheets_share_part: Whether all sheets are in one part of the archive, as in ODS. The extent
            then starts again with each sheet.
    """

    def __init__(self, *, sheets_share_part: bool) -> None:
        self._sheets_share_part = sheets_share_part
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start_element
        self.parser.EndElementHandler = self._end_element
        self._reset_extent()

    def _reset_extent(self) -> None:
        self.row = self.cell_row = self.column = self.height = self.width = 0
        self.rows_repeated = self.columns_repeated = 1

    def _start_element(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row" | "table-row":
                self._start_row(attributes)
            case "c" | "table-cell" | "covered-table-cell":
                self._start_cell(attributes)
            case inner if inner in _CONTENT_ELEMENTS or inner == "p":
                self._include_cell()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.column = 0
        self.rows_repeated = _parse_count(attributes.get("table:number-rows-repeated", "1"))
        if "r" in attributes:
            self.row = _parse_count(attributes["r"]) - 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.columns_repeated = _parse_count(attributes.get("table:number-columns-repeated", "1"))
        self.cell_row = self.row
        if reference := attributes.get("r"):
            letters = reference.rstrip("0123456789")
            self.cell_row, self.column = (
                _parse_count(reference[len(letters) :]) - 1,
                _column_number(letters) - 1,
            )
        if "office:value-type" in attributes:
            self._include_cell()

    def _include_cell(self) -> None:
        """Extend the extent to the current cell."""
        self.width = max(self.width, self.column + self.columns_repeated)
        self.height = max(self.height, self.cell_row + self.rows_repeated)
        if self.width * self.height > MAXIMUM_CELLS:
            raise TooLargeError(self.width * self.height)

    def _end_element(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "row" | "table-row":
                self.row += self.rows_repeated
            case "c" | "table-cell" | "covered-table-cell":
                self.column += self.columns_repeated
            case "table" if self._sheets_share_part:
                self._reset_extent()


def _parse_count(text: str) -> int:
    """Parse a count. One that is unreadable or very large becomes ``_UNREADABLE_COUNT``."""
    return (
        int(text)
        if text.isascii() and text.isdigit() and len(text) < len(str(_UNREADABLE_COUNT))
        else _UNREADABLE_COUNT
    )


def _column_number(letters: str) -> int:
    """Number, from 1, of a column with letters such as ``XFD``."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * _ALPHABET_LENGTH + ord(letter) - ord("A") + 1
    return number
