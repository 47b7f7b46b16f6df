"""A table of an outcome: some columns to read, filters over its rows, all figures to download."""

from collections.abc import Sequence
from typing import Any, Self

import pandas as pd
import traitlets

from workbook.html_tables import to_html_table
from workbook.result_table import ResultTable
from workbook.text.numbers import format_cell
from workbook.text.suggestions import unknown_name_message
from workbook.widgets.widget import WorkbookWidget

TableContent = dict[str, Any]
EMPTY_TABLE_CONTENT: TableContent = {"title": "", "columns": [], "texts": [], "rows": []}


class TableWidget(WorkbookWidget):
    """A table with a title and headers; numbers as a reader sees them, raw in the download.

    ``columns`` are those to read, in this order (none: all), ``filters`` those to filter by.
    """

    name = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    filters = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, table: ResultTable) -> None:
        """Show this table."""
        with self.hold_sync():
            self.name, self.content = table.name, table_content(table)

    def select_columns(self, *columns: str, filter_by: tuple[str, ...] = ()) -> Self:
        """Itself with these columns only, all where none is named, and filters ``by`` some.

        The download has them all. Raises KeyError, with the columns that there are, for another.
        """
        available = [column["name"] for column in self.content["columns"]]
        if unknown := [name for name in (*columns, *filter_by) if name not in available]:
            raise KeyError(unknown_name_message("column", unknown[0], available))
        self.columns, self.filters = list(columns), list(filter_by)
        return self

    def to_static_html(self) -> str:
        """The table as plain HTML."""
        return table_content_html(self.content, self.columns)


def table_content(table: ResultTable) -> TableContent:
    """A table's title, its labels, and its cells as text and raw (None for missing)."""
    rows = [
        dict(zip(table.columns, map(_plain_value, row), strict=True))
        for row in table.frame.itertuples(index=False)
    ]
    return {
        "title": table.title,
        "columns": [
            {"name": name, "label": column.label} for name, column in table.columns.items()
        ],
        "rows": [list(row.values()) for row in rows],
        "texts": [
            [
                format_cell(row[name], column.unit_in_row(row))
                for name, column in table.columns.items()
            ]
            for row in rows
        ],
    }


def _plain_value(cell: Any) -> Any:  # noqa: ANN401  whatever a frame holds
    """A cell as Python's own value, None where missing."""
    if pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def table_content_html(content: TableContent, columns: Sequence[str] = ()) -> str:
    """A table's content as plain HTML, with these columns or all."""
    labels = {column["name"]: column["label"] for column in content["columns"]}
    frame = pd.DataFrame(content["texts"], columns=list(labels))
    return to_html_table(frame[list(columns or labels)].rename(columns=labels), content["title"])
