"""Mix the tables of two runs: the rows of the earlier one with the new periods of the later one."""

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from workbook.importers.merge_release import decode_categories, sort_rows
from workbook.importers.renamed_subjects import RenamedSubject
from workbook.importers.table_revision import compare_tables
from workbook.tables import TableSchema
from workbook.tables.text_columns import to_text_array


def add_new_periods(
    table: TableSchema, earlier: pd.DataFrame, quarter: str, later: pd.DataFrame
) -> pd.DataFrame:
    """Add to an earlier table the periods that were not known then.

    Args:
        table: Schema of the table.
        earlier: Its rows in the earlier run.
        quarter: Quarter of the earlier run.
        later: Its rows in the later run.

    Returns:
        The earlier rows of every period that had ended by the quarter's last day, and the later
        rows of all other periods. There, what was renamed has its earlier name, so that it stays
        one subject. ``later`` itself if no known period was revised, and ``earlier`` itself if the
        table has no periods.
    """
    if earlier is later or earlier.equals(later):
        return later
    if not table.period:
        return earlier
    known = table.filter_to_quarter(earlier, quarter)
    is_known = later[table.period].astype("str").isin(known[table.period].astype("str").unique())
    if _are_same_rows(known, later[is_known]):
        return later
    renamed = compare_tables(table, known, later[is_known]).renamed
    new_rows = _use_earlier_names(table, decode_categories(later[~is_known]), renamed)
    rows = pd.concat([decode_categories(known), new_rows])
    return _encode_categories(table, sort_rows(table, later, rows))


def _use_earlier_names(
    table: TableSchema, rows: pd.DataFrame, renamed: Iterable[RenamedSubject]
) -> pd.DataFrame:
    """Give renamed subjects the names that they had, unless another one has that name now."""
    columns = [name for name in table.key_columns if name != table.period]
    subjects = [*rows[columns].itertuples(index=False, name=None)]
    taken = set(subjects)
    names = {match.new: match.old for match in renamed if match.old not in taken}
    if not names:
        return rows
    earlier = [names.get(subject, subject) for subject in subjects]
    return rows.assign(**dict(zip(columns, map(list, zip(*earlier, strict=True)), strict=True)))


def _are_same_rows(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    plain = (decode_categories(frame).reset_index(drop=True) for frame in (first, second))
    return next(plain).equals(next(plain))


def _encode_categories(table: TableSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns the data types of a table that was read from a file."""
    return frame.assign(
        **{
            name: to_text_array(
                pa.array(frame[name].tolist(), pa.string(), from_pandas=True),
                "category",
                ordered=name == table.period,
            )
            for name, column in table.schema.columns.items()
            if name in frame and str(column.dtype) == "category"
        }
    )
