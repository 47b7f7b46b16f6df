"""Convert a report's page to HTML for print.

Tiles become a table and a chart becomes a picture with its description. The data table of a chart
is left out: the spreadsheet has it.
"""

import base64
from functools import lru_cache
from math import sqrt

from bs4 import BeautifulSoup, Tag

from workbook.exports.chart_pictures import svg_to_png

_PICTURE_WIDTH, _PICTURE_HEIGHT = 17, 21
"""Width of the text on an A4 page, and of a picture, in centimetres; and a picture's most height.

A higher picture would be cut off at the end of its page.
"""

_SCREEN_ONLY = (
    "head, header, .skip-link, .wb-record, .wb-description, details, h1, "
    "#the-figures, #the-figures + *"
)
"""Parts that only a screen needs, or that the document has elsewhere."""

_LINE_LENGTH = 88
"""Characters in a line of a table across the page."""

_CELL_PADDING = 2
"""Space between two columns, in characters."""

_LONGEST_TEXT = 300
"""A longer text makes its column no wider, in characters."""


def to_print_html(html: str) -> BeautifulSoup:
    """Convert a page to HTML for print.

    Args:
        html: The report as an HTML page.

    Returns:
        The page. A picture that is not in the page itself is replaced by its description.
    """
    return BeautifulSoup(_print_page(html), "html.parser")


@lru_cache(1)
def _print_page(html: str) -> str:
    """The page as text, kept because a report has two kinds of documents."""
    page = BeautifulSoup(html, "html.parser")
    for figure in page.select("figure"):
        _unfold_figure(figure)
    for disclosure in page.select("details.wb-more"):
        _unfold_disclosure(disclosure)
    for element in page.select(_SCREEN_ONLY):
        element.decompose()
    for headline in page.select("p.wb-headline"):
        _make_bold(headline)
    for tiles in page.select("dl.wb-tiles"):
        tiles.replace_with(_tiles_to_table(tiles))
    for table in page.select("table"):
        if head := table.select_one("thead"):
            head.insert_before(_column_group(table))
    for picture in page.select("img:not([src^='data:'])"):
        picture.replace_with(str(picture.get("alt", "")))
    return str(page)


def _unfold_disclosure(disclosure: Tag) -> None:
    """Replace a disclosure by what it opens."""
    for summary in disclosure.select(":scope > summary"):
        summary.decompose()
    disclosure.unwrap()


def _make_bold(paragraph: Tag) -> None:
    """Make a whole paragraph bold: the larger type of the page has no effect in print."""
    strong = _parse_tag("<strong></strong>")
    strong.extend(list(paragraph.contents))
    paragraph.append(strong)


def _tiles_to_table(tiles: Tag) -> Tag:
    """Convert tiles to a table of indicators with their values and notes."""
    rows = "".join(
        f"<tr><td>{_inner_html(tile, 'dt')}</td><td>{_inner_html(tile, '.wb-value')}</td>"
        f"<td>{'; '.join(note.decode_contents() for note in tile.select('.wb-note'))}</td></tr>"
        for tile in tiles.select(".wb-tile")
    )
    head = "<tr><th>Indicator</th><th>Value</th><th>Note</th></tr>"
    return _parse_tag(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>")


def _column_group(table: Tag) -> Tag:
    """Give each column a share of the page's width.

    The longest word of a column fits, so that no word is broken. What is left of the line is
    shared out by the longest text of each column, less than in proportion.
    """
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")
    ]
    columns = list(zip(*rows, strict=True))
    word_sizes = [max(map(_longest_word, column)) + _CELL_PADDING for column in columns]
    text_sizes = [sqrt(min(max(map(len, column)), _LONGEST_TEXT)) for column in columns]
    left_over = max(0, _LINE_LENGTH - sum(word_sizes)) / max(sum(text_sizes), 1)
    column_sizes = [
        word_size + left_over * text_size
        for word_size, text_size in zip(word_sizes, text_sizes, strict=True)
    ]
    shares = "".join(f'<col style="width:{size / sum(column_sizes):.1%}">' for size in column_sizes)
    return _parse_tag(f"<colgroup>{shares}</colgroup>")


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)


def _svg_to_image(drawing: Tag, description: str) -> Tag:
    """Convert an SVG drawing to a PNG picture with a description."""
    png = svg_to_png(str(drawing))
    _, _, width, height = map(float, str(drawing["viewbox"]).split())
    scale = min(_PICTURE_WIDTH / width, _PICTURE_HEIGHT / height)
    image = _parse_tag(f'<img width="{width * scale:.2f}cm" height="{height * scale:.2f}cm">')
    image["src"] = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    image["alt"] = description
    return image


def _unfold_figure(figure: Tag) -> None:
    """Replace a figure by its title, subtitle and picture."""
    description = " ".join(paragraph.get_text() for paragraph in figure.select(".wb-description"))
    for selector, tag in ((".wb-title", "h3"), (".wb-subtitle", "p")):
        for element in figure.select(selector):
            element.name = tag
    for drawing in figure.select("svg"):
        drawing.replace_with(_svg_to_image(drawing, description))
    for element in figure.select("figcaption, .wb-plot"):
        element.unwrap()
    figure.unwrap()


def _inner_html(tile: Tag, selector: str) -> str:
    element = tile.select_one(selector)
    return element.decode_contents() if element else ""


def _parse_tag(html: str) -> Tag:
    tag = BeautifulSoup(html, "html.parser").contents[0]
    if not isinstance(tag, Tag):
        msg = f"{html[:40]} is not an HTML element"
        raise TypeError(msg)
    return tag
