"""Revision of a table: what a later release says of the same periods, row by row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.importers.merge_release import CellChange, find_changes, rows_by_key
from workbook.importers.renamed_subjects import Figures, RenamedSubject, Subject, match_renamed
from workbook.importers.write_file import SOURCE_COLUMN
from workbook.tables import TableSchema

_Key = tuple[str, ...]
_Rows = Mapping[_Key, Mapping[str, Any]]


@dataclass(frozen=True)
class FigureRevision:
    """Revision of the figures of one period in one column.

    Args:
        period: The period; empty for a table without periods.
        column: Name of the column.
        changed: Subjects, such as services, with another figure.
        change: Sum of the differences of their figures, in the column's unit.
        left: Subjects that have a figure in the earlier release only.
        came: Subjects that have a figure in the later release only.
        renamed: How many of those that left came under another name.
    """

    period: str
    column: str
    changed: int
    change: float
    left: int
    came: int
    renamed: int


@dataclass(frozen=True, eq=False)
class TableRevision:
    """Revision of a table.

    Args:
        table: Schema of the table.
        subject: What its rows are about, such as ``service``: the last column of their key.
        figures: Each period and column of figures in which anything differs, the earliest first.
        changes: Cells that differ in the rows that both releases have.
        rows_left: Keys of the rows that only the earlier release has.
        rows_came: Keys of the rows that only the later release has.
        renamed: Subjects that the later release has under another name.
        unmatched_left: Subjects of the earlier release that the later one has under no name.
        unmatched_came: Subjects of the later release that the earlier one has under no name.
    """

    table: TableSchema
    subject: str
    figures: tuple[FigureRevision, ...]
    changes: tuple[CellChange, ...]
    rows_left: tuple[tuple[str, ...], ...]
    rows_came: tuple[tuple[str, ...], ...]
    renamed: tuple[RenamedSubject, ...]
    unmatched_left: tuple[Subject, ...]
    unmatched_came: tuple[Subject, ...]

    @property
    def has_revisions(self) -> bool:
        """Whether anything differs."""
        return bool(self.changes or self.rows_left or self.rows_came)


def compare_tables(table: TableSchema, earlier: pd.DataFrame, later: pd.DataFrame) -> TableRevision:
    """Compare two releases of a table row by row, for the periods of the earlier one.

    Args:
        table: Schema of the table.
        earlier: Rows of the earlier release.
        later: Rows of the later release.

    Returns:
        What differs in the columns of both.
    """
    if table.period:
        known = earlier[table.period].astype("str").unique()
        later = later[later[table.period].astype("str").isin(known)]
    columns = [name for name in table.schema.columns if name in earlier and name in later]
    return _Releases(table, earlier[columns], later[columns]).compare()


class _Releases:
    """Two releases of a table, their rows by key."""

    def __init__(self, table: TableSchema, earlier: pd.DataFrame, later: pd.DataFrame) -> None:
        columns = [str(name) for name in earlier]
        names = list(table.key_columns) or [name for name in columns if name != SOURCE_COLUMN]
        self._table = table
        self._subject_columns = [name for name in names if name != table.period]
        self._period_index = names.index(table.period) if table.period in names else None
        self._measures = [
            name for name in columns if name not in names and _is_number(earlier[name])
        ]
        self._old_rows, self._new_rows = (rows_by_key(frame, names) for frame in (earlier, later))

    def compare(self) -> TableRevision:
        """What differs between the two."""
        old_rows, new_rows = self._old_rows, self._new_rows
        old_figures, new_figures = map(self._figures, (old_rows, new_rows))
        left = {subject: old_figures[subject] for subject in old_figures.keys() - new_figures}
        came = {subject: new_figures[subject] for subject in new_figures.keys() - old_figures}
        left, came = dict(sorted(left.items())), dict(sorted(came.items()))
        renamed = match_renamed(left, came)
        old_names = {match.old for match in renamed}
        new_names = {match.new for match in renamed}
        return TableRevision(
            self._table,
            self._subject_columns[-1] if self._table.key_columns[1:] else "row",
            tuple(_compare_figures(old_figures, new_figures, renamed, self._measures)),
            tuple(find_changes(old_rows, new_rows, [row for row in old_rows if row in new_rows])),
            tuple(row for row in old_rows if row not in new_rows),
            tuple(row for row in new_rows if row not in old_rows),
            renamed,
            tuple(subject for subject in left if subject not in old_names),
            tuple(subject for subject in came if subject not in new_names),
        )

    def _figures(self, rows: _Rows) -> dict[Subject, Figures]:
        """Known figures of each subject, by period and column."""
        figures: dict[Subject, dict[tuple[str, str], float]] = defaultdict(dict)
        for row, cells in rows.items():
            period = "" if self._period_index is None else str(row[self._period_index])
            subject = tuple(
                str(part) for place, part in enumerate(row) if place != self._period_index
            )
            figures[subject] |= {
                (period, name): float(cells[name])
                for name in self._measures
                if cells[name] is not None
            }
        return dict(figures)


def _compare_figures(
    earlier: Mapping[Subject, Figures],
    later: Mapping[Subject, Figures],
    renamed: tuple[RenamedSubject, ...],
    columns: list[str],
) -> Iterator[FigureRevision]:
    old_places, new_places = _subjects_by_place(earlier), _subjects_by_place(later)
    order = {name: position for position, name in enumerate(columns)}
    places = sorted(
        old_places.keys() | new_places.keys(), key=lambda place: (place[0], order[place[1]])
    )
    for place in places:
        old, new = old_places[place], new_places[place]
        differences = [
            later[subject][place] - earlier[subject][place]
            for subject in old & new
            if later[subject][place] != earlier[subject][place]
        ]
        left, came = old - new, new - old
        if differences or left or came:
            yield FigureRevision(
                *place,
                len(differences),
                sum(differences),
                len(left),
                len(came),
                sum(match.old in left and match.new in came for match in renamed),
            )


def _subjects_by_place(
    figures: Mapping[Subject, Figures],
) -> dict[tuple[str, str], set[Subject]]:
    """Subjects that have a figure, by period and column."""
    subjects: dict[tuple[str, str], set[Subject]] = defaultdict(set)
    for subject, places in figures.items():
        for place in places:
            subjects[place].add(subject)
    return subjects


def _is_number(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
