"""Read delimited text files: CSV with any common delimiter, line ending and encoding."""

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
    "lines end in carriage returns only, as on old Macintosh computers: they are read as lines"
)

HeaderRecognised = Callable[[tuple[str, ...]], bool]


def read_delimited_text(content: bytes, recognises: HeaderRecognised) -> RawTable:
    """Read a delimited text file.

    Args:
        content: The file's bytes. A published file may have any encoding, any other only UTF-8.
        recognises: Whether a header is that of a published file.

    Returns:
        Header and cells.

    Raises:
        ValueError: The file holds no table.
    """
    try:
        raw_table = parse_csv_fast(
            content, _guess_delimiter(content[:LONGEST_HEADER].decode(errors="ignore"))
        )
    except EncodingError:
        raw_table = _read_other_encoding(content, recognises)
    is_single_byte = b"\0" not in content  # in UTF-16 a null separates CR and LF
    if is_single_byte and b"\r" in content and b"\r\n" not in content:
        return replace(
            raw_table, warnings=(file_issue(_CARRIAGE_RETURNS_MESSAGE), *raw_table.warnings)
        )
    return raw_table


def _read_other_encoding(content: bytes, recognises: HeaderRecognised) -> RawTable:
    """Read text that is not in UTF-8: a warning for a published file, an error for any other."""
    encoding = guess_encoding(content)
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    raw_table = parse_csv(text, _guess_delimiter(text[:LONGEST_HEADER]))
    if recognises(raw_table.header):
        return replace(
            raw_table, warnings=(*raw_table.warnings, encoding_warning(raw_table, encoding))
        )
    return replace(raw_table, errors=(*raw_table.errors, encoding_error(raw_table, encoding)))


def _guess_delimiter(start: str) -> str:
    """Delimiter that splits the first line into the most cells."""
    lines = start.splitlines()[:1]
    return max(
        _DELIMITERS, key=lambda delimiter: len(next(csv.reader(lines, delimiter=delimiter), []))
    )
