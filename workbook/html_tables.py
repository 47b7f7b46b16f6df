"""Convert tables to plain HTML: for the form and tables of a page, outcomes and reports."""

from html import escape

import pandas as pd

_LONGEST_UNBROKEN = 10
"""Length of a date. A word of at most this length is not broken at its hyphens."""


def to_html_table(frame: pd.DataFrame, caption: str) -> str:
    """Convert a frame to an accessible HTML table.

    Args:
        frame: The rows. The first column holds the row headers.
        caption: Caption of the table.

    Returns:
        The ``table`` element, with scoped headers and right-aligned numbers.
    """
    header_cells = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in frame.columns)
    body_rows = "".join(_row_html(row) for row in frame.itertuples(index=False))
    return (
        f'<table class="wb-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{header_cells}</tr></thead><tbody>{body_rows}</tbody></table>"
    )


def _row_html(row: tuple[object, ...]) -> str:
    first, *rest = row
    return f'<tr><th scope="row">{_cell_text(first)}</th>{"".join(map(_cell_html, rest))}</tr>'


def _cell_html(value: object) -> str:
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    text = _cell_text(value)
    if is_numeric:
        return f'<td class="wb-number">{text}</td>'
    is_unbroken = text and " " not in text and len(text) <= _LONGEST_UNBROKEN
    return f'<td class="wb-nowrap">{text}</td>' if is_unbroken else f"<td>{text}</td>"


def _cell_text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return ""
    return escape(f"{value:,.10g}" if isinstance(value, float) else str(value))
