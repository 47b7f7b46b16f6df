"""Convert a report to a text document that can be edited: OpenDocument, written by pandoc."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from operator import add
from xml.etree.ElementTree import canonicalize

from workbook.exports.pandoc import PANDOC_DATE, convert_page
from workbook.exports.print_html import to_print_html
from workbook.exports.zip_archive import StyleChanges, normalise_zip, replace_texts
from workbook.periods import last_day_of_quarter

_PAGE_SIZE = 'fo:page-height="11in" fo:page-width="8.5in"'
_MARGINS = 'fo:margin-left="1in" fo:margin-right="1in"'
_HEADING = 'fo:font-size="14pt" fo:font-style="italic" fo:font-weight="bold"'
_FIRST_PARAGRAPH = (
    'style:name="First_20_paragraph" style:next-style-name="Text_20_body" '
    'style:parent-style-name="Text_20_body">'
)
_TABLE_CONTENTS = 'style:name="Table_20_Contents" style:parent-style-name="Standard">'
_CAPTION = 'style:name="TableCaption" style:parent-style-name="Caption">'
_FO_NAMESPACE = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
_KEEP_WITH_NEXT = f'<style:paragraph-properties {_FO_NAMESPACE} fo:keep-with-next="always"/>'
_SMALL_TYPE = f'<style:text-properties {_FO_NAMESPACE} fo:font-size="9.5pt"/>'
_TABLE_ALIGNMENT = 'table:align="center"'
_STYLES_END = "</office:automatic-styles>"
_ROW_STYLE = (
    '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'style:family="table-row" style:name="Row">'
    f'<style:table-row-properties {_FO_NAMESPACE} fo:keep-together="always"/></style:style>'
)
PANDOC_STYLE_CHANGES = {
    "styles.xml": (
        (_PAGE_SIZE, 'fo:page-height="29.7cm" fo:page-width="21cm"'),
        (_MARGINS, _MARGINS.replace("1in", "2cm")),
        ("Times New Roman", "Arial"),
        (_HEADING, _HEADING.replace("italic", "normal")),
        (_FIRST_PARAGRAPH, _FIRST_PARAGRAPH + _KEEP_WITH_NEXT),
        (_CAPTION, _CAPTION + _KEEP_WITH_NEXT),
        (_TABLE_CONTENTS, _TABLE_CONTENTS + _SMALL_TYPE),
    ),
}
"""Changes to pandoc's styles: A4, Arial, upright headings, smaller type in tables.

The first paragraph under a heading stays on the page of the paragraph that follows, and a caption
on the page of its table.
"""

_TABLE_STYLE_CHANGES = (
    (_TABLE_ALIGNMENT, f'{_FO_NAMESPACE} fo:margin-top="0.2cm" {_TABLE_ALIGNMENT}'),
    ('fo:border="none"', 'fo:border-bottom="0.5pt solid #b1b4b6" fo:padding="0.1cm"'),
    (_STYLES_END, _ROW_STYLE + _STYLES_END),
)
"""Changes to the styles of tables: space above, a line under each row, rows kept whole."""

_FRAME_END = "</draw:frame>"
_TABLE_ROW = re.compile(r"(<table:table-header-rows>\s*)?<table:table-row>")


def to_odt(html: str, title: str, quarter: str) -> bytes:
    """Convert a report to an ODT file.

    Args:
        html: The report as an HTML page.
        title: The title of the document.
        quarter: The quarter of the report. Its last day is the document's date.

    Returns:
        The ODT file. The same page gives the same bytes.

    Raises:
        ValueError: pandoc cannot read the page, or writes styles that are not those changed here.
    """
    page = to_print_html(html)
    content = convert_page(str(page), "odt", title)
    date_change = (PANDOC_DATE, f"{last_day_of_quarter(quarter)}T00:00:00Z")
    image_descriptions = [str(picture["alt"]) for picture in page.select("img")]
    return normalise_zip(
        content,
        partial(
            _edit_part, {**PANDOC_STYLE_CHANGES, "meta.xml": (date_change,)}, image_descriptions
        ),
    )


def _edit_part(
    style_changes: Mapping[str, StyleChanges],
    image_descriptions: Sequence[str],
    part: str,
    text: str,
) -> str:
    """Apply our styles to a part of the file, and add the descriptions that pandoc leaves out.

    Raises ValueError where a style to be changed is missing.
    """
    text = replace_texts(part, canonicalize(text), style_changes.get(part, ()))
    if _TABLE_ROW.search(text):
        text = _TABLE_ROW.sub(_keep_row_whole, replace_texts(part, text, _TABLE_STYLE_CHANGES))
    text, *rest = text.split(_FRAME_END)
    described_ends = [
        f"<svg:desc>{escape(image_description)}</svg:desc>{_FRAME_END}"
        for image_description in image_descriptions
    ]
    return text + "".join(map(add, described_ends, rest))


def _keep_row_whole(row: re.Match[str]) -> str:
    """Keep a row on one page, but not a heading row: LibreOffice would then lose other rows."""
    return row[0] if row[1] else '<table:table-row table:style-name="Row">'
