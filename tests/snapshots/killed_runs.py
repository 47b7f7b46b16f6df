"""Runs of the command that are killed at any instant, and what the archive then holds."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests import ROOT
from tests.snapshots.example_topic import DISPLAY_CELL, DOUBLE_CELL, write_notebook
from workbook.snapshots.seal import verify_store
from workbook.snapshots.stored_snapshot import list_snapshots

RUN = """
import sys
from pathlib import Path
from workbook import topic as workbook_topic
from workbook.cli import main
home = Path(sys.argv[1])
workbook_topic.resource_folder = lambda *_: home
main([*sys.argv[2:], "--topic=small", f"--store={home / 'store'}"])
"""
"""The command, with the notebooks of a folder."""

PAGES_OF_ARCHIVE = {"feed.atom", "index.html", "indicators.csv", "indicators.json", "topics"}
VICTIMS = ("run", "fork server", "topic or kernel")


def offer_topic(folder: Path) -> str:
    """Offer the example topic as an installed package does; returns the PYTHONPATH to find it."""
    offer = folder / "packages" / "small-1.0.dist-info"
    offer.mkdir(parents=True, exist_ok=True)
    (offer / "METADATA").write_text("Metadata-Version: 2.1\nName: small\nVersion: 1.0\n")
    (offer / "entry_points.txt").write_text(
        "[workbook.topics]\nsmall = tests.snapshots.example_topic:topic\n"
    )
    return os.pathsep.join([str(ROOT), str(offer.parent), os.environ.get("PYTHONPATH", "")])


def start_command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start ``workbook snapshot`` of the example topic into ``folder/store``."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), "snapshot", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": offer_topic(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def complete_command(folder: Path, *arguments: str) -> None:
    """Make a snapshot to the end."""
    running = start_command(folder, *arguments)
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 0, errors


def prepare_store(folder: Path) -> float:
    """Make the quarter before; returns the seconds that a run takes."""
    write_notebook(folder, DOUBLE_CELL, DISPLAY_CELL)
    began = time.monotonic()
    complete_command(folder, "2014-Q1")
    return time.monotonic() - began


def kill_at_random(folder: Path, victim: str, longest: float, randomness: random.Random) -> str:
    """Kill a run, or one of its processes, at some instant; returns what happened."""
    running = start_command(folder, "2014-Q2")
    instant = randomness.uniform(0, longest)
    time.sleep(instant)
    servers = children(running.pid)
    workers = [worker for server in servers for worker in children(server)]
    targets = {
        "run": [running.pid],
        "fork server": servers,
        "topic or kernel": workers,
    }[victim]
    process_id = randomness.choice(targets or [running.pid])
    with suppress(ProcessLookupError):
        os.kill(process_id, signal.SIGKILL)
    _, errors = running.communicate(timeout=120)
    return f"{victim} after {instant:.2f} s: status {running.returncode}, {errors}"


def kill_worker_at_random(
    folder: Path, workers: list[subprocess.Popen[bytes]], address: str, randomness: random.Random
) -> str:
    """Kill a Dask worker at some instant of a run on its cluster; returns what happened.

    Args:
        folder: Folder of the run.
        workers: The workers. The killed one is removed.
        address: Address of the scheduler.
        randomness: Chooses the worker and the step after which it is killed, or none.
    """
    running = start_command(folder, "2014-Q2", f"--cluster={address}")
    assert running.stderr
    steps = randomness.randrange(3)
    lines = [running.stderr.readline() for _ in range(steps)]
    time.sleep(randomness.uniform(0, 3))
    victim = workers.pop(randomness.randrange(len(workers)))
    victim.kill()
    _, errors = running.communicate(timeout=300)
    return f"worker after {steps} steps: status {running.returncode}, {''.join(lines)}{errors}"


def check_whole(folder: Path) -> None:
    """The archive holds the quarter before, or both, whole."""
    store = folder / "store"
    assert set(list_snapshots(store)) - {"2014-Q2/r1"} == {"2014-Q1/r1"}
    for report in verify_store(store):
        assert not report.mismatches, report


def check_old_or_new(folder: Path) -> None:
    """The archive holds the quarter before, or both, whole; and the next run ends well."""
    check_whole(folder)
    store = folder / "store"
    if "2014-Q2/r1" not in list_snapshots(store):
        complete_command(folder, "2014-Q2")
    assert list_snapshots(store) == ["2014-Q1/r1", "2014-Q2/r1"]
    check_whole(folder)
    left = {path.name for path in store.iterdir() if not path.name.startswith(".")}
    assert left - PAGES_OF_ARCHIVE == {"2014-Q1", "2014-Q2"}


def children(process_id: int) -> list[int]:
    """The processes that a process has started and that run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == process_id and fields[0] != "Z":
                found.append(int(path.parent.name))
    return found
