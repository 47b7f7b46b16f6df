"""Read the draft that ``workbook claims`` checks: DOCX, ODT, HTML or text."""

import io
import zipfile
import zlib
from itertools import islice
from pathlib import Path
from typing import Final

from workbook.claims.draft.checked_number import Confirmation
from workbook.claims.draft.confirmation import SentencePlace, read_confirmations
from workbook.claims.draft.draft_numbers import DraftNumber, find_numbers
from workbook.claims.draft.matching import FigureIndex
from workbook.claims.draft.passages import Passage, split_blocks, split_text
from workbook.exports.pandoc import read_document
from workbook.importers.catalogue import read_bytes

_KINDS: Final = {
    ".docx": "docx",
    ".odt": "odt",
    ".html": "html",
    ".htm": "html",
    ".md": "commonmark_x",
    ".txt": "",
}
"""Pandoc's name of the format by the suffix of a file. A text is read without it."""

_FORMATS: Final = "DOCX, ODT, HTML or text (.txt or .md, in UTF-8)"
_MAIN_PARTS: Final = {"docx": "word/", "odt": "content.xml"}
_MOST_BYTES: Final = 50_000_000
_MOST_TEXT_BYTES: Final = 10_000_000
"""Size of a file, and of the text and markup in it. A report of 1,000 pages has less."""

_MOST_NUMBERS: Final = 5_000
"""Numbers of a draft. A report has some hundreds."""

_OFFICE_97: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_ODF: Final = b"encryption-data"


def find_draft_numbers(path: Path) -> list[DraftNumber]:
    """Read a draft and find its numbers.

    Args:
        path: The file. Its suffix names the format.

    Returns:
        The numbers in the order of the draft.

    Raises:
        ValueError: As for ``read_draft``, or there are too many numbers.
    """
    numbers = list(islice(find_numbers(read_draft(path)), _MOST_NUMBERS + 1))
    if len(numbers) > _MOST_NUMBERS:
        raise ValueError(f"{path} has more than {_MOST_NUMBERS:,} numbers: give a part of it")
    return numbers


def read_draft(path: Path) -> list[Passage]:
    """Read a draft.

    Args:
        path: The file. Its suffix names the format.

    Returns:
        Its passages in order.

    Raises:
        ValueError: The file is missing, empty, too large, protected by a password, not in UTF-8,
            without text, or no document of its format.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise ValueError(f"{path} is not a document that can be checked: give {_FORMATS}")
    content = _read_content(path)
    if kind in _MAIN_PARTS:
        _check_archive(path, content, kind)
    else:
        content = _check_text(path, content)
    if not kind:
        passages, has_images = split_text(content.decode()), False
    else:
        passages, has_images = _split_document(path, content, kind)
    if not any(passage.text for passage in passages):
        raise ValueError(f"{path} {_describe_empty(has_images=has_images)}")
    return passages


def _read_content(path: Path) -> bytes:
    if path.is_file() and (size := path.stat().st_size) > _MOST_BYTES:
        raise ValueError(f"{path} is too large: {_limit_text(size, _MOST_BYTES)}")
    content = read_bytes(path)
    if not content.strip():
        raise ValueError(f"{path} is empty: give {_FORMATS}")
    return content


def _check_text(path: Path, content: bytes) -> bytes:
    """Check that a text is in UTF-8; give it without a byte order mark."""
    if len(content) > _MOST_TEXT_BYTES:
        raise ValueError(f"{path} is too large: {_limit_text(len(content), _MOST_TEXT_BYTES)}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValueError(f"{path} is not a text in UTF-8: save it as UTF-8, or give {_FORMATS}")
    return text.replace("\r\n", "\n").replace("\r", "\n").encode()


def _check_archive(path: Path, content: bytes, kind: str) -> None:
    """Check that a file is an archive with a text document, whole, of a size that can be read."""
    name = path.suffix.upper().removeprefix(".")
    locked = f"{path} is protected by a password: remove the password, then save it again"
    if content.startswith(_OFFICE_97):
        if _ENCRYPTED_OFFICE in content:
            raise ValueError(locked)
        raise ValueError(f"{path} is in the format of Word 97 to 2003: save it as DOCX")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts if part.filename.endswith(".xml"))
            if size > _MOST_TEXT_BYTES or sum(part.file_size for part in parts) > 4 * _MOST_BYTES:
                raise ValueError(f"{path} is too large: {_limit_text(size, _MOST_TEXT_BYTES)}")
            if not any(part.filename.startswith(_MAIN_PARTS[kind]) for part in parts):
                raise ValueError(f"{path} is not a valid {name} document: give {_FORMATS}")
            if any(part.flag_bits & 1 for part in parts) or _is_encrypted_odf(archive):
                raise ValueError(locked)
            is_whole = archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        is_whole = False
    if not is_whole:
        raise ValueError(
            f"{path} is not a valid {name} document, or is damaged: save it again, or give"
            f" {_FORMATS}"
        )


def _is_encrypted_odf(archive: zipfile.ZipFile) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and _ENCRYPTED_ODF in archive.read(manifest)


def _split_document(path: Path, content: bytes, kind: str) -> tuple[list[Passage], bool]:
    """Give the passages of a document, and whether it has images."""
    try:
        blocks = read_document(content, kind)
        return split_blocks(blocks), "'t': 'Image'" in str(blocks)
    except RecursionError:
        msg = f"{path} has parts within parts, too deep to be read: save it as text"
        raise ValueError(msg) from None
    except ValueError:
        name = path.suffix.upper().removeprefix(".")
        raise ValueError(
            f"{path} is not a valid {name} document: save it again, or give {_FORMATS}"
        ) from None


def _describe_empty(*, has_images: bool) -> str:
    if has_images:
        return f"holds images only: give its text as {_FORMATS}"
    return f"has no text: give {_FORMATS}"


def _limit_text(size: int, limit: int) -> str:
    return (
        f"{size / 1e6:,.0f} MB of text and markup, and the limit is {limit / 1e6:,.0f} MB."
        " Give a part of it"
    )


def read_confirmed_figures(path: Path, index: FigureIndex) -> dict[SentencePlace, Confirmation]:
    """Read the CSV file of the figures that a person confirmed.

    Args:
        path: The file.
        index: The figures that can be confirmed.

    Returns:
        What was confirmed, by the sentence with its numbers masked and the place there.

    Raises:
        ValueError: The file is missing, not in UTF-8, or not such a file.
    """
    content = _check_text(path, _read_content(path)).decode()
    try:
        return read_confirmations(content, index.figures)
    except ValueError as error:
        raise ValueError(f"{path} is not a file of confirmed figures: {error}") from None
