"""Spreadsheets, XLSX and ODS: the grid of the sheet that a table needs."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from workbook.importers.extents import MOST, TooLargeError, examine
from workbook.tables.grid import NO_ROWS, Grid, grid_of
from workbook.tables.problems import cut, whole

LARGEST: Final = 500_000_000
"""Bytes that a file may hold once it is unpacked: a few kilobytes may hold as many as they like."""

DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What reading an archive raises where it is damaged, or packed in a way that is not known."""

SAVE: Final = "save the sheet as CSV UTF-8"
Fits = Callable[[tuple[str, ...]], bool]


def grid(content: bytes, fits: Fits) -> Grid:
    """The grid of the first sheet whose header ``fits``, or else of the first that has any rows.

    Raises ValueError where there is none, or the file is no spreadsheet.
    """
    held = {name: found for name, found in _sheets(content).items() if found}
    if not held:
        raise ValueError(NO_ROWS)
    name = next((name for name, found in held.items() if fits(found.header)), next(iter(held)))
    others = [other for other in held if other != name]
    if not others:
        return held[name]
    message = f"the sheet {cut(name)} is read; left out: {', '.join(map(cut, others))}"
    return replace(held[name], oddities=(whole(message), *held[name].oddities))


def _sheets(content: bytes) -> dict[str, Grid | None]:
    """The grid of every sheet by its name, None where it has no rows."""
    _examine(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = dict(_rows(book))
    except TooLargeError:
        raise
    except (CalamineError, OSError, ValueError) as error:
        msg = f"the file cannot be read as a spreadsheet ({error}): {SAVE}"
        raise ValueError(msg) from None
    return {name: _grid([[_text(cell) for cell in row] for row in rows[name]]) for name in rows}


def _rows(book: CalamineWorkbook) -> Iterator[tuple[str, list[list[Any]]]]:
    """Every sheet's rows by its name, as long as memory has room for them."""
    cells = 0
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        cells += (sheet.total_height + 1) * (sheet.total_width + 1)  # both count from 0
        if cells > MOST:
            raise TooLargeError(cells)
        yield name, sheet.to_python(skip_empty_area=False)


def _examine(content: bytes) -> None:
    """Raises ValueError for an archive that is no spreadsheet, or holds too much to be one."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _is_spreadsheet(archive.infolist())
            examine(archive)
    except DAMAGES:
        msg = "the file is a zip archive, and damaged: save it anew"
        raise ValueError(msg) from None


def _is_spreadsheet(parts: list[zipfile.ZipInfo]) -> None:
    """Raises ValueError where an archive of these parts is no spreadsheet, or holds too much."""
    names = [part.filename for part in parts]
    if not {"xl/workbook.xml", "content.xml"} & set(names):
        holds = ", ".join(map(cut, names[:3])) or "nothing"
        msg = f"the file is a zip archive (it holds {holds}): unpack it and give the table inside"
        raise ValueError(msg)
    if sum(part.file_size for part in parts) > LARGEST:
        msg = f"the spreadsheet holds more than {LARGEST // 10**6} MB: {SAVE}"
        raise ValueError(msg)


def _grid(rows: list[list[str]]) -> Grid | None:
    """The grid of a sheet without the blank rows at its foot and blank columns at its side."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at for row in rows for at, cell in enumerate(row, start=1) if cell), default=0)
    try:
        return grid_of(row[:width] if any(row) else [] for row in rows)
    except ValueError:
        return None


def _text(cell: object) -> str:
    """A cell as it would be written in CSV; a month typed as 2014-06 has become its first day."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case datetime() if cell.time() == time():
            return _day(cell)
        case date() if not isinstance(cell, datetime):
            return _day(cell)
    return str(cell).strip()


def _day(day: date) -> str:
    return f"{day:%Y-%m}" if day.day == 1 else f"{day:%Y-%m-%d}"
