"""An interrupted run ends its kernel, leaves the archive unchanged and leaves no files."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.snapshots.example_topic import snapshot_job, write_notebook
from tests.snapshots.killed_runs import start_command
from workbook.snapshots.snapshot import make_snapshot

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="looks for processes in /proc"
)

SENTENCE = "small: started\nInterrupted. Nothing was written.\n"
WAITING = """import os, pathlib, time
pathlib.Path({started!r}).write_text(str(os.getpid()))
time.sleep(300)"""


def wait_until(condition, seconds=60):
    """Wait until a condition is true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether a process runs and is not a zombie."""
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def start_snapshot(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """Start a snapshot whose notebook waits; the process and its kernel's process id."""
    started_file = folder / "started"
    write_notebook(folder, WAITING.format(started=str(started_file)))
    running = start_command(folder, "2014-Q2")
    wait_until(lambda: started_file.is_file() and started_file.read_text())
    return running, int(started_file.read_text())


@pytest.mark.parametrize("signal_name", ["SIGINT", "SIGTERM"])
def test_a_signal_stops_the_run_at_once_and_leaves_no_files(tmp_path, signal_name):
    running, kernel = start_snapshot(tmp_path)
    running.send_signal(getattr(signal, signal_name))
    _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (1, SENTENCE)
    assert not (tmp_path / "store").exists()
    wait_until(lambda: not is_running(kernel))


def test_the_files_of_a_killed_run_are_no_snapshot_and_the_next_run_clears_them(tmp_path):
    running, kernel = start_snapshot(tmp_path)
    running.kill()
    running.communicate()
    wait_until(lambda: not is_running(kernel))
    assert {path.name for path in (tmp_path / "store").iterdir()} == {".unfinished"}

    assert (make_snapshot(snapshot_job(tmp_path)) / "manifest.json").is_file()
    assert {path.name for path in (tmp_path / "store").iterdir()} == {"2014-Q2"}


def test_a_second_run_of_the_quarter_is_told_who_makes_it(tmp_path):
    running, kernel = start_snapshot(tmp_path)
    second = start_command(tmp_path, "2014-Q2")
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 2
    assert f"2014-Q2 is being made by process {running.pid} of " in errors
    assert is_running(kernel)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
