"""Days that were read as months, because they are the first of one."""

from dataclasses import replace
from typing import Final

import pandera.pandas as pan
import pyarrow as pa
import pyarrow.compute as pc

from workbook.tables.column_rules import DAY_RULE
from workbook.tables.mapped_table import MappedTable

_MONTH_PATTERN: Final = "^[0-9]{4}-[0-9]{2}$"


def restore_first_days(mapped_table: MappedTable, schema: pan.DataFrameSchema) -> MappedTable:
    """Write days in full where the first of a month was read as the month.

    A spreadsheet and a Parquet file hold a month as its first day, so that is how such a day is
    read. In a column of days it is the day.

    Args:
        mapped_table: The cells of such a file.
        schema: Columns and their rules.

    Returns:
        The table, with days in the columns of days.
    """
    days = {
        name: pc.replace_substring_regex(cells.cast(pa.string()), _MONTH_PATTERN, r"\0-01")
        for name, cells in mapped_table.cells.items()
        if DAY_RULE in schema.columns[name].checks
    }
    return replace(mapped_table, cells={**mapped_table.cells, **days})
