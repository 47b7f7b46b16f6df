"""A report as a text document to be edited and passed on: OpenDocument, written by pandoc.

What on a page opens and scrolls is told here as it would be on paper: tiles are a table, a chart is
a picture that has its description, and the figures behind a chart are left to the spreadsheet.
"""

import base64
import os
import subprocess
from datetime import UTC, datetime, time
from math import sqrt

import vl_convert
from bs4 import BeautifulSoup, Tag
from pypandoc import get_pandoc_path

from workbook.exports.ods import settled
from workbook.quarters import last_day

SCALE = 2
"""Pixels of a picture for each CSS pixel, so that it is sharp in print."""

WIDTH = 17
"""Width of the text on an A4 page, and of a picture, in centimetres."""

LEFT_OUT = (
    "header, .skip-link, .wb-link, .wb-description, details, h1, #the-figures, #the-figures + *"
)
"""What serves a page only, or is said elsewhere: the title, the record at the end."""

NARROW, BROAD = 8, 30
"""Letters by which a column is thought narrow or broad at most, beside the others."""

_IN = 'fo:page-height="11in" fo:page-width="8.5in"'
_HEADING = 'fo:font-size="14pt" fo:font-style="italic" fo:font-weight="bold"'
STYLE = {
    "styles.xml": (
        (_IN, 'fo:page-height="29.7cm" fo:page-width="21cm"'),
        (
            'fo:margin-left="1in" fo:margin-right="1in"',
            'fo:margin-left="2cm" fo:margin-right="2cm"',
        ),
        ("Times New Roman", "Arial"),
        (_HEADING, _HEADING.replace("italic", "normal")),
    ),
    "content.xml": (
        ('fo:border="none"', 'fo:border-bottom="0.5pt solid #b1b4b6" fo:padding="0.1cm"'),
    ),
}
"""What is changed in pandoc's own style: A4, the page's letters, a line beneath each row."""


def document(html: str, title: str, quarter: str) -> bytes:
    """The report, an HTML page, as an ODT file; the same page gives the same bytes.

    Raises ValueError where pandoc cannot read it.
    """
    command = [get_pandoc_path(), "--from=html-native_divs", "--to=odt", "--output=-"]
    moment = datetime.combine(last_day(quarter), time(), UTC)
    made = subprocess.run(  # noqa: S603  our own converter, on our own page
        [*command, f"--metadata=title:{title}"],
        input=_on_paper(html).encode(),
        env={**os.environ, "SOURCE_DATE_EPOCH": f"{moment.timestamp():.0f}"},
        capture_output=True,
        check=False,
    )
    if made.returncode:
        msg = f"the report cannot be made a document: {made.stderr.decode().strip()}"
        raise ValueError(msg)
    return settled(made.stdout, _styled)


def _styled(part: str, text: str) -> str:
    """A part of the file in our style. Raises ValueError where pandoc writes it otherwise."""
    for old, new in STYLE.get(part, ()):
        if old not in text:
            msg = f"{part} of pandoc's documents has no {old} to be styled"
            raise ValueError(msg)
        text = text.replace(old, new)
    return text


def _on_paper(html: str) -> str:
    """The page with everything told as it is on paper."""
    page = BeautifulSoup(html, "html.parser")
    for figure in page.select("figure"):
        _unfold(figure)
    for each in page.select(LEFT_OUT):
        each.decompose()
    for tiles in page.select("dl.wb-tiles"):
        tiles.replace_with(_table(tiles))
    for table in page.select("table"):
        if head := table.select_one("thead"):
            head.insert_before(_columns(table))
    return str(page)


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
    description = _text(figure, ".wb-description")
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
