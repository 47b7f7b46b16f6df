"""Tables as plain HTML for a still document: a report, a print, an e-mail."""

from html import escape

import pandas as pd

LONGEST_WHOLE = 10
"""Characters of a date: a cell of one word up to this is not broken at its hyphens."""


def still_table(frame: pd.DataFrame, caption: str) -> str:
    """A table with a caption and headers that a screen reader can follow; numbers to the right."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in frame.columns)
    rows = "".join(_row(row) for row in frame.itertuples(index=False))
    return (
        f'<table class="wb-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(row: tuple[object, ...]) -> str:
    first, *rest = row
    return f'<tr><th scope="row">{_text(first)}</th>{"".join(map(_cell, rest))}</tr>'


def _cell(value: object) -> str:
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    text = _text(value)
    if numeric:
        return f'<td class="wb-number">{text}</td>'
    whole = text and " " not in text and len(text) <= LONGEST_WHOLE
    return f'<td class="wb-whole">{text}</td>' if whole else f"<td>{text}</td>"


def _text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return ""
    return escape(f"{value:,.10g}" if isinstance(value, float) else str(value))
