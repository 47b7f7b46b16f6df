"""Sections of a topic's page, read from its notebook's headings."""

import re
from typing import NamedTuple

from nbformat import NotebookNode

_SECTION_HEADING = re.compile(r"## +(?P<title>[^\n]+)\n*")
_COLLAPSED_KEY = "jp-MarkdownHeadingCollapsed"
"""JupyterLab's own mark of a section that is collapsed when the notebook is opened."""


class PageSection(NamedTuple):
    """A section of a page.

    Attributes:
        id: Its address on the page.
        title: Its heading.
        text: The rest of the heading's cell, in Markdown.
        is_closed: Whether it is closed when the page is opened.
    """

    id: str
    title: str
    text: str
    is_closed: bool


def read_section(cell: NotebookNode) -> PageSection | None:
    """Read the section that a cell begins.

    Args:
        cell: A cell of a notebook.

    Returns:
        The section; None for a cell that does not begin with a heading of the second level.
    """
    heading = _SECTION_HEADING.match(cell.source) if cell.cell_type == "markdown" else None
    if heading is None:
        return None
    title = heading["title"].strip()
    slug = "-".join(re.findall(r"\w+", title.lower()))
    is_closed = bool(cell.metadata.get(_COLLAPSED_KEY, False))
    return PageSection(slug, title, cell.source[heading.end() :], is_closed)


def list_page_sections(notebook: NotebookNode) -> list[PageSection]:
    """List the sections of a notebook, in order.

    Args:
        notebook: The notebook.

    Returns:
        Its sections.
    """
    sections = map(read_section, notebook.cells)
    return [section for section in sections if section is not None]
