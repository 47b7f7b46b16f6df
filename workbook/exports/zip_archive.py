"""Rewrite a ZIP archive so that the same content always gives the same bytes."""

import io
import zipfile
from collections.abc import Callable

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
