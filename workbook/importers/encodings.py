"""Encodings: the text of a file that is not UTF-8, and where the first letter of that kind is."""

import codecs
from typing import Final

from workbook.tables.grid import Grid
from workbook.tables.problems import Problem

NAMES: Final = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}
USUAL: Final = frozenset(
    "\N{LEFT SINGLE QUOTATION MARK}’“”–—…•£€\N{NO-BREAK SPACE}éèêëáàâäíìîïóòôöúùûüçñß®©™°½¼¾§"
)
"""Signs beyond ASCII that published text has. Either encoding has the pound sign at the same byte;
where the one has a quotation mark, the other has a capital with an accent."""

SAMPLE: Final = 1000
MOSTLY: Final = 0.75


def encoding_of(content: bytes) -> str:
    """How text that is not in UTF-8 seems to be encoded. Raises ValueError for what is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in content:
        return _without_mark(content)
    return max(("cp1252", "mac_roman"), key=lambda encoding: _likelihood(content, encoding))


def first_of(grid: Grid) -> tuple[int, str, str]:
    """Row, header and text of the first cell that is not plain ASCII, or of the first header."""
    for name in grid.header:
        if not name.isascii():
            return grid.header_row, name, name
    found = [
        (row, at, text)
        for at, column in enumerate(grid.columns)
        for row, text in enumerate(column.to_pylist())
        if text and not text.isascii()
    ]
    if not found:
        return grid.header_row, grid.header[0], grid.header[0]
    row, at, text = min(found)
    return grid.numbers[row], grid.header[at], text


def expected(grid: Grid, encoding: str) -> Problem:
    """The error on a file of one's own that is not UTF-8."""
    message = f"is not in UTF-8; it seems to be {NAMES[encoding]}: save the file as CSV UTF-8"
    return Problem(*first_of(grid), message)


def published(grid: Grid, encoding: str) -> Problem:
    """The oddity of a published file that is not UTF-8."""
    return Problem(*first_of(grid), f"is not in UTF-8: the file is read as {NAMES[encoding]}")


def _without_mark(content: bytes) -> str:
    """UTF-16 without its mark, told by the nulls and by text that can be printed."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content[:SAMPLE].decode(encoding, "replace")
        printable = "".join(text.split()).isprintable()
        if printable and sum(map(str.isascii, text)) > MOSTLY * len(text):
            return encoding
    msg = "the file is binary, not a table as text: save it as CSV UTF-8"
    raise ValueError(msg)


def _likelihood(content: bytes, encoding: str) -> int:
    """How many signs are usual ones, less those that no text of this encoding has."""
    beyond = content.translate(None, bytes(range(128)))
    text = beyond.decode(encoding, "replace")
    return sum((sign in USUAL) - (sign == "\ufffd") for sign in text)
