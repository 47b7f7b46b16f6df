"""Fifty runs killed at a random instant, and twenty on a store that fills up."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.dask_processes import DaskProcesses
from tests.snapshots.killed_runs import (
    VICTIMS,
    check_old_or_new,
    check_whole,
    kill_at_random,
    kill_worker_at_random,
    offer_topic,
    prepare_store,
    start_command,
)

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks in /proc")

RUNS, CLUSTER_RUNS, FULL_STORES = 38, 12, 10
SEED = random.SystemRandom().randrange(10**6)
"""Another each time. A failure prints it with what happened."""

SIZES = 20, 400
"""KiB of a file system at least, and at most, beyond what the archive holds before the run."""


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


@pytest.fixture(scope="module")
def cluster(prepared, tmp_path_factory):
    """A scheduler, without workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", offer_topic(prepared[0]))
        processes = DaskProcesses(tmp_path_factory.mktemp("dask"))
        yield processes
        processes.stop()


@pytest.fixture(scope="module")
def workers(cluster):
    """Its workers. One that is killed is removed, and replaced for the next run."""
    return [cluster.start_worker()]


@pytest.fixture
def small_store(prepared, tmp_path):
    """A function that puts the archive on a file system with some KiB to spare."""
    home = tmp_path / "small"
    store = home / "store"
    store.mkdir(parents=True)
    shutil.copyfile(prepared[0] / "small.ipynb", home / "small.ipynb")
    options = ["-t", "tmpfs", "-o", "size=64m", "tmpfs", store]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a file system cannot be mounted here: {mounted.stderr.strip()}")
    source = prepared[0] / "store"
    shutil.copytree(source / "2014-Q1", store / "2014-Q1")

    def leave(kilobytes):
        used = shutil.disk_usage(store).used // 1024
        options = ["-o", f"remount,size={used + kilobytes}k", store]
        subprocess.run(["mount", *options], check=True)
        return home

    yield leave
    subprocess.run(["umount", store], check=True)


@pytest.mark.parametrize("number", range(RUNS))
def test_a_killed_run_leaves_the_archive_whole(folder, prepared, number):
    randomness = random.Random(SEED + number)
    print(SEED, kill_at_random(folder, VICTIMS[number % len(VICTIMS)], prepared[1], randomness))
    check_old_or_new(folder)


@pytest.mark.parametrize("number", range(CLUSTER_RUNS))
def test_a_killed_dask_worker_loses_nothing(folder, cluster, workers, number):
    workers.append(cluster.start_worker())
    happened = kill_worker_at_random(folder, workers, cluster.address, random.Random(SEED + number))
    print(SEED, happened)
    assert "status 0" in happened
    check_old_or_new(folder)


@pytest.mark.parametrize("number", range(FULL_STORES))
def test_a_file_system_that_fills_up_leaves_the_archive_whole(small_store, number):
    spare = random.Random(SEED + number).randrange(*SIZES)
    folder = small_store(spare)
    running = start_command(folder, "2014-Q2")
    _, errors = running.communicate(timeout=300)
    print(SEED, spare, running.returncode, errors)
    assert running.returncode in {0, 1}
    check_whole(folder)
    small_store(64 * 1024)
    check_old_or_new(folder)


@pytest.mark.parametrize("number", range(FULL_STORES))
def test_files_that_cannot_be_written_leave_the_archive_whole(folder, number):
    limit = random.Random(SEED + number).randrange(200, 30_000)
    running = start_command(folder, "2014-Q2")
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (limit, limit))
    _, errors = running.communicate(timeout=300)
    print(SEED, limit, running.returncode, errors)
    assert running.returncode in {0, 1}
    check_old_or_new(folder)
