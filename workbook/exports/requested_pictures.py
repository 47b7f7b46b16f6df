"""Pictures that a notebook leaves to the process that runs it.

Vega takes half a second to load. The process that runs a notebook loads it in any case, so the
notebook's kernel writes the specification of each picture to a folder, and a mark in its place.
"""

import json
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from workbook.exports.static_svg import Spec, to_static_svg

PICTURES_VARIABLE: Final = "WORKBOOK_PICTURES"
"""Environment variable with the folder that takes the specifications."""

_MARK: Final = re.compile(r"<!--picture ([0-9a-f]{64})-->")


def draw_untitled(spec: Spec) -> str:
    """Draw a chart without its title and description, now or later.

    Args:
        spec: The chart's Vega-Lite specification.

    Returns:
        The SVG, or a mark that ``draw_requested`` replaces.

    Raises:
        ValueError: The chart cannot be drawn.
    """
    folder = os.environ.get(PICTURES_VARIABLE)
    if not folder:
        return to_static_svg(spec, titled=False, described=False)
    text = json.dumps(spec)
    key = sha256(text.encode()).hexdigest()
    Path(folder, key).write_text(text, encoding="utf-8")
    return f"<!--picture {key}-->"


def draw_requested(html: str, folder: Path) -> str:
    """Draw the pictures of a page in place of their marks.

    Args:
        html: The page, or a part of one.
        folder: Folder with the specifications.

    Returns:
        The page with its pictures.

    Raises:
        ValueError: A chart cannot be drawn, or its specification is missing.
    """

    def draw(mark: re.Match[str]) -> str:
        try:
            text = (folder / mark[1]).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise ValueError("its specification, written by the kernel, is missing") from None
        spec = json.loads(text)
        return to_static_svg(spec, titled=False, described=False)

    return _MARK.sub(draw, html)
