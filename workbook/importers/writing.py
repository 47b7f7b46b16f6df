"""Writing a table as a file that reads back the same."""

import io
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from workbook.tables import Table
from workbook.words import RUN_BY_SPREADSHEETS, neutralised

SOURCE: Final = "source"
DIGITS: Final = 12
"""Digits of a hash that tell one file from another."""


def sourced(table: Table, frame: pd.DataFrame, name: str, digest: str) -> pd.DataFrame:
    """The rows with the file that they came from as their source, where none is named."""
    if SOURCE not in table.schema.columns or SOURCE in frame:
        return frame
    text = f"{name}, SHA-256 {digest[:DIGITS]}"
    return frame.assign(source=pd.Categorical([text] * len(frame)))


def inert(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with an apostrophe before every text that a spreadsheet would run."""
    texts = frame.select_dtypes(["category", "str"])
    run = [str(name) for name in texts if any(map(_is_run, texts[name].unique()))]
    return frame.assign(
        **{name: texts[name].astype("str").map(neutralised, na_action="ignore") for name in run}
    )


def as_csv(table: Table, frame: pd.DataFrame) -> bytes:
    """The rows as CSV UTF-8, in the order of the table's columns, numbers as they are published.

    Nothing in it can be run by the spreadsheet that opens it.
    """
    columns = [name for name in table.schema.columns if name in frame]
    texts = inert(frame[columns]).apply(
        lambda cells: cells.map(_figure, na_action="ignore") if cells.dtype == "float64" else cells
    )
    return str(texts.to_csv(index=False, lineterminator="\n")).encode()


def as_parquet(table: Table, frame: pd.DataFrame) -> bytes:
    """The rows as Parquet, in the order of the table's columns."""
    file = io.BytesIO()
    frame[[name for name in table.schema.columns if name in frame]].to_parquet(file, index=False)
    return file.getvalue()


WRITERS: Final[Mapping[str, Callable[[Table, pd.DataFrame], bytes]]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
}
"""How a table is written, by the ending of the file's name."""


def _is_run(text: object) -> bool:
    return isinstance(text, str) and text.startswith(RUN_BY_SPREADSHEETS)


def _figure(number: Any) -> str:  # noqa: ANN401  pandas gives a number of its own
    return f"{number:.0f}" if number == round(number) else repr(float(number))
