"""The held tables of savings, each checked: without the record, which names every table's hash."""

from functools import cache

import pandas as pd

from workbook.resources import folder
from workbook.tables import Table
from workbook.topics.savings import tables

TABLES = [each for each in vars(tables).values() if isinstance(each, Table)]


@cache
def _whole(table: Table) -> pd.DataFrame:
    report = table.check((folder("data") / f"{table.name}.csv").read_bytes())
    assert not report.errors
    return report.frame


def held(table: Table, quarter: str = "2026-Q4") -> pd.DataFrame:
    """What a quarter sees of a held table."""
    return table.visible(_whole(table), quarter).copy()
