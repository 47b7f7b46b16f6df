"""Read a pandas data frame as a table, with the same checks as a file."""

import json
from typing import Any

import pandas as pd

from workbook.importers.read_file import read_table_file
from workbook.importers.write_file import add_source
from workbook.tables import TableError, TableSchema, sha256

_NAME = "DataFrame"


def read_data_frame(table: TableSchema, frame: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Read a data frame as a table.

    Args:
        table: Schema of the table.
        frame: The rows. The index is left out. Cells may hold dictionaries, as records of an API
            do: they are read as in a JSON file.

    Returns:
        A name that stands for the rows in a scenario, and the rows.

    Raises:
        TableError: The table has errors. Rows are counted as in a file with a header.
    """
    is_nested = any(map(_has_dictionaries, (cells for _, cells in frame.items())))
    content = (_write_json(frame) if is_nested else frame.to_csv(index=False)).encode()
    report = read_table_file(table, content, _NAME)
    if report.errors:
        raise TableError(table.name, report.errors)
    digest = sha256(content)
    return f"{_NAME} {digest[:12]}", add_source(table, report.frame, _NAME, digest)


def _has_dictionaries(cells: "pd.Series[Any]") -> bool:
    return cells.dtype == object and any(isinstance(cell, dict) for cell in cells)


def _write_json(frame: pd.DataFrame) -> str:
    """Write the rows as JSON records, without their missing values."""
    records = [
        {
            str(name): cell
            for name, cell in record.items()
            if not (pd.api.types.is_scalar(cell) and pd.isna(cell))
        }
        for record in frame.to_dict("records")
    ]
    return json.dumps(records, default=str, ensure_ascii=False)
