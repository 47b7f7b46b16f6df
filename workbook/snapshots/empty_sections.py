"""Leave out the sections of a report that have nothing to show for a department."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nbformat import NotebookNode, from_dict

_MARKDOWN_HEADING: Final = re.compile(r"(#{1,6}) ")
_HTML_HEADING: Final = re.compile(r'<div class="wb-prose"><h([1-6])>')
_EMPTY_FIGURE: Final = (
    r'<figure class="wb-figure"(?:(?!</figcaption>).)*</figcaption>'
    r'<div class="wb-plot"><p class="wb-description">(?:(?!</figure>).)*</figure>'
)
_EMPTY: Final = re.compile(
    rf'(\s|<div>|</div>|<p class="wb-empty">[^<]*</p>|{_EMPTY_FIGURE})*', re.DOTALL
)
_TITLE_LEVEL: Final = 1


@dataclass(frozen=True)
class _Block:
    """A Markdown cell or one output of a code cell, by their positions.

    ``level`` is that of a heading, 0 for what is none. ``has_content`` is None for prose, which
    does not fill a section.
    """

    cell: int
    output: int | None
    level: int
    has_content: bool | None


def leave_out_empty_sections(executed: NotebookNode) -> NotebookNode:
    """Copy an executed notebook without the sections whose outputs are all empty.

    Args:
        executed: The notebook. It is not changed.

    Returns:
        The copy. A section of prose alone stays, and so does the title.
    """
    blocks = list(_list_blocks(executed.cells))
    dropped = {
        (blocks[position].cell, blocks[position].output)
        for start in range(len(blocks))
        for position in _empty_section(blocks, start)
    }
    cells = []
    for number, cell in enumerate(executed.cells):
        if (number, None) in dropped:
            continue
        if cell.cell_type == "code":
            kept = [
                output
                for place, output in enumerate(cell.outputs)
                if (number, place) not in dropped
            ]
            cells.append(_copy_content({**cell, "outputs": kept}))
        else:
            cells.append(cell)
    return _copy_content({**executed, "cells": cells})


def _copy_content(content: dict[str, Any]) -> NotebookNode:
    node: NotebookNode = from_dict(content)  # type: ignore[no-untyped-call]
    return node


def _list_blocks(cells: Sequence[NotebookNode]) -> Iterator[_Block]:
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            heading = _MARKDOWN_HEADING.match(cell.source)
            yield _Block(number, None, len(heading[1]) if heading else 0, None)
        elif cell.cell_type == "code":
            for place, output in enumerate(cell.outputs):
                html = output.get("data", {}).get("text/html")
                heading = _HTML_HEADING.match(html or "")
                is_empty = html is not None and bool(_EMPTY.fullmatch(html))
                level = int(heading[1]) if heading else 0
                yield _Block(number, place, level, None if heading else not is_empty)


def _empty_section(blocks: Sequence[_Block], start: int) -> range:
    """Positions of the section that begins at a block, if it is empty; else of the empty block."""
    level = blocks[start].level
    if not level:
        return range(start, start + (blocks[start].has_content is False))
    end = start + 1
    while end < len(blocks) and not 0 < blocks[end].level <= level:
        end += 1
    contents = [block.has_content for block in blocks[start:end] if block.has_content is not None]
    is_heading_alone = end == start + 1 and blocks[start].output is not None
    is_empty = level > _TITLE_LEVEL and (is_heading_alone or (bool(contents) and not any(contents)))
    return range(start, end if is_empty else start)
