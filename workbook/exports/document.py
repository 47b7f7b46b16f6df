"""A report as a text document to be edited and passed on: OpenDocument, written by pandoc."""

import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import escape
from operator import add

from pypandoc import get_pandoc_path

from workbook.exports.ods import settled
from workbook.exports.paper import on_paper
from workbook.quarters import last_day

Changes = Iterable[tuple[str, str]]

OPTIONS = ("--from=html-native_divs", "--to=odt", "--output=-", "--sandbox")
"""In its sandbox pandoc reads no other file and asks no other machine, and has no clock."""

EPOCH = "1970-01-01T00:00:00Z"
"""What it takes for the time there."""

_IN = 'fo:page-height="11in" fo:page-width="8.5in"'
_MARGINS = 'fo:margin-left="1in" fo:margin-right="1in"'
_HEADING = 'fo:font-size="14pt" fo:font-style="italic" fo:font-weight="bold"'
_FIRST = (
    'style:name="First_20_paragraph" style:next-style-name="Text_20_body" '
    'style:parent-style-name="Text_20_body">'
)
_CAPTION = 'style:name="TableCaption" style:parent-style-name="Caption">'
_FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
_KEPT = f'<style:paragraph-properties {_FO} fo:keep-with-next="always"/>'
_WHERE = 'table:align="center"'
_STYLES_END = "</office:automatic-styles>"
_ROW = (
    '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'style:family="table-row" style:name="Row">'
    f'<style:table-row-properties {_FO} fo:keep-together="always"/></style:style>'
)
STYLE = {
    "styles.xml": (
        (_IN, 'fo:page-height="29.7cm" fo:page-width="21cm"'),
        (_MARGINS, _MARGINS.replace("1in", "2cm")),
        ("Times New Roman", "Arial"),
        (_HEADING, _HEADING.replace("italic", "normal")),
        (_FIRST, _FIRST + _KEPT),
        (_CAPTION, _CAPTION + _KEPT),
    ),
}
"""What is changed in pandoc's own style: A4, the page's letters.

What stands first beneath a heading, and above a table, is on one page with what follows it.
"""

TABLES = (
    (_WHERE, f'{_FO} fo:margin-top="0.2cm" {_WHERE}'),
    ('fo:border="none"', 'fo:border-bottom="0.5pt solid #b1b4b6" fo:padding="0.1cm"'),
    (_STYLES_END, _ROW + _STYLES_END),
)
"""What is changed where there are tables: a line beneath each row, space above, as after a list."""

FRAME_END = "</draw:frame>"
ROW = re.compile(r"(<table:table-header-rows>\s*)?<table:table-row>")


def document(html: str, title: str, quarter: str) -> bytes:
    """The report, an HTML page, as an ODT file; the same page gives the same bytes.

    Raises ValueError where pandoc cannot read it.
    """
    page = on_paper(html)
    made = subprocess.run(  # noqa: S603  our own converter, on our own page
        [get_pandoc_path(), *OPTIONS, f"--metadata=title:{title}"],
        input=str(page).encode(),
        capture_output=True,
        check=False,
    )
    if made.returncode:
        msg = f"the report cannot be made a document: {made.stderr.decode().strip()}"
        raise ValueError(msg)
    dated = (EPOCH, f"{last_day(quarter)}T00:00:00Z")
    said = [str(picture["alt"]) for picture in page.select("img")]
    return settled(made.stdout, partial(_edited, {**STYLE, "meta.xml": (dated,)}, said))


def _edited(styles: Mapping[str, Changes], said: Sequence[str], part: str, text: str) -> str:
    """A part of the file in our style and with ``said`` of its pictures, which pandoc leaves out.

    Raises ValueError where pandoc writes it otherwise than it is changed here.
    """
    text = _changed(part, text, styles.get(part, ()))
    if ROW.search(text):
        text = ROW.sub(_whole, _changed(part, text, TABLES))
    text, *rest = text.split(FRAME_END)
    ends = [f"<svg:desc>{escape(words)}</svg:desc>{FRAME_END}" for words in said]
    return text + "".join(map(add, ends, rest))


def _changed(part: str, text: str, changes: Changes) -> str:
    for old, new in changes:
        if old not in text:
            msg = f"{part} of pandoc's documents has no {old} to be styled"
            raise ValueError(msg)
        text = text.replace(old, new)
    return text


def _whole(row: re.Match[str]) -> str:
    """A row that no page end splits; not that of the headings: LibreOffice then loses others."""
    return row[0] if row[1] else '<table:table-row table:style-name="Row">'
