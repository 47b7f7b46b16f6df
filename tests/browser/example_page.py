"""The page of a topic made for a test, served under the name of a registered topic."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests import ROOT
from tests.browser.server import serve_workbook
from workbook.resources import resource_folder

REGISTERED_NAME = "digital_inclusion"
"""The server has pages of registered topics only."""


def importing_cell(source: str) -> str:
    """Source of a cell that may import what is made for tests."""
    return f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{source}"


def write_example(path: Path, source: str) -> None:
    """Write a notebook with one cell, which makes and shows a ``study``."""
    original = resource_folder("notebooks") / f"{REGISTERED_NAME}.ipynb"
    notebook = nbformat.read(original, as_version=4)
    codes = [new_code_cell(importing_cell(source)), new_code_cell("study.outcome")]
    notebook.cells = [new_markdown_cell("# Example"), *codes]
    nbformat.write(notebook, path)


@contextlib.contextmanager
def serve_cell(folder: Path, source: str) -> Iterator[str]:
    """Serve a page with one cell, which shows a ``study``; yields the server's address."""
    write_example(folder / f"{REGISTERED_NAME}.ipynb", source)
    with serve_workbook(REGISTERED_NAME, notebooks=str(folder)) as address:
        yield address
