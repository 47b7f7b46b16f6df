"""Mix the tables of two runs: the rows of the earlier one with the new periods of the later one."""

import pandas as pd
import pyarrow as pa

from workbook.importers.merge_release import decode_categories, sort_rows
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
        rows of all other periods. ``later`` itself if no known period was revised, and ``earlier``
        itself if the table has no periods.
    """
    if earlier is later or earlier.equals(later):
        return later
    if not table.period:
        return earlier
    known = table.filter_to_quarter(earlier, quarter)
    is_known = later[table.period].astype("str").isin(known[table.period].astype("str").unique())
    if _are_same_rows(known, later[is_known]):
        return later
    rows = pd.concat([decode_categories(known), decode_categories(later[~is_known])])
    return _encode_categories(table, sort_rows(table, later, rows))


def _are_same_rows(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    plain = (decode_categories(frame).reset_index(drop=True) for frame in (first, second))
    return next(plain).equals(next(plain))


def _encode_categories(table: TableSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns the data types of a table that was read from a file."""
    return frame.assign(
        **{
            name: to_text_array(
                pa.array(frame[name].astype("str"), pa.string(), from_pandas=True),
                "category",
                ordered=name == table.period,
            )
            for name, column in table.schema.columns.items()
            if name in frame and str(column.dtype) == "category"
        }
    )
