"""The same inputs give the same bytes, whatever the time zone, locale, hash seed or user."""

import os
import re
import subprocess
import sys

import pytest

from tests import ROOT
from workbook.snapshots.stored_snapshot import open_snapshot

pytestmark = pytest.mark.slow

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
ELSEWHERE = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "2",
    "LOGNAME": "somebody-else",
    "USER": "somebody-else",
}
OF_THE_RUN = {"manifest.json", "ro-crate-metadata.json"}
"""Files that say when and by whom a snapshot was made."""

TIMES = re.compile(r'Made on [^<.]*? with|prepared on [^<,]*,|"dateModified": "[^"]*"')
"""What the pages say of the time."""


def make_snapshot(store, environment, *topics):
    """A snapshot of some topics, made by the command in an environment."""
    command = [sys.executable, "-m", "workbook.cli", "snapshot", "2014-Q2", f"--store={store}"]
    subprocess.run(
        [*command, *(f"--topic={topic}" for topic in topics)],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return open_snapshot("2014-Q2", store)


def read_files(snapshot):
    """Every file's content by its path, without what differs from run to run."""
    paths = [path for path in snapshot.folder.rglob("*") if path.is_file()]
    contents = {path.relative_to(snapshot.folder).as_posix(): path.read_bytes() for path in paths}
    for name in ("index.html", "papers/accessibility-statement.html"):
        contents[name] = TIMES.sub("", contents[name].decode()).encode()
    return {
        name: content
        for name, content in contents.items()
        if name not in OF_THE_RUN and not name.endswith(".ipynb")
    }


def test_a_snapshot_made_elsewhere_has_the_same_bytes(tmp_path):
    here = make_snapshot(tmp_path / "here", HERE, "digital_inclusion")
    elsewhere = make_snapshot(tmp_path / "elsewhere", ELSEWHERE, "digital_inclusion")
    assert elsewhere.manifest["user"] == "somebody-else"
    expected, actual = read_files(here), read_files(elsewhere)
    assert actual.keys() == expected.keys()
    assert [name for name in expected if actual[name] != expected[name]] == []
