"""Templates of documents: a department's own, or pandoc's with the styles of our pages."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from workbook.exports.pandoc import read_default_file
from workbook.exports.zip_archive import normalise_zip, replace_texts
from workbook.scenario.text_files import read_file

DocumentKind = Literal["docx", "pptx"]

_LARGEST_TEMPLATE: Final = 20 * 2**20
"""Bytes of a template, at most."""

_LARGEST_CONTENT: Final = 200 * 2**20
"""Bytes of a template's parts, at most: a small file can hold far more."""

_REQUIRED_PARTS: Final[Mapping[DocumentKind, frozenset[str]]] = {
    "docx": frozenset({"[Content_Types].xml", "word/document.xml", "word/styles.xml"}),
    "pptx": frozenset({"[Content_Types].xml", "ppt/presentation.xml"}),
}
_NAMES: Final[Mapping[DocumentKind, str]] = {
    "docx": "a Word document (.docx)",
    "pptx": "a PowerPoint presentation (.pptx)",
}

_SPACE: Final = re.compile(r"\s+")
_SPACE_AT_TAG: Final = re.compile(r"(?<=>) (?=<)| (?=/>)")


def _type_size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_BLUE: Final = '<w:color w:val="0F4761" w:themeColor="accent1" w:themeShade="BF"/>'
_BOLD_BLACK: Final = '<w:b/><w:bCs/><w:color w:val="0B0C0C"/>'
_TITLE_FONT: Final = (
    '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia"'
    ' w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>'
)
_TITLE_SIZE: Final = f"{_TITLE_FONT}{_type_size(56)}"
_A4_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134"'
    ' w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
)
_ROW_LINES: Final = (
    '<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="B1B4B6"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="B1B4B6"/></w:tblBorders>'
)
_COMPACT_END: Final = '<w:spacing w:before="36" w:after="36"/></w:pPr>'
_CAPTION_SPACING: Final = '<w:spacing w:before="0" w:after="120"/>'
_FIRST_PARAGRAPH: Final = (
    '<w:name w:val="First Paragraph"/><w:basedOn w:val="BodyText"/><w:next w:val="BodyText"/>'
    "<w:qFormat/>"
)
_STYLE_CHANGES: Final = {
    "word/styles.xml": (
        ('<w:jc w:val="center"/>', '<w:jc w:val="left"/>'),
        (_BLUE + _type_size(32), _BOLD_BLACK + _type_size(26)),
        (_BLUE + _type_size(40), _BOLD_BLACK + _type_size(34)),
        (_TITLE_SIZE, f"{_TITLE_FONT}<w:b/><w:bCs/>{_type_size(44)}"),
        (_type_size(24), _type_size(22)),
        ("<w:tblCellMar>", f"{_ROW_LINES}<w:tblCellMar>"),
        (_COMPACT_END, f"{_COMPACT_END}<w:rPr>{_type_size(18)}</w:rPr>"),
        ('<w:spacing w:before="180" w:after="180"/>', '<w:spacing w:before="120" w:after="120"/>'),
        (_CAPTION_SPACING, _CAPTION_SPACING.replace('before="0"', 'before="280"')),
        (_FIRST_PARAGRAPH, f"{_FIRST_PARAGRAPH}<w:pPr><w:keepNext/></w:pPr>"),
        ("<w:rPr><w:i/></w:rPr>", f"<w:rPr><w:b/><w:bCs/>{_type_size(20)}</w:rPr>"),
    ),
    "word/document.xml": (("</w:sectPr>", f"{_A4_PAGE}</w:sectPr>"),),
    "word/theme/theme1.xml": (
        ('"Aptos Display" panose="02110004020202020204"', '"Arial"'),
        ('"Aptos" panose="02110004020202020204"', '"Arial"'),
    ),
    "ppt/theme/theme1.xml": (
        ('<a:latin typeface="Calibri"', '<a:latin typeface="Arial"'),
        ('"4F81BD"', '"12436D"'),
        ('"C0504D"', '"28A197"'),
        ('"9BBB59"', '"801650"'),
        ('"8064A2"', '"F46A25"'),
        ('"4BACC6"', '"3D3D3D"'),
        ('"F79646"', '"A285D1"'),
    ),
    "ppt/slideMasters/slideMaster1.xml": (
        ('algn="ctr" defTabSz=', 'algn="l" defTabSz='),
        ('<a:defRPr sz="3300" kern="1200">', '<a:defRPr sz="2400" b="1" kern="1200">'),
    ),
    "ppt/slideLayouts/slideLayout1.xml": (
        ('indent="0" algn="ctr"', 'indent="0" algn="l"'),
        ('<a:off x="685800" y="1597819"/>', '<a:off x="685800" y="757819"/>'),
        ('<a:ext cx="7772400" cy="1102519"/>', '<a:ext cx="7772400" cy="1242519"/>'),
        ('<a:off x="1371600" y="2914650"/>', '<a:off x="685800" y="2114650"/>'),
        ('<a:ext cx="6400800" cy="1314450"/>', '<a:ext cx="7772400" cy="2214450"/>'),
        ('<a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr>', '<a:schemeClr val="tx1"/>'),
    ),
}
"""Changes to pandoc's own templates: A4, Arial, black headings, rows with lines, our palette.

Slides have titles on the left that are small enough for a finding.
"""


def reference_document(kind: DocumentKind, template: Path | None) -> bytes:
    """Read the template from which a document takes its styles.

    Args:
        kind: The kind of document.
        template: The template; None for pandoc's with our styles.

    Returns:
        The template.

    Raises:
        ValueError: The template is no such document. The message names it.
    """
    return _read_template(kind, template) if template else _make_default(kind)


def check_template(kind: DocumentKind, template: Path) -> None:
    """Check a template. Raises ValueError, as ``reference_document``."""
    _read_template(kind, template)


def _read_template(kind: DocumentKind, path: Path) -> bytes:
    try:
        content = read_file(path, _LARGEST_TEMPLATE)
        _check_parts(kind, content)
    except ValueError as error:
        raise ValueError(f"{path} cannot be used as a template: {error}") from None
    return content


def _check_parts(kind: DocumentKind, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _LARGEST_CONTENT:
                raise ValueError(f"its parts are larger than {_LARGEST_CONTENT // 2**20} MiB")
            is_whole = archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise ValueError(f"it is not {_NAMES[kind]}") from None
    if not is_whole or not _REQUIRED_PARTS[kind] <= {part.filename for part in parts}:
        raise ValueError(f"it is not {_NAMES[kind]}")


@cache
def _make_default(kind: DocumentKind) -> bytes:
    return normalise_zip(read_default_file(f"reference.{kind}"), _change_styles)


def _change_styles(part: str, text: str) -> str:
    if part not in _STYLE_CHANGES:
        return text
    return replace_texts(part, _SPACE_AT_TAG.sub("", _SPACE.sub(" ", text)), _STYLE_CHANGES[part])
