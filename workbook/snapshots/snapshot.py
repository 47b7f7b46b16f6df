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

from workbook.snapshots import outputs, verification
from workbook.snapshots.archive import publish_snapshot, staging_folder
from workbook.snapshots.index_page import render_index_page
from workbook.snapshots.jobs import UPLOADS_FOLDER, SnapshotJob, TopicRun
from workbook.snapshots.manifest import MANIFEST_NAME, build_manifest, code_version
from workbook.snapshots.notebook import CELL_TIMEOUT, execute_notebook
from workbook.snapshots.result import TopicResult, compute_result
from workbook.snapshots.signals import ignore_signals, interrupt_on_signals
from workbook.text.dates import format_day

_SCRATCH_FOLDER = "scratch"
"""Where the notebooks run; what they leave there is no part of the snapshot."""


def make_snapshot(job: SnapshotJob, timeout: int = CELL_TIMEOUT) -> Path:
    """Make the snapshot and give its folder; ``timeout`` is in seconds for each cell.

    Raises SnapshotFailedError, KeyboardInterrupt if told to stop.
    """
    started = datetime.now(UTC)
    with interrupt_on_signals(), staging_folder(job) as folder:
        results = [_run_topic(run, folder, timeout) for run in job.runs]
        page = render_index_page(folder, job.quarter, results, _describe_provenance(started))
        _write_text(folder / "index.html", page)
        completed_job = replace(job, runs=tuple(result.run for result in results))
        _write_text(folder / MANIFEST_NAME, build_manifest(folder, completed_job, started))
        with ignore_signals():
            publish_snapshot(folder, job)
    return job.target_folder


def _run_topic(run: TopicRun, folder: Path, timeout: int) -> TopicResult:
    """Run, check and write out one topic."""
    topic_folder, scratch = folder / run.topic.name, folder / _SCRATCH_FOLDER
    topic_folder.mkdir()
    scratch.mkdir()
    run = _copy_uploads(run, topic_folder, scratch)
    executed = execute_notebook(run, topic_folder / "notebook.ipynb", scratch, timeout)
    result = compute_result(run)
    verification.verify_notebook(executed, run, result.outcome)
    outputs.write_outputs(topic_folder, result, executed)
    shutil.rmtree(scratch)
    return result


def _copy_uploads(run: TopicRun, topic_folder: Path, scratch: Path) -> TopicRun:
    """The run on the snapshot's own copies of its files, which stand where its notebook looks."""
    if not run.files:
        return run
    uploads = topic_folder / UPLOADS_FOLDER
    uploads.mkdir()
    copies = {name: uploads / path.name for name, path in run.files.items()}
    for name, path in run.files.items():
        shutil.copyfile(path, copies[name])
    shutil.copytree(uploads, scratch / UPLOADS_FOLDER)
    return replace(run, files=copies)


def _describe_provenance(started: datetime) -> dict[str, Any]:
    made_on = format_day(started)
    return {"made": made_on, "python": platform.python_version(), **code_version()}


def _write_text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
