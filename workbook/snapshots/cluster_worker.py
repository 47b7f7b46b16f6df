"""Run a topic of a snapshot on a Dask worker, in a process of its own as elsewhere."""

# ruff: noqa: PLC0415  Dask is an extra, which few need

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import format_exc
from typing import TYPE_CHECKING, Any, Final

from workbook.snapshots.errors import describe_error
from workbook.snapshots.inputs import keep_files, keep_inputs
from workbook.snapshots.portable_run import FileContents, PortableRun, read_files
from workbook.snapshots.quarter_before import list_earlier_inputs
from workbook.snapshots.topic_processes import (
    RunLimits,
    TopicFailure,
    TopicProcesses,
    TopicProgress,
)
from workbook.snapshots.topic_record import TopicRecord
from workbook.snapshots.topic_work import describe_work, hash_work
from workbook.snapshots.topic_worker import TopicRequest

if TYPE_CHECKING:
    from distributed import Worker

_REPORTED_STEPS: Final = frozenset({"started", "cells", "outputs"})
"""Steps that a worker reports. A topic is finished when its files have arrived."""

PROGRESS: Final = "progress"
"""Entry of an event that holds a step. Dask adds the worker beside it."""

_ENDING: Final = frozenset({"closing", "closed", "failed"})
"""Status of a worker that ends, such as one that has lost its scheduler."""

_POLL_SECONDS: Final = 0.5


@dataclass(frozen=True)
class ClusterWork:
    """What the tasks of a snapshot need.

    Args:
        runs: The topics.
        keys: For each topic, the hash of all that its work depends on.
        limits: What each topic may use.
        events: Name under which Dask passes on the progress.
    """

    runs: Sequence[PortableRun]
    keys: Sequence[str]
    limits: RunLimits
    events: str


@dataclass(frozen=True)
class TopicFiles:
    """What a worker has made of a topic.

    Args:
        files: The files of its folder.
        record: Its record; None if it failed.
        failure: Why it failed; None if it did not.
    """

    files: FileContents
    record: TopicRecord | None
    failure: TopicFailure | None


def describe_runs(runs: Sequence[PortableRun]) -> list[dict[str, Any]]:
    """Describe all that each topic's work depends on, on the machine of this process."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for run in runs:
            (folder / run.name).mkdir()
        return [describe_work(run.unpack(folder / run.name)) for run in runs]


def run_topic(work: ClusterWork, number: int) -> TopicFiles:
    """Run a topic in a process that this worker starts.

    Args:
        work: What the tasks need.
        number: Position of the topic.

    Returns:
        Its files, or why it failed.
    """
    from distributed import get_worker

    worker, name = get_worker(), work.runs[number].name
    try:
        with TemporaryDirectory(dir=worker.local_directory) as folder:
            return _run_in_folder(Path(folder).resolve(), work, number, worker)
    except Exception as error:  # noqa: BLE001  Dask would take some for a lost scheduler
        sentence = f"{name} failed on the Dask worker {worker.address}: {describe_error(error)}"
        return TopicFiles({}, None, TopicFailure(name, sentence, format_exc()))


def _run_in_folder(folder: Path, work: ClusterWork, number: int, worker: "Worker") -> TopicFiles:
    name, key = work.runs[number].name, work.keys[number]
    for part in ("run", "snapshot"):
        (folder / part).mkdir()
    run = work.runs[number].unpack(folder / "run")
    if hash_work(describe_work(run)) != key:
        sentence = (
            f"{name} failed: the Dask worker {worker.address} has other code, libraries or data"
            " than this machine. Start again"
        )
        return TopicFiles({}, None, TopicFailure(name, sentence))
    keep_inputs([run], folder / "snapshot")
    keep_files(list_earlier_inputs(run), folder / "snapshot")
    request = TopicRequest(
        topic=work.runs[number].topic,
        values=run.scenario.values(),
        notebook=run.notebook,
        files=run.files,
        folder=folder / "snapshot",
        scratch=folder / "scratch",
        record=folder / "record.json",
        key=key,
        cell_timeout=work.limits.cell_seconds,
        is_trial=run.is_trial,
        earlier=run.earlier,
        earlier_problem=run.earlier_problem,
        snapshot_name=run.snapshot_name,
    )

    def report_progress(progress: TopicProgress) -> None:
        if progress.step in _REPORTED_STEPS:
            worker.log_event(work.events, {PROGRESS: asdict(progress)})

    processes = TopicProcesses(work.limits, report_progress)
    with _stop_when_cancelled(worker, processes):
        failure = processes.run(name, request)
    record = None if failure else TopicRecord.read(request.record)
    return TopicFiles(read_files(folder / "snapshot" / name), record, failure)


@contextmanager
def _stop_when_cancelled(worker: "Worker", processes: TopicProcesses) -> Iterator[None]:
    """End the processes if nobody waits for this task any more: Dask cannot end a thread."""
    task, is_done = worker.get_current_task(), threading.Event()

    def watch() -> None:
        while not is_done.wait(_POLL_SECONDS):
            state = worker.state.tasks.get(task)
            is_cancelled = state is None or state.state == "cancelled"
            if is_cancelled or worker.status.name in _ENDING:
                processes.stop()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_done.set()
        watcher.join()
