"""A table of an outcome: some columns to read, filters over its rows, all figures to download."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import pandas as pd
import traitlets

from workbook import words
from workbook.html import still_table
from workbook.outcome import Column
from workbook.widgets.widget import Widget

Content = dict[str, Any]
EMPTY: Content = {"columns": [], "texts": [], "rows": []}


class Table(Widget):
    """A table with a caption and headers; numbers as a reader sees them, raw in the download.

    ``columns`` are those to read, in this order (none: all), ``filters`` those to filter by.
    """

    parts: ClassVar[tuple[str, ...]] = ("common", "sieve")
    name = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict(EMPTY).tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    filters = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, frame: pd.DataFrame, columns: Mapping[str, Column]) -> None:
        """Show this frame; ``columns`` says what each of its columns holds."""
        self.content = content_of(frame, columns)

    def reading(self, *columns: str, by: tuple[str, ...] = ()) -> Self:
        """Itself with these columns only, all where none is named, and filters ``by`` some.

        The download has them all. Raises KeyError, with the columns that there are, for another.
        """
        there = [column["name"] for column in self.content["columns"]]
        if unknown := [name for name in (*columns, *by) if name not in there]:
            msg = f"no column {unknown[0]!r}: there are {', '.join(there)}"
            raise KeyError(msg)
        self.columns, self.filters = list(columns), list(by)
        return self

    def still(self) -> str:
        """The table as plain HTML."""
        return still_content(self.content, self.caption, self.columns)


def content_of(frame: pd.DataFrame, columns: Mapping[str, Column]) -> Content:
    """A frame as its labels, its cells as text and its cells raw (None for missing)."""
    held = {name: columns.get(name, Column.of(name)) for name in map(str, frame.columns)}
    rows = [dict(zip(held, map(_plain, row), strict=True)) for row in frame.itertuples(index=False)]
    return {
        "columns": [{"name": name, "label": column.label} for name, column in held.items()],
        "rows": [list(row.values()) for row in rows],
        "texts": [
            [words.cell(row[name], _unit(column, row)) for name, column in held.items()]
            for row in rows
        ],
    }


def _unit(column: Column, row: Mapping[str, Any]) -> str:
    return str(row[column.unit_in]) if column.unit_in else column.unit


def _plain(cell: Any) -> Any:  # noqa: ANN401  whatever a frame holds
    """A cell as Python's own value, None where missing."""
    if pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def still_content(content: Content, caption: str, columns: Sequence[str] = ()) -> str:
    """A table's content as plain HTML, with these columns or all."""
    labels = {column["name"]: column["label"] for column in content["columns"]}
    frame = pd.DataFrame(content["texts"], columns=list(labels))
    return still_table(frame[list(columns or labels)].rename(columns=labels), caption)
