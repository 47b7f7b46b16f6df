"""Fifty runs killed at a random instant, and ten on a store that fills up."""

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
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks in /proc")

RUNS, FULL_STORES = 50, 10
SEED = random.SystemRandom().randrange(10**6)
"""Another each time. A failure prints it with what happened."""


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
def test_a_killed_run_leaves_the_archive_whole(folder, prepared, number):
    randomness = random.Random(SEED + number)
    print(SEED, kill_at_random(folder, VICTIMS[number % len(VICTIMS)], prepared[1], randomness))
    check_old_or_new(folder)


@pytest.mark.parametrize("number", range(FULL_STORES))
def test_a_store_that_fills_up_stays_whole(folder, number):
    limit = random.Random(SEED + number).randrange(200, 30_000)
    running = start_command(folder, "2014-Q2")
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (limit, limit))
    _, errors = running.communicate(timeout=300)
    print(SEED, limit, running.returncode, errors)
    assert running.returncode in {0, 1}
    check_old_or_new(folder)
