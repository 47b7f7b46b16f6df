"""A folder of scenarios that many write at once, that is full, read-only or no folder."""

import os
import subprocess
import sys
import time

import pytest

from tests import ROOT
from tests.scenario.lamps import Lamps
from tests.scenario.twenty_processes import PROCESSES, ROUNDS
from workbook.scenario import ScenarioFolderError, ScenarioStore
from workbook.scenario.scenario_file import read_scenario_file

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk"
)


@needs_fork
def test_twenty_processes_that_save_and_delete_lose_nothing(tmp_path):
    command = [sys.executable, "-m", "tests.scenario.twenty_processes", str(tmp_path)]
    store = ScenarioStore(tmp_path, "lamps", Lamps)
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            for stored in store.list_files().files.values():  # a reader sees whole files only
                assert stored.content.values
            assert store.list_files().errors == {}
            time.sleep(0.05)
    assert process.returncode == 0
    assert store.list_files().names == ("Shared",)
    for path in tmp_path.rglob("*.toml"):
        assert read_scenario_file(path).topic == "lamps"
    shared = store.history("Shared")
    assert [entry.version.number for entry in shared] == list(range(1, PROCESSES * ROUNDS + 1))
    saved_values = sorted(store.open("Shared", n).scenario.lamps for n in range(1, len(shared) + 1))
    assert saved_values == list(range(PROCESSES * ROUNDS))
    assert store.open("Shared").scenario == store.open("Shared", len(shared)).scenario
    for number in range(PROCESSES):
        events = [entry.version.event for entry in store.history(f"Own {number}")]
        assert events == ["saved", "deleted"] * ROUNDS
    contested = [entry.version.event for entry in store.history("Contested")]
    assert contested.count("saved") >= ROUNDS
    assert contested[-1] == "deleted"
    assert not [path for path in tmp_path.rglob(".*") if path.name not in {".history", ".lock"}]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of some kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def expect_nothing_written(store, reason):
    """Try every change, and expect a sentence and every file as it was."""
    before = contents(store.root)
    changes = (
        lambda: store.save("Night", Lamps(lamps=2), author="Ada", rationale="x" * 10_000),
        lambda: store.save("Day", Lamps(lamps=2), author="Ada", rationale="x" * 10_000),
        lambda: store.rename("Night", "Dusk", author="Ada"),
        lambda: store.delete("Night", author="Ada", why="x" * 10_000),
        lambda: store.restore("Gone", author="Ada"),
    )
    for change in changes:
        with pytest.raises(ScenarioFolderError, match=r"Nothing was saved\. The folder ") as caught:
            change()
        assert reason in str(caught.value)
    assert contents(store.root) == before
    assert store.open("Night").scenario == Lamps(lamps=1)


def fill(disk):
    """Write until there is no room."""
    with (disk / "fill").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


@needs_root
def test_a_full_or_read_only_folder_is_said_and_nothing_is_half_written(small_disk):
    store = ScenarioStore(small_disk, "lamps", Lamps)
    store.save("Night", Lamps(lamps=1), author="Ada")
    store.save("Gone", Lamps(lamps=1), author="Ada")
    store.delete("Gone", author="Ada")
    fill(small_disk)
    expect_nothing_written(store, "cannot be written: no space left on device")
    (small_disk / "fill").unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    expect_nothing_written(
        store, "read-only file system. Name another folder in WORKBOOK_SCENARIOS"
    )


def test_a_file_in_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "team").write_text("a file")
    store = ScenarioStore(tmp_path / "team", "lamps", Lamps)
    with pytest.raises(ScenarioFolderError, match="cannot be written: not a directory"):
        store.save("Night", Lamps())
    assert (tmp_path / "team").read_text() == "a file"
