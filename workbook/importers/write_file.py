"""Writing a table as a file that reads back the same."""

import io
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from workbook.tables import TableSchema
from workbook.text.numbers import FORMULA_PREFIXES, escape_formula

SOURCE_COLUMN: Final = "source"
_HASH_DIGITS: Final = 12
"""Digits of a hash that tell one file from another."""


def add_source(table: TableSchema, frame: pd.DataFrame, name: str, digest: str) -> pd.DataFrame:
    """The rows with the file that they came from as their source, where none is named."""
    if SOURCE_COLUMN not in table.schema.columns or SOURCE_COLUMN in frame:
        return frame
    text = f"{name}, SHA-256 {digest[:_HASH_DIGITS]}"
    return frame.assign(source=pd.Categorical([text] * len(frame)))


def escape_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with an apostrophe before every text that a spreadsheet would run."""
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
    """The rows as CSV UTF-8, in the order of the table's columns, numbers as they are published.

    Nothing in it can be run by the spreadsheet that opens it.
    """
    columns = [name for name in table.schema.columns if name in frame]
    escaped_rows = escape_formulas(frame[columns]).apply(
        lambda cells: (
            cells.map(_format_figure, na_action="ignore") if cells.dtype == "float64" else cells
        )
    )
    return str(escaped_rows.to_csv(index=False, lineterminator="\n")).encode()


def as_parquet(table: TableSchema, frame: pd.DataFrame) -> bytes:
    """The rows as Parquet, in the order of the table's columns."""
    file = io.BytesIO()
    frame[[name for name in table.schema.columns if name in frame]].to_parquet(file, index=False)
    return file.getvalue()


TABLE_WRITERS: Final[Mapping[str, Callable[[TableSchema, pd.DataFrame], bytes]]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
}
"""How a table is written, by the ending of the file's name."""


def _is_formula(text: object) -> bool:
    return isinstance(text, str) and text.startswith(FORMULA_PREFIXES)


def _format_figure(number: Any) -> str:  # noqa: ANN401  pandas gives a number of its own
    return f"{number:.0f}" if number == round(number) else repr(float(number))
