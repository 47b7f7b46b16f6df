"""What fits on a slide: pages of texts and of table rows, and sizes of type."""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Final, TypeVar

Item = TypeVar("Item")

LIST_LINES: Final = 13
"""Lines of a list on a slide."""

TABLE_LINES: Final = 15
"""Lines of a table on a slide, its headings included."""

LIST_LINE_LENGTH: Final = 86
"""Characters in a line of a list."""

TABLE_LINE_LENGTH: Final = 88
"""Characters in a line of a table that is as wide as the slide."""

_PARAGRAPH_SPACE, _ROW_SPACE = 0.25, 0.45
"""Space after a paragraph and around a row, in lines."""

_CONTENT_SIZE: Final = 14
"""Size of type of lists and tables, in points."""

_SHAPE: Final = re.compile(r"<p:(sp|graphicFrame)>.*?</p:\1>", re.DOTALL)
_TEXT: Final = re.compile(r"<a:t>([^<]*)</a:t>")
_RUN_START: Final = re.compile(r"<a:rPr(?=[ />])(?! sz=)")
_TITLE_SIZES: Final = ((84, 24), (110, 20), (140, 18), (250, 14), (None, 11))
_COVER_SIZES: Final = ((70, 28), (120, 24), (None, 20))
_ANSWER_SIZES: Final = ((180, 20), (380, 18), (650, 14), (None, 11))
_PLACE_SIZES: Final = {
    'type="title"': _TITLE_SIZES,
    'type="ctrTitle"': _COVER_SIZES,
    'type="subTitle"': _ANSWER_SIZES,
}
"""For each place on a slide: the size of type, by the most characters that it fits."""


def split_texts(texts: Iterable[str]) -> list[list[str]]:
    """Split paragraphs into pages that each fit on a slide.

    Args:
        texts: The paragraphs.

    Returns:
        The pages. A paragraph that is longer than a slide has a page of its own.
    """
    heights = ((text, _count_lines(text, LIST_LINE_LENGTH) + _PARAGRAPH_SPACE) for text in texts)
    return list(_fill_pages(heights, LIST_LINES))


def split_rows(rows: Iterable[Sequence[str]], shares: Sequence[float]) -> list[list[Sequence[str]]]:
    """Split the rows of a table into pages that each fit on a slide, with headings of one line.

    Args:
        rows: The cells, row by row.
        shares: Each column's share of the slide's width.

    Returns:
        The pages.
    """
    lengths = [max(1, int(share * TABLE_LINE_LENGTH)) for share in shares]
    heights = ((row, max(map(_count_lines, row, lengths)) + _ROW_SPACE) for row in rows)
    return list(_fill_pages(heights, TABLE_LINES - 2 - _ROW_SPACE))


def fit_type(slide: str) -> str:
    """Set the size of type of every text on a slide so that it fits its place.

    Args:
        slide: The slide as pandoc writes it.

    Returns:
        The slide. A template decides on the font and the colours, but not on these sizes.
    """
    return _SHAPE.sub(lambda shape: _set_size(shape[0]), slide)


def _set_size(shape: str) -> str:
    length = sum(map(len, _TEXT.findall(shape)))
    place = next((place for place in _PLACE_SIZES if place in shape), None)
    if place is None:
        size = _CONTENT_SIZE
    else:
        size = next(size for limit, size in _PLACE_SIZES[place] if not limit or length <= limit)
    return _RUN_START.sub(f'<a:rPr sz="{size}00"', shape)


def _count_lines(text: str, length: int) -> int:
    """Lines of a wrapped text, of which each may lose a part of its last word."""
    return ceil(len(text) / (0.92 * length)) or 1


def _fill_pages(heights: Iterable[tuple[Item, float]], limit: float) -> Iterator[list[Item]]:
    page: list[Item] = []
    filled = 0.0
    for item, height in heights:
        if page and filled + height > limit:
            yield page
            page, filled = [], 0.0
        page.append(item)
        filled += height
    if page:
        yield page
