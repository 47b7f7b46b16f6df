"""The held tables of savings, each checked: without the record, which names every table's hash."""

from functools import cache

import pandas as pd

from workbook.resources import resource_folder
from workbook.tables import TableSchema
from workbook.topics.savings import data

TABLES = [member for member in vars(data).values() if isinstance(member, TableSchema)]


@cache
def _load_whole_table(table: TableSchema) -> pd.DataFrame:
    report = table.check_csv((resource_folder("data") / f"{table.name}.csv").read_bytes())
    assert not report.errors
    return report.frame


def load_bundled(table: TableSchema, quarter: str = "2026-Q4") -> pd.DataFrame:
    """What a quarter sees of a held table."""
    return table.filter_to_quarter(_load_whole_table(table), quarter).copy()
