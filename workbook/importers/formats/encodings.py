"""Guess the encoding of text that is not UTF-8, and report where it shows."""

import codecs
from typing import Final

from workbook.tables.issues import TableIssue
from workbook.tables.raw_table import RawTable

_ENCODING_NAMES: Final = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}
_COMMON_CHARACTERS: Final = frozenset(
    "\N{LEFT SINGLE QUOTATION MARK}’“”–—…•£€\N{NO-BREAK SPACE}éèêëáàâäíìîïóòôöúùûüçñß®©™°½¼¾§"
)
"""Common characters beyond ASCII in published text. Both encodings have the pound sign at the same
byte; where one has a quotation mark, the other has an accented capital."""

_SAMPLE_LENGTH: Final = 1000
_LEAST_ASCII_SHARE: Final = 0.75


def guess_encoding(content: bytes) -> str:
    """Guess the encoding of text that is not in UTF-8.

    Args:
        content: The file's bytes.

    Returns:
        Python's name of the encoding.

    Raises:
        ValueError: The file is binary.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in content:
        return _guess_utf16_without_mark(content)
    return max(("cp1252", "mac_roman"), key=lambda encoding: _encoding_score(content, encoding))


def first_non_ascii_cell(raw_table: RawTable) -> tuple[int, str, str]:
    """Row, header and text of the first cell that is not ASCII, or of the first header."""
    for name in raw_table.header:
        if not name.isascii():
            return raw_table.header_row, name, name
    cells = [
        (row, column_index, text)
        for column_index, column in enumerate(raw_table.columns)
        for row, text in enumerate(column.to_pylist())
        if text and not text.isascii()
    ]
    if not cells:
        return raw_table.header_row, raw_table.header[0], raw_table.header[0]
    row, at, text = min(cells)
    return raw_table.row_numbers[row], raw_table.header[at], text


def encoding_error(raw_table: RawTable, encoding: str) -> TableIssue:
    """Error for a tidy table that is not in UTF-8."""
    message = (
        f"is not in UTF-8 but probably in {_ENCODING_NAMES[encoding]}: save the file as CSV UTF-8"
    )
    return TableIssue(*first_non_ascii_cell(raw_table), message)


def encoding_warning(raw_table: RawTable, encoding: str) -> TableIssue:
    """Warning for a published file that is not in UTF-8."""
    return TableIssue(
        *first_non_ascii_cell(raw_table),
        f"is not in UTF-8: the file is read as {_ENCODING_NAMES[encoding]}",
    )


def _guess_utf16_without_mark(content: bytes) -> str:
    """Recognise UTF-16 without a byte order mark by its printable ASCII text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content[:_SAMPLE_LENGTH].decode(encoding, "replace")
        printable = "".join(text.split()).isprintable()
        if printable and sum(map(str.isascii, text)) > _LEAST_ASCII_SHARE * len(text):
            return encoding
    msg = "the file is binary, not text: save it as CSV UTF-8"
    raise ValueError(msg)


def _encoding_score(content: bytes, encoding: str) -> int:
    """Number of common characters, less the number of undefined ones, in this encoding."""
    non_ascii = content.translate(None, bytes(range(128)))
    text = non_ascii.decode(encoding, "replace")
    return sum((character in _COMMON_CHARACTERS) - (character == "\ufffd") for character in text)
