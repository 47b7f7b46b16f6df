"""Findings: cells of a column of which the same thing is to be said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.tables.problems import MOST, Problem
from workbook.tables.sheet import Sheet


@dataclass(frozen=True, eq=False)
class Finding:
    """The cells of ``column`` at ``positions``; ``say`` gives a position's sentence.

    What is ``common`` and harmless is said once for each column of the file, with its count.
    """

    column: str
    positions: Sequence[int] | npt.NDArray[np.intp]
    say: Callable[[int], str]
    common: bool = False


def told(found: Finding, sheet: Sheet) -> Iterator[Problem]:
    """A problem for each cell of a finding, by where it stood, or for all of them in a column."""
    if found.common:
        yield from _by_column(found, sheet)
        return
    for at in found.positions[:MOST]:
        yield sheet.problem(int(at), found.column, found.say(int(at)))
    if (rest := len(found.positions) - MOST) > 0:
        message = f"and {rest:,} more cells of this column, from here on, for the same reason"
        yield sheet.problem(int(found.positions[MOST]), found.column, message)


def _by_column(found: Finding, sheet: Sheet) -> Iterator[Problem]:
    columns: dict[str, list[int]] = {}
    for at in found.positions:
        columns.setdefault(sheet.place(int(at), found.column)[1], []).append(int(at))
    for cells in columns.values():
        often = f" ({len(cells):,} cells of this column, this one first)" if len(cells) > 1 else ""
        yield sheet.problem(cells[0], found.column, found.say(cells[0]) + often)
