"""Content of a result table for readers: its cells as text, and plain HTML of them."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from workbook.html_tables import rows_to_html_table
from workbook.result_table import ResultTable
from workbook.text.numbers import format_cell
from workbook.text.prose import to_prose_html

TableContent = dict[str, Any]
EMPTY_TABLE_CONTENT: TableContent = {
    **dict.fromkeys(("title", "empty_text"), ""),
    **{name: [] for name in ("columns", "texts", "rows")},
}


def table_content(table: ResultTable) -> TableContent:
    """Content of a table for the page.

    Args:
        table: The table.

    Returns:
        Title, columns, cells as text and raw cells (None for a missing value), and what is said
        where there are no rows. A column that a reader need not see is marked: names in code, and
        units, which the texts of cells have.
    """
    units = {column.unit_column for column in table.columns.values()}
    cells = [map(_plain_value, table.frame[name].tolist()) for name in table.columns]
    rows = [dict(zip(table.columns, row, strict=True)) for row in zip(*cells, strict=True)]
    return {
        "title": table.title,
        "empty_text": table.empty_text,
        "columns": [
            {
                "name": name,
                "label": column.label,
                "is_hidden": column.is_name or name in units,
            }
            for name, column in table.columns.items()
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


def _plain_value(cell: Any) -> Any:  # noqa: ANN401  any value of a frame
    """A cell as a plain Python value, None where missing."""
    if pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def table_content_html(content: TableContent, columns: Sequence[str] = ()) -> str:
    """Render a table's content as plain HTML.

    Args:
        content: The content.
        columns: The columns to show, in this order; all if empty.

    Returns:
        An HTML table that shows ten rows of a long one at first; a line for one without rows.
    """
    names = [column["name"] for column in content["columns"]]
    labels = {column["name"]: column["label"] for column in content["columns"]}
    hidden = {column["name"] for column in content["columns"] if column["is_hidden"]}
    shown = [name for name in columns or names if name not in hidden]
    if not (content["rows"] and shown):
        text = escape(f"{content['title']}: {content['empty_text']}")
        return f'<p class="wb-empty">{text}</p>'
    positions = [names.index(name) for name in shown]
    return rows_to_html_table(
        [labels[name] for name in shown],
        [[row[position] for position in positions] for row in content["rows"]],
        [[to_prose_html(row[position]) for position in positions] for row in content["texts"]],
        content["title"],
        is_folded=True,
    )
