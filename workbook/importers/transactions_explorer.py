"""The published file of the Transactions Explorer: a row for each service, columns by window.

Any release of it: with more or fewer windows, with columns named or printed otherwise. It is a
reader of the table ``take_up``, with a row for each service and window that has a figure.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from workbook.importers.wide_headers import Heads, heads
from workbook.tables.grid import Grid, characters, one_space, trimmed
from workbook.tables.numbers import is_number
from workbook.tables.problems import Problem, cut
from workbook.tables.sheet import Place, Sheet, not_understood
from workbook.tables.windows import month

PERIOD = "window_end"
DESCRIBED = {
    "department": ("department", "dept", "ministry", "department abbreviation"),
    "organisation": (
        "body agency",
        "agency body",
        "agency",
        "body",
        "organisation",
        "organization",
        "organisation name",
        "org",
        "agency abbreviation",
    ),
    "service": ("name of service", "service name", "service", "transaction name", "transaction"),
    "function": ("service type", "type of service", "function", "transaction type", "category"),
    "funding": ("business model", "funding", "funding model"),
    "source": ("source",),
}
"""What a column that describes a service may be called, the likeliest first."""

REQUIRED = {"department", "organisation", "service"}

NEEDLESS = ("abbreviation", "url", "link", "description", "note", "customer", "contact")
"""Signs of a column that is understood and not needed."""

SIGNS = re.compile(r"[^a-z]+")
ALIKE = 0.85


def recognises(header: tuple[str, ...]) -> bool:
    """Whether this is the header of such a file: it has a window's column that can be read."""
    return bool(heads(header, 1).read)


def sheet(grid: Grid) -> Sheet:
    """The sheet of such a file."""
    found = heads(grid.header, grid.header_row)
    named, odd = _described(grid, found.known)
    kept_heads = {name: grid.header[at] for name, at in named.items()}
    texts = {name: _one_line(grid.columns[at]) for name, at in named.items()}
    twice, errors = _twice(texts, grid, kept_heads.get("service", ""))
    laid = _Laid(found, grid, twice)
    rows = pa.array(laid.rows)
    cells: dict[str, pa.Array[Any]] = {name: text.take(rows) for name, text in texts.items()}
    ends = pa.array([month(end) for end in laid.ends], pa.string()).dictionary_encode()
    cells[PERIOD] = ends.take(pa.array(laid.windows))
    cells |= laid.measures
    numbers = np.asarray(grid.numbers, np.int64)[laid.rows]

    def place(position: int, column: str) -> Place:
        if column == PERIOD:
            return grid.header_row, laid.first_head(position)
        head = kept_heads.get(column) or laid.head(position, column)
        return int(numbers[position]), head

    oddities = (*grid.oddities, *found.oddities, *odd, *_empty(laid, grid, twice))
    return Sheet(cells, numbers, place, (*grid.errors, *found.errors, *errors), oddities)


class _Laid:
    """The figures, service by service and in each window by window, where there is any."""

    def __init__(self, found: Heads, grid: Grid, left_out: npt.NDArray[np.bool_]) -> None:
        self.ends = sorted({head.end for head in found.read})
        self._heads = {(head.measure, head.end): head for head in found.read}
        shape = (len(self.ends), len(left_out))
        measures = {
            measure: trimmed(self._end_to_end(measure, grid))
            for measure in dict.fromkeys(head.measure for head in found.read)
        }
        filled = np.zeros(shape, bool)
        for cells in measures.values():
            filled |= pc.is_valid(cells).to_numpy(zero_copy_only=False).reshape(shape)
        filled[:, left_out] = False
        self.rows, self.windows = np.nonzero(filled.T)
        at = pa.array(self.windows * len(left_out) + self.rows)
        self.measures = {name: cells.take(at) for name, cells in measures.items()}

    def _end_to_end(self, measure: str, grid: Grid) -> pa.Array:
        """The cells of a measure, window after window; as text, if any of them is text."""
        heads = [self._heads.get((measure, end)) for end in self.ends]
        columns = [grid.columns[head.at] for head in heads if head]
        kind = pa.float64() if all(is_number(column.type) for column in columns) else pa.string()
        columns = [column if column.type == kind else column.cast(kind) for column in columns]
        told = iter(columns)
        blank = pa.nulls(len(grid.numbers), kind)
        return pa.concat_arrays([next(told) if head else blank for head in heads])

    def head(self, position: int, measure: str) -> str:
        """The header of a measure's cell."""
        head = self._heads.get((measure, self.ends[self.windows[position]]))
        return head.printed if head else measure

    def first_head(self, position: int) -> str:
        """The first header of a window."""
        end = self.ends[self.windows[position]]
        return min((h for h in self._heads.values() if h.end == end), key=lambda h: h.at).printed


def _described(grid: Grid, windows: set[str]) -> tuple[dict[str, int], list[Problem]]:
    """Where the columns that describe a service stand, and what is odd about the others."""
    folded = [_folded(name) for name in grid.header]
    named: dict[str, int] = {}
    odd: list[Problem] = []
    for name, titles in DESCRIBED.items():
        at = next((folded.index(title) for title in titles if title in folded), None)
        if at is not None and at not in named.values():
            named[name] = at
    for name in REQUIRED - set(named):
        if near := get_close_matches(DESCRIBED[name][0], folded, n=1, cutoff=ALIKE):
            named[name] = folded.index(near[0])
            head = grid.header[named[name]]
            odd.append(Problem(grid.header_row, head, head, f"is read as the {name}"))
    needless = {
        head
        for head, text in zip(grid.header, folded, strict=True)
        if head not in windows and any(sign in text for sign in NEEDLESS)
    }
    known = {*windows, *needless, *(grid.header[at] for at in named.values()), ""}
    return named, [*odd, *not_understood(grid.header, known, grid.header_row)]


def _folded(name: str) -> str:
    return " ".join(SIGNS.sub(" ", name.lower()).split())


def _text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _one_line(column: pa.Array) -> pa.Array:
    """Texts without the line feeds inside, each distinct one held once."""
    texts = _text(column)
    held = characters(texts)
    if b"\n" in held or b"\r" in held:
        texts = pc.replace_substring_regex(texts, r"\s*[\r\n]+\s*", " ")
    return one_space(trimmed(texts)).dictionary_encode()


def _twice(
    texts: Mapping[str, pa.Array], grid: Grid, head: str
) -> tuple[npt.NDArray[np.bool_], list[Problem]]:
    """Rows whose service another row of the same organisation has had, with their errors."""
    twice = np.zeros(len(grid.numbers), bool)
    errors: list[Problem] = []
    first: dict[tuple[int | None, ...], int] = {}
    named = [texts[name] for name in ("organisation", "service") if name in texts]
    pairs = list(zip(*(column.indices.to_pylist() for column in named), strict=True))
    if len(named) == 1 or len(set(pairs)) == len(pairs):
        return twice, errors
    for at, pair in enumerate(pairs):
        if None in pair:
            continue
        if first.setdefault(pair, at) != at:
            twice[at] = True
            home, service = (column[at].as_py() for column in named)
            row = grid.numbers[first[pair]]
            message = f"{cut(service)!r} of {cut(home)} stands in row {row} already"
            errors.append(Problem(grid.numbers[at], head, service, message))
    return twice, errors


def _empty(laid: _Laid, grid: Grid, twice: npt.NDArray[np.bool_]) -> Iterator[Problem]:
    """One oddity for all services without a figure in any window."""
    without = ~twice
    without[laid.rows] = False
    if rows := np.flatnonzero(without).tolist():
        message = "the row has no figure in any window and was left out"
        often = f" ({len(rows):,} rows, this one first)" if len(rows) > 1 else ""
        yield Problem(grid.numbers[rows[0]], None, None, message + often)
