"""Shipped files have no local paths, no CDN links and no stored notebook outputs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests import ROOT

SHIPPED_FOLDERS: Final = ("workbook", "notebooks", "data")
CDNS: Final = ("cdn.jsdelivr", "unpkg.com", "esm.sh", "cdnjs")
HOME_FOLDERS: Final = re.compile(r"(?<![\w.])/(?:home|Users|var/folders)/\w|\b[A-Z]:\\\\?Users\b")
IGNORED_FOLDERS: Final = {"__pycache__", ".ipynb_checkpoints"}
NOTEBOOKS: Final = sorted(ROOT.glob("notebooks/*.ipynb"))


def _shipped_texts() -> Iterator[tuple[Path, str]]:
    """Yield every shipped text file with its path."""
    for folder_name in SHIPPED_FOLDERS:
        for path in ROOT.joinpath(folder_name).rglob("*"):
            if path.is_file() and not IGNORED_FOLDERS & set(path.parts):
                yield path.relative_to(ROOT), path.read_text("utf-8", errors="replace")


def test_no_local_path_is_shipped():
    local_paths = re.escape(f"{ROOT}/"), re.escape(f"{Path.home()}/")
    machine = re.compile(rf"(?<![\w./])(?:{'|'.join(local_paths)})")
    assert [
        path for path, text in _shipped_texts() if HOME_FOLDERS.search(text) or machine.search(text)
    ] == []


def test_nothing_is_loaded_from_a_cdn():
    assert [(path, cdn) for path, text in _shipped_texts() for cdn in CDNS if cdn in text] == []


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"] is not None] == []
