"""Read spreadsheets (XLSX and ODS): the sheet that holds a table."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from workbook.importers.formats.header_rows import HeaderFits, find_header, likely_header
from workbook.importers.formats.office_files import describe_archive
from workbook.importers.formats.spreadsheet_errors import error_cells
from workbook.importers.formats.spreadsheet_limits import (
    MAXIMUM_CELLS,
    TooLargeError,
    check_spreadsheet_size,
)
from workbook.tables.issues import file_issue
from workbook.tables.raw_table import NO_ROWS_MESSAGE, RawTable, build_raw_table
from workbook.text.grammar import join_items
from workbook.text.quoting import quote_text, shorten_text

MAXIMUM_UNPACKED_BYTES: Final = 500_000_000
"""Unpacked size that is read at most. A small archive can unpack to any size."""

_ARCHIVE_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""Exceptions for an archive that is damaged or has an unknown compression."""

_SAVE_AS_CSV_ADVICE: Final = "save the sheet as CSV UTF-8"


def read_spreadsheet(content: bytes, is_tidy: HeaderFits, fits: HeaderFits) -> RawTable:
    """Read the first sheet with a tidy table, else the first whose header fits, else the widest.

    Args:
        content: The file's bytes.
        is_tidy: Whether a header has the table's own columns.
        fits: Whether a header is that of the table, tidy or published.

    Returns:
        Header and cells, with a warning that names the other sheets.

    Raises:
        ValueError: The file is not a spreadsheet, is damaged or too large, or has no rows.
    """
    read_sheets = _read_sheets(content, fits)
    sheets = {name: raw_table for name, raw_table in read_sheets.items() if raw_table}
    if not sheets:
        raise ValueError(NO_ROWS_MESSAGE)
    widest = max(sheets, key=lambda name: sum(map(bool, sheets[name].header)))
    fitting = [name for name, sheet in sheets.items() if fits(sheet.header)]
    name = next(
        (name for name in fitting if is_tidy(sheets[name].header)), next(iter([*fitting, widest]))
    )
    other_names = [other for other in sheets if other != name]
    if not other_names:
        return sheets[name]
    message = (
        f"sheet {quote_text(name)} is read. Other sheets are ignored:"
        f" {join_items(map(quote_text, other_names))}"
    )
    return replace(sheets[name], warnings=(file_issue(message), *sheets[name].warnings))


def _read_sheets(content: bytes, fits: HeaderFits) -> dict[str, RawTable | None]:
    """Read every sheet by name; None for one without rows."""
    _check_archive(content)
    try:
        spreadsheet = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = dict(_sheet_rows(spreadsheet))
    except TooLargeError:
        raise
    except (CalamineError, OSError, ValueError) as error:
        msg = f"the file cannot be read as a spreadsheet ({error}): {_SAVE_AS_CSV_ADVICE}"
        raise ValueError(msg) from None
    errors = error_cells(content)
    return {
        name: _trim_sheet(_cell_texts(sheet, errors.get(name, {})), fits)
        for name, sheet in rows.items()
    }


def _cell_texts(rows: list[list[Any]], errors: dict[tuple[int, int], str]) -> list[list[str]]:
    """Texts of a sheet's cells, with those of errors, which the library gives as blank."""
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    for (row, column), text in errors.items():
        if row < len(texts) and column < len(texts[row]) and not texts[row][column]:
            texts[row][column] = text
    return texts


def _sheet_rows(spreadsheet: CalamineWorkbook) -> Iterator[tuple[str, list[list[Any]]]]:
    """Yield name and rows of every sheet. Raises TooLargeError for too many cells."""
    cells = 0
    for name in spreadsheet.sheet_names:
        sheet = spreadsheet.get_sheet_by_name(name)
        cells += (sheet.total_height + 1) * (sheet.total_width + 1)  # both count from 0
        if cells > MAXIMUM_CELLS:
            raise TooLargeError(cells)
        yield name, sheet.to_python(skip_empty_area=False)


def _check_archive(content: bytes) -> None:
    """Check an archive. Raises ValueError if it is not a spreadsheet, damaged or too large."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_spreadsheet(archive.infolist())
            check_spreadsheet_size(archive)
    except _ARCHIVE_ERRORS:
        msg = "the file is a damaged zip archive: save it again"
        raise ValueError(msg) from None


def _require_spreadsheet(parts: list[zipfile.ZipInfo]) -> None:
    """Check the parts of an archive. Raises ValueError if it is no spreadsheet or too large."""
    names = [part.filename for part in parts]
    if description := describe_archive(names):
        raise ValueError(f"the file is {description}")
    if not {"xl/workbook.xml", "content.xml"} & set(names):
        contents = ", ".join(map(shorten_text, names[:3])) or "nothing"
        msg = (
            f"the file is a zip archive that contains {contents}: unpack it and use the table in it"
        )
        raise ValueError(msg)
    if sum(part.file_size for part in parts) > MAXIMUM_UNPACKED_BYTES:
        msg = (
            f"the spreadsheet unpacks to more than {MAXIMUM_UNPACKED_BYTES // 10**6} MB:"
            f" {_SAVE_AS_CSV_ADVICE}"
        )
        raise ValueError(msg)


def _trim_sheet(rows: list[list[str]], fits: HeaderFits) -> RawTable | None:
    """Build a raw table without blank rows at the end and blank columns on the right."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(
        (column_number for row in rows for column_number, cell in enumerate(row, start=1) if cell),
        default=0,
    )
    records = [row[:width] if any(row) else [] for row in rows]
    header = find_header(records, fits) or likely_header(records)
    try:
        if header is None or not header.warnings:
            return build_raw_table(records)
        raw_table = build_raw_table(records, (header.names, header.rows[-1]))
    except ValueError:
        return None
    return replace(raw_table, warnings=(*header.warnings, *raw_table.warnings))


def _cell_text(cell: object) -> str:
    """Text of a cell as in CSV. A spreadsheet turns a month such as 2014-06 into its first day."""
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
