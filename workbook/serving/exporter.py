"""Files of a scenario that visitors download: made by ``workbook export``, one at a time.

Each file is made in a process of its own, which takes memory and time that the server must not
give. It has no secrets of the server, a limit of memory and a limit of time.
"""

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, get_args

from workbook.exports.document_template import DocumentKind, reference_document
from workbook.scenario import SCENARIO_FILE_SUFFIX, Scenario
from workbook.scenario.scenario_file import format_scenario_file
from workbook.serving.kernels import filter_environment, lower_priority
from workbook.serving.turn_queue import TurnQueue
from workbook.topic import Topic

Templates = Mapping[DocumentKind, bytes]
"""Templates by the kind of document."""

_MOST_WAITING: Final = 4
"""Files that wait while one is made."""

_FILE_SECONDS: Final = 100
"""Time for one file, from starting the process."""

_MOST_MEMORY: Final = 4 * 2**30
"""Bytes that the process may reserve. Vega reserves 2 GB, of which it uses a fifth."""

_INVALID_REQUEST: Final = 2
"""Status of the command if the request or its input was invalid."""

_SCENARIO_NAME: Final = "scenario.toml"


class ExportRejectedError(Exception):
    """The scenario has no outcome; the message says why."""


class ExportFailedError(Exception):
    """The file could not be made; the message says why, for the log."""


class Exporter:
    """Makes files one at a time, and refuses more than a few that wait.

    Args:
        templates: The operator's templates by kind of document.
    """

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._queue = TurnQueue(1, _MOST_WAITING)
        self._process: Process | None = None

    async def make_file(self, topic: Topic, scenario: Scenario, suffix: str, link: str) -> bytes:
        """Make a file.

        Args:
            topic: The topic.
            scenario: The scenario.
            suffix: Suffix of the file, which chooses its form.
            link: Address of the scenario's page, for the record in the file.

        Returns:
            The content of the file.

        Raises:
            QueueFullError: Too many wait already.
            ExportRejectedError: The scenario has no outcome.
            ExportFailedError: The file could not be made.
        """
        scenario_text = format_scenario_file(scenario.as_file(topic=topic.name))
        if suffix == SCENARIO_FILE_SUFFIX:
            return scenario_text.encode()
        async with self._queue.take_turn():
            with tempfile.TemporaryDirectory(prefix="workbook-") as name:
                folder = Path(name)
                (folder / _SCENARIO_NAME).write_text(scenario_text, encoding="utf-8")
                target = folder / f"outcome{suffix}"
                options = ["-o", target.name, "--link", link, *self._write_template(folder, suffix)]
                await self._run_export([topic.name, *options], folder)
                return await asyncio.to_thread(target.read_bytes)

    async def close(self) -> None:
        """End the process that makes a file, if one is under way."""
        if self._process is not None:
            await _end(self._process)

    def _write_template(self, folder: Path, suffix: str) -> list[str]:
        """Write the operator's template for this form into a folder; gives its option."""
        for kind, template in self._templates.items():
            if suffix == f".{kind}":
                (folder / f"template{suffix}").write_bytes(template)
                return ["--template", f"template{suffix}"]
        return []

    async def _run_export(self, arguments: list[str], folder: Path) -> None:
        scenario = ("--scenario", f"./{_SCENARIO_NAME}")
        command = (sys.executable, "-m", "workbook.cli", "export", *arguments, *scenario)
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
            cwd=folder,
            env=filter_environment(dict(os.environ)),
            start_new_session=True,
        )
        self._process = process
        lower_priority(process.pid)
        _limit_memory(process.pid)
        try:
            _, errors = await asyncio.wait_for(process.communicate(), _FILE_SECONDS)
        except TimeoutError:
            raise ExportFailedError("it took too long") from None
        finally:
            await _end(process)
            self._process = None  # its id may become that of another process
        if process.returncode:
            message = errors.decode(errors="replace").strip() or "no message"
            if process.returncode == _INVALID_REQUEST:
                raise ExportRejectedError(message.splitlines()[-1])
            raise ExportFailedError(f"status {process.returncode}: {message}")


def read_templates(folder: Path | None) -> Templates:
    """Read the operator's templates, which are ``reference.docx`` and ``reference.pptx``.

    Args:
        folder: Their folder; None for none.

    Returns:
        The templates by kind of document. One of the two may be missing.

    Raises:
        ValueError: The folder has neither, or one is no such document.
    """
    if folder is None:
        return {}
    paths = {kind: folder / f"reference.{kind}" for kind in get_args(DocumentKind)}
    present = {kind: path for kind, path in paths.items() if path.exists()}
    if not present:
        raise ValueError(
            f"--templates {folder} has no template: put reference.docx or reference.pptx there"
        )
    return {kind: reference_document(kind, path) for kind, path in present.items()}


def _limit_memory(process_id: int) -> None:
    """Limit the memory of a process and of those that it starts, where the system can (Linux)."""
    with suppress(ImportError, AttributeError, OSError):
        import resource  # noqa: PLC0415  absent on Windows

        resource.prlimit(process_id, resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))


async def _end(process: Process) -> None:
    """End a process with those that it started. Does nothing if they have ended."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    await process.wait()
