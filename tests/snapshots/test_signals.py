"""An interrupted run ends its kernel, leaves the archive unchanged and leaves no files."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import ROOT
from tests.snapshots.example_topic import snapshot_job, write_notebook
from workbook.snapshots.snapshot import make_snapshot

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="looks for processes in /proc"
)

RUN = """
import sys
from pathlib import Path
from tests.snapshots.example_topic import topic
from workbook.cli import main
from workbook import topic as workbook_topic
from workbook.topics.registry import TOPICS
home = Path(sys.argv[1])
TOPICS.clear()
TOPICS["small"] = topic
workbook_topic.resource_folder = lambda *_: home
main(["snapshot", "2014-Q2", f"--store={home / 'store'}"])
"""
SENTENCE = "Interrupted. Nothing was written.\n"
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
    command = [sys.executable, "-c", RUN, str(folder)]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
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


def test_the_files_of_a_killed_run_are_no_snapshot_and_block_no_later_run(tmp_path):
    running, kernel = start_snapshot(tmp_path)
    running.kill()
    with contextlib.suppress(ProcessLookupError):  # the kernel may have ended by itself
        os.kill(kernel, signal.SIGKILL)
    running.communicate()
    [left] = (tmp_path / "store").iterdir()
    assert left.name.startswith(".running-2014-Q2-")

    assert (make_snapshot(snapshot_job(tmp_path)) / "manifest.json").is_file()
    assert {path.name for path in (tmp_path / "store").iterdir()} == {left.name, "2014-Q2"}
