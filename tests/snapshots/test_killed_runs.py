"""A run that is killed, or whose disk is full, leaves an archive that is old or new, and whole."""

import random
import shutil
from pathlib import Path

import pytest

from tests.snapshots.killed_runs import (
    VICTIMS,
    check_old_or_new,
    kill_at_random,
    prepare_store,
    start_command,
)

resource = pytest.importorskip("resource")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks in /proc"),
]

RUNS = 5
FILE_LIMIT = 8_000
"""Bytes of a file at most. A report is larger."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with an archive that holds the quarter before, and the seconds that a run takes."""
    folder = tmp_path_factory.mktemp("killed")
    return folder, prepare_store(folder)


@pytest.fixture
def folder(prepared):
    """The folder, without what another test has made."""
    shutil.rmtree(prepared[0] / "store" / "2014-Q2", ignore_errors=True)
    shutil.rmtree(prepared[0] / "store" / ".failed", ignore_errors=True)
    return prepared[0]


@pytest.mark.parametrize("number", range(RUNS))
def test_a_run_killed_at_a_random_instant_leaves_the_archive_whole(folder, prepared, number):
    victim = VICTIMS[number % len(VICTIMS)]
    print(kill_at_random(folder, victim, prepared[1], random.Random(number)))
    check_old_or_new(folder)


def test_a_file_that_cannot_be_written_fails_the_run(folder):
    running = start_command(folder, "2014-Q2")
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "small could not be written: file too large. The unfinished files are in" in errors
    check_old_or_new(folder)
