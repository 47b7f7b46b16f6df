"""A topic's executed notebook as one HTML page that needs no network and no script."""

import re
from html import escape
from pathlib import Path

from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from workbook.exports.still import svg
from workbook.outcome import RECORD
from workbook.resources import PACKAGE
from workbook.snapshots.request import Run

TEMPLATES = Path(__file__).parent / "templates"
VEGA_LITE = "application/vnd.vegalite."
PICTURES = ("image/png", "image/jpeg")
START = 'tabindex="-1">\n'
FIGURES = '<h2 id="the-figures">The figures</h2>\n'

_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_TABLE = re.compile(r'(<div class="wb-scroll">\s*)?(<table\b.*?</table>)', re.DOTALL)
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_PLOT = re.compile(r'<div class="wb-plot">(?=<svg[^>]*? aria-label="([^"]*)")')
_HEADING = re.compile(r"<(/?)h1\b")


def report(executed: NotebookNode, run: Run) -> str:
    """The page: prose and what the cells have shown, without code, under one first heading."""
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=Config(HTMLExporter={"extra_template_basedirs": [str(TEMPLATES)]}),
        template_name="report",
        exclude_anchor_links=True,
        filters={"still": still},
    )
    page = {"title": run.topic.title, "quarter": run.scenario.quarter, "style": style()}
    html, _ = exporter.from_notebook_node(executed, resources={"page": page})
    return _one_heading(str(html), run.topic.title)


def style() -> str:
    """The style that all pages share."""
    return (PACKAGE / "page.css").read_text(encoding="utf-8")


def still(output: NotebookNode) -> str:
    """What a cell has shown as HTML that stands for itself; its warnings are not for readers."""
    if output.output_type == "stream":
        return f"<pre>{escape(output.text)}</pre>" if output.name == "stdout" else ""
    data = output.get("data", {})
    return FIGURES + _html(data) if RECORD in data else _html(data)


def scrolling(html: str) -> str:
    """The HTML with each table and chart in a box that scrolls by itself, also by the keyboard."""
    return _PLOT.sub(_plot, _TABLE.sub(_table, html))


def _html(data: NotebookNode) -> str:
    """The richest form that needs no script: a widget's still form rather than its live one."""
    chart = next((data[kind] for kind in data if kind.startswith(VEGA_LITE)), None)
    if chart:
        return f"<figure>{svg(dict(chart))}</figure>"
    if "text/html" in data:
        return scrolling(_SCRIPT.sub("", data["text/html"]))
    if "image/svg+xml" in data:
        return f"<figure>{data['image/svg+xml']}</figure>"
    text = escape(data.get("text/plain", ""))
    for kind in PICTURES:
        if kind in data:
            return f'<figure><img src="data:{kind};base64,{data[kind]}" alt="{text}"></figure>'
    return f"<pre>{text}</pre>" if text else ""


def _table(found: re.Match[str]) -> str:
    inside, table = found.groups()
    caption = _CAPTION.search(table)
    name = re.sub(r"<[^>]*>", "", caption[1]) if caption else "Table"
    box = f'<div class="wb-scroll" role="group" aria-label="{name}" tabindex="0">'
    return f"{box}{table}" if inside else f"{box}{table}</div>"


def _plot(found: re.Match[str]) -> str:
    return f'<div class="wb-plot" role="group" aria-label="{found[1]}" tabindex="0">'


def _one_heading(html: str, title: str) -> str:
    """The page with exactly one heading of the first level: the notebook's own, or the title."""
    first = html.find("<h1")
    if first < 0:
        return html.replace(START, f"{START}<h1>{escape(title)}</h1>\n", 1)
    end = html.index("</h1>", first) + len("</h1>")
    return html[:end] + _HEADING.sub(r"<\1h2", html[end:])
