"""A report's page as it is told on paper.

What opens and scrolls on a page stands open here: tiles are a table, a chart is a picture that has
its description, and the figures behind a chart are left to the spreadsheet.
"""

import base64
from math import sqrt

import vl_convert
from bs4 import BeautifulSoup, Tag

_PIXEL_SCALE = 2
"""Pixels of a picture for each CSS pixel, so that it is sharp in print."""

_PICTURE_WIDTH = 17
"""Width of the text on an A4 page, and of a picture, in centimetres."""

_SCREEN_ONLY = (
    "head, header, .skip-link, .wb-link, .wb-description, details, h1, "
    "#the-figures, #the-figures + *"
)
"""What serves a page only, or is said elsewhere: the title, the record at the end."""

_NARROWEST_COLUMN, _WIDEST_COLUMN = 8, 30
"""Letters by which a column is thought narrow or broad at most, beside the others."""


def to_print_html(html: str) -> BeautifulSoup:
    """The page with everything told as it is on paper; a picture from elsewhere is its words."""
    page = BeautifulSoup(html, "html.parser")
    for figure in page.select("figure"):
        _unfold_figure(figure)
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
    return page


def _make_bold(paragraph: Tag) -> None:
    """Print the whole paragraph in bold: of what the page's style makes large nothing is left."""
    strong = _parse_tag("<strong></strong>")
    strong.extend(list(paragraph.contents))
    paragraph.append(strong)


def _tiles_to_table(tiles: Tag) -> Tag:
    """Tiles as a table: what each is, its value, what is said of it."""
    rows = "".join(
        f"<tr><td>{_inner_html(tile, 'dt')}</td><td>{_inner_html(tile, '.wb-value')}</td>"
        f"<td>{'; '.join(note.decode_contents() for note in tile.select('.wb-note'))}</td></tr>"
        for tile in tiles.select(".wb-tile")
    )
    head = "<tr><th>Indicator</th><th>Value</th><th>Remark</th></tr>"
    return _parse_tag(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>")


def _column_group(table: Tag) -> Tag:
    """How wide the columns are, as shares of the page: by what stands in them, but less so."""
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    column_sizes = [
        sqrt(
            min(max(len(text) for text in column), _WIDEST_COLUMN**2)
            * max(map(_longest_word, column))
        )
        for column in zip(*rows, strict=True)
    ]
    column_sizes = [min(max(size, _NARROWEST_COLUMN), _WIDEST_COLUMN) for size in column_sizes]
    shares = "".join(f'<col style="width:{size / sum(column_sizes):.1%}">' for size in column_sizes)
    return _parse_tag(f"<colgroup>{shares}</colgroup>")


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)


def _svg_to_image(drawing: Tag, description: str) -> Tag:
    """A drawing as a picture that every program shows, with what it says in words."""
    png = vl_convert.svg_to_png(str(drawing), scale=_PIXEL_SCALE)
    _, _, width, height = map(float, str(drawing["viewbox"]).split())
    image = _parse_tag(
        f'<img width="{_PICTURE_WIDTH}cm" height="{_PICTURE_WIDTH * height / width:.2f}cm">'
    )
    image["src"] = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    image["alt"] = description
    return image


def _unfold_figure(figure: Tag) -> None:
    """A figure as what it is made of: its title, what it measures, the picture."""
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
        msg = f"{html[:40]} is no element"
        raise TypeError(msg)
    return tag
