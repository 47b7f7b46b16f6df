"""Text files: the sign between their cells, their encoding, and the grid that they hold."""

import csv
from collections.abc import Callable
from dataclasses import replace

from workbook.importers.formats.encodings import encoding_error, encoding_warning, guess_encoding
from workbook.tables.issues import file_issue
from workbook.tables.raw_table import (
    LONGEST_HEADER,
    EncodingError,
    RawTable,
    parse_csv,
    parse_csv_fast,
)

_DELIMITERS = ",;\t|"
_CARRIAGE_RETURNS_MESSAGE = (
    "the lines end in carriage returns alone, as on an old Macintosh: read as lines"
)

HeaderRecognised = Callable[[tuple[str, ...]], bool]


def read_delimited_text(content: bytes, recognises: HeaderRecognised) -> RawTable:
    """The grid of a text file; a published file, which is recognised, may have any encoding.

    Raises ValueError for what is no table.
    """
    try:
        raw_table = parse_csv_fast(
            content, _guess_delimiter(content[:LONGEST_HEADER].decode(errors="ignore"))
        )
    except EncodingError:
        raw_table = _read_other_encoding(content, recognises)
    is_single_byte = b"\0" not in content  # in UTF-16 no two signs stand side by side
    if is_single_byte and b"\r" in content and b"\r\n" not in content:
        return replace(
            raw_table, warnings=(file_issue(_CARRIAGE_RETURNS_MESSAGE), *raw_table.warnings)
        )
    return raw_table


def _read_other_encoding(content: bytes, recognises: HeaderRecognised) -> RawTable:
    """The grid of a text that is not in UTF-8, which is odd in a published file, else wrong."""
    encoding = guess_encoding(content)
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    raw_table = parse_csv(text, _guess_delimiter(text[:LONGEST_HEADER]))
    if recognises(raw_table.header):
        return replace(
            raw_table, warnings=(*raw_table.warnings, encoding_warning(raw_table, encoding))
        )
    return replace(raw_table, errors=(*raw_table.errors, encoding_error(raw_table, encoding)))


def _guess_delimiter(start: str) -> str:
    """The sign that parts the first line into the most cells."""
    lines = start.splitlines()[:1]
    return max(
        _DELIMITERS, key=lambda delimiter: len(next(csv.reader(lines, delimiter=delimiter), []))
    )
