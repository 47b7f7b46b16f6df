"""Spreadsheets, XLSX and ODS: the grid of the sheet that a table needs."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from workbook.importers.formats.spreadsheet_limits import (
    MAXIMUM_CELLS,
    TooLargeError,
    check_spreadsheet_size,
)
from workbook.tables.issues import file_issue
from workbook.tables.raw_table import NO_ROWS_MESSAGE, RawTable, build_raw_table
from workbook.text.quoting import shorten_text

MAXIMUM_UNPACKED_BYTES: Final = 500_000_000
"""Bytes that a file may hold once it is unpacked: a few kilobytes may hold as many as they like."""

_ARCHIVE_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What reading an archive raises where it is damaged, or packed in a way that is not known."""

_SAVE_AS_CSV_ADVICE: Final = "save the sheet as CSV UTF-8"
HeaderFits = Callable[[tuple[str, ...]], bool]


def read_spreadsheet(content: bytes, fits: HeaderFits) -> RawTable:
    """The grid of the first sheet whose header ``fits``, or else of the first that has any rows.

    Raises ValueError where there is none, or the file is no spreadsheet.
    """
    sheets = {name: raw_table for name, raw_table in _read_sheets(content).items() if raw_table}
    if not sheets:
        raise ValueError(NO_ROWS_MESSAGE)
    name = next((name for name, found in sheets.items() if fits(found.header)), next(iter(sheets)))
    other_names = [other for other in sheets if other != name]
    if not other_names:
        return sheets[name]
    message = (
        f"the sheet {shorten_text(name)} is read; left out:"
        f" {', '.join(map(shorten_text, other_names))}"
    )
    return replace(sheets[name], warnings=(file_issue(message), *sheets[name].warnings))


def _read_sheets(content: bytes) -> dict[str, RawTable | None]:
    """The grid of every sheet by its name, None where it has no rows."""
    _check_archive(content)
    try:
        spreadsheet = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = dict(_sheet_rows(spreadsheet))
    except TooLargeError:
        raise
    except (CalamineError, OSError, ValueError) as error:
        msg = f"the file cannot be read as a spreadsheet ({error}): {_SAVE_AS_CSV_ADVICE}"
        raise ValueError(msg) from None
    return {
        name: _trim_sheet([[_cell_text(cell) for cell in row] for row in rows[name]])
        for name in rows
    }


def _sheet_rows(spreadsheet: CalamineWorkbook) -> Iterator[tuple[str, list[list[Any]]]]:
    """Every sheet's rows by its name, as long as memory has room for them."""
    cells = 0
    for name in spreadsheet.sheet_names:
        sheet = spreadsheet.get_sheet_by_name(name)
        cells += (sheet.total_height + 1) * (sheet.total_width + 1)  # both count from 0
        if cells > MAXIMUM_CELLS:
            raise TooLargeError(cells)
        yield name, sheet.to_python(skip_empty_area=False)


def _check_archive(content: bytes) -> None:
    """Raises ValueError for an archive that is no spreadsheet, or holds too much to be one."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_spreadsheet(archive.infolist())
            check_spreadsheet_size(archive)
    except _ARCHIVE_ERRORS:
        msg = "the file is a zip archive, and damaged: save it anew"
        raise ValueError(msg) from None


def _require_spreadsheet(parts: list[zipfile.ZipInfo]) -> None:
    """Raises ValueError where an archive of these parts is no spreadsheet, or holds too much."""
    names = [part.filename for part in parts]
    if not {"xl/workbook.xml", "content.xml"} & set(names):
        contents = ", ".join(map(shorten_text, names[:3])) or "nothing"
        msg = (
            f"the file is a zip archive (it holds {contents}): unpack it and give the table inside"
        )
        raise ValueError(msg)
    if sum(part.file_size for part in parts) > MAXIMUM_UNPACKED_BYTES:
        msg = (
            f"the spreadsheet holds more than {MAXIMUM_UNPACKED_BYTES // 10**6} MB:"
            f" {_SAVE_AS_CSV_ADVICE}"
        )
        raise ValueError(msg)


def _trim_sheet(rows: list[list[str]]) -> RawTable | None:
    """The grid of a sheet without the blank rows at its foot and blank columns at its side."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(
        (column_number for row in rows for column_number, cell in enumerate(row, start=1) if cell),
        default=0,
    )
    try:
        return build_raw_table(row[:width] if any(row) else [] for row in rows)
    except ValueError:
        return None


def _cell_text(cell: object) -> str:
    """A cell as it would be written in CSV; a month typed as 2014-06 has become its first day."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case datetime() if cell.time() == time():
            return _format_day(cell)
        case date() if not isinstance(cell, datetime):
            return _format_day(cell)
    return str(cell).strip()


def _format_day(day: date) -> str:
    return f"{day:%Y-%m}" if day.day == 1 else f"{day:%Y-%m-%d}"
