"""How far a spreadsheet reaches, seen before it is read.

A sheet is held as a rectangle up to its last row and column, whatever is in between: a kilobyte
with two cells far apart asks for more memory than there is.
"""

import zipfile
from typing import Final
from xml.parsers import expat

MOST: Final = 5_000_000
"""Cells of a sheet from its first to its last that holds something, at most."""

SHEET: Final = b"sheetData"
"""What is in every sheet of XLSX, whatever the part is called."""

PIECE: Final = 2**20
FAR: Final = 10**9
LETTERS: Final = 26
FILLED: Final = frozenset({"v", "is", "f"})
"""What is in a cell of XLSX that holds something; one that is only coloured has none of these."""


def examine(archive: zipfile.ZipFile) -> None:
    """Look at every part of a spreadsheet that may be a sheet.

    Raises ValueError for one that reaches too far or is damaged.
    """
    parts = archive.infolist()
    apart = not any(part.filename.lower().startswith("xl/workbook.") for part in parts)
    for part in parts:
        if part.filename.lower() == "content.xml" or _is_sheet(archive, part):
            _examine(archive, part, _Reach(apart=apart))


class TooLargeError(ValueError):
    """A spreadsheet with more cells than are read."""

    def __init__(self, cells: int) -> None:
        super().__init__(
            f"the spreadsheet reaches over {cells:,} cells, and {MOST:,} are the most that are "
            "read: delete what stands far from the table, or save the sheet as CSV UTF-8"
        )


def _is_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part is a sheet of XLSX."""
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            if SHEET in before + piece:
                return True
            before = piece[-len(SHEET) :]
    return False


def _examine(archive: zipfile.ZipFile, part: zipfile.ZipInfo, reach: "_Reach") -> None:
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                reach.parser.Parse(piece, False)  # noqa: FBT003  expat takes no name for it
        reach.parser.Parse(b"", True)  # noqa: FBT003  as above
    except expat.ExpatError as error:
        msg = f"the spreadsheet is damaged ({part.filename[-40:]}: {error}): save it anew"
        raise ValueError(msg) from None


class _Reach:
    """The last row and column that hold something, of what a parser comes across.

    In ODS all sheets are in one part, and each is taken ``apart``; in XLSX each is a part. ``row``
    and ``column`` are those of the next cell, counted from 0, ``height`` and ``width`` the rows and
    columns up to the last that holds something. A cell may say that it stands ``at`` another row.
    """

    def __init__(self, *, apart: bool) -> None:
        self._apart = apart
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._sheet()

    def _sheet(self) -> None:
        self.row = self.at = self.column = self.height = self.width = 0
        self.rows = self.cells = 1

    def _start(self, name: str, given: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row" | "table-row":
                self._row(given)
            case "c" | "table-cell" | "covered-table-cell":
                self._cell(given)
            case inner if inner in FILLED or inner == "p":
                self._fill()

    def _row(self, given: dict[str, str]) -> None:
        self.column = 0
        self.rows = _number(given.get("table:number-rows-repeated", "1"))
        if "r" in given:
            self.row = _number(given["r"]) - 1

    def _cell(self, given: dict[str, str]) -> None:
        self.cells = _number(given.get("table:number-columns-repeated", "1"))
        self.at = self.row
        if place := given.get("r"):
            letters = place.rstrip("0123456789")
            self.at, self.column = _number(place[len(letters) :]) - 1, _column(letters) - 1
        if "office:value-type" in given:
            self._fill()

    def _fill(self) -> None:
        """Take in the cell that is being read."""
        self.width = max(self.width, self.column + self.cells)
        self.height = max(self.height, self.at + self.rows)
        if self.width * self.height > MOST:
            raise TooLargeError(self.width * self.height)

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "row" | "table-row":
                self.row += self.rows
            case "c" | "table-cell" | "covered-table-cell":
                self.column += self.cells
            case "table" if self._apart:
                self._sheet()


def _number(text: str) -> int:
    """A number as a file writes it; one that cannot be read, or is very large, is far."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(FAR)) else FAR


def _column(letters: str) -> int:
    """The column of letters such as ``XFD``, counted from 1."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
