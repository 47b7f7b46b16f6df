"""Snapshots without notebooks, pages and charts: the seal, the inputs and the figures are real."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook.exports import csvw
from workbook.scenario import Scenario
from workbook.snapshots.inputs import keep_inputs
from workbook.snapshots.jobs import SnapshotJob, TopicRun
from workbook.snapshots.manifest import MANIFEST_NAME, build_manifest
from workbook.snapshots.stored_snapshot import StoredSnapshot, open_snapshot
from workbook.topic import Topic


def write_snapshot(
    store: Path, quarter: str, topics: Iterable[Topic], settings: Mapping[str, Any] | None = None
) -> StoredSnapshot:
    """Write a snapshot of some topics.

    Args:
        store: Folder of the archive.
        quarter: The quarter.
        topics: The topics.
        settings: Parameters of those topics that have them.
    """
    runs = (
        TopicRun(topic, _build_scenario(topic, quarter, settings or {}), topic.notebook_path)
        for topic in topics
    )
    return write_job(SnapshotJob(quarter, tuple(runs), store))


def write_job(job: SnapshotJob) -> StoredSnapshot:
    """Write the snapshot of a job."""
    folder = job.target_folder
    folder.mkdir(parents=True)
    hashes = keep_inputs(job.runs, folder)
    for run in job.runs:
        tables = run.topic.load_tables(run.input_scenario)
        outcome = run.topic.evaluate_model(tables, run.scenario)
        (folder / run.topic.name).mkdir()
        csvw.write_indicators(folder / run.topic.name / "indicators.csv", outcome)
    (folder / "index.html").write_text("<h1>A snapshot</h1>", encoding="utf-8")
    manifest = build_manifest(folder, job, hashes, datetime(2014, 7, 24, tzinfo=UTC))
    (folder / MANIFEST_NAME).write_text(manifest, encoding="utf-8")
    return open_snapshot(job.quarter, job.store)


def _build_scenario(topic: Topic, quarter: str, settings: Mapping[str, Any]) -> Scenario:
    known = {name: value for name, value in settings.items() if name in topic.Scenario.parameters()}
    return topic.Scenario(quarter=quarter, **known)
