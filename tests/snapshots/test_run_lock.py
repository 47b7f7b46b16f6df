"""One run at a time makes the snapshot of a quarter."""

import errno
import os
import re
import subprocess
import sys

import pytest

from tests import ROOT
from workbook.snapshots.run_lock import LockedError, hold_lock

HOLDER = """
import sys
from pathlib import Path
from workbook.snapshots.run_lock import hold_lock
with hold_lock(Path(sys.argv[1]), "2014-Q2"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def lock(tmp_path):
    return tmp_path / "2014-Q2.lock"


@pytest.fixture
def holder(lock):
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_is_told_who_holds_the_lock(lock, holder):
    with pytest.raises(LockedError) as refused, hold_lock(lock, "2014-Q2"):
        pass
    expected = (
        rf"2014-Q2 is being made by process {holder.pid} of \S.* on \S+, since 20\S+Z\. "
        "Wait until it has ended"
    )
    assert re.fullmatch(expected, str(refused.value))


def test_the_lock_of_a_killed_process_is_free(lock, holder):
    holder.kill()
    holder.wait()
    assert lock.exists()
    with hold_lock(lock, "2014-Q2"):
        pass
    assert not lock.exists()


def test_a_lock_can_be_held_again_and_leaves_no_file(lock):
    for _ in range(2):
        with hold_lock(lock, "2014-Q2"):
            assert lock.exists()
        assert not lock.exists()


def test_a_damaged_file_of_the_lock_is_no_hindrance(lock, holder):
    lock.write_text("{")
    with (
        pytest.raises(LockedError, match="being made by another process"),
        hold_lock(lock, "2014-Q2"),
    ):
        pass


def test_a_file_system_without_locks_is_said_before_the_run(lock, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (
        pytest.raises(
            LockedError, match=r"cannot be locked \(no locks available\)\. Give a folder"
        ),
        hold_lock(lock, "2014-Q2"),
    ):
        pass


RACER = """
import sys
from pathlib import Path
from workbook.snapshots.archive import hold_quarter
for _ in range(int(sys.argv[3])):
    with hold_quarter(Path(sys.argv[1]), sys.argv[2]) as folder:
        assert folder.is_dir()
"""


def test_runs_that_end_at_once_do_not_remove_each_others_folder(tmp_path):
    """Each removes the store and its hidden folder where they are empty."""
    store = tmp_path / "store"
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(store), quarter, "300"],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for quarter in ("2014-Q1", "2014-Q2")
    ]
    errors = [racer.communicate()[1] for racer in racers]
    assert errors == ["", ""]
    assert [racer.returncode for racer in racers] == [0, 0]
