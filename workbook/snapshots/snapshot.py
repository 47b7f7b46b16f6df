"""Make a quarter's snapshot, phase by phase.

The job has been checked as a whole before. Each topic's notebook is run in a staging folder inside
the store. Its outcome is compared with the model's, and the report, indicators, tables and charts
are written. A page lists every file and a manifest seals them. Last, the folder is moved into the
archive in one step. An error before that leaves the archive unchanged.
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
from workbook.snapshots.inputs import INPUTS_FOLDER, keep_inputs
from workbook.snapshots.jobs import UPLOADS_FOLDER, SnapshotJob, TopicRun
from workbook.snapshots.manifest import MANIFEST_NAME, build_manifest, code_version
from workbook.snapshots.notebook import CELL_TIMEOUT, execute_notebook
from workbook.snapshots.result import TopicResult, compute_result
from workbook.snapshots.signals import ignore_signals, interrupt_on_signals
from workbook.tables import sha256
from workbook.text.dates import format_day

_SCRATCH_FOLDER = "scratch"
"""Folder in which the notebooks run. Files that they leave there are not kept."""


def make_snapshot(job: SnapshotJob, timeout: int = CELL_TIMEOUT) -> Path:
    """Make the snapshot and return its folder.

    Args:
        job: The checked job.
        timeout: Seconds allowed for each cell.

    Raises:
        SnapshotFailedError: If a topic fails, or the files cannot be written.
        KeyboardInterrupt: If the process receives a signal to stop.
    """
    started = datetime.now(UTC)
    with interrupt_on_signals(), staging_folder(job) as folder:
        table_hashes = keep_inputs(job.runs, folder)
        results = [_run_topic(run, folder, timeout) for run in job.runs]
        page = render_index_page(
            folder, job.quarter, results, _describe_provenance(started), job.overdue_reason
        )
        _write_text(folder / "index.html", page)
        completed_job = replace(job, runs=tuple(result.run for result in results))
        manifest = build_manifest(folder, completed_job, table_hashes, started)
        _write_text(folder / MANIFEST_NAME, manifest)
        with ignore_signals():
            publish_snapshot(folder, job)
    return job.target_folder


def _run_topic(run: TopicRun, folder: Path, timeout: int) -> TopicResult:
    """Run one topic, verify it and write its outputs."""
    topic_folder, scratch = folder / run.topic.name, folder / _SCRATCH_FOLDER
    topic_folder.mkdir()
    scratch.mkdir()
    run = _copy_uploads(run, folder, scratch)
    executed = execute_notebook(run, topic_folder / "notebook.ipynb", scratch, timeout)
    result = compute_result(run)
    verification.verify_notebook(executed, run, result.outcome)
    outputs.write_outputs(topic_folder, result, executed)
    shutil.rmtree(scratch)
    return result


def _copy_uploads(run: TopicRun, folder: Path, scratch: Path) -> TopicRun:
    """Copy a run's files into the snapshot and beside its notebook; return it with the copies.

    The copy in the snapshot is another name of the kept input, where the file system has such.
    """
    if not run.files:
        return run
    uploads = folder / run.topic.name / UPLOADS_FOLDER
    uploads.mkdir()
    copies = {name: uploads / path.name for name, path in run.files.items()}
    for name, path in run.files.items():
        kept = folder / INPUTS_FOLDER / f"{sha256(path.read_bytes())}{path.suffix}"
        try:
            copies[name].hardlink_to(kept)
        except OSError:
            shutil.copyfile(path, copies[name])
    shutil.copytree(uploads, scratch / UPLOADS_FOLDER)
    return replace(run, files=copies)


def _describe_provenance(started: datetime) -> dict[str, Any]:
    made_on = format_day(started)
    return {"made": made_on, "python": platform.python_version(), **code_version()}


def _write_text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
