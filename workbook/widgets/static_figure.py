"""The static form of a chart, shared by every widget that has charts."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from workbook.exports.table_content import table_content_html
from workbook.text.prose import to_prose_html
from workbook.widgets.widget import is_served_page

_DISCLOSURE_LABEL = "Data and description"

STATIC_TRAITS: Final = ("name", "captions", "reserved_heights", "is_empty", "table_content")
"""Traits of a chart that its static form shows."""


def static_figure_html(traits: Mapping[str, Any], picture: str) -> str:
    """Render a chart as plain HTML: its captions, a picture, and its description and table.

    Args:
        traits: The ``STATIC_TRAITS`` of the chart.
        picture: The picture as HTML. An empty chart shows its description in its place.

    Returns:
        The figure.
    """
    captions, is_drawn = traits["captions"], not traits["is_empty"]
    title, subtitle = (escape(captions[part]) for part in ("title", "subtitle"))
    wide, narrow = traits["reserved_heights"]
    name, style = escape(traits["name"]), f' style="--wb-wide:{wide}px;--wb-narrow:{narrow}px"'
    description = f'<p class="wb-description">{to_prose_html(captions["description"])}</p>'
    return (
        f'<figure class="wb-figure" id="chart-{name}" data-chart="{name}">'
        f'<figcaption><h3 class="wb-title">{title}</h3>'
        f'<p class="wb-subtitle">{subtitle}</p></figcaption>'
        f'<div class="wb-plot"{style if is_drawn and is_served_page() else ""}>'
        f"{picture if is_drawn else description}</div>"
        f'<details class="wb-chart-data"><summary>{_DISCLOSURE_LABEL}</summary>'
        f"{description if is_drawn else ''}"
        f'<div class="wb-scroll">{table_content_html(traits["table_content"])}</div>'
        "</details></figure>"
    )
