"""Draw a chart as a static, self-contained SVG."""

import re
import textwrap
from html import escape
from typing import TYPE_CHECKING, Any

from workbook.exports.compiled_charts import is_one_view
from workbook.exports.shared_drawing import draw_shared

if TYPE_CHECKING:  # a process that only draws specifications needs no topics
    from workbook.topic import AnyChart

Spec = dict[str, Any]

_STATIC_CHART_WIDTH = 720
"""Width of a static chart in CSS pixels, axes and labels included."""

_TITLE_SIZES = {"text": ("fontSize", 17, 0.53), "subtitle": ("subtitleFontSize", 13, 0.48)}
"""For each part of a title: its size in the config, Vega-Lite's default, character width in em."""

_OUTSIDE_REFERENCE = re.compile(
    r"""(?:href|src)\s*=\s*["'](?!\#|data:)|url\(\s*["']?(?!\#|data:)"""
)
_TAG = re.compile(r"<[a-z][^>]*>")
_ARIA = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')


def to_static_svg(
    chart: "AnyChart | Spec",
    width: int = _STATIC_CHART_WIDTH,
    *,
    titled: bool = True,
    described: bool = True,
    autosize: str = "fit-x",
) -> str:
    """Draw a chart as a self-contained SVG.

    Args:
        chart: The chart or its Vega-Lite specification.
        width: The width in CSS pixels.
        titled: Whether the picture shows the chart's title.
        described: Whether the picture carries the chart's description.
        autosize: What includes axes and labels: ``fit-x`` the width, ``fit`` the height as well.

    Returns:
        The SVG. Its accessible name is the chart's title. The same chart gives the same text.

    Raises:
        ValueError: The chart cannot be drawn, or refers to something outside the picture.
    """
    spec = chart if isinstance(chart, dict) else chart.to_dict()
    sized_spec = with_fixed_width(spec if titled else {**spec, "title": None}, width, autosize)
    svg_text = draw_shared(sized_spec)
    if reference := _OUTSIDE_REFERENCE.search(svg_text):
        excerpt = svg_text[reference.start() : reference.start() + 60]
        msg = f"a static chart must be self-contained, but this one refers to {excerpt}…"
        raise ValueError(msg)
    description = str(spec.get("description", ""))
    name = chart_title(spec) or description or "Chart"
    return _add_description(svg_text, name, description if described else "")


def with_fixed_width(spec: Spec, width: int, autosize: str = "fit-x") -> Spec:
    """Give a specification a fixed width instead of that of its container.

    Args:
        spec: The Vega-Lite specification.
        width: The width in CSS pixels.
        autosize: Vega-Lite's type of automatic size.

    Returns:
        The specification with a wrapped title. Views side by side keep their own widths.
    """
    if not is_one_view(spec):  # views side by side have widths of their own
        return spec
    sizing = {"type": autosize, "contains": "padding"}
    return {**_wrap_title(spec, width), "width": width, "autosize": sizing}


def chart_title(spec: Spec) -> str:
    """Give the text of a chart's title.

    Args:
        spec: The Vega-Lite specification.

    Returns:
        The title in one line; empty where there is none.
    """
    text = _title_spec(spec).get("text") or ""
    return " ".join(text) if isinstance(text, list) else str(text)


def _title_spec(spec: Spec) -> Spec:
    title = spec.get("title") or {}
    return title if isinstance(title, dict) else {"text": title}


def _wrap_title(spec: Spec, width: int) -> Spec:
    title, config = _title_spec(spec), spec.get("config", {}).get("title", {})
    for part, (name, default_size, width_ratio) in _TITLE_SIZES.items():
        if isinstance(title.get(part), str):
            size = title.get(name, config.get(name, default_size))
            lines = textwrap.wrap(title[part], max(1, int(width / (size * width_ratio))))
            title = {**title, part: lines}
    return {**spec, "title": title} if title else spec


def _add_description(picture: str, name: str, description: str) -> str:
    """Make the SVG one image with a name and a description. Its parts are not announced."""
    svg_text = _TAG.sub(lambda tag: _ARIA.sub("", tag[0]), picture)
    svg_text = svg_text.replace('class="marks"', 'class="wb-still"', 1)
    head = f'<svg role="img" aria-label="{escape(name)}" '
    description_tag = f"<desc>{escape(description)}</desc>" if description else ""
    description_tags = f"<title>{escape(name)}</title>{description_tag}"
    return re.sub(
        r"<svg ([^>]*>)", lambda root: head + root[1] + description_tags, svg_text, count=1
    )
