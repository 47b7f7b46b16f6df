"""Text files: the sign between their cells, their encoding, and the grid that they hold."""

import csv
from collections.abc import Callable
from dataclasses import replace

from workbook.importers.encodings import encoding_of, expected, published
from workbook.tables.grid import LONGEST_HEADER, EncodingError, Grid, parsed, parsed_fast
from workbook.tables.problems import whole

DELIMITERS = ",;\t|"
AGED = "the lines end in carriage returns alone, as on an old Macintosh: read as lines"

Recognises = Callable[[tuple[str, ...]], bool]


def grid(content: bytes, recognises: Recognises) -> Grid:
    """The grid of a text file; a published file, which is recognised, may have any encoding.

    Raises ValueError for what is no table.
    """
    try:
        found = parsed_fast(content, _delimiter(content[:LONGEST_HEADER].decode(errors="ignore")))
    except EncodingError:
        found = _decoded(content, recognises)
    plain = b"\0" not in content  # in UTF-16 no two signs stand side by side
    if plain and b"\r" in content and b"\r\n" not in content:
        return replace(found, oddities=(whole(AGED), *found.oddities))
    return found


def _decoded(content: bytes, recognises: Recognises) -> Grid:
    """The grid of a text that is not in UTF-8, which is odd in a published file, else wrong."""
    encoding = encoding_of(content)
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    found = parsed(text, _delimiter(text[:LONGEST_HEADER]))
    if recognises(found.header):
        return replace(found, oddities=(*found.oddities, published(found, encoding)))
    return replace(found, errors=(*found.errors, expected(found, encoding)))


def _delimiter(start: str) -> str:
    """The sign that parts the first line into the most cells."""
    lines = start.splitlines()[:1]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader(lines, delimiter=sign), [])))
