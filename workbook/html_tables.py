"""Convert tables to plain HTML: for the form and tables of a page, outcomes and reports."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from workbook.text.prose import to_prose_html

FIRST_ROWS = 10
"""Rows of a long table that a page shows at first."""

_LONGEST_UNBROKEN = 10
"""Length of a date. A word of at most this length is not broken at its hyphens."""

_LONG_TEXT = 60
"""A text with more characters makes its column wide enough to read."""

_WIDE_COLUMNS = 10
"""A table with at least as many columns is printed on a page turned sideways."""


def to_html_table(frame: pd.DataFrame, caption: str, *, is_folded: bool = False) -> str:
    """Convert a frame to an accessible HTML table.

    Args:
        frame: The rows. The first column holds the row headers.
        caption: Caption of the table.
        is_folded: As for ``rows_to_html_table``.

    Returns:
        The ``table`` element, as ``rows_to_html_table`` gives it.
    """
    values = list(frame.itertuples(index=False, name=None))
    texts = [[_cell_text(value) for value in row] for row in values]
    return rows_to_html_table(list(map(str, frame)), values, texts, caption, is_folded=is_folded)


def rows_to_html_table(
    headings: Sequence[str],
    values: Sequence[Sequence[object]],
    texts: Sequence[Sequence[str]],
    caption: str,
    *,
    is_folded: bool = False,
) -> str:
    """Convert rows to an accessible HTML table.

    Args:
        headings: The heading of each column. The first column holds the row headers.
        values: The values of each row.
        texts: The cells as a reader sees them, as HTML, in the shape of the values.
        caption: Caption of the table.
        is_folded: Whether the page shows ten rows of a long table at first. The others are in the
            table too: for a search of the page, for print and for documents.

    Returns:
        The ``table`` element, with scoped headers, and numbers to the right under their headings.
        After a folded table, a ``details`` element that shows the other rows.
    """
    count = len(headings)
    columns = zip(*values, strict=True) if values else [()] * count
    text_columns = list(zip(*texts, strict=True)) if values else [()] * count
    headers = map(_header_html, headings, columns, text_columns, range(count))
    has_long_texts = any(map(_is_long, text_columns))
    labels = [f' data-label="{escape(name)}"' if has_long_texts else "" for name in headings]
    rows = [_row_html(*row, labels) for row in zip(values, texts, strict=True)]
    class_name = "wb-table wb-wide-table" if count >= _WIDE_COLUMNS else "wb-table"
    head = f"<caption>{escape(caption)}</caption><thead><tr>{''.join(headers)}</tr></thead>"
    return f'<table class="{class_name}">{head}{_body_html(rows, caption, is_folded=is_folded)}'


def _body_html(rows: Sequence[str], caption: str, *, is_folded: bool) -> str:
    """The rows and the end of the table."""
    if not is_folded or len(rows) <= FIRST_ROWS:
        return f"<tbody>{''.join(rows)}</tbody></table>"
    return (
        f"<tbody>{''.join(rows[:FIRST_ROWS])}</tbody>"
        f'<tbody hidden="until-found">{"".join(rows[FIRST_ROWS:])}</tbody></table>'
        '<details class="wb-show-all"><summary>'
        f'<span class="wb-when-closed">Show all {len(rows):,}</span>'
        f'<span class="wb-when-open">Show the first {FIRST_ROWS}</span>'
        f'<span class="wb-visually-hidden"> rows: {escape(caption)}</span></summary></details>'
    )


def _header_html(name: str, values: Sequence[object], texts: Sequence[str], position: int) -> str:
    numbers, others = sum(map(_is_number, values)), sum(isinstance(value, str) for value in values)
    classes = ["wb-number"] if position and numbers > others else []
    if _is_long(texts):
        classes.append("wb-long")
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    return f'<th scope="col"{attribute}>{escape(name)}</th>'


def _is_long(texts: Sequence[str]) -> bool:
    return any(len(text) > _LONG_TEXT for text in texts)


def _row_html(values: Sequence[object], texts: Sequence[str], labels: Sequence[str]) -> str:
    cells = "".join(map(_cell_html, values[1:], texts[1:], labels[1:]))
    return f'<tr><th scope="row"{_word_class(texts[0])}>{texts[0]}</th>{cells}</tr>'


def _cell_html(value: object, text: str, label: str) -> str:
    if _is_number(value):
        return f'<td class="wb-number"{label}>{text}</td>'
    return f"<td{_word_class(text)}{label}>{text}</td>"


def _word_class(text: str) -> str:
    is_unbroken = text and " " not in text and len(text) <= _LONGEST_UNBROKEN
    return ' class="wb-nowrap"' if is_unbroken else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell_text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return ""
    return to_prose_html(f"{value:,.10g}" if isinstance(value, float) else str(value))
