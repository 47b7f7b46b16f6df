"""Run pandoc, which converts pages to documents and reads documents, without network or clock."""

import base64
import itertools
import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pypandoc import get_pandoc_path

PANDOC_DATE: Final = "1970-01-01T00:00:00Z"
"""The time that pandoc writes in its sandbox."""

_SECONDS: Final = 120
"""Time for one document."""

_READING_MEMORY: Final = ("+RTS", "-M2g", "-RTS")
"""Memory for reading a document of somebody else's."""

_PICTURE: Final = re.compile(r'src="data:image/png;base64,([^"]+)"')
"""A picture inside a page. Its letters take pandoc longer than all the rest of the page."""


def convert_page(page: str, kind: str, title: str, options: Sequence[str] = ()) -> bytes:
    """Convert an HTML page to a document.

    Args:
        page: The page. Where a picture has no description, it gets its ``picture_name``.
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
    with tempfile.TemporaryDirectory(prefix="workbook-") as name:
        content = _move_pictures(page, folder := Path(name)).encode()
        # The sandbox has no option for pictures. That for the fonts of an e-book takes any file.
        pictures = [f"--epub-embed-font={path.name}" for path in folder.iterdir()]
        settings = (*arguments, f"--metadata=title:{title}", *options, *pictures)
        return _run_pandoc(settings, content, folder)


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


def picture_name(index: int) -> str:
    """Name that a picture of a page has in its document.

    Args:
        index: How many pictures come before it.

    Returns:
        The name, such as ``1.png``.
    """
    return f"{index + 1}.png"


def _move_pictures(page: str, folder: Path) -> str:
    """Write the pictures of a page to files, and name these in the page."""
    names = map(picture_name, itertools.count())

    def move(picture: re.Match[str]) -> str:
        path = folder / next(names)
        path.write_bytes(base64.b64decode(picture[1]))
        return f'src="{path.name}"'

    return _PICTURE.sub(move, page)


def _run_pandoc(
    arguments: Sequence[str], content: bytes = b"", folder: Path | None = None
) -> bytes:
    try:
        conversion = subprocess.run(  # noqa: S603  our own converter, in its sandbox
            [get_pandoc_path(), *arguments],
            input=content,
            cwd=folder,
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
