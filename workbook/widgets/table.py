"""A table of an outcome, with selected columns, filters and a download of all data."""

from typing import Self

import traitlets

from workbook.exports.table_content import (
    EMPTY_TABLE_CONTENT,
    table_content,
    table_content_html,
)
from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.text.grammar import format_count
from workbook.text.suggestions import unknown_name_message
from workbook.widgets.widget import WorkbookWidget


class TableWidget(WorkbookWidget):
    """A table with a title. Numbers are formatted on the page and raw in the download.

    Traits:
        name: The table's name, and that of the downloaded file.
        content: Title, columns, cells as text and raw cells.
        columns: The columns to show, in this order; all if empty.
        filters: The columns to filter by.
    """

    name = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    filters = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, table: ResultTable) -> None:
        """Show a table."""
        with self.hold_sync():
            self.name, self.content = table.name, table_content(table)

    def show_from(self, outcome: Outcome, name: str) -> None:
        """Show a table of an outcome; nothing for an outcome without figures.

        Args:
            outcome: The outcome.
            name: Name of the table.

        Raises:
            KeyError: An outcome with figures has no such table.
        """
        if outcome.no_figures_reason:
            self.content = EMPTY_TABLE_CONTENT
        else:
            self.show(outcome.table(name))

    def select_columns(self, *columns: str, filter_by: tuple[str, ...] = ()) -> Self:
        """Show some of the columns, and filters for the rows. The download has all columns.

        Args:
            *columns: The columns to show, in this order; all if none is given.
            filter_by: The columns to filter by.

        Returns:
            The widget itself.

        Raises:
            KeyError: The table has no such column. The message lists its columns.
        """
        available = [column["name"] for column in self.content["columns"]]
        unknown = [name for name in (*columns, *filter_by) if name not in available]
        if unknown and available:
            raise KeyError(unknown_name_message("column", unknown[0], available))
        self.columns, self.filters = list(columns), list(filter_by)
        return self

    def describe_content(self) -> str:
        """The name, the title and how many rows there are."""
        row_count = format_count(len(self.content["rows"]), "row")
        return f"{self.name}: {self.content['title']}, {row_count}"

    def to_static_html(self) -> str:
        """Render the table as plain HTML; an empty text where there is no table."""
        return table_content_html(self.content, self.columns) if self.content["columns"] else ""
