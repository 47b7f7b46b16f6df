"""Run the topics of a snapshot on a Dask cluster. Their files come back through Dask."""

# ruff: noqa: PLC0415  Dask is an extra, which few need

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from traceback import format_exception
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from workbook.analysis.cluster import ClusterError, ask_workers, connect_cluster
from workbook.analysis.cluster_tasks import (
    ClusterLostError,
    WorkersEndedError,
    complete_tasks,
    get_result,
)
from workbook.resources import OUR_PACKAGE
from workbook.snapshots.cluster_worker import (
    PROGRESS,
    ClusterWork,
    TopicFiles,
    describe_runs,
    run_topic,
)
from workbook.snapshots.errors import describe_error
from workbook.snapshots.jobs import SnapshotJob
from workbook.snapshots.portable_run import PortableRun, write_files
from workbook.snapshots.topic_processes import (
    ProgressListener,
    RunLimits,
    TopicFailure,
    TopicProgress,
    TopicsRunner,
)
from workbook.snapshots.topic_record import is_whole
from workbook.snapshots.topic_work import describe_work
from workbook.snapshots.topic_worker import TopicRequest, rebuild_run

if TYPE_CHECKING:
    from distributed import Client, Future


@contextmanager
def connect_topics_runner(address: str, job: SnapshotJob) -> Iterator[TopicsRunner]:
    """Connect to a cluster, and check that its workers would make the same snapshot.

    Args:
        address: Address of a Dask scheduler; ``local`` for workers on this machine.
        job: The snapshot.

    Yields:
        What runs the snapshot's topics there.

    Raises:
        ClusterError: The cluster cannot be used, or a worker has other code, libraries or data.
    """
    with connect_cluster(address, OUR_PACKAGE) as client:
        _check_workers(client, job)
        yield partial(_run_topics, client)


def _check_workers(client: "Client", job: SnapshotJob) -> None:
    """Raise ClusterError if a worker would not make the same files."""
    expected = [describe_work(run) for run in job.runs]
    runs = [PortableRun.pack(run) for run in job.runs]
    for worker, described in ask_workers(client, describe_runs, runs).items():
        if isinstance(described, BaseException):
            raise ClusterError(
                f"The Dask worker {worker} cannot run the topics ({describe_error(described)})"
            )
        for ours, theirs in zip(expected, described, strict=True):
            for difference in _list_differences(ours, theirs):
                raise ClusterError(f"The Dask worker {worker} has {difference}")


def _list_differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
    """List what a worker has that this machine does not, and what would be right."""
    topic = ours["topic"]
    if ours["host kind"] != theirs["host kind"]:
        yield f"{theirs['host kind']}. It must be a machine like this one, {ours['host kind']}"
    if ours["code"] != theirs["code"]:
        yield (
            f"release {theirs['code']} of the code of {topic}. It must have the same as this"
            f" machine, {ours['code']}"
        )
    if ours["page files"] != theirs["page files"]:
        yield "other style sheets, scripts or templates. Install this machine's workbook there"
    for package, version in ours["versions"].items():
        other = theirs["versions"].get(package)
        if other != version:
            other_text = f"{package} {other}" if other else f"no {package}"
            yield f"{other_text}. It must have the same as this machine, {version}"
    for table in ours["tables"]:
        if table not in theirs["tables"]:
            yield f"another table {table['name']} for {topic}. Copy this machine's table there"
    if ours["folders"] != theirs["folders"]:
        yield (
            f"other data or scenarios for {topic}. Copy this machine's data folder there, and set"
            " WORKBOOK_SCENARIOS if it is set here"
        )


def _run_topics(
    client: "Client",
    requests: Mapping[str, TopicRequest],
    jobs: int | None,
    limits: RunLimits,
    listener: ProgressListener,
) -> list[TopicFailure]:
    """Run topics as ``run_topics`` does. All are at the workers by default."""
    names, events = list(requests), f"workbook-snapshot-{uuid4().hex}"
    work = ClusterWork(
        runs=[PortableRun.pack(rebuild_run(requests[name])) for name in names],
        keys=[requests[name].key for name in names],
        limits=limits,
        events=events,
    )
    failures: dict[str, TopicFailure] = {}
    try:
        with _receive_progress(client, events, listener):
            for number, future in complete_tasks(
                client, run_topic, work, range(len(names)), jobs or max(1, len(names))
            ):
                name = names[number]
                if failure := _receive_topic(name, requests[name], future):
                    failures[name] = failure
                    listener(TopicProgress(name, "failed", error=failure.sentence))
                else:
                    listener(TopicProgress(name, "finished"))
    except ClusterLostError as error:
        failures[""] = TopicFailure("", str(error), "".join(format_exception(error)))
    return [failures[name] for name in [*names, ""] if name in failures]


@contextmanager
def _receive_progress(client: "Client", events: str, listener: ProgressListener) -> Iterator[None]:
    """Pass the workers' progress on to the listener. Raises ClusterLostError if it cannot."""
    from distributed.client import ClosedClientError

    try:
        client.subscribe_topic(events, lambda event: listener(TopicProgress(**event[1][PROGRESS])))
    except ClosedClientError as error:
        raise ClusterLostError("The Dask scheduler does not answer any more") from error
    try:
        yield
    finally:
        with suppress(ClosedClientError):  # a lost cluster must not hide why the run failed
            client.unsubscribe_topic(events)


def _receive_topic(
    name: str, request: TopicRequest, future: "Future[TopicFiles]"
) -> TopicFailure | None:
    """Write the files of a topic, and last its record; returns why it failed, if it did.

    Raises:
        ClusterLostError: The scheduler stopped answering.
    """
    try:
        result: TopicFiles = get_result(future)
    except WorkersEndedError:
        cause = "several Dask workers ended while they ran it. They may have too little memory"
        return TopicFailure(name, f"{name} failed: {cause}")
    except ClusterLostError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a worker raises
        details = "".join(format_exception(error))
        return TopicFailure(name, f"{name} failed: {describe_error(error)}", details)
    folder = request.folder / name
    try:
        if result.files:
            write_files(folder, result.files)
        if result.failure:
            return result.failure
        if result.record is None or not is_whole(folder, result.record):
            return TopicFailure(name, f"{name} failed: its files did not arrive whole. Start again")
        result.record.write(request.record)
    except OSError as error:
        details = "".join(format_exception(error))
        reason = (error.strerror or str(error)).lower()
        return TopicFailure(name, f"{name} could not be written: {reason}", details)
    return None
