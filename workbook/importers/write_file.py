"""Write tables to files that read back unchanged."""

import io
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from workbook.tables import TableSchema
from workbook.text.numbers import FORMULA_PREFIXES, escape_formula

SOURCE_COLUMN: Final = "source"
_HASH_DIGITS: Final = 12
"""Digits of a checksum that identify a file."""


def add_source(table: TableSchema, frame: pd.DataFrame, name: str, digest: str) -> pd.DataFrame:
    """Give rows without a source the name and checksum of their file as source.

    Args:
        table: Schema of the table.
        frame: The rows.
        name: The file's name.
        digest: The file's SHA-256.

    Returns:
        The rows with a source, or unchanged if they have one or the schema has none.
    """
    if SOURCE_COLUMN not in table.schema.columns or SOURCE_COLUMN in frame:
        return frame
    text = f"{name}, SHA-256 {digest[:_HASH_DIGITS]}"
    return frame.assign(source=pd.Categorical([text] * len(frame)))


def escape_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before texts that a spreadsheet may run as formulas."""
    text_columns = frame.select_dtypes(["category", "str"])
    formula_columns = [
        str(name) for name in text_columns if any(map(_is_formula, text_columns[name].unique()))
    ]
    return frame.assign(
        **{
            name: text_columns[name].astype("str").map(escape_formula, na_action="ignore")
            for name in formula_columns
        }
    )


def as_csv(table: TableSchema, frame: pd.DataFrame) -> bytes:
    """Write rows as CSV.

    Args:
        table: Schema of the table, which gives the order of the columns.
        frame: The rows.

    Returns:
        CSV in UTF-8, with formulas escaped.
    """
    columns = [name for name in table.schema.columns if name in frame]
    escaped_rows = escape_formulas(frame[columns]).apply(
        lambda cells: (
            cells.map(_format_figure, na_action="ignore") if cells.dtype == "float64" else cells
        )
    )
    return str(escaped_rows.to_csv(index=False, lineterminator="\n")).encode()


def as_parquet(table: TableSchema, frame: pd.DataFrame) -> bytes:
    """Write rows as Parquet, with the columns in the schema's order."""
    file = io.BytesIO()
    frame[[name for name in table.schema.columns if name in frame]].to_parquet(file, index=False)
    return file.getvalue()


TABLE_WRITERS: Final[Mapping[str, Callable[[TableSchema, pd.DataFrame], bytes]]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
}
"""Function that writes a table, by the extension of the file."""


def _is_formula(text: object) -> bool:
    return isinstance(text, str) and text.startswith(FORMULA_PREFIXES)


def _format_figure(number: Any) -> str:  # noqa: ANN401  pandas gives a number of its own
    return f"{number:.0f}" if number == round(number) else repr(float(number))
