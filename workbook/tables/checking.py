"""Checking a sheet against a schema: the numbers read, and every rule's findings."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pan
import pyarrow as pa

from workbook.tables import numbers, rules, texts
from workbook.tables.findings import Finding, told
from workbook.tables.grid import characters, first_bytes
from workbook.tables.problems import HEADER_ROW, Problem, cut
from workbook.tables.sheet import Sheet
from workbook.words import RUN_BY_SPREADSHEETS

LARGEST_KEY = 2**62
BLANK = "blank"
"""Of a column's metadata: why no cell of it may be blank."""

LISTED, BETWEEN = "service", ";"
"""The column whose names stand in lists, and the sign between two of them."""

STARTS = "".join(RUN_BY_SPREADSHEETS).encode()


def frame_of(
    sheet: Sheet, schema: pan.DataFrameSchema, period: str
) -> tuple[pd.DataFrame, list[Problem], list[Problem]]:
    """The sheet's frame in the schema's kinds, with its errors and its oddities.

    A cell that is no number is missing in the frame, and so is a marker for missing; the column of
    the ``period`` is ordered where it is coded.
    """
    columns: dict[str, Any] = {}
    errors = [*sheet.errors, *_missing(sheet, schema)]
    oddities = list(sheet.oddities)
    for name, column in schema.columns.items():
        if name not in sheet.cells:
            continue
        kind, unread = str(column.dtype), numbers.NOWHERE
        if kind in numbers.NUMERIC:
            read = numbers.numbers(sheet.cells[name], kind)
            columns[name], unread = numbers.array(read.values, kind), read.bad
            errors += told(_unreadable(name, kind, read.bad, sheet), sheet)
            oddities += told(_marked(name, read.marked, sheet), sheet)
        else:
            columns[name] = texts.array(sheet.cells[name], kind, ordered=name == period)
            oddities += _kept_markers(name, columns[name], sheet)
            oddities += told(_signs(name, columns[name], sheet), sheet)
        for found in _broken(name, columns[name], column, unread, sheet):
            errors += told(found, sheet)
    return pd.DataFrame(columns, copy=False), errors, oddities


def repeats(frame: pd.DataFrame, key: Sequence[str], sheet: Sheet) -> Iterator[Problem]:
    """Rows whose key another row has had; one with a blank in its key has none."""
    if not key or not set(key) <= set(frame.columns):
        return
    keys = _keys(frame, key)
    known = np.flatnonzero(keys >= 0)
    if pd.Index(keys[known]).is_unique:
        return
    held = pd.Series(keys[known], known)
    first = held.index.to_series().groupby(held).transform("first")
    again = first.index[first != first.index].to_numpy()
    names = ", ".join(key)
    say = lambda at: f"repeats the key of row {sheet.place(first[at], key[0])[0]} ({names})"  # noqa: E731
    yield from told(Finding(key[0], again, say), sheet)


def _missing(sheet: Sheet, schema: pan.DataFrameSchema) -> Iterator[Problem]:
    for name, column in schema.columns.items():
        if column.required and name not in sheet.cells:
            theirs = sheet.published.get(name)
            known = f" ({theirs} in the published file)" if theirs else ""
            yield Problem(HEADER_ROW, name, None, f"the column {name}{known} is missing")


def _unreadable(name: str, kind: str, bad: npt.NDArray[np.intp], sheet: Sheet) -> Finding:
    return Finding(name, bad, lambda at: numbers.said(sheet.text(at, name) or "", kind))


def _marked(name: str, marked: npt.NDArray[np.intp], sheet: Sheet) -> Finding:
    """texts.Cells of numbers that hold a marker for missing."""
    say = lambda at: f"{cut(sheet.text(at, name) or '')} is read as not reported"  # noqa: E731
    return Finding(name, marked, say, common=True)


def _kept_markers(name: str, cells: texts.Cells, sheet: Sheet) -> Iterator[Problem]:
    """One oddity for each marker for missing that stands in a column of text."""
    if b"[" not in characters(_texts(sheet, name)):
        return
    codes, labels = texts.coded(cells)
    for code, label in enumerate(labels):
        if numbers.is_marker(label):
            at = np.flatnonzero(codes == code)
            rows = np.unique(np.asarray(sheet.rows)[at]).size
            more = f" ({rows:,} rows, this one first)" if rows > 1 else ""
            yield sheet.problem(int(at[0]), name, f"{cut(label)} means missing, and is kept{more}")


def _texts(sheet: Sheet, name: str) -> pa.Array:
    """The texts of a column, of coded text each of them once."""
    given = sheet.cells[name]
    return given.dictionary if pa.types.is_dictionary(given.type) else given.cast(pa.string())


def _signs(name: str, cells: texts.Cells, sheet: Sheet) -> Finding:
    """Texts with a sign that means something elsewhere, each where it first stands."""
    held = _texts(sheet, name)
    starts = first_bytes(held)
    if BETWEEN.encode() not in characters(held) and not any(sign in starts for sign in STARTS):
        return Finding(name, numbers.NOWHERE, str)
    codes, labels = texts.coded(cells)
    odd = np.array([bool(_sign(name, label)) for label in labels.tolist()], bool)
    at = np.flatnonzero(np.append(odd, False)[codes])
    _, first = np.unique(codes[at], return_index=True)
    return Finding(name, np.sort(at[first]), lambda at: _sign(name, labels[codes[at]]))


def _sign(name: str, text: str) -> str:
    """What is to be said of a sign in a text of a column, nothing where there is none."""
    if text.startswith(RUN_BY_SPREADSHEETS):
        return f"begins with {text[0]}: a spreadsheet would run it"
    if name == LISTED and BETWEEN in text:
        return f"{BETWEEN} is the sign between names in a list: it is shown as ,"
    return ""


def _broken(
    name: str,
    cells: texts.Cells,
    column: pan.Column,
    unread: npt.NDArray[np.intp],
    sheet: Sheet,
) -> Iterator[Finding]:
    """texts.Cells that are blank and must not be, and those that break a rule."""
    if not column.nullable:
        blank = np.flatnonzero(pd.isna(cells))
        blank = np.setdiff1d(blank, unread) if unread.size else blank
        needed = (column.metadata or {}).get(BLANK, "a value is needed")
        yield Finding(name, blank, lambda _: f"is blank: {needed}")
    for check in column.checks:
        broken = _breaking(cells, check)
        yield Finding(name, broken, partial(_said, name, sheet, check))


def _said(name: str, sheet: Sheet, check: pan.Check, at: int) -> str:
    return f"{cut(sheet.text(at, name) or '')} {check.error}"


def _breaking(cells: texts.Cells, check: pan.Check) -> npt.NDArray[np.intp]:
    """Positions of cells that break a rule: of text, each distinct one is asked once."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        figures = numbers.floats(cells)
        allowed = rules.bounds(check)
        above = figures > allowed.get("maximum", np.inf)
        return np.flatnonzero(above | (figures < allowed.get("minimum", -np.inf)))
    codes, labels = texts.coded(cells)
    if labels.empty:
        return numbers.NOWHERE
    kept = check(pd.Series(labels.tolist(), dtype=object)).check_output.to_numpy(bool)
    return np.flatnonzero(np.append(~kept, False)[codes])


def _keys(frame: pd.DataFrame, key: Sequence[str]) -> npt.NDArray[np.int64]:
    """One number for each row's key, -1 where a part of it is blank."""
    keys, size = np.zeros(len(frame), np.int64), 1
    blank = np.zeros(len(frame), bool)
    for name in key:
        codes, labels = texts.coded(frame[name].array)
        if size * (len(labels) + 1) > LARGEST_KEY:
            keys, distinct = pd.factorize(keys)
            size = len(distinct)
        keys = keys * len(labels) + codes
        blank |= codes < 0
        size *= max(len(labels), 1)
    keys[blank] = -1
    return keys
