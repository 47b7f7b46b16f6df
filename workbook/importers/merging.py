"""Bringing a file into a held table: period by period, and what changes by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.importers.writing import SOURCE
from workbook.tables import Table
from workbook.tables.problems import cut

EXAMPLES = 5


@dataclass(frozen=True)
class Change:
    """A cell that was published and is otherwise now: None is a blank."""

    key: tuple[str, ...]
    column: str
    held: Any
    brought: Any

    def __str__(self) -> str:
        both = (self.held, self.brought)
        cells = (" blank" if cell is None else f" {cut(str(cell))}" for cell in both)
        return f"{', '.join(map(cut, self.key))}: {self.column}" + " →".join(cells)


@dataclass(frozen=True, eq=False)
class Difference:
    """What a held table is after a file, and how it differs from what it was.

    ``without`` are the columns that the held table has and the file lacks; ``periods`` are new and
    ``rows`` are theirs. ``within`` counts the rows held of the file's other periods, in which
    ``added``, ``dropped`` and ``changes`` are; ``came`` and ``went`` tell the latest new period
    from the one before it.
    """

    frame: pd.DataFrame
    without: tuple[str, ...]
    periods: tuple[str, ...]
    rows: int
    within: int
    added: tuple[tuple[str, ...], ...]
    dropped: tuple[tuple[str, ...], ...]
    changes: tuple[Change, ...]
    came: tuple[tuple[str, ...], ...]
    went: tuple[tuple[str, ...], ...]

    @property
    def revises(self) -> bool:
        """Whether anything changes in a period that was held before."""
        return bool(self.added or self.dropped or self.changes)

    @property
    def is_part(self) -> bool:
        """Whether most rows of periods already held are missing: then it is a part of a release."""
        return len(self.dropped) > self.within / 2

    def lines(self) -> Iterator[str]:
        """The difference in sentences."""
        if not self.periods and not self.revises:
            yield "nothing changes: all of it is held as it is in the file"
        if self.periods:
            yield f"new: {', '.join(self.periods)} ({_counted(self.rows, 'row')})"
        if self.without and (self.periods or self.revises):
            yield f"without {', '.join(self.without)}: left blank"
        for said, found in (("came", self.came), ("went", self.went)):
            if found:
                yield f"{said} with {self.periods[-1]}: {_listed(found)}"
        for said, found in (("added to", self.added), ("dropped from", self.dropped)):
            if found:
                yield f"{said} periods already held: {_listed(found)}"
        if self.changes:
            yield f"changed in periods already held: {_counted(len(self.changes), 'cell')}"
            yield from (f"  {change}" for change in self.changes[:EXAMPLES])
            if len(self.changes) > EXAMPLES:
                yield f"  and {len(self.changes) - EXAMPLES:,} more"


def difference(table: Table, held: pd.DataFrame, brought: pd.DataFrame) -> Difference:
    """What the held table becomes: the file's periods as they are in the file, others as held.

    A row that says the same as before keeps its source.
    """
    key = list(table.key)
    old, new = _by_key(held, key), _by_key(brought, key)
    periods = set(brought[table.period])
    known = periods & set(held[table.period])
    at = key.index(table.period)
    within = [row for row in old if row[at] in known]
    changes = tuple(_changes(old, new, [row for row in within if row in new]))
    changed = {change.key for change in changes}
    same = {row for row in within if row in new} - changed
    kept = [row[at] not in periods or row in same for row in old]
    fresh = [row not in same for row in new]
    frame = _ordered(table, held, pd.concat([_plain(held)[kept], _plain(brought)[fresh]]))
    unknown = tuple(sorted(periods - known))
    came, went = _movement(frame, table, unknown)
    return Difference(
        frame=frame,
        without=tuple(str(name) for name in held if name not in brought),
        periods=unknown,
        within=len(within),
        rows=sum(row[at] in unknown for row in new),
        added=tuple(row for row in new if row[at] in known and row not in old),
        dropped=tuple(row for row in within if row not in new),
        changes=changes,
        came=came,
        went=went,
    )


def _by_key(frame: pd.DataFrame, key: list[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Every row's cells, but its source, by its key; blanks are None."""
    cells = _plain(frame).drop(columns=SOURCE, errors="ignore").astype(object)
    blank = cells.where(cells.notna(), None)
    rows = zip(*(blank[name] for name in blank), strict=True)
    names = [str(name) for name in blank]
    named = (dict(zip(names, row, strict=True)) for row in rows)
    return {tuple(row[name] for name in key): row for row in named}


def _changes(
    old: dict[tuple[str, ...], dict[str, Any]],
    new: dict[tuple[str, ...], dict[str, Any]],
    both: list[tuple[str, ...]],
) -> Iterator[Change]:
    for row in both:
        for column in dict.fromkeys([*old[row], *new[row]]):
            held, brought = old[row].get(column), new[row].get(column)
            if held != brought:
                yield Change(row, column, held, brought)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with plain text in place of coded text, whose codes are its own."""
    coded = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(coded, "str"))


def _ordered(table: Table, held: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as the held table has them: what belongs together, then by its period."""
    before = _subjects(table, _plain(held))
    subjects = _subjects(table, rows)
    rank = {subject: at for at, subject in enumerate(dict.fromkeys([*before, *subjects]))}
    placed = rows.assign(_rank=[rank[subject] for subject in subjects])
    placed = placed.sort_values(["_rank", table.period], kind="stable")
    return placed.drop(columns="_rank").reset_index(drop=True)


def _subjects(table: Table, frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """What each row is about: its key without the period."""
    names = [name for name in table.key if name != table.period]
    return list(zip(*(frame[name] for name in names), strict=True))


def _movement(
    frame: pd.DataFrame, table: Table, periods: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """What came and what went with the latest of the new periods, against the one before it."""
    earlier = [each for each in sorted(set(frame[table.period])) if periods and each < periods[-1]]
    if not earlier:
        return (), ()
    after, before = (
        dict.fromkeys(_subjects(table, frame[frame[table.period] == period]))
        for period in (periods[-1], earlier[-1])
    )
    came = tuple(each for each in after if each not in before)
    return came, tuple(each for each in before if each not in after)


def _listed(rows: tuple[tuple[str, ...], ...]) -> str:
    told = "; ".join(", ".join(map(cut, row)) for row in rows[:EXAMPLES])
    more = f"; and {len(rows) - EXAMPLES:,} more" if len(rows) > EXAMPLES else ""
    return f"{len(rows):,} ({told}{more})"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + "s" * (number != 1)
