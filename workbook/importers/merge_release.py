"""Merge a new release into a bundled table, period by period, and describe the difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.importers.write_file import SOURCE_COLUMN
from workbook.tables import TableSchema
from workbook.text.grammar import choose_form, format_count
from workbook.text.quoting import shorten_text

_MOST_EXAMPLES = 5


@dataclass(frozen=True)
class CellChange:
    """Revision of a published cell.

    Args:
        key: The row's key.
        column: Name of the column.
        old_value: Value before, None if blank.
        new_value: Value after, None if blank.
    """

    key: tuple[str, ...]
    column: str
    old_value: Any
    new_value: Any

    def __str__(self) -> str:
        values = (self.old_value, self.new_value)
        cells = (" blank" if cell is None else f" {shorten_text(str(cell))}" for cell in values)
        return f"{', '.join(map(shorten_text, self.key))}: {self.column}" + " →".join(cells)


@dataclass(frozen=True, eq=False)
class ReleaseDifference:
    """A bundled table after a release is merged, and what has changed.

    Args:
        frame: The merged rows.
        missing_columns: Columns of the bundled table that the release does not have.
        new_periods: Periods that the bundled table did not have.
        new_row_count: Number of rows in the new periods.
        existing_row_count: Number of bundled rows in the release's other periods.
        added_rows: Keys of rows added to existing periods.
        dropped_rows: Keys of rows dropped from existing periods.
        changes: Cells revised in existing periods.
        entered: Subjects, such as services, that the latest new period has and the one before not.
        exited: Subjects that the period before the latest new one has and that one not.
        new_rows: Keys of new rows in a table without periods, where they revise nothing.
        unit: What existing figures stand in: periods, or rows in a table without periods.
    """

    frame: pd.DataFrame
    missing_columns: tuple[str, ...]
    new_periods: tuple[str, ...]
    new_row_count: int
    existing_row_count: int
    added_rows: tuple[tuple[str, ...], ...]
    dropped_rows: tuple[tuple[str, ...], ...]
    changes: tuple[CellChange, ...]
    entered: tuple[tuple[str, ...], ...]
    exited: tuple[tuple[str, ...], ...]
    new_rows: tuple[tuple[str, ...], ...] = ()
    unit: str = "periods"

    @property
    def has_changes(self) -> bool:
        """Whether the merged table differs from the bundled one."""
        return bool(self.new_periods or self.new_rows or self.revises_published)

    @property
    def revises_published(self) -> bool:
        """Whether anything changes in an existing period."""
        return bool(self.added_rows or self.dropped_rows or self.changes)

    @property
    def is_partial_release(self) -> bool:
        """Whether most rows of existing periods are missing, as in part of a release."""
        return len(self.dropped_rows) > self.existing_row_count / 2

    def describe_lines(self) -> Iterator[str]:
        """Describe the difference, a line for each kind of change."""
        if not self.has_changes:
            yield "No changes: the table already has all figures of the file."
        if self.new_periods:
            periods = choose_form(len(self.new_periods), "period", "periods")
            rows_added = format_count(self.new_row_count, "row")
            yield f"New {periods}: {', '.join(self.new_periods)} ({rows_added})"
        if self.new_rows:
            yield f"New rows: {_list_rows(self.new_rows)}"
        if self.missing_columns and (self.new_periods or self.revises_published):
            yield f"Columns not in the file, left blank: {', '.join(self.missing_columns)}"
        for change, rows in (("First reported", self.entered), ("No longer reported", self.exited)):
            if rows:
                yield f"{change} in {self.new_periods[-1]}: {_list_rows(rows)}"
        for change, rows in (("added to", self.added_rows), ("dropped from", self.dropped_rows)):
            if rows:
                yield f"Rows {change} existing periods: {_list_rows(rows)}"
        yield from self._describe_changes()

    def _describe_changes(self) -> Iterator[str]:
        if self.changes:
            yield f"Revised in existing {self.unit}: {format_count(len(self.changes), 'cell')}"
            yield from (f"  {revision}" for revision in self.changes[:_MOST_EXAMPLES])
            if len(self.changes) > _MOST_EXAMPLES:
                yield f"  and {len(self.changes) - _MOST_EXAMPLES:,} more"


def merge_release(
    table: TableSchema, bundled: pd.DataFrame, uploaded: pd.DataFrame
) -> ReleaseDifference:
    """Merge a release into a bundled table.

    Periods of the release replace those of the bundled table. An unchanged row keeps its source.
    See ``merge_rows`` for a table without periods.

    Args:
        table: Schema of the table.
        bundled: Rows of the bundled table.
        uploaded: Rows of the release.

    Returns:
        The merged rows and what has changed.
    """
    key_columns = list(table.key_columns)
    old_rows, new_rows = rows_by_key(bundled, key_columns), rows_by_key(uploaded, key_columns)
    periods = set(uploaded[table.period])
    known_periods = periods & set(bundled[table.period])
    period_index = key_columns.index(table.period)
    existing_rows = [row for row in old_rows if row[period_index] in known_periods]
    changes = tuple(
        find_changes(old_rows, new_rows, [row for row in existing_rows if row in new_rows])
    )
    changed_keys = {change.key for change in changes}
    unchanged_rows = {row for row in existing_rows if row in new_rows} - changed_keys
    is_kept = [row[period_index] not in periods or row in unchanged_rows for row in old_rows]
    is_new = [row not in unchanged_rows for row in new_rows]
    frame = sort_rows(
        table,
        bundled,
        pd.concat([decode_categories(bundled)[is_kept], decode_categories(uploaded)[is_new]]),
    )
    new_periods = tuple(sorted(periods - known_periods))
    entered, exited = _entries_and_exits(frame, table, new_periods)
    return ReleaseDifference(
        frame=frame,
        missing_columns=tuple(str(name) for name in bundled if name not in uploaded),
        new_periods=new_periods,
        existing_row_count=len(existing_rows),
        new_row_count=sum(row[period_index] in new_periods for row in new_rows),
        added_rows=tuple(
            row for row in new_rows if row[period_index] in known_periods and row not in old_rows
        ),
        dropped_rows=tuple(row for row in existing_rows if row not in new_rows),
        changes=changes,
        entered=entered,
        exited=exited,
    )


def rows_by_key(
    frame: pd.DataFrame, key_columns: list[str]
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Index the cells of rows by their keys.

    Args:
        frame: The rows.
        key_columns: Columns that together identify a row.

    Returns:
        The cells of each row by column, without a source that is no key; blanks are None.
    """
    dropped = [] if SOURCE_COLUMN in key_columns else [SOURCE_COLUMN]
    cells = decode_categories(frame).drop(columns=dropped, errors="ignore").astype(object)
    blanks_as_none = cells.where(cells.notna(), None)
    rows = zip(*(blanks_as_none[name] for name in blanks_as_none), strict=True)
    names = [str(name) for name in blanks_as_none]
    named_rows = (dict(zip(names, row, strict=True)) for row in rows)
    return {tuple(row[name] for name in key_columns): row for row in named_rows}


def find_changes(
    old_rows: dict[tuple[str, ...], dict[str, Any]],
    new_rows: dict[tuple[str, ...], dict[str, Any]],
    common_rows: list[tuple[str, ...]],
) -> Iterator[CellChange]:
    """Find the cells that differ between two releases.

    Args:
        old_rows: Rows of the earlier release, from ``rows_by_key``.
        new_rows: Rows of the later release.
        common_rows: Keys of rows of both, which are compared.

    Yields:
        A change for each cell.
    """
    for row in common_rows:
        for column in dict.fromkeys([*old_rows[row], *new_rows[row]]):
            old_value, new_value = old_rows[row].get(column), new_rows[row].get(column)
            if old_value != new_value:
                yield CellChange(row, column, old_value, new_value)


def decode_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """Convert categories to plain text, so that frames with different categories compare.

    Args:
        frame: The rows.

    Returns:
        The rows with text columns in place of categories.
    """
    category_columns = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(category_columns, "str"))


def sort_rows(table: TableSchema, bundled: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Sort rows as in another table: by subject, then by period.

    Args:
        table: Schema of the table.
        bundled: Rows whose subjects are in the order that is wanted.
        rows: The rows to sort, without categories. Other subjects come last.

    Returns:
        The sorted rows.
    """
    bundled_subjects = _row_subjects(table, decode_categories(bundled))
    subjects = _row_subjects(table, rows)
    rank = {
        subject: subject_rank
        for subject_rank, subject in enumerate(dict.fromkeys([*bundled_subjects, *subjects]))
    }
    ranked_rows = rows.assign(_rank=[rank[subject] for subject in subjects])
    ranked_rows = ranked_rows.sort_values(["_rank", table.period], kind="stable")
    return ranked_rows.drop(columns="_rank").reset_index(drop=True)


def _row_subjects(table: TableSchema, frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Subject of each row, such as a service: its key without the period."""
    names = [name for name in table.key_columns if name != table.period]
    return list(zip(*(frame[name] for name in names), strict=True)) if names else [()] * len(frame)


def _entries_and_exits(
    frame: pd.DataFrame, table: TableSchema, new_periods: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Subjects that entered and left in the latest new period, compared with the one before."""
    earlier_periods = [
        entry
        for entry in sorted(set(frame[table.period]))
        if new_periods and entry < new_periods[-1]
    ]
    if not earlier_periods:
        return (), ()
    after, before = (
        dict.fromkeys(_row_subjects(table, frame[frame[table.period] == period]))
        for period in (new_periods[-1], earlier_periods[-1])
    )
    entered = tuple(each for each in after if each not in before)
    return entered, tuple(each for each in before if each not in after)


def _list_rows(rows: tuple[tuple[str, ...], ...]) -> str:
    examples = "; ".join(", ".join(map(shorten_text, row)) for row in rows[:_MOST_EXAMPLES])
    more = f"; and {len(rows) - _MOST_EXAMPLES:,} more" if len(rows) > _MOST_EXAMPLES else ""
    return f"{len(rows):,} ({examples}{more})"
