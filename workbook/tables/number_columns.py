"""Parse columns of numbers."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbook.tables.raw_table import joined_bytes, longest_byte_count
from workbook.tables.text_columns import ColumnArray

NUMBER_DESCRIPTIONS = {"Int64": "a whole number", "float64": "a number"}
NUMBER_PATTERNS = {
    "Int64": r"-?[0-9]{1,15}(\.0+)?",
    "float64": r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?",
}
"""Accepted ways to write a number. Commas are rejected: ``1,5`` may be a decimal."""

NO_POSITIONS: npt.NDArray[np.intp] = np.array([], np.intp)
_LONGEST_PLAIN_NUMBER = {"Int64": 15, "float64": 300}
"""Digits up to which a plain number is certainly exact, or finite."""

_LARGEST_WHOLE_NUMBER = 1e15
_MISSING_MARKER = r"^\[[^\]]*[^\]0-9][^\]]*\]$"
"""A marker for missing, such as ``[x]`` or ``[not provided]``."""


@dataclass(frozen=True, eq=False)
class ParsedNumbers:
    """Numbers of a column.

    Args:
        values: The numbers, null where a cell is blank or not a number.
        unreadable: Positions of cells that are not numbers.
        missing_markers: Positions of cells with a marker for missing, such as ``[x]``.
    """

    values: pa.Array
    unreadable: npt.NDArray[np.intp]
    missing_markers: npt.NDArray[np.intp]


def parse_numbers(column: pa.Array, data_type: str) -> ParsedNumbers:
    """Parse a column of numbers.

    Args:
        column: Text, dictionary-encoded text, or numbers of any width.
        data_type: ``Int64`` or ``float64``.

    Returns:
        The numbers, and the positions of cells that are not numbers.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if is_numeric_type(column.type):
        values = column.cast(pa.float64(), safe=False)
        column = pc.if_else(pc.is_nan(values), None, column)
        is_readable = _is_whole_number(values) if data_type == "Int64" else pc.is_finite(values)
    else:
        column = column.cast(pa.string())
        if (plain_values := _parse_plain_numbers(column, data_type)) is not None:
            return ParsedNumbers(plain_values, NO_POSITIONS, NO_POSITIONS)
        is_readable = pc.match_substring_regex(column, f"^({NUMBER_PATTERNS[data_type]})$")
        values = pc.if_else(is_readable, column, None).cast(pa.float64())
        is_readable = pc.and_kleene(is_readable, pc.is_finite(values))
    if pc.all(is_readable).as_py() is not False:
        return ParsedNumbers(values, NO_POSITIONS, NO_POSITIONS)
    unreadable = true_positions(
        pc.and_not(pc.is_valid(column), pc.fill_null(is_readable, fill_value=False))
    )
    markers = true_positions(
        pc.match_substring_regex(column.take(unreadable).cast(pa.string()), _MISSING_MARKER)
    )
    return ParsedNumbers(
        pc.if_else(is_readable, values, None), np.delete(unreadable, markers), unreadable[markers]
    )


def _parse_plain_numbers(texts: pa.Array, data_type: str) -> pa.Array | None:
    """Parse texts of digits and points only; None if there are other characters."""
    other_characters = joined_bytes(texts).translate(None, b"0123456789")
    allowed = b"." if data_type == "float64" else b""
    if (
        other_characters.strip(allowed)
        or longest_byte_count(texts) > _LONGEST_PLAIN_NUMBER[data_type]
    ):
        return None
    try:
        return texts.cast(pa.float64())
    except pa.ArrowInvalid:  # a number has one point at most
        return None


def to_number_array(values: pa.Array, data_type: str) -> ColumnArray:
    """Convert Arrow numbers to the pandas array of a data type."""
    figures: npt.NDArray[np.float64] = values.to_numpy(zero_copy_only=False, writable=True)
    if data_type == "Int64":
        missing = np.isnan(figures)
        figures[missing] = 0
        return pd.arrays.IntegerArray(figures.astype("int64"), missing)
    return figures


def to_floats(cells: ColumnArray) -> npt.NDArray[np.float64]:
    """Convert a column of numbers to floats, NaN where missing."""
    return cells if isinstance(cells, np.ndarray) else cells.to_numpy(np.float64, na_value=np.nan)


def is_missing_marker(text: object) -> bool:
    """Whether a text is a marker for missing, such as ``[x]``."""
    return bool(re.fullmatch(_MISSING_MARKER, str(text)))


def true_positions(flags: pa.Array) -> npt.NDArray[np.intp]:
    """Positions at which a boolean array is true."""
    return np.flatnonzero(pc.fill_null(flags, fill_value=False).to_numpy(zero_copy_only=False))


def is_numeric_type(data_type: pa.DataType) -> bool:
    """Whether an Arrow type is numeric."""
    return bool(
        pa.types.is_integer(data_type)
        or pa.types.is_floating(data_type)
        or pa.types.is_decimal(data_type)
    )


def _is_whole_number(values: pa.Array) -> pa.Array:
    is_small_enough = pc.less(pc.abs(values), _LARGEST_WHOLE_NUMBER)
    return pc.and_(is_small_enough, pc.equal(pc.round(values), values))
