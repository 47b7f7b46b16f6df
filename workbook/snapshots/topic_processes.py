"""Run the topics of a snapshot at once, each in a process of its own."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from workbook.exports.shared_drawing import shared_drawing
from workbook.kernels.function_process import FunctionProcess, start_function
from workbook.resources import RUN_MODULES
from workbook.snapshots.errors import RunFailedError
from workbook.snapshots.notebook import CELL_TIMEOUT
from workbook.snapshots.topic_worker import FUNCTION, TopicRequest

_GRACE_SECONDS: Final = 10
"""Time in which a process that is told to stop ends its kernel."""

_POLL_SECONDS: Final = 0.05

_REPORT_KEYS: Final = frozenset({"step", "error", "system_error", "cause"})
"""A report of a process has one of them: the step that it has reached, or why it failed."""


@dataclass(frozen=True)
class RunLimits:
    """What a topic may use.

    Args:
        cell_seconds: Seconds for each cell of its notebook.
        topic_seconds: Seconds for the whole topic.
        megabytes: Memory of its process, and of its kernel, beyond what they share.
    """

    cell_seconds: int = CELL_TIMEOUT
    topic_seconds: int = 3600
    megabytes: int = 4096


@dataclass(frozen=True)
class TopicProgress:
    """A step that a topic has reached.

    Args:
        topic: Name of the topic.
        step: The step. ``cells``: some of the notebook's cells are done. ``outputs``: all are, and
            files are written. ``kept``: an earlier try has finished the topic.
        done: Cells that are done.
        total: Cells of the notebook.
        error: Why it failed.
    """

    topic: str
    step: Literal["started", "cells", "outputs", "finished", "failed", "kept"]
    done: int = 0
    total: int = 0
    error: str = ""


ProgressListener = Callable[[TopicProgress], None]
"""Is told of each step, by several threads."""


@dataclass(frozen=True)
class TopicFailure:
    """Why a topic failed: a sentence, and details such as a traceback."""

    topic: str
    sentence: str
    details: str = ""


def available_processors() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


TopicsRunner = Callable[
    [Mapping[str, TopicRequest], int | None, RunLimits, ProgressListener], list[TopicFailure]
]
"""Runs topics as ``run_topics`` does, here or elsewhere."""


def run_topics(
    requests: Mapping[str, TopicRequest],
    jobs: int | None,
    limits: RunLimits,
    listener: ProgressListener,
) -> list[TopicFailure]:
    """Run topics, several at once. One that fails does not stop the others.

    Args:
        requests: The request of each topic, in the order in which they begin.
        jobs: How many may run at once; by default one more than there are processors, because a
            topic also waits for its kernel and its pictures.
        limits: What each may use.
        listener: Is told of the progress.

    Returns:
        The failures, in the order of the requests.

    Raises:
        KeyboardInterrupt: This process was interrupted. Every process was ended.
    """
    with (
        shared_drawing(),
        ThreadPoolExecutor(jobs or available_processors() + 1) as executor,
    ):
        processes = TopicProcesses(limits, listener)
        futures = [executor.submit(processes.run, *request) for request in requests.items()]
        try:
            failures = [future.result() for future in futures]
        except BaseException:
            processes.stop()
            raise
    return [failure for failure in failures if failure]


@dataclass
class TopicProcesses:
    """The processes of a run, so that all can be ended.

    Args:
        limits: What each topic may use.
        listener: Is told of the progress.
    """

    limits: RunLimits
    listener: ProgressListener
    _started: list[FunctionProcess] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_stopped: bool = False

    def run(self, topic: str, request: TopicRequest) -> TopicFailure | None:
        """Run a topic; returns why it failed, if it did."""
        if self._is_stopped:
            return None
        self.listener(TopicProgress(topic, "started"))
        try:
            failure = self._run_process(topic, request.to_text())
        except RunFailedError as error:
            failure = TopicFailure(topic, str(error), error.details)
        if self._is_stopped:
            return failure
        step: Literal["failed", "finished"] = "failed" if failure else "finished"
        self.listener(TopicProgress(topic, step, error=failure.sentence if failure else ""))
        return failure

    def stop(self) -> None:
        """End every process, and start no other."""
        with self._lock:
            self._is_stopped = True
            processes = [*self._started]
        _end_processes(processes)

    def _run_process(self, topic: str, text: str) -> TopicFailure | None:
        reader, writer = os.pipe()
        with open(reader, encoding="utf-8") as reports:  # noqa: PTH123  a descriptor
            try:
                process = start_function(
                    FUNCTION,
                    text,
                    writer,
                    RUN_MODULES,
                    self.limits.megabytes,
                )
            finally:
                os.close(writer)
            with self._lock:
                self._started.append(process)
            if self._is_stopped:
                _end_processes([process])
            return self._follow(topic, process, reports)

    def _follow(
        self, topic: str, process: FunctionProcess, lines: Iterable[str]
    ) -> TopicFailure | None:
        """Read a process's reports until it ends."""
        overran = threading.Event()

        def end_late_process() -> None:
            overran.set()
            _end_processes([process])

        timer = threading.Timer(self.limits.topic_seconds, end_late_process)
        timer.start()
        try:
            failure = self._read_reports(topic, lines)
            status = process.wait()
        finally:
            timer.cancel()
        with self._lock:
            self._started.remove(process)
        if overran.is_set():
            cause = f"it did not finish within {self.limits.topic_seconds} seconds"
            return TopicFailure(topic, f"{topic} failed: {cause}")
        return (
            None if failure is None and status == 0 else _describe_failure(topic, failure, status)
        )

    def _read_reports(self, topic: str, lines: Iterable[str]) -> Mapping[str, Any] | None:
        """Pass on the progress; returns the report of a failure, if there was one."""
        failure = None
        for line in lines:
            report = _parse_report(line)
            if report is None:
                sys.stderr.write(f"{line.rstrip()}\n")  # printed by a library, or cut off
            elif "step" in report:
                self.listener(TopicProgress(topic, **report))
            else:
                failure = report
        return failure


def _parse_report(line: str) -> dict[str, Any] | None:
    """Parse a line of a process; None for what is no report."""
    try:
        report = json.loads(line)
    except ValueError:
        return None
    return report if isinstance(report, dict) and _REPORT_KEYS & report.keys() else None


def _describe_failure(
    topic: str, report: Mapping[str, Any] | None, status: int | None
) -> TopicFailure:
    report = report or {"cause": f"its process ended {_describe_status(status)}"}
    details = str(report.get("details", ""))
    if "error" in report:
        return TopicFailure(topic, report["error"], details)
    if "system_error" in report:
        sentence = f"{topic} could not be written: {report['system_error']}"
        return TopicFailure(topic, sentence, details)
    return TopicFailure(topic, f"{topic} failed: {report['cause']}", details)


def _describe_status(status: int | None) -> str:
    if status is None or status >= 0:
        return f"with status {status}"
    return f"by the signal {signal.Signals(-status).name}"


def _end_processes(processes: Sequence[FunctionProcess]) -> None:
    """Tell processes to end, and end those that do not."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for process in processes:
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        process.kill()
