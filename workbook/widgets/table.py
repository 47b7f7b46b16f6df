"""A table of an outcome, with its figures to download."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import traitlets

from workbook import words
from workbook.html import still_table
from workbook.outcome import Column
from workbook.widgets.widget import Widget

Content = dict[str, Any]
EMPTY: Content = {"columns": [], "texts": [], "rows": []}


class Table(Widget):
    """A table with a caption and headers; numbers as a reader sees them, raw in the download."""

    name = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict(EMPTY).tag(sync=True)

    def show(self, frame: pd.DataFrame, columns: Mapping[str, Column]) -> None:
        """Show this frame; ``columns`` says what each of its columns holds."""
        self.content = content_of(frame, columns)

    def still(self) -> str:
        """The table as plain HTML."""
        return still_content(self.content, self.caption)


def content_of(frame: pd.DataFrame, columns: Mapping[str, Column]) -> Content:
    """A frame as its labels, its cells as text and its cells raw (None for missing)."""
    held = [columns.get(name, Column.of(name)) for name in map(str, frame.columns)]
    raw = [
        [None if pd.isna(cell) else getattr(cell, "item", lambda c=cell: c)() for cell in row]
        for row in frame.itertuples(index=False)
    ]
    return {
        "columns": [
            {"name": name, "label": column.label}
            for name, column in zip(frame.columns, held, strict=True)
        ],
        "rows": raw,
        "texts": [
            [words.cell(cell, column.unit) for cell, column in zip(row, held, strict=True)]
            for row in raw
        ],
    }


def still_content(content: Content, caption: str) -> str:
    """A table's content as plain HTML."""
    frame = pd.DataFrame(
        content["texts"], columns=[column["label"] for column in content["columns"]]
    )
    return still_table(frame, caption)
