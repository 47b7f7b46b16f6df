"""Convert an outcome or a report to a Word document, with the styles of a template."""

import re
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from workbook.exports.document_template import reference_document
from workbook.exports.outcome_content import OutcomeContent
from workbook.exports.outcome_page import to_outcome_page
from workbook.exports.pandoc import PANDOC_DATE, convert_page
from workbook.exports.print_html import to_print_html
from workbook.exports.zip_archive import normalise_zip
from workbook.periods import last_day_of_quarter

PROPERTIES_PART: Final = "docProps/core.xml"
"""Part of a document with its title, its author and its date."""

_PICTURE: Final = re.compile(
    r'(<wp:docPr (?:(?!descr=)[^>])*?descr="([^"]*)"[^>]*>.*?<pic:cNvPr descr=")[^"]*', re.DOTALL
)

_WHOLE_ROW: Final = "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>"
"""Begin of a row that stays on one page."""


def to_docx(content: OutcomeContent, template: Path | None = None) -> bytes:
    """Convert an outcome to a DOCX file.

    Args:
        content: The outcome with its charts and tables.
        template: Document from which the styles and the page are taken; None for our own.

    Returns:
        The DOCX file. The same outcome and template give the same bytes.

    Raises:
        ValueError: The template is no Word document, or pandoc cannot use it.
    """
    page = to_outcome_page(content, is_document=True)
    return page_to_docx(page, content.title, content.outcome.scenario.quarter, template)


def page_to_docx(html: str, title: str, quarter: str, template: Path | None = None) -> bytes:
    """Convert a report to a DOCX file.

    Args:
        html: The report as an HTML page.
        title: The title of the document.
        quarter: The quarter of the report. Its last day is the document's date.
        template: Document from which the styles and the page are taken; None for our own.

    Returns:
        The DOCX file. The same page and template give the same bytes.

    Raises:
        ValueError: The template is no Word document, or pandoc cannot use it.
    """
    reference = reference_document("docx", template)
    page = to_print_html(html)
    for number in page.select(".wb-number"):
        number["style"] = "text-align: right"
    docx = convert_with_reference(str(page), "docx", title, reference)
    return normalise_zip(docx, partial(finish_part, quarter=quarter))


def convert_with_reference(
    page: str, kind: str, title: str, reference: bytes, *options: str
) -> bytes:
    """Convert a page to a document with the styles of another.

    Args:
        page: The page.
        kind: The kind of document, which is its suffix too.
        title: Title of the document.
        reference: The other document.
        *options: Further options of pandoc.

    Returns:
        The document.

    Raises:
        ValueError: pandoc cannot convert the page, or cannot use the other document.
    """
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder, f"reference.{kind}")
        path.write_bytes(reference)
        options = (f"--reference-doc={path}", "--shift-heading-level-by=-1", *options)
        return convert_page(page, kind, title, options)


def finish_part(part: str, text: str, *, quarter: str) -> str:
    """Finish a part of pandoc's document: the date, and the descriptions of pictures.

    Args:
        part: Name of the part.
        text: Its text.
        quarter: The quarter, whose last day is the document's date.

    Returns:
        The text.
    """
    if part == PROPERTIES_PART:
        return text.replace(PANDOC_DATE, f"{last_day_of_quarter(quarter)}T00:00:00Z")
    if part == "word/document.xml":
        return _PICTURE.sub(r"\1\2", text).replace("<w:tr><w:tc>", _WHOLE_ROW)
    return text
