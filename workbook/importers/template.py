"""A template to fill in: the table's header, and an example to be replaced."""

import csv
import io

import pandera.pandas as pa

from workbook.tables import TableSchema
from workbook.tables.column_rules import rule_bounds
from workbook.tables.columns import EXAMPLE_KEY
from workbook.tables.number_columns import NUMBER_DESCRIPTIONS

_EXAMPLE_MONTHS = ("2014-03", "2014-06")


def make_template(table: TableSchema) -> str:
    """CSV text with every column of a table and an example, which itself is valid.

    The example is a row, or one for each of two windows where one alone would tell no change. A
    text cell says in itself that it is one, so that an example left in is seen.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    columns = table.schema.columns
    writer.writerow(columns)
    for month in _EXAMPLE_MONTHS if table.window else _EXAMPLE_MONTHS[-1:]:
        writer.writerow(
            month if name == table.period else _example_value(name, column)
            for name, column in columns.items()
        )
    return buffer.getvalue()


def _example_value(name: str, column: pa.Column) -> str:
    """A value that the column's rules allow: the one that it declares, or the first there is."""
    if declared := (column.metadata or {}).get(EXAMPLE_KEY):
        return str(declared)
    if str(column.dtype) in NUMBER_DESCRIPTIONS:
        minimums = [rule_bounds(check).get("minimum", 0) for check in column.checks]
        return f"{max([0, *minimums]):g}"
    allowed = [
        check.statistics["allowed_values"] for check in column.checks if check.name == "isin"
    ]
    return str(allowed[0][0]) if allowed else f"example {name.replace('_', ' ')}"
