"""How a number is written in a table, and the numbers that a column holds."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbook.tables.grid import characters, longest
from workbook.tables.problems import LONGEST, cut
from workbook.tables.texts import Cells

NUMERIC = {"Int64": "a whole number", "float64": "a number"}
WRITTEN = {
    "Int64": r"-?[0-9]{1,15}(\.0+)?",
    "float64": r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?",
}
"""How a number is written: one with thousands separated, or a date's slip, is not taken for one."""

NOWHERE: npt.NDArray[np.intp] = np.array([], np.intp)
LONGEST_PLAIN = {"Int64": 15, "float64": 300}
"""Digits of a number that is surely whole, or finite."""

LARGEST_WHOLE = 1e15
MARKER = r"^\[[^\]]*[^\]0-9][^\]]*\]$"
"""A marker for missing, such as ``[x]`` or ``[not provided]``."""

NOT_REPORTED = {"-", "–", "—", ".", "..", "…", ":", "n/a", "na", "n.a.", "null", "none", "nil"}
BLANK = "leave blank what was not reported"


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column's numbers, null where there is none, and the positions of cells that are none.

    ``marked`` are the cells that hold a marker for missing, ``bad`` those that hold anything else.
    """

    values: pa.Array
    bad: npt.NDArray[np.intp]
    marked: npt.NDArray[np.intp]


def numbers(column: pa.Array, kind: str) -> Numbers:
    """The numbers of a column: of text, of coded text, or of numbers of any width."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if is_number(column.type):
        values = column.cast(pa.float64(), safe=False)
        column = pc.if_else(pc.is_nan(values), None, column)
        fine = _whole(values) if kind == "Int64" else pc.is_finite(values)
    else:
        column = column.cast(pa.string())
        if (plain := _plain(column, kind)) is not None:
            return Numbers(plain, NOWHERE, NOWHERE)
        fine = pc.match_substring_regex(column, f"^({WRITTEN[kind]})$")
        values = pc.if_else(fine, column, None).cast(pa.float64())
        fine = pc.and_kleene(fine, pc.is_finite(values))
    if pc.all(fine).as_py() is not False:
        return Numbers(values, NOWHERE, NOWHERE)
    unread = positions(pc.and_not(pc.is_valid(column), pc.fill_null(fine, fill_value=False)))
    marked = positions(pc.match_substring_regex(column.take(unread).cast(pa.string()), MARKER))
    return Numbers(pc.if_else(fine, values, None), np.delete(unread, marked), unread[marked])


def _plain(texts: pa.Array, kind: str) -> pa.Array | None:
    """The numbers where digits and points alone make all of them, else None."""
    signs = characters(texts).translate(None, b"0123456789")
    allowed = b"." if kind == "float64" else b""
    if signs.strip(allowed) or longest(texts) > LONGEST_PLAIN[kind]:
        return None
    try:
        return texts.cast(pa.float64())
    except pa.ArrowInvalid:  # a number has one point at most
        return None


def array(values: pa.Array, kind: str) -> Cells:
    """Numbers as a frame holds those of a kind."""
    figures: npt.NDArray[np.float64] = values.to_numpy(zero_copy_only=False, writable=True)
    if kind == "Int64":
        missing = np.isnan(figures)
        figures[missing] = 0
        return pd.arrays.IntegerArray(figures.astype("int64"), missing)
    return figures


def floats(cells: Cells) -> npt.NDArray[np.float64]:
    """A column of numbers as floats, NaN where one is missing."""
    return cells if isinstance(cells, np.ndarray) else cells.to_numpy(np.float64, na_value=np.nan)


def is_marker(text: object) -> bool:
    """Whether a text is a marker for missing."""
    return bool(re.fullmatch(MARKER, str(text)))


def positions(true: pa.Array) -> npt.NDArray[np.intp]:
    """Positions at which an array of booleans is true."""
    return np.flatnonzero(pc.fill_null(true, fill_value=False).to_numpy(zero_copy_only=False))


def said(text: str, kind: str) -> str:
    """The sentence on a cell that is not a number, with what would be right where that is plain."""
    return f"{cut(text)!r} is not {NUMERIC[kind]}{_advice(text)}"


def _advice(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    bare = text.strip().lower()
    if bare in NOT_REPORTED or bare.startswith("#"):
        return f": {BLANK}"
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", bare):
        return f": write {bare.replace(',', '')}"
    if noted := re.fullmatch(r"(-?[0-9.]+)\s*([*†‡]+|\[[^\]]*\]|\([^)]*\)|[a-z])", bare):
        return f": write {noted[1]}, without the mark of a note"
    return ""


def is_number(kind: pa.DataType) -> bool:
    """Whether an Arrow type is one of numbers."""
    return bool(
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )


def _whole(values: pa.Array) -> pa.Array:
    small = pc.less(pc.abs(values), LARGEST_WHOLE)
    return pc.and_(small, pc.equal(pc.round(values), values))
