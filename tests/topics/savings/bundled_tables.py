"""The bundled tables of savings, checked but without the data package."""

from functools import cache

import pandas as pd

from workbook.resources import resource_folder
from workbook.tables import TableSchema
from workbook.tables.channel_costs import channel_costs
from workbook.tables.deflator import deflator
from workbook.topics.savings import data

TABLES = [
    deflator,
    channel_costs,
    *(member for member in vars(data).values() if isinstance(member, TableSchema)),
]


@cache
def _load_whole_table(table: TableSchema) -> pd.DataFrame:
    report = table.check_csv((resource_folder("data") / f"{table.name}.csv").read_bytes())
    assert not report.errors
    return report.frame


def load_bundled(table: TableSchema, quarter: str = "2026-Q4") -> pd.DataFrame:
    """A bundled table as known at the end of a quarter."""
    return table.filter_to_quarter(_load_whole_table(table), quarter).copy()
