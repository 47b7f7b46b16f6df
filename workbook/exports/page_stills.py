"""Stills: pictures of a page's charts, laid out as the page's own charts will be.

Run as a module, it is the process that draws them: a request a line on standard input, a picture a
line on standard output, both as JSON. It imports nothing but Vega, which takes 50 MB.
"""

import json
import sys
from typing import Literal, TextIO

from workbook.exports.static_svg import Spec, to_static_svg

StillSize = Literal["wide", "narrow"]
"""The widths for which a page is laid out: of a desktop computer and of a phone."""

_WIDTHS: dict[StillSize, int] = {"wide": 720, "narrow": 358}
"""Width of a chart's place in CSS pixels: in windows of about 1,300 pixels, and of 390."""


def write_request(spec: Spec, size: StillSize, narrow_test: str) -> str:
    """Write a line that asks the process for a still.

    Args:
        spec: The chart's Vega-Lite specification.
        size: The layout.
        narrow_test: The theme's Vega expression that says whether the place is narrow. A still has
            no place, so its size answers.

    Returns:
        The line.
    """
    is_narrow = size == "narrow"
    text = json.dumps({"spec": spec, "size": size})
    return text.replace(narrow_test, "true" if is_narrow else "false") + "\n"


def draw_still(spec: Spec, size: StillSize) -> str:
    """Draw a chart as a still.

    Args:
        spec: The chart's Vega-Lite specification.
        size: The layout.

    Returns:
        The SVG, as high as the page's chart is in a place of this width.

    Raises:
        ValueError: The chart cannot be drawn.
    """
    height = spec.get("height")
    has_rows = isinstance(height, dict)
    narrow_step = spec.get("usermeta", {}).get("narrowStep")
    if has_rows and size == "narrow" and narrow_step:
        spec = {**spec, "height": {"step": narrow_step}}
    return to_static_svg(
        spec,
        _WIDTHS[size],
        titled=False,
        described=False,
        autosize="fit-x" if has_rows else "fit",
    )


def answer_requests(requests: TextIO, answers: TextIO) -> None:
    """Draw what is asked for until the requests end.

    Args:
        requests: A request a line, as ``write_request`` writes them.
        answers: Takes a line for each: the SVG, or null with the reason on standard error.
    """
    for line in requests:
        try:
            picture = draw_still(**json.loads(line))
        except Exception as error:  # noqa: BLE001  the next chart may be fine
            sys.stderr.write(f"A still could not be drawn: {error}\n")
            picture = None
        answers.write(json.dumps(picture) + "\n")
        answers.flush()


if __name__ == "__main__":
    answer_requests(sys.stdin, sys.stdout)
