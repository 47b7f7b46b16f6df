"""Clean texts, so that names that look the same are the same.

Every kind of space becomes a space, characters without a width are removed, and letters are
composed. Control characters, which XML cannot hold, become spaces with a warning.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from workbook.tables.issues import TableIssue, first_of_several
from workbook.tables.raw_table import collapse_spaces, joined_bytes, trim_cells

_CONTROL_CHARACTERS: Final = (
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x{84}\\x{86}-\\x{9f}\\x{fffe}\\x{ffff}]"
)
_CONTROL_BYTES: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_SPACES: Final = r"\p{Zs}"
_NO_WIDTH: Final = "[\\x{ad}\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]"


def clean_cells(cells: pa.Array) -> pa.Array:
    """Trim text cells and clean their characters. Blank cells become null.

    Args:
        cells: Cells of a column: numbers, which stay as they are, or text.

    Returns:
        The cells, dictionary-encoded if they were.
    """
    if pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(cells.indices, clean_cells(cells.dictionary))
    return collapse_spaces(trim_cells(_clean_characters(cells)))


def control_character_issues(
    header: str, cells: pa.Array, row_numbers: Sequence[int] | npt.NDArray[np.int64]
) -> Iterator[TableIssue]:
    """Warn once of a column's control characters, which ``clean_cells`` replaces.

    Args:
        header: Header of the column in the file.
        cells: Its cells, not yet cleaned.
        row_numbers: Row number in the file of each cell.

    Yields:
        A warning, if there is a control character.
    """
    texts = cells.dictionary if pa.types.is_dictionary(cells.type) else cells
    if not _is_text(texts) or _is_plain(texts):
        return
    has_control_character = pc.match_substring_regex(cells.cast(pa.string()), _CONTROL_CHARACTERS)
    positions = np.flatnonzero(
        pc.fill_null(has_control_character, fill_value=False).to_numpy(zero_copy_only=False)
    )
    if positions.size:
        position = int(positions[0])
        message = "has a control character, which is replaced by a space" + first_of_several(
            positions.size, "cells of this column"
        )
        text = cells[position].as_py()
        yield TableIssue(int(row_numbers[position]), header, text, message)


def _clean_characters(cells: pa.Array) -> pa.Array:
    if not _is_text(cells) or _is_plain(cells):
        return cells
    cells = pc.replace_substring_regex(cells, _NO_WIDTH, "")
    cells = pc.replace_substring_regex(cells, f"{_CONTROL_CHARACTERS}|{_SPACES}", " ")
    return pc.utf8_normalize(cells, form="NFC")


def _is_text(cells: pa.Array) -> bool:
    return bool(pa.types.is_string(cells.type))


def _is_plain(cells: pa.Array) -> bool:
    """Whether all characters are in ASCII and none is a control character."""
    text = joined_bytes(cells)
    return text.isascii() and len(text.translate(None, _CONTROL_BYTES)) == len(text)
