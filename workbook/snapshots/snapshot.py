"""Making a quarter's snapshot, phase by phase.

A request that can be met has been checked as a whole before. Then, in a folder of the run's own
inside the store, each topic's notebook is run; what it shows is checked against the model; report,
indicators, tables and charts are written; a page lists them all and a manifest seals them. Last,
the folder is moved into the archive in one step. Whatever goes wrong before that leaves the archive
as it was.
"""

import platform
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook.snapshots import files, sentinel
from workbook.snapshots.archive import running, seal
from workbook.snapshots.index import index
from workbook.snapshots.interrupt import interruptible, undisturbed
from workbook.snapshots.manifest import NAME, code, manifest
from workbook.snapshots.notebook import CELL_TIMEOUT, execute
from workbook.snapshots.request import BROUGHT, Request, Run
from workbook.snapshots.result import Result, work_out

SCRATCH = "scratch"
"""Where the notebooks run; what they leave there is no part of the snapshot."""


def snapshot(asked: Request, timeout: int = CELL_TIMEOUT) -> Path:
    """Make the snapshot and give its folder; ``timeout`` is in seconds for each cell.

    Raises SnapshotFailedError, KeyboardInterrupt if told to stop.
    """
    started = datetime.now(UTC)
    with interruptible(), running(asked) as folder:
        results = [_run(run, folder, timeout) for run in asked.runs]
        page = index(folder, asked.quarter, results, _made(started))
        _write(folder / "index.html", page)
        done = replace(asked, runs=tuple(result.run for result in results))
        _write(folder / NAME, manifest(folder, done, started))
        with undisturbed():
            seal(folder, asked)
    return asked.target


def _run(run: Run, folder: Path, timeout: int) -> Result:
    """Run, check and write out one topic."""
    home, scratch = folder / run.topic.name, folder / SCRATCH
    home.mkdir()
    scratch.mkdir()
    run = _with_files(run, home, scratch)
    executed = execute(run, home / "notebook.ipynb", scratch, timeout)
    result = work_out(run)
    sentinel.check(executed, run, result.outcome)
    files.write(home, result, executed)
    shutil.rmtree(scratch)
    return result


def _with_files(run: Run, home: Path, scratch: Path) -> Run:
    """The run on the snapshot's own copies of its files, which stand where its notebook looks."""
    if not run.files:
        return run
    shelf = home / BROUGHT
    shelf.mkdir()
    copies = {name: shelf / path.name for name, path in run.files.items()}
    for name, path in run.files.items():
        shutil.copyfile(path, copies[name])
    shutil.copytree(shelf, scratch / BROUGHT)
    return replace(run, files=copies)


def _made(started: datetime) -> dict[str, Any]:
    made = f"{started.day} {started:%B %Y}"
    return {"made": made, "python": platform.python_version(), **code()}


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
