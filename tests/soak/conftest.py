"""A real snapshot of a quarter, all topics, made once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUARTER = "2014-Q2"


@pytest.fixture(scope="session")
def working_folder(tmp_path_factory):
    """A folder for the files that LibreOffice makes."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def revision(tmp_path_factory):
    """The folder of the snapshot."""
    store = tmp_path_factory.mktemp("archive") / "snapshots"
    command = [sys.executable, "-m", "workbook.cli", "snapshot", QUARTER, f"--store={store}"]
    subprocess.run(command, cwd=ROOT, check=True)
    return store / QUARTER / "r1"


@pytest.fixture(scope="session")
def headlines(revision):
    """Each topic's headline, by its name."""
    files = {path.parent.name: path for path in revision.glob("*/notebook.ipynb")}
    return {
        name: _read_headline(json.loads(path.read_text("utf-8"))) for name, path in files.items()
    }


def _read_headline(notebook):
    """Headline in the run record of the last cell."""
    [record] = [
        data
        for output in notebook["cells"][-1]["outputs"]
        for kind, data in output["data"].items()
        if kind.endswith("outcome+json")
    ]
    return record["headline"]
