"""Tell office files that hold no readable table: protected, old, or of another program."""

from collections.abc import Collection
from typing import Final

COMPOUND_FILE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of a compound file, in which several office formats are stored."""

_COPY_TABLE: Final = "save the table in it as XLSX or CSV UTF-8"
_WORD_DOCUMENT: Final = f"a Word document: {_COPY_TABLE}"
_PRESENTATION: Final = f"a presentation: {_COPY_TABLE}"
_PROTECTED: Final = "protected by a password: save it without one"
_OLD_SPREADSHEET: Final = "an old spreadsheet (XLS): save it as XLSX, ODS or CSV UTF-8"

_STREAMS: Final = {
    "EncryptedPackage": _PROTECTED,
    "WordDocument": _WORD_DOCUMENT,
    "PowerPoint Document": _PRESENTATION,
}
"""What a compound file is, by a stream that it has."""

_PARTS: Final = {"word/document.xml": _WORD_DOCUMENT, "ppt/presentation.xml": _PRESENTATION}
"""What a zip archive is, by a file that it has."""


def describe_compound_file(content: bytes) -> str:
    """Say what a compound file is, and what to do.

    Args:
        content: The file's bytes.

    Returns:
        A phrase that follows "the file is".
    """
    streams = (name for name in _STREAMS if name.encode("utf-16-le") in content)
    return next(map(_STREAMS.__getitem__, streams), _OLD_SPREADSHEET)


def describe_archive(names: Collection[str]) -> str:
    """Say what a zip archive of another office program is, and what to do.

    Args:
        names: Names of the files in the archive.

    Returns:
        A phrase that follows "the file is"; empty if it is no known document.
    """
    return next((text for part, text in _PARTS.items() if part in names), "")
