"""Charts as pictures: SVG, and PNG for programs that show no SVG."""

from collections.abc import Iterator, Mapping
from typing import Final

from workbook.exports.drawing_fonts import load_vega_with_system_fonts
from workbook.exports.static_svg import to_static_svg
from workbook.exports.zip_archive import make_zip
from workbook.topic import AnyChart

PIXEL_SCALE: Final = 2
"""Pixels of a picture for each CSS pixel, for a sharp print."""


class NoChartsError(ValueError):
    """The topic has no charts."""


def charts_to_zip(charts: Mapping[str, AnyChart]) -> bytes:
    """Draw charts into an archive, each as SVG and as PNG.

    Args:
        charts: The charts by name.

    Returns:
        The archive. The same charts give the same bytes.

    Raises:
        NoChartsError: There is no chart.
        ValueError: A chart cannot be drawn.
    """
    if not charts:
        raise NoChartsError("This topic has no charts")
    return make_zip(_draw_pictures(charts))


def svg_to_png(svg: str) -> bytes:
    """Convert an SVG drawing to a sharp PNG picture.

    Args:
        svg: The drawing.

    Returns:
        The picture.
    """
    png: bytes = load_vega_with_system_fonts().svg_to_png(svg, scale=PIXEL_SCALE)
    return png


def _draw_pictures(charts: Mapping[str, AnyChart]) -> Iterator[tuple[str, bytes]]:
    for name, chart in charts.items():
        svg = to_static_svg(chart)
        yield f"{name}.svg", svg.encode()
        yield f"{name}.png", svg_to_png(svg)
