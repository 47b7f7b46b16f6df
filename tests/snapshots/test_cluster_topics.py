"""Snapshots on a real Dask scheduler and real workers, each a process of its own."""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from tests import ROOT
from tests.dask_processes import DaskProcesses
from tests.snapshots.example_topic import DISPLAY_CELL, DOUBLE_CELL, People, write_notebook
from tests.snapshots.example_topic import topic as small
from tests.snapshots.killed_runs import (
    PAGES_OF_ARCHIVE,
    complete_command,
    offer_topic,
    start_command,
)
from tests.snapshots.test_quarter_before import REPORT, SENTENCE, make_report
from tests.snapshots.test_signals import is_running, wait_until
from workbook.analysis import cluster_tasks
from workbook.analysis.cluster import ask_workers, connect_cluster
from workbook.cli import main
from workbook.kernels.forking import CAN_FORK
from workbook.snapshots.archive import SnapshotFailedError
from workbook.snapshots.cluster_topics import connect_topics_runner
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.seal import verify_store
from workbook.snapshots.snapshot import make_snapshot
from workbook.topics.digital_inclusion import topic as inclusion

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CAN_FORK and Path("/proc/self/status").exists()), reason="looks in /proc"
    ),
]

QUARTER = "2014-Q2"
OF_THE_RUN = {
    "manifest.json",
    "ro-crate-metadata.json",
    "index.html",
    "accessibility-statement.html",
    "notebook.ipynb",
}
"""Files that tell when a snapshot was made."""

WAITING = """import os, pathlib, time
folder, ancestors = pathlib.Path({folder!r}), [os.getppid()]
while ancestors[-1] > 1:
    stat = pathlib.Path(f"/proc/{{ancestors[-1]}}/stat").read_text()
    ancestors.append(int(stat.rpartition(")")[2].split()[1]))
(folder / f"{{os.getpid()}}.started").write_text(" ".join(map(str, ancestors)))
while not (folder / "go").exists():
    time.sleep(0.05)"""
"""A cell that says which processes it descends from, and waits."""


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """A scheduler without workers, which know the example topic."""
    folder = tmp_path / "dask"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", offer_topic(tmp_path))
    processes = DaskProcesses(folder)
    yield processes
    processes.stop()


def start_waiting(folder, cluster):
    """Start a snapshot whose notebook waits; the command, its kernel and the worker's process."""
    write_notebook(folder, DOUBLE_CELL, WAITING.format(folder=str(folder)), DISPLAY_CELL)
    running = start_command(folder, QUARTER, f"--cluster={cluster.address}")
    wait_until(lambda: started_kernels(folder) or running.poll() is not None, 300)
    assert running.poll() is None, running.communicate()
    [(kernel, ancestors)] = started_kernels(folder).items()
    [worker] = ancestors & cluster.process_ids
    return running, kernel, worker


def started_kernels(folder):
    """Each kernel that has reached the waiting cell, with the processes that it descends from."""
    texts = {path: path.read_text() for path in folder.glob("*.started")}
    return {int(path.stem): set(map(int, text.split())) for path, text in texts.items() if text}


def read_results(store):
    """Every file's content by its path, without those that tell when they were made."""
    folder = store / QUARTER / "r1"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in OF_THE_RUN
    }


def test_a_worker_that_is_killed_loses_nothing(tmp_path, cluster):
    workers = {worker.pid: worker for worker in [cluster.start_worker(), cluster.start_worker()]}
    running, kernel, worker = start_waiting(tmp_path, cluster)
    workers[worker].kill()
    wait_until(lambda: len(started_kernels(tmp_path)) == 2, 300)
    (tmp_path / "go").touch()
    output, errors = running.communicate()
    assert running.returncode == 0, errors
    assert (
        output
        == f"Snapshot written to {tmp_path / 'store' / QUARTER / 'r1'}. Open its index.html.\n"
    )
    assert errors.splitlines() == [
        "small: started",
        "small: started",
        "small: notebook done, writing files",
        "small: finished (1 of 1)",
    ]
    assert not is_running(kernel)
    assert all(not report.mismatches for report in verify_store(tmp_path / "store"))
    names = {path.name for path in (tmp_path / "store").iterdir()}
    assert names - PAGES_OF_ARCHIVE == {QUARTER}

    on_cluster = read_results(tmp_path / "store")
    shutil.rmtree(tmp_path / "store")
    complete_command(tmp_path, QUARTER)
    assert on_cluster == read_results(tmp_path / "store")


def test_a_report_on_a_worker_says_what_changed_since_the_quarter_before(tmp_path, cluster):
    cluster.start_worker()
    make_report(tmp_path, "2014-Q1", 3)
    store = tmp_path / "store"
    job = prepare_snapshot(QUARTER, [(REPORT, People(people=5))], store, tmp_path)
    with connect_topics_runner(cluster.address, job) as runner:
        make_snapshot(job, runner=runner)
    on_cluster = read_results(store)
    assert SENTENCE in on_cluster["small/report.html"].decode()
    shutil.rmtree(store / QUARTER)
    make_report(tmp_path, QUARTER, 5)
    assert on_cluster == read_results(store)


@pytest.mark.parametrize("signal_name", ["SIGINT", "SIGKILL"])
def test_a_stopped_run_stops_its_topics_on_the_workers(tmp_path, cluster, signal_name):
    worker = cluster.start_worker()
    running, kernel, _ = start_waiting(tmp_path, cluster)
    running.send_signal(getattr(signal, signal_name))
    _, errors = running.communicate()
    wait_until(lambda: not is_running(kernel))
    assert worker.poll() is None
    if signal_name != "SIGKILL":
        assert running.returncode == 1
        assert errors == "small: started\nInterrupted. Nothing was written.\n"
        assert not (tmp_path / "store").exists()
        return
    (tmp_path / "go").touch()
    complete_command(tmp_path, QUARTER, f"--cluster={cluster.address}")
    assert all(not report.mismatches for report in verify_store(tmp_path / "store"))


def test_a_topic_that_fails_on_a_worker_is_kept_apart_with_its_cause(tmp_path, cluster):
    cluster.start_worker()
    write_notebook(tmp_path, DOUBLE_CELL, "# dividing\n1 / 0", DISPLAY_CELL)
    running = start_command(tmp_path, QUARTER, f"--cluster={cluster.address}")
    _, errors = running.communicate()
    assert running.returncode == 1
    assert "small: failed (1 of 1)\n" in errors
    sentence = "small failed in cell 4 (# dividing): ZeroDivisionError: division by zero. The"
    assert errors.splitlines()[-1].startswith(sentence)
    [failed] = (tmp_path / "store" / ".failed").iterdir()
    assert (failed / "small" / "notebook.ipynb").is_file()
    assert "ZeroDivisionError" in (failed / "cause.txt").read_text()
    assert {path.name for path in (tmp_path / "store").iterdir()} == {".failed"}


def test_a_scheduler_that_is_lost_fails_the_run(tmp_path, cluster):
    cluster.start_worker()
    running, kernel, _ = start_waiting(tmp_path, cluster)
    cluster.scheduler.kill()
    _, errors = running.communicate()
    assert running.returncode == 1
    sentence = "The Dask scheduler does not answer any more. The unfinished files are in"
    assert errors.splitlines()[-1].startswith(sentence)
    wait_until(lambda: not is_running(kernel))


def test_a_scheduler_that_is_lost_before_the_topics_start_fails_the_run(tmp_path, cluster):
    cluster.start_worker()
    write_notebook(tmp_path, DOUBLE_CELL, DISPLAY_CELL)
    job = prepare_snapshot(QUARTER, [(small, People())], tmp_path / "store", tmp_path)
    with connect_topics_runner(cluster.address, job) as runner:
        (client,) = runner.args
        client.close()
        with pytest.raises(SnapshotFailedError, match="scheduler does not answer any more"):
            make_snapshot(job, runner=runner)


def test_a_topic_that_ends_workers_fails(tmp_path, cluster, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    folder = tmp_path / "strict"
    folder.mkdir()
    strict = DaskProcesses(folder)
    try:
        strict.start_worker()
        running, _, worker = start_waiting(tmp_path, strict)
        os.kill(worker, signal.SIGKILL)
        _, errors = running.communicate()
    finally:
        strict.stop()
    assert running.returncode == 1
    assert "small failed: several Dask workers ended while they ran it. They may have" in errors


def fail_after_waiting(work, number):
    """A task that is never run."""
    raise AssertionError(work, number)


def test_a_cluster_whose_workers_are_gone_is_lost(cluster, monkeypatch):
    monkeypatch.setattr(cluster_tasks, "_SECONDS_WITHOUT_WORKERS", 0.5)
    worker = cluster.start_worker()
    with connect_cluster(cluster.address, "workbook") as client:
        worker.kill()
        worker.wait()
        tasks = cluster_tasks.run_tasks(client, fail_after_waiting, None, [0])
        with pytest.raises(cluster_tasks.ClusterLostError, match=r"has had no worker for 0\.5 sec"):
            list(tasks)


LOSE_CONNECTION = """from distributed import Status, Worker
async def lose_connection(self, comm, **_):
    comm.abort()
    return Status.dont_reply
Worker.run = lose_connection"""


def test_a_worker_whose_connection_is_lost_is_left_out(cluster):
    cluster.start_worker(LOSE_CONNECTION)
    worker = cluster.start_worker()
    with connect_cluster(cluster.address, "workbook") as client:
        assert len(client.nthreads()) == 2
        assert list(ask_workers(client, os.getpid).values()) == [worker.pid]


@pytest.fixture
def check_rejected(tmp_path, capsys, monkeypatch):
    """Check that a cluster cannot be used, is said so in a sentence, and nothing is written."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def check(address, words):
        command = ["snapshot", QUARTER, "--topic=digital_inclusion", f"--cluster={address}"]
        with pytest.raises(SystemExit) as stopped:
            main(command)
        text = "".join(capsys.readouterr())
        assert stopped.value.code == 2, text
        assert words in text
        assert text.count("\n") == 1
        assert not list(folder.iterdir())

    return check


def test_nothing_answers(check_rejected):
    check_rejected("tcp://127.0.0.1:9", "No Dask scheduler answers at tcp://127.0.0.1:9: give")


OTHER_WORK = [
    ({"host kind": "Plan9 vax"}, "has Plan9 vax. It must be a machine like this one, "),
    (
        {"code": "0.0-1"},
        "has release 0.0-1 of the code of digital_inclusion. It must have the same",
    ),
    ({"page files": "1"}, "has other style sheets, scripts or templates. Install this machine's"),
    ({"versions": {"Python": "2.7"}}, "has Python 2.7. It must have the same as this machine, 3."),
    ({"tables": []}, "has another table inclusion_observed for digital_inclusion. Copy this"),
    ({"folders": []}, "has other data or scenarios for digital_inclusion. Copy this machine's"),
]
DESCRIBE_OTHER = """import json, pathlib
from workbook.snapshots import cluster_worker
real = cluster_worker.describe_work
other = pathlib.Path({path!r})
cluster_worker.describe_work = lambda run: {{**real(run), **json.loads(other.read_text())}}"""


def test_a_worker_that_would_make_other_files_is_rejected(cluster, check_rejected, tmp_path):
    path = tmp_path / "other.json"
    cluster.start_worker(DESCRIBE_OTHER.format(path=str(path)))
    for difference, words in OTHER_WORK:
        path.write_text(json.dumps(difference))
        check_rejected(cluster.address, words)


def test_a_worker_that_differs_only_later_fails_the_topic(cluster, tmp_path):
    path = tmp_path / "other.json"
    path.write_text("{}")
    cluster.start_worker(DESCRIBE_OTHER.format(path=str(path)))
    job = prepare_snapshot(QUARTER, [(inclusion, inclusion.Scenario())], tmp_path / "store")
    with connect_topics_runner(cluster.address, job) as runner:
        path.write_text(json.dumps({"code": "0.0-1"}))
        with pytest.raises(SnapshotFailedError, match="has other code, libraries or data than th"):
            make_snapshot(job, runner=runner)


def copy_workbook(folder):
    """A copy of the workbook for a worker."""
    for name in ("workbook", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def test_a_worker_with_another_table_is_rejected(cluster, check_rejected, tmp_path):
    copy_workbook(tmp_path / "other")
    with (tmp_path / "other" / "data" / "population_ageing.csv").open("a") as file:
        file.write("\n")
    cluster.start_worker(path=tmp_path / "other")
    check_rejected(cluster.address, "population_ageing")
