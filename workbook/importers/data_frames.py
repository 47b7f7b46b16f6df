"""Read a pandas data frame as a table, with the same checks as a file."""

import pandas as pd

from workbook.importers.read_file import read_table_file
from workbook.importers.write_file import add_source
from workbook.tables import TableError, TableSchema, sha256

_NAME = "DataFrame"


def read_data_frame(table: TableSchema, frame: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Read a data frame as a table.

    Args:
        table: Schema of the table.
        frame: The rows. The index is left out.

    Returns:
        A name that stands for the rows in a scenario, and the rows.

    Raises:
        TableError: The table has errors. Rows are counted as in a file with a header.
    """
    content = frame.to_csv(index=False).encode()
    report = read_table_file(table, content, _NAME)
    if report.errors:
        raise TableError(table.name, report.errors)
    digest = sha256(content)
    return f"{_NAME} {digest[:12]}", add_source(table, report.frame, _NAME, digest)
