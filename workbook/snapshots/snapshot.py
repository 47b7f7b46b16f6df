"""Make a quarter's snapshot, phase by phase.

The job has been checked as a whole before. Each topic's notebook is run in a process of its own, in
an unfinished folder inside the store. Its outcome is compared with the model's, and the report,
indicators, tables and charts are written. A page lists every file and a manifest seals them. Last,
the folder is moved into the archive in one step. An error before that leaves the archive unchanged.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from traceback import format_exception
from typing import Final

from workbook.snapshots.archive import (
    UnfinishedSnapshot,
    describe_system_failure,
    keep_failures,
    publish_snapshot,
    unfinished_snapshot,
)
from workbook.snapshots.index_page import render_index_page
from workbook.snapshots.inputs import TableHashes, input_paths, keep_files, keep_inputs
from workbook.snapshots.jobs import SnapshotJob, TopicRun
from workbook.snapshots.manifest import MANIFEST_NAME, build_manifest, format_timestamp
from workbook.snapshots.papers.papers import (
    RecordPaper,
    list_papers,
    render_record,
    write_papers,
)
from workbook.snapshots.provenance import Provenance, find_provenance
from workbook.snapshots.quarter_before import (
    describe_quarter_before,
    find_quarter_before,
    list_earlier_inputs,
)
from workbook.snapshots.research_object import CRATE_NAME, build_crate, build_dataset
from workbook.snapshots.signals import ignore_signals, interrupt_on_signals
from workbook.snapshots.snapshot_plan import write_plan
from workbook.snapshots.stored_snapshot import open_snapshot
from workbook.snapshots.topic_processes import (
    ProgressListener,
    RunLimits,
    TopicFailure,
    TopicProgress,
    TopicsRunner,
    run_topics,
)
from workbook.snapshots.topic_record import TopicRecord
from workbook.snapshots.topic_work import describe_work, hash_work
from workbook.snapshots.topic_worker import TopicRequest, topic_reference
from workbook.text.dates import format_day

_USUAL_LIMITS: Final = RunLimits()


def make_snapshot(
    job: SnapshotJob,
    jobs: int | None = None,
    limits: RunLimits = _USUAL_LIMITS,
    listener: ProgressListener = lambda _: None,
    runner: TopicsRunner = run_topics,
) -> Path:
    """Make the snapshot and return its folder.

    Args:
        job: The checked job.
        jobs: How many topics may run at once. The runner knows the number by default.
        limits: What each topic may use.
        listener: Is told of the progress.
        runner: Runs the topics; by default in processes of this machine.

    Raises:
        LockedError: Another run makes the same snapshot. Nothing was written.
        SnapshotFailedError: If a topic fails, or the files cannot be written.
        KeyboardInterrupt: If the process receives a signal to stop.
    """
    started, job = datetime.now(UTC), _find_earlier(job)
    with interrupt_on_signals(), unfinished_snapshot(job) as unfinished:
        failures: list[TopicFailure] = []
        try:
            failures = _fill_snapshot(
                unfinished,
                job,
                started,
                limits,
                listener,
                lambda requests: runner(requests, jobs, limits, listener),
            )
            if not failures:
                with ignore_signals():
                    publish_snapshot(unfinished, job)
        except Exception as error:
            sentence = describe_system_failure(error, job)
            failure = TopicFailure("", sentence, "".join(format_exception(error)))
            raise keep_failures(unfinished, job, [failure]) from error
        if failures:
            raise keep_failures(unfinished, job, failures)
    return job.target_folder


def _find_earlier(job: SnapshotJob) -> SnapshotJob:
    """The job, whose reports know the snapshot of the quarter before."""
    runs = (_add_earlier(run, job) if run.topic.is_document else run for run in job.runs)
    return replace(job, runs=tuple(runs))


def _add_earlier(run: TopicRun, job: SnapshotJob) -> TopicRun:
    before = find_quarter_before(job.quarter, job.store, run.topic.name)
    return replace(
        run,
        earlier=before.folder,
        earlier_problem=before.problem,
        snapshot_name=job.name,
    )


def _fill_snapshot(  # noqa: PLR0913, PLR0917  what make_snapshot is given
    unfinished: UnfinishedSnapshot,
    job: SnapshotJob,
    started: datetime,
    limits: RunLimits,
    listener: ProgressListener,
    run_requests: Callable[[Mapping[str, TopicRequest]], list[TopicFailure]],
) -> list[TopicFailure]:
    """Write every file of the snapshot; returns why topics failed."""
    provenance = find_provenance()
    keys = {run.topic.name: hash_work(describe_work(run)) for run in job.runs}
    kept = unfinished.keep_finished(keys)
    write_plan(unfinished, job)
    for topic in kept:
        listener(TopicProgress(topic, "kept"))
    table_hashes = keep_inputs(job.runs, unfinished.snapshot)
    for run in job.runs:
        keep_files(list_earlier_inputs(run), unfinished.snapshot)
    requests = {
        run.topic.name: _make_request(run, unfinished, keys[run.topic.name], limits)
        for run in sorted(job.runs, key=_expected_length, reverse=True)
        if run.topic.name not in kept
    }
    with ThreadPoolExecutor(1) as executor:  # this process would only wait
        record = executor.submit(render_record, _order_runs(job))
        failures = run_requests(requests)
    if failures:
        return failures
    records = {topic: TopicRecord.read(unfinished.record_file(topic)) for topic in keys}
    complete_records = {topic: record for topic, record in records.items() if record}
    failures = list(_find_changed_tables(complete_records, table_hashes))
    if find_provenance().commit != provenance.commit:
        sentence = f"{job.quarter} failed: the code was changed while it was run. Start again"
        failures.append(TopicFailure("", sentence))
    if not failures:
        _seal_snapshot(
            unfinished.snapshot,
            job,
            complete_records,
            table_hashes,
            started,
            provenance,
            record.result(),
        )
    return failures


def _expected_length(run: TopicRun) -> tuple[int, int]:
    """Order in which topics begin: the longest first, so that none is left to run alone.

    Those that rest on others take longest, then those whose analyses vary the most parameters.
    """
    return len(run.topic.dependencies), len(run.scenario.parameters())


def _make_request(
    run: TopicRun, unfinished: UnfinishedSnapshot, key: str, limits: RunLimits
) -> TopicRequest:
    topic = run.topic.name
    return TopicRequest(
        topic=topic_reference(run.topic),
        values=run.scenario.values(),
        notebook=run.notebook.resolve(),
        files={name: path.resolve() for name, path in run.files.items()},
        folder=unfinished.snapshot.resolve(),
        scratch=unfinished.scratch(topic).resolve(),
        record=unfinished.record_file(topic).resolve(),
        key=key,
        cell_timeout=limits.cell_seconds,
        is_trial=run.is_trial,
        earlier=run.earlier.resolve() if run.earlier else None,
        earlier_problem=run.earlier_problem,
        snapshot_name=run.snapshot_name,
    )


def _find_changed_tables(
    records: Mapping[str, TopicRecord], table_hashes: TableHashes
) -> Iterator[TopicFailure]:
    """Why topics cannot be sealed: a table was not the same all the time."""
    for topic, record in records.items():
        if record.tables != table_hashes[topic]:
            cause = "one of its tables was changed while it was run. Start again"
            yield TopicFailure(topic, f"{topic} failed: {cause}")


def _seal_snapshot(  # noqa: PLR0913, PLR0917  what a snapshot records
    folder: Path,
    job: SnapshotJob,
    records: Mapping[str, TopicRecord],
    table_hashes: TableHashes,
    started: datetime,
    provenance: Provenance,
    record: RecordPaper,
) -> None:
    """Write the page, the description as a research object and, last, the manifest."""
    python, finished = next(iter(records.values())).python, datetime.now(UTC)
    revisions = list(_list_revisions(job, started))
    ordered = _order_runs(job)
    runs = ordered.runs
    sections = [records[run.topic.name].section for run in runs]
    write_papers(folder, ordered, sections, started.date(), record)
    page = render_index_page(
        job,
        sections,
        made=format_day(started),
        python=python,
        code=provenance.code_sentence,
        revisions=revisions,
        dataset=build_dataset(job, finished),
        inputs=input_paths(folder, table_hashes),
        papers=list_papers(folder, runs),
    )
    _write_text(folder / "index.html", page)
    _write_text(folder / CRATE_NAME, build_crate(folder, job, provenance, started, finished))
    manifest = build_manifest(
        folder,
        job,
        table_hashes,
        started,
        python=python,
        provenance=provenance,
        revisions=revisions,
        compared_with=describe_quarter_before(job.runs),
    )
    _write_text(folder / MANIFEST_NAME, manifest)


def _order_runs(job: SnapshotJob) -> SnapshotJob:
    """The job with its topics as the page lists them: a report on the others comes first."""
    return replace(job, runs=tuple(sorted(job.runs, key=lambda run: not run.topic.is_document)))


def _list_revisions(job: SnapshotJob, started: datetime) -> Iterator[dict[str, str]]:
    """The quarter's revisions up to this one: name, day and reason. A trial has none."""
    if job.trial:
        return
    for number in range(1, job.revision):
        name = f"{job.quarter}/r{number}"
        try:
            manifest = open_snapshot(name, job.store).manifest
        except ValueError:
            yield {"snapshot": name, "made": "", "reason": "unknown: its manifest is damaged"}
            continue
        line = (manifest.get("revisions") or [{}])[-1]
        made = line.get("made", manifest.get("started", ""))
        yield {"snapshot": name, "made": made, "reason": line.get("reason", "")}
    yield {
        "snapshot": job.name,
        "made": format_timestamp(started),
        "reason": job.revision_reason,
    }


def _write_text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
