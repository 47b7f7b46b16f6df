"""Result tables for tests, and outcomes with another frame in one of their tables."""

from dataclasses import replace

import pandas as pd

from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable


def make_table(
    name: str, frame: pd.DataFrame, title: str = "A table", **columns: Column
) -> ResultTable:
    """A table whose columns are labelled by their names unless they are described."""
    labels = {str(column): Column(str(column)) for column in frame.columns}
    return ResultTable(name, title, frame, {**labels, **columns})


def replace_frame(outcome: Outcome, name: str, frame: pd.DataFrame) -> Outcome:
    """The outcome with other rows in the table of this name."""
    tables = tuple(
        replace(table, frame=frame) if table.name == name else table for table in outcome.tables
    )
    return replace(outcome, tables=tables)


def copy_frames(outcome: Outcome) -> dict[str, pd.DataFrame]:
    """A copy of the rows of each table, by its name."""
    return {table.name: table.frame.copy() for table in outcome.tables}
