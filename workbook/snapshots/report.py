"""Render an executed notebook as one HTML page without external files."""

import re
from base64 import b64encode
from hashlib import sha256
from html import escape

from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from workbook.exports.static_svg import to_static_svg
from workbook.outcome import OUTCOME_MEDIA_TYPE
from workbook.resources import read_page_style
from workbook.snapshots.empty_sections import leave_out_empty_sections
from workbook.snapshots.grid_section import read_grid_script
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.page_templates import TEMPLATES
from workbook.snapshots.status_text import initial_status

_VEGA_LITE = "application/vnd.vegalite."
_PICTURE_TYPES = ("image/png", "image/jpeg")
_MAIN_START = 'tabindex="-1">\n'
_FIGURES_HEADING = '<h2 id="the-figures">The figures</h2>\n'

_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_TABLE = re.compile(r'(<div class="wb-scroll">\s*)?(<table\b.*?</table>)', re.DOTALL)
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_PLOT = re.compile(r'<div class="wb-plot">(?=<svg[^>]*? aria-label="([^"]*)")')
_UNDESCRIBED_IMAGE = re.compile(
    r"""<img\b(?!(?:[^>"']|"[^"]*"|'[^']*')*\salt\s*=)""", re.IGNORECASE
)
_NO_DESCRIPTION = '<img alt="No description has been provided for this image"'
_HEADING = re.compile(r"<(/?)h1\b")


def render_report(
    executed: NotebookNode, run: TopicRun, grid_section: str = "", changes_section: str = ""
) -> str:
    """Render the notebook's prose and outputs, without its code, under one main heading.

    Args:
        executed: The executed notebook.
        run: The topic and scenario that it was run with.
        grid_section: Section in which a reader moves the main levers; it follows the first output.
        changes_section: Section on what changed since the quarter before, which follows that.

    Returns:
        The page. Without a grid it has no script.
    """
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=Config(
            HTMLExporter={
                "extra_template_basedirs": [str(TEMPLATES)],
                "optimistic_validation": True,  # once, not after each of ten steps
            }
        ),
        template_name="report",
        exclude_anchor_links=True,
        filters={"still": render_output},
    )
    script = read_grid_script() if grid_section else ""
    page = {
        "title": run.topic.title,
        "quarter": run.scenario.quarter,
        "style": read_page_style(),
        "is_trial": run.is_trial,
        "edition": run.edition,
        "status": initial_status(is_trial=run.is_trial),
        "sections": grid_section + changes_section,
        "script": script,
        "script_hash": b64encode(sha256(script.encode()).digest()).decode() if script else "",
    }
    # The exporter's own method would parse the whole page, and write it again.
    shown = leave_out_empty_sections(executed) if run.edition else executed
    html, _ = TemplateExporter.from_notebook_node(exporter, shown, resources={"page": page})
    described = _UNDESCRIBED_IMAGE.sub(_NO_DESCRIPTION, str(html))
    page_with_heading = _keep_one_heading(described, run.topic.title)
    return _add_edition(page_with_heading, run.edition) if run.edition else page_with_heading


def render_output(output: NotebookNode) -> str:
    """Render one output of a cell as static HTML; warnings on standard error are left out."""
    if output.output_type == "stream":
        return f"<pre>{escape(output.text)}</pre>" if output.name == "stdout" else ""
    data = output.get("data", {})
    return (
        _FIGURES_HEADING + _render_data(data) if OUTCOME_MEDIA_TYPE in data else _render_data(data)
    )


def make_scrollable(html: str) -> str:
    """Put each table and chart in a box that can be scrolled on its own, also by keyboard."""
    return _PLOT.sub(_wrap_plot, _TABLE.sub(_wrap_table, html))


def _render_data(data: NotebookNode) -> str:
    """Render the richest form of an output that needs no script."""
    chart = next((data[kind] for kind in data if kind.startswith(_VEGA_LITE)), None)
    if chart:
        return f"<figure>{to_static_svg(dict(chart))}</figure>"
    if "text/html" in data:
        return make_scrollable(_SCRIPT.sub("", data["text/html"]))
    if "image/svg+xml" in data:
        return f"<figure>{data['image/svg+xml']}</figure>"
    text = escape(data.get("text/plain", ""))
    for kind in _PICTURE_TYPES:
        if kind in data:
            return f'<figure><img src="data:{kind};base64,{data[kind]}" alt="{text}"></figure>'
    return f"<pre>{text}</pre>" if text else ""


def _wrap_table(match: re.Match[str]) -> str:
    inside, table = match.groups()
    caption = _CAPTION.search(table)
    name = re.sub(r"<[^>]*>", "", caption[1]) if caption else "Table"
    box = f'<div class="wb-scroll" role="group" aria-label="{name}" tabindex="0">'
    return f"{box}{table}" if inside else f"{box}{table}</div>"


def _wrap_plot(match: re.Match[str]) -> str:
    return f'<div class="wb-plot" role="group" aria-label="{match[1]}" tabindex="0">'


def _add_edition(html: str, edition: str) -> str:
    """Say in the main heading whose edition it is."""
    return html.replace("</h1>", f": {escape(edition)}</h1>", 1)


def _keep_one_heading(html: str, title: str) -> str:
    """Leave exactly one heading of level 1: the notebook's first, or else the title."""
    first = html.find("<h1")
    if first < 0:
        return html.replace(_MAIN_START, f"{_MAIN_START}<h1>{escape(title)}</h1>\n", 1)
    end = html.index("</h1>", first) + len("</h1>")
    return html[:end] + _HEADING.sub(r"<\1h2", html[end:])
