"""Run pandoc, which converts pages to documents and reads documents, without network or clock."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any, Final

from pypandoc import get_pandoc_path

PANDOC_DATE: Final = "1970-01-01T00:00:00Z"
"""The time that pandoc writes in its sandbox."""

_SECONDS: Final = 120
"""Time for one document."""

_READING_MEMORY: Final = ("+RTS", "-M2g", "-RTS")
"""Memory for reading a document of somebody else's."""


def convert_page(page: str, kind: str, title: str, options: Sequence[str] = ()) -> bytes:
    """Convert an HTML page to a document.

    Args:
        page: The page.
        kind: Pandoc's name of the document's format.
        title: Title of the document.
        options: Further options of pandoc.

    Returns:
        The document.

    Raises:
        ValueError: pandoc cannot convert the page.
    """
    # In its sandbox pandoc reads the files of its options only, opens no connection and has no
    # clock.
    arguments = ("--from=html-native_divs", f"--to={kind}", "--output=-", "--sandbox")
    return _run_pandoc((*arguments, f"--metadata=title:{title}", *options), page.encode())


def read_document(content: bytes, kind: str) -> list[Any]:
    """Read a document.

    Args:
        content: The document.
        kind: Pandoc's name of its format, such as ``docx``.

    Returns:
        Its blocks, as pandoc writes them in JSON.

    Raises:
        ValueError: pandoc cannot read the document.
    """
    arguments = (*_READING_MEMORY, f"--from={kind}", "--to=json", "--sandbox")
    blocks: list[Any] = json.loads(_run_pandoc(arguments, content))["blocks"]
    return blocks


def read_default_file(name: str) -> bytes:
    """Read one of pandoc's own files.

    Args:
        name: Its name, such as ``reference.docx``.

    Returns:
        Its content.
    """
    return _run_pandoc((f"--print-default-data-file={name}",))


def _run_pandoc(arguments: Sequence[str], content: bytes = b"") -> bytes:
    try:
        conversion = subprocess.run(  # noqa: S603  our own converter, in its sandbox
            [get_pandoc_path(), *arguments],
            input=content,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"pandoc did not finish within {_SECONDS} seconds") from None
    if conversion.returncode:
        message = conversion.stderr.decode(errors="replace").strip()
        raise ValueError(f"pandoc cannot convert the page: {message}")
    return conversion.stdout
