"""A report's page as it is told on paper.

What opens and scrolls on a page stands open here: tiles are a table, a chart is a picture that has
its description, and the figures behind a chart are left to the spreadsheet.
"""

import base64
from math import sqrt

import vl_convert
from bs4 import BeautifulSoup, Tag

SCALE = 2
"""Pixels of a picture for each CSS pixel, so that it is sharp in print."""

WIDTH = 17
"""Width of the text on an A4 page, and of a picture, in centimetres."""

LEFT_OUT = (
    "head, header, .skip-link, .wb-link, .wb-description, details, h1, "
    "#the-figures, #the-figures + *"
)
"""What serves a page only, or is said elsewhere: the title, the record at the end."""

NARROW, BROAD = 8, 30
"""Letters by which a column is thought narrow or broad at most, beside the others."""


def on_paper(html: str) -> BeautifulSoup:
    """The page with everything told as it is on paper; a picture from elsewhere is its words."""
    page = BeautifulSoup(html, "html.parser")
    for figure in page.select("figure"):
        _unfold(figure)
    for each in page.select(LEFT_OUT):
        each.decompose()
    for headline in page.select("p.wb-headline"):
        _embolden(headline)
    for tiles in page.select("dl.wb-tiles"):
        tiles.replace_with(_table(tiles))
    for table in page.select("table"):
        if head := table.select_one("thead"):
            head.insert_before(_columns(table))
    for picture in page.select("img:not([src^='data:'])"):
        picture.replace_with(str(picture.get("alt", "")))
    return page


def _embolden(paragraph: Tag) -> None:
    """Print the whole paragraph in bold: of what the page's style makes large nothing is left."""
    strong = _made("<strong></strong>")
    strong.extend(list(paragraph.contents))
    paragraph.append(strong)


def _table(tiles: Tag) -> Tag:
    """Tiles as a table: what each is, its value, what is said of it."""
    rows = "".join(
        f"<tr><td>{_text(tile, 'dt')}</td><td>{_text(tile, '.wb-value')}</td>"
        f"<td>{'; '.join(note.decode_contents() for note in tile.select('.wb-note'))}</td></tr>"
        for tile in tiles.select(".wb-tile")
    )
    head = "<tr><th>Indicator</th><th>Value</th><th>Remark</th></tr>"
    return _made(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>")


def _columns(table: Tag) -> Tag:
    """How wide the columns are, as shares of the page: by what stands in them, but less so."""
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    sizes = [
        sqrt(min(max(len(text) for text in column), BROAD**2) * max(map(_longest, column)))
        for column in zip(*rows, strict=True)
    ]
    sizes = [min(max(size, NARROW), BROAD) for size in sizes]
    shares = "".join(f'<col style="width:{size / sum(sizes):.1%}">' for size in sizes)
    return _made(f"<colgroup>{shares}</colgroup>")


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=1)


def _picture(drawn: Tag, description: str) -> Tag:
    """A drawing as a picture that every program shows, with what it says in words."""
    png = vl_convert.svg_to_png(str(drawn), scale=SCALE)
    _, _, width, height = map(float, str(drawn["viewbox"]).split())
    image = _made(f'<img width="{WIDTH}cm" height="{WIDTH * height / width:.2f}cm">')
    image["src"] = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    image["alt"] = description
    return image


def _unfold(figure: Tag) -> None:
    """A figure as what it is made of: its title, what it measures, the picture."""
    description = " ".join(said.get_text() for said in figure.select(".wb-description"))
    for part, tag in ((".wb-title", "h3"), (".wb-subtitle", "p")):
        for each in figure.select(part):
            each.name = tag
    for drawn in figure.select("svg"):
        drawn.replace_with(_picture(drawn, description))
    for each in figure.select("figcaption, .wb-plot"):
        each.unwrap()
    figure.unwrap()


def _text(tile: Tag, part: str) -> str:
    found = tile.select_one(part)
    return found.decode_contents() if found else ""


def _made(html: str) -> Tag:
    tag = BeautifulSoup(html, "html.parser").contents[0]
    if not isinstance(tag, Tag):
        msg = f"{html[:40]} is no element"
        raise TypeError(msg)
    return tag
