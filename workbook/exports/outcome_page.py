"""An outcome as one HTML page without scripts or external files: to read, or to convert."""

from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

import jinja2

from workbook.exports.chart_captions import caption_texts
from workbook.exports.outcome_content import NO_CHANGES, OutcomeContent
from workbook.exports.outcome_parts import collect_notes
from workbook.exports.static_svg import to_static_svg
from workbook.exports.table_content import table_content, table_content_html
from workbook.html_tables import to_html_table
from workbook.resources import read_page_style
from workbook.result_table import ResultTable
from workbook.text.prose import to_prose_html
from workbook.topic import AnyChart

_TEMPLATES: Final = Path(__file__).parent / "templates"

DOCUMENT_ROWS: Final = 15
"""Rows of a table in a document, at most."""

_DOCUMENT_COLUMNS: Final = 8
"""Columns of a table in a document, at most: more cannot be read on an upright page."""


_REGISTER_COLUMNS: Final = ("label", "value", "range", "quality", "source", "review_status")
_DATA_COLUMNS: Final = ("name", "sha256")
"""Columns of two tables on the page: the spreadsheet has the others."""


def to_outcome_page(content: OutcomeContent, *, is_document: bool = False) -> str:
    """Write an outcome as a page.

    Args:
        content: The outcome with its charts and tables.
        is_document: Whether the page is made for a document, which has the first rows of a long
            table only.

    Returns:
        The HTML page: the answer and its figures first, then charts, notes, tables, the
        assumptions register, the sources and the record.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True
    )
    environment.filters |= {
        "prose": to_prose_html,
        "figure": draw_figure,
        "table": partial(_table_html, is_document=is_document),
    }
    indicators = to_html_table(content.outcome.indicator_table(), "Indicators")
    return environment.get_template("outcome.html.j2").render(
        content=content,
        no_changes=NO_CHANGES,
        indicators=_make_scrollable(indicators, "Indicators"),
        notes=list(collect_notes(content.topic, content.outcome)),
        register_columns=_REGISTER_COLUMNS,
        data_columns=_DATA_COLUMNS,
        style=read_page_style(),
    )


def draw_figure(chart: AnyChart) -> str:
    """Draw a chart with its captions and its description.

    Args:
        chart: The chart.

    Returns:
        A ``figure`` element with a static SVG.
    """
    captions = {part: to_prose_html(text) for part, text in caption_texts(chart).items()}
    svg = to_static_svg(chart, titled=False, described=False)
    title = escape(caption_texts(chart)["title"])
    return (
        '<figure class="wb-figure"><figcaption>'
        f'<h3 class="wb-title">{captions["title"]}</h3>'
        f'<p class="wb-subtitle">{captions["subtitle"]}</p></figcaption>'
        f'<div class="wb-plot" role="group" aria-label="{title}" tabindex="0">{svg}</div>'
        f'<p class="wb-description">{captions["description"]}</p></figure>'
    )


def _table_html(table: ResultTable, columns: Sequence[str] = (), *, is_document: bool) -> str:
    """Render a table; in a document, its first rows, and a sentence on what is left out.

    A table of which the columns are chosen has all its rows.
    """
    content = table_content(table)
    title = escape(table.title)
    if columns or not is_document:
        return _make_scrollable(table_content_html(content, columns), table.title)
    shown_columns = [column for column in content["columns"] if not column["is_hidden"]]
    column_count = len(shown_columns)
    row_count = len(content["rows"])
    if column_count > _DOCUMENT_COLUMNS:
        text = f"This table has {column_count} columns and {row_count:,} rows."
        return f"<h3>{title}</h3><p>{text} It is in the spreadsheet of this scenario.</p>"
    shown = {**content, **{part: content[part][:DOCUMENT_ROWS] for part in ("rows", "texts")}}
    html = table_content_html(shown)
    if row_count > DOCUMENT_ROWS:
        html += (
            f"<p>These are the first {DOCUMENT_ROWS} of {row_count:,} rows. The spreadsheet of"
            " this scenario has all of them.</p>"
        )
    return html


def _make_scrollable(table: str, title: str) -> str:
    """Put a table in a box that can be scrolled on its own, also by keyboard."""
    name = escape(title)
    return f'<div class="wb-scroll" role="group" aria-label="{name}" tabindex="0">{table}</div>'
