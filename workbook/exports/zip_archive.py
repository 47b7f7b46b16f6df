"""Rewrite a ZIP archive so that the same content always gives the same bytes."""

import io
import zipfile
from collections.abc import Callable, Iterable

StyleChanges = Iterable[tuple[str, str]]
"""Texts to be replaced, each with its replacement."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The time of every part, so that it does not depend on the clock."""


def _keep_text(_part: str, text: str) -> str:
    return text


def normalise_zip(content: bytes, edit_xml: Callable[[str, str], str] = _keep_text) -> bytes:
    """Give every part of an archive the same time, and edit its XML parts.

    Args:
        content: The archive.
        edit_xml: Gives the new text of an XML part, from its name and its text.

    Returns:
        The archive with the same parts in the same order.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith(".xml"):
                data = edit_xml(part.filename, data.decode("utf-8")).encode("utf-8")
            entry = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            entry.compress_type = part.compress_type
            new.writestr(entry, data)
    return file.getvalue()


def replace_texts(part: str, text: str, changes: StyleChanges) -> str:
    """Replace texts in a part of pandoc's archive.

    Args:
        part: The part's name.
        text: Its text.
        changes: Texts to be replaced, each with its replacement.

    Returns:
        The changed text.

    Raises:
        ValueError: A text to be replaced is missing.
    """
    for old, new in changes:
        if old not in text:
            msg = f"pandoc's {part} does not contain {old}"
            raise ValueError(msg)
        text = text.replace(old, new)
    return text


def make_zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Make an archive that is the same for the same parts.

    Args:
        parts: Name and content of each part.

    Returns:
        The archive.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()
