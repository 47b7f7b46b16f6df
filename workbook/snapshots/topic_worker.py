"""Run one topic of a snapshot in a process of its own: notebook, check, outputs and record."""

import base64
import json
import os
import pickle
import pkgutil
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import format_exception
from typing import Any, Final

import nbformat

from workbook.exports.run_record import hash_source_tables
from workbook.kernels.shared_start import share_results
from workbook.resources import RUN_MODULES
from workbook.scenario import ParameterValue
from workbook.snapshots import outputs, verification
from workbook.snapshots.errors import RunFailedError, describe_error
from workbook.snapshots.index_section import describe_topic
from workbook.snapshots.inputs import INPUTS_FOLDER
from workbook.snapshots.jobs import UPLOADS_FOLDER, TopicRun
from workbook.snapshots.notebook import execute_notebook
from workbook.snapshots.result import TopicResult, compute_result
from workbook.snapshots.signals import interrupt_on_signals
from workbook.snapshots.topic_record import TopicRecord, hash_files
from workbook.tables import sha256
from workbook.topic import Topic

_REGISTRY: Final = "workbook.topics.registry:TOPICS"
"""Topics by name. Found when it runs: a snapshot is of any topic, and imports none."""

FUNCTION: Final = f"{__name__}:run_request"
"""What the process calls."""

_WORKING_FOLDER: Final = "notebook"
"""Folder that the notebook runs in. What it must not remove is beside it."""


@dataclass(frozen=True)
class TopicRequest:
    """What a topic's process is asked for.

    Args:
        topic: The topic, or its name if it is registered.
        values: The scenario's values by name.
        notebook: Its notebook.
        files: The files that the user supplied, by the parameter that names each.
        folder: Folder of the unfinished snapshot.
        scratch: Folder for the folder to run in. It does not exist.
        record: File to write the record to.
        key: Hash of all that the work depends on.
        cell_timeout: Seconds allowed for each cell.
        is_trial: Whether the snapshot is a what-if.
        earlier: Folder of the snapshot of the quarter before, for a report.
        earlier_problem: Why that snapshot cannot be used; empty for no reason.
        snapshot_name: Name of the snapshot, for a report.
    """

    topic: Topic | str
    values: Mapping[str, ParameterValue]
    notebook: Path
    files: Mapping[str, Path]
    folder: Path
    scratch: Path
    record: Path
    key: str
    cell_timeout: int
    is_trial: bool
    earlier: Path | None
    earlier_problem: str
    snapshot_name: str

    def to_text(self) -> str:
        """The request as text. Raises RunFailedError if the topic cannot be sent."""
        try:
            return base64.b64encode(pickle.dumps(self)).decode()
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            name = self.topic if isinstance(self.topic, str) else self.topic.name
            cause = (
                "it cannot be run in a process of its own. Register it, or use functions of a"
                f" module in place of lambdas ({describe_error(error)})"
            )
            raise RunFailedError(name, cause) from error


def prepare_checks() -> None:
    """Compile the checks of a notebook as papermill and nbconvert make them, once for all topics.

    They take as long to compile as a topic's report takes to render.
    """
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    for is_lenient in (False, True):
        nbformat.validate(notebook, relax_add_props=is_lenient)


def topic_reference(topic: Topic) -> Topic | str:
    """A topic as a request holds it: its name if it is registered."""
    return topic.name if _registered_topics().get(topic.name) is topic else topic


def resolve_topic(reference: Topic | str) -> Topic:
    """Find the topic that ``topic_reference`` stands for, in another process.

    Args:
        reference: The topic, or its name if it is registered.

    Returns:
        The topic.

    Raises:
        KeyError: No topic of this name is registered.
    """
    return _registered_topics()[reference] if isinstance(reference, str) else reference


def _registered_topics() -> Mapping[str, Topic]:
    topics: Mapping[str, Topic] = pkgutil.resolve_name(_REGISTRY)
    return topics


def run_request(text: str) -> None:
    """Run a topic, and report each step on standard output as a line of JSON.

    Args:
        text: The request as text.
    """
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no report

    def report(**content: Any) -> None:  # noqa: ANN401  whatever is reported
        reports.write(json.dumps(content) + "\n")
        reports.flush()

    try:
        with interrupt_on_signals():
            _run_topic(pickle.loads(base64.b64decode(text)), report)  # noqa: S301  our own
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  whatever fails is reported
        report(**_describe_failure(error))


def _run_topic(request: TopicRequest, report: Callable[..., None]) -> None:
    """Run the notebook, verify it, write the outputs, and last the record."""
    run = rebuild_run(request)
    topic_folder = request.folder / run.topic.name
    topic_folder.mkdir()
    cwd = request.scratch / _WORKING_FOLDER
    cwd.mkdir(parents=True)
    run = _copy_uploads(run, request)
    result = _try_result(run)
    share_results(RUN_MODULES)
    executed = execute_notebook(
        run,
        topic_folder / "notebook.ipynb",
        cwd,
        request.cell_timeout,
        lambda done, total: report(step="cells", done=done, total=total),
        result.analyses if result else None,
    )
    report(step="outputs")
    result = result or compute_result(run)
    verification.verify_notebook(executed, run, result.outcome)
    tables = hash_source_tables(run.topic, run.scenario, run.input_scenario)
    outputs.write_outputs(topic_folder, result, executed, tables)
    shutil.rmtree(request.scratch)
    record = TopicRecord(
        key=request.key,
        tables=tables,
        section=describe_topic(request.folder, result),
        python=executed.metadata.language_info.version,
        files=dict(hash_files(topic_folder)),
    )
    record.write(request.record)


def _try_result(run: TopicRun) -> TopicResult | None:
    """The model's result; None if it fails. The notebook then tells in which cell it fails."""
    try:
        return compute_result(run)
    except RunFailedError:
        return None


def rebuild_run(request: TopicRequest) -> TopicRun:
    """Rebuild the run that a request asks for.

    Args:
        request: The request.

    Returns:
        The run, with its topic and scenario.

    Raises:
        KeyError: No topic of this name is registered.
        ScenarioError: The values are no scenario of the topic.
    """
    topic = resolve_topic(request.topic)
    scenario = topic.Scenario(**request.values)
    return TopicRun(
        topic,
        scenario,
        request.notebook,
        request.files,
        is_trial=request.is_trial,
        earlier=request.earlier,
        earlier_problem=request.earlier_problem,
        snapshot_name=request.snapshot_name,
    )


def _copy_uploads(run: TopicRun, request: TopicRequest) -> TopicRun:
    """Copy a run's files into the snapshot and beside its notebook; return it with the copies.

    The copy in the snapshot is another name of the kept input, where the file system has such.
    """
    if not run.files:
        return run
    uploads = request.folder / run.topic.name / UPLOADS_FOLDER
    uploads.mkdir()
    copies = {name: uploads / path.name for name, path in run.files.items()}
    for name, path in run.files.items():
        kept = request.folder / INPUTS_FOLDER / f"{sha256(path.read_bytes())}{path.suffix}"
        try:
            copies[name].hardlink_to(kept)
        except OSError:
            shutil.copyfile(path, copies[name])
    shutil.copytree(uploads, request.scratch / _WORKING_FOLDER / UPLOADS_FOLDER)
    return replace(run, files=copies)


def _describe_failure(error: BaseException) -> dict[str, Any]:
    """The report of a failure: a sentence or the rest of one, and details to find the cause."""
    details = getattr(error, "details", "") or "".join(format_exception(error))
    if isinstance(error, RunFailedError):
        return {"error": str(error), "details": details}
    if isinstance(error, OSError) and error.strerror:
        return {"system_error": error.strerror.lower(), "details": details}
    return {"cause": describe_error(error), "details": details}
