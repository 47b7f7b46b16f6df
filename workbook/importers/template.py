"""Templates of tables: the header and a valid example to replace."""

import csv
import io

import pandera.pandas as pa

from workbook.tables import TableSchema
from workbook.tables.column_rules import rule_bounds
from workbook.tables.columns import EXAMPLE_KEY
from workbook.tables.number_columns import NUMBER_DESCRIPTIONS

_EXAMPLE_MONTHS = ("2014-03", "2014-06")


def make_template(table: TableSchema) -> str:
    """Make a CSV template with every column of a table and a valid example.

    A table of rolling windows has an example row for each of two windows, since one alone is an
    error. Example texts begin with ``example``, so that they are noticed if left in.

    Args:
        table: Schema of the table.

    Returns:
        The CSV text.
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
    """Value that the column's rules allow: the declared example, or the first allowed value."""
    if declared := (column.metadata or {}).get(EXAMPLE_KEY):
        return str(declared)
    if str(column.dtype) in NUMBER_DESCRIPTIONS:
        minimums = [rule_bounds(check).get("minimum", 0) for check in column.checks]
        return f"{max([0, *minimums]):g}"
    allowed = [
        check.statistics["allowed_values"] for check in column.checks if check.name == "isin"
    ]
    return str(allowed[0][0]) if allowed else f"example {name.replace('_', ' ')}"
