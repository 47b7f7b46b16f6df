"""Merge rows into a bundled table without periods, by their key."""

from typing import Any

import pandas as pd

from workbook.importers.merge_release import (
    ReleaseDifference,
    decode_categories,
    find_changes,
    rows_by_key,
)
from workbook.importers.write_file import SOURCE_COLUMN
from workbook.tables import TableSchema


def merge_rows(
    table: TableSchema, bundled: pd.DataFrame, uploaded: pd.DataFrame
) -> ReleaseDifference:
    """Merge the rows of a file into a bundled table.

    Rows that the file lacks stay, and so do cells that it leaves blank: a file need not know all. A
    row that it changes has both sources.

    Args:
        table: Schema of the table.
        bundled: Rows of the bundled table.
        uploaded: Rows of the file.

    Returns:
        The merged rows and what has changed.
    """
    key_columns = list(table.key_columns)
    ours, theirs = (
        decode_categories(frame).set_index(key_columns, drop=False) for frame in (bundled, uploaded)
    )
    new_labels = [label for label in theirs.index if label not in ours.index]
    columns = [name for name in table.schema.columns if name in ours or name in theirs]
    merged = theirs.combine_first(ours)[columns].loc[[*ours.index, *new_labels]]
    old_rows, merged_rows = rows_by_key(bundled, key_columns), rows_by_key(merged, key_columns)
    changes = tuple(find_changes(old_rows, merged_rows, list(old_rows)))
    if SOURCE_COLUMN in merged:
        sources = ours[SOURCE_COLUMN].reindex(merged.index), merged[SOURCE_COLUMN]
        changed_keys = {change.key for change in changes}
        merged[SOURCE_COLUMN] = pd.Series(
            [
                _merge_sources(old, new, is_changed=key in changed_keys)
                for key, old, new in zip(merged_rows, *sources, strict=True)
            ],
            merged.index,
            dtype="str",
        )
    return ReleaseDifference(
        frame=merged.reset_index(drop=True),
        missing_columns=tuple(str(name) for name in bundled if name not in uploaded),
        new_periods=(),
        new_row_count=len(new_labels),
        existing_row_count=len(old_rows),
        added_rows=(),
        dropped_rows=(),
        changes=changes,
        entered=(),
        exited=(),
        new_rows=tuple(key for key in merged_rows if key not in old_rows),
        unit="rows",
    )


def _merge_sources(old: Any, new: Any, *, is_changed: bool) -> Any:  # noqa: ANN401  may be missing
    """Source of a merged row: the old one if the file changes nothing in it."""
    if pd.isna(old) or old == new:
        return new
    return f"{old}; {new}" if is_changed else old
