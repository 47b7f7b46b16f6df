"""Read delimited text files: CSV with any common delimiter, line ending and encoding."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

from workbook.importers.formats.encodings import encoding_error, encoding_warning, guess_encoding
from workbook.importers.formats.header_rows import (
    ROWS_SEARCHED,
    HeaderFits,
    HeaderRows,
    find_header,
    likely_header,
)
from workbook.tables.issues import file_issue
from workbook.tables.raw_table import (
    LONGEST_HEADER,
    EncodingError,
    RawTable,
    decode_utf8,
    parse_csv,
    parse_csv_fast,
)

_DELIMITERS = ",;\t|"
_CARRIAGE_RETURNS_MESSAGE = (
    "lines end in carriage returns only, as on old Macintosh computers: they are read as lines"
)

HeaderRecognised = Callable[[tuple[str, ...]], bool]


def read_delimited_text(content: bytes, recognises: HeaderRecognised, fits: HeaderFits) -> RawTable:
    """Read a delimited text file.

    Args:
        content: The file's bytes. A published file may have any encoding, any other only UTF-8.
        recognises: Whether a header is that of a published file.
        fits: Whether a header is that of the table.

    Returns:
        Header and cells.

    Raises:
        ValueError: The file holds no table.
    """
    try:
        raw_table = _read_utf8(content, fits)
    except EncodingError:
        raw_table = _read_other_encoding(content, recognises, fits)
    is_single_byte = b"\0" not in content  # in UTF-16 a null separates CR and LF
    if is_single_byte and b"\r" in content and b"\r\n" not in content:
        return replace(
            raw_table, warnings=(file_issue(_CARRIAGE_RETURNS_MESSAGE), *raw_table.warnings)
        )
    return raw_table


def _read_utf8(content: bytes, fits: HeaderFits) -> RawTable:
    start = content[:LONGEST_HEADER].decode("utf-8-sig", errors="ignore")
    delimiter, header = _locate_header(start, fits)
    if header:
        return _parse_below_header(decode_utf8(content), delimiter, header)
    return parse_csv_fast(content, delimiter)


def _read_other_encoding(
    content: bytes, recognises: HeaderRecognised, fits: HeaderFits
) -> RawTable:
    """Read text that is not in UTF-8: a warning for a published file, an error for any other."""
    encoding = guess_encoding(content)
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    delimiter, header = _locate_header(text[:LONGEST_HEADER], fits)
    raw_table = (
        _parse_below_header(text, delimiter, header) if header else parse_csv(text, delimiter)
    )
    if recognises(raw_table.header):
        return replace(
            raw_table, warnings=(*raw_table.warnings, encoding_warning(raw_table, encoding))
        )
    return replace(raw_table, errors=(*raw_table.errors, encoding_error(raw_table, encoding)))


def _parse_below_header(text: str, delimiter: str, header: HeaderRows) -> RawTable:
    raw_table = parse_csv(text, delimiter, (header.names, header.rows[-1]))
    return replace(raw_table, warnings=(*header.warnings, *raw_table.warnings))


def _locate_header(start: str, fits: HeaderFits) -> tuple[str, HeaderRows | None]:
    """Delimiter of a file, and its header where that is not simply the first row."""
    delimiter = _guess_delimiter(start)
    candidates = {delimiter: _first_records(start, delimiter)}
    candidates |= {other: _first_records(start, other) for other in _DELIMITERS}
    for candidate, records in candidates.items():
        if header := find_header(records, fits):
            return candidate, header if header.warnings else None
    widest = max(candidates, key=lambda other: max(map(len, candidates[other]), default=0))
    if header := likely_header(candidates[widest]):
        return widest, header
    return delimiter, None


def _first_records(start: str, delimiter: str) -> list[list[str]]:
    """Cells of the first rows, up to one that is not CSV."""
    records: list[list[str]] = []
    reader = csv.reader(
        io.StringIO(start, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    try:
        for record in reader:
            records.append(record)
            if len(records) == ROWS_SEARCHED:
                break
    except csv.Error:
        pass
    return records


def _guess_delimiter(start: str) -> str:
    """Delimiter that splits the first line into the most cells."""
    lines = start.splitlines()[:1]
    return max(
        _DELIMITERS, key=lambda delimiter: len(next(csv.reader(lines, delimiter=delimiter), []))
    )
