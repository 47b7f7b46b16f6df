"""A chart as a still picture: one SVG that needs nothing from outside itself."""

import re
import textwrap
from html import escape
from typing import Any

from workbook.topic import AnyChart

Spec = dict[str, Any]

WIDTH = 720
"""Width of a still chart in CSS pixels, its axes and labels included."""

TITLE_SIZES = {"text": ("fontSize", 17, 0.53), "subtitle": ("subtitleFontSize", 13, 0.48)}
"""A title's parts: where the config has its size, Vega-Lite's own, a character's width in ems."""

_OUTSIDE = re.compile(r"""(?:href|src)\s*=\s*["'](?!\#|data:)|url\(\s*["']?(?!\#|data:)""")
_TAG = re.compile(r"<[a-z][^>]*>")
_ARIA = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')


def svg(chart: AnyChart | Spec, width: int = WIDTH, *, titled: bool = True) -> str:
    """The chart as a self-contained SVG, ``width`` CSS pixels wide; the same chart, the same text.

    Its accessible name is the chart's title, its description the chart's. ``titled`` False leaves
    the title out of the picture, for where it stands beside it.
    Raises ValueError where the chart cannot be drawn, or where it would need something from
    outside.
    """
    import vl_convert  # noqa: PLC0415  it takes 100 MB, and few kernels draw stills

    spec = chart if isinstance(chart, dict) else chart.to_dict()
    drawn = fixed(spec if titled else {**spec, "title": None}, width)
    picture: str = vl_convert.vegalite_to_svg(drawn, allowed_base_urls=[])
    if outside := _OUTSIDE.search(picture):
        near = picture[outside.start() : outside.start() + 60]
        msg = f"a still chart must hold all that it shows, and this one refers to {near}…"
        raise ValueError(msg)
    text = str(spec.get("description", ""))
    return _described(picture, title_of(spec) or text or "Chart", text)


def fixed(spec: Spec, width: int) -> Spec:
    """The specification ``width`` wide instead of as wide as its container, its title wrapped."""
    if not {"mark", "layer"} & spec.keys():  # views side by side have widths of their own
        return spec
    fit = {"type": "fit-x", "contains": "padding"}
    return {**_wrapped(spec, width), "width": width, "autosize": fit}


def title_of(spec: Spec) -> str:
    """What the chart's title says; empty where it has none."""
    text = _title(spec).get("text") or ""
    return " ".join(text) if isinstance(text, list) else str(text)


def _title(spec: Spec) -> Spec:
    title = spec.get("title") or {}
    return title if isinstance(title, dict) else {"text": title}


def _wrapped(spec: Spec, width: int) -> Spec:
    title, config = _title(spec), spec.get("config", {}).get("title", {})
    for part, (name, usual, share) in TITLE_SIZES.items():
        if isinstance(title.get(part), str):
            size = title.get(name, config.get(name, usual))
            lines = textwrap.wrap(title[part], max(1, int(width / (size * share))))
            title = {**title, part: lines}
    return {**spec, "title": title} if title else spec


def _described(picture: str, name: str, text: str) -> str:
    """The SVG as one image with a name and a description: of its parts nothing is announced."""
    silent = _TAG.sub(lambda tag: _ARIA.sub("", tag[0]), picture)
    silent = silent.replace('class="marks"', 'class="wb-still"', 1)
    head = f'<svg role="img" aria-label="{escape(name)}" '
    words = f"<title>{escape(name)}</title><desc>{escape(text)}</desc>"
    return re.sub(r"<svg ([^>]*>)", lambda root: head + root[1] + words, silent, count=1)
