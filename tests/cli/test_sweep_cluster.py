"""Sweeps on a real Dask scheduler and real workers, each a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests import ROOT
from tests.dask_processes import DaskProcesses
from workbook.cli import main

SWEEP = ("digital_inclusion", "--over", "dropout=0:1:800", "--set", "draws=100")
"""Eight parts of 100 scenarios, each of which takes a fraction of a second."""

TINY = ("digital_inclusion", "--over", "dropout=0:1:2", "--set", "draws=100")


def start_sweep(folder, *arguments):
    """Start the command in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "workbook.cli", "sweep", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run_sweep(folder, *arguments):
    """Run the command; returns its exit status and what it has printed."""
    process = start_sweep(folder, *arguments)
    output, errors = process.communicate()
    return process.returncode, output + errors


def wait_for_parts(folder, count, process):
    """Wait until a running sweep has kept some parts."""
    while len(list(folder.glob("*.partial/*/*.parquet"))) < count:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler without workers."""
    folder = tmp_path / "dask"
    folder.mkdir()
    processes = DaskProcesses(folder)
    yield processes
    processes.stop()


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(tmp_path, scheduler):
    workers = [scheduler.start_worker() for _ in range(2)]
    sweep = start_sweep(tmp_path, *SWEEP, "--cluster", scheduler.address, "-o", "cluster.parquet")
    wait_for_parts(tmp_path, 1, sweep)
    workers[0].kill()
    output, errors = sweep.communicate()
    assert (sweep.returncode, output, errors) == (0, "Written: cluster.parquet (800 rows)\n", "")
    assert run_sweep(tmp_path, *SWEEP, "-o", "local.parquet")[0] == 0
    assert (tmp_path / "cluster.parquet").read_bytes() == (tmp_path / "local.parquet").read_bytes()
    assert not list(tmp_path.glob("*.partial"))


def test_a_scheduler_that_is_lost_leaves_the_finished_parts(tmp_path, scheduler):
    scheduler.start_worker()
    sweep = start_sweep(tmp_path, *SWEEP, "--cluster", scheduler.address, "-o", "a.parquet")
    wait_for_parts(tmp_path, 1, sweep)
    scheduler.scheduler.kill()
    output, errors = sweep.communicate()
    assert (sweep.returncode, output) == (1, "")
    assert errors.startswith("The Dask scheduler does not answer any more. ")
    assert errors.endswith(
        " of 8 parts are done in a.parquet.partial. The same command continues there.\n"
    )
    assert not (tmp_path / "a.parquet").exists()


def test_workers_on_this_machine_end_with_the_sweep(tmp_path):
    arguments = (*SWEEP, "--cluster", "local", "-o", "a.csv")
    sweep = start_sweep(tmp_path, *arguments)
    wait_for_parts(tmp_path, 1, sweep)
    os.killpg(sweep.pid, signal.SIGINT)  # as Ctrl+C in a terminal does, which reaches the workers
    output, errors = sweep.communicate()
    assert (sweep.returncode, output) == (1, "")
    assert re.fullmatch(r"Interrupted\. \d of 8 parts are done in a\.csv\.partial\. .*\n", errors)
    status, text = run_sweep(tmp_path, *arguments)
    assert (status, text.splitlines()[0]) == (0, "Written: a.csv (800 rows)")


@pytest.fixture
def check_rejected(tmp_path, capsys, monkeypatch):
    """Check that a cluster cannot be used, is said so in a sentence, and nothing is written."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def check(address, words):
        with pytest.raises(SystemExit) as stopped:
            main(["sweep", *TINY, "--cluster", address, "-o", "a.csv"])
        text = "".join(capsys.readouterr())
        assert stopped.value.code == 2, text
        assert words in text
        assert text.count("\n") == 1
        assert not list(folder.iterdir())

    return check


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1:9", "nowhere", "x://y"])
def test_nothing_answers(check_rejected, address):
    check_rejected(address, f"No Dask scheduler answers at {address}: give an address such as")


class SilentHandler(BaseHTTPRequestHandler):
    """Answers in another language, and prints nothing."""

    def log_message(self, *_):
        """Print no line."""


def test_something_else_answers(check_rejected):
    with ThreadingHTTPServer(("127.0.0.1", 0), SilentHandler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"tcp://127.0.0.1:{server.server_port}"
        check_rejected(address, f"No Dask scheduler answers at {address}: give an address such as")
        server.shutdown()
        thread.join()


def test_it_has_no_workers(check_rejected, scheduler):
    words = f"has no workers: start one with `dask worker {scheduler.address}`"
    check_rejected(scheduler.address, words)


def test_a_worker_does_not_have_the_workbook(check_rejected, scheduler):
    scheduler.start_worker("import sys; sys.modules['workbook'] = None")
    check_rejected(scheduler.address, "cannot load workbook: install release 0.1.0-")


def test_a_worker_has_another_release(check_rejected, scheduler, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(ROOT / "workbook", other / "workbook")
    with (other / "workbook" / "periods.py").open("a") as file:
        file.write("# changed\n")
    scheduler.start_worker(path=other)
    check_rejected(scheduler.address, "of the workbook. It must have the same as this machine")


def test_dask_is_not_installed(check_rejected, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = "A cluster needs Dask, which is not installed: install policy-workbook[cluster]."
    check_rejected("local", words)
