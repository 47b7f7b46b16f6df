"""A process that bundles Vega and draws the home page's pictures while the server starts.

Vega takes 100 MB, which neither the server nor a visitor's kernel needs afterwards. Run as a
module, it reads specifications from standard input and writes what it made to standard output.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbook.exports.static_svg import Spec, to_static_svg

_PICTURE_WIDTH = 280
"""Width of a picture on a card, in CSS pixels."""


class Drawings(NamedTuple):
    """The Vega scripts, and a picture for each specification: SVG, or None where it failed."""

    vega_bundle: str
    pictures: list[str | None]


def start_drawing(environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start the process, which bundles Vega at once and then waits for specifications.

    Args:
        environment: Its environment variables; None for those of this process.

    Returns:
        The process, for ``finish_drawing``.
    """
    command = [sys.executable, "-m", __name__]
    return subprocess.Popen(  # noqa: S603  our own
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
    )


def finish_drawing(process: subprocess.Popen[str], specs: Sequence[Spec]) -> Drawings:
    """Have the process draw, and wait until it ends.

    Args:
        process: The process from ``start_drawing``.
        specs: Vega-Lite specifications.

    Returns:
        The Vega scripts and the pictures, in the order of the specifications.

    Raises:
        RuntimeError: The process failed; it reported why on standard error.
    """
    output, _ = process.communicate(json.dumps(specs))
    if process.returncode:
        msg = "the charts could not be prepared"
        raise RuntimeError(msg)
    return Drawings(**json.loads(output))


def _draw_picture(spec: Spec) -> str | None:
    try:
        return to_static_svg(spec, _PICTURE_WIDTH, titled=False)
    except ValueError as error:
        sys.stderr.write(f"A picture of the home page could not be drawn: {error}\n")
        return None


def _answer_request() -> None:
    import vl_convert  # noqa: PLC0415  only this process needs it

    vega_bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    request = sys.stdin.read()
    if not request:  # the server was stopped while it started
        return
    pictures = [_draw_picture(spec) for spec in json.loads(request)]
    json.dump(Drawings(vega_bundle, pictures)._asdict(), sys.stdout)


if __name__ == "__main__":
    _answer_request()
