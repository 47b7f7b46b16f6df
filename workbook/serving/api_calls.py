"""Calls of `/api/` that calculate or read the archive: one at a time, in a process of its own.

The process has no secrets of the server, a limit of memory, a limit of time and a lower priority
than the visitors' kernels.
"""

import asyncio
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from workbook.kernels.forking import ONE_THREAD
from workbook.kernels.function_process import FunctionProcess, start_function
from workbook.serving.api_worker import FUNCTION
from workbook.serving.kernels import filter_environment
from workbook.serving.turn_queue import TurnQueue

_MOST_WAITING: Final = 8
"""Calls that wait while one is answered."""

_CALL_SECONDS: Final = 60
"""Time for one call."""

_MOST_MEMORY: Final = 1024
"""Megabytes that a call may use beyond what all processes share."""


class CallTimeoutError(Exception):
    """A call took too long."""


class CallFailedError(Exception):
    """A call could not be answered. The process has reported why on standard error."""


@dataclass(frozen=True)
class ApiAnswer:
    """The answer to a call: its HTTP status and its content, ready for JSON."""

    status: HTTPStatus
    content: Any


class ApiCalls:
    """Answers calls one at a time, and refuses more than a few that wait.

    Args:
        archive: Folder of the archive; None for none.
        modules: Modules of the fork server that the processes are forked from.
        seconds: Time for one call.
        most_waiting: Calls that may wait.
    """

    def __init__(
        self,
        archive: Path | None,
        modules: Sequence[str],
        *,
        seconds: float = _CALL_SECONDS,
        most_waiting: int = _MOST_WAITING,
    ) -> None:
        self._archive, self._modules, self._seconds = archive, modules, seconds
        self._queue = TurnQueue(1, most_waiting)
        self._process: FunctionProcess | None = None

    async def answer(self, call: str, places: tuple[str, ...], query: str, home: str) -> ApiAnswer:
        """Answer a call.

        Args:
            call: Its name.
            places: What it is about.
            query: Its query string.
            home: Address of the home page, with the last slash.

        Returns:
            The answer.

        Raises:
            QueueFullError: Too many wait already.
            CallTimeoutError: It took too long.
            CallFailedError: It could not be answered.
        """
        request = (call, places, query, str(self._archive or ""), home)
        async with self._queue.take_turn():
            try:
                output = await asyncio.to_thread(self._run_process, json.dumps(request))
            except asyncio.CancelledError:  # whoever asked has gone
                self.close()
                raise
        try:
            answer = json.loads(output)
            return ApiAnswer(HTTPStatus(answer["status"]), answer["content"])
        except (ValueError, KeyError, TypeError) as error:
            raise CallFailedError(f"the process of the call {call} wrote no answer") from error

    def close(self) -> None:
        """End the process of a call that is under way."""
        if self._process is not None:
            self._process.kill()

    def _run_process(self, request: str) -> bytes:
        """Run the process of a call, in a thread; returns what it has written."""
        reader, writer = os.pipe()
        with os.fdopen(reader, "rb") as output:
            with os.fdopen(writer, "wb"):
                environment = filter_environment(dict(os.environ)) | ONE_THREAD
                process = start_function(
                    FUNCTION,
                    request,
                    writer,
                    self._modules,
                    _MOST_MEMORY,
                    environment=environment,
                )
            self._process, is_late = process, threading.Event()

            def end_late_call() -> None:
                is_late.set()
                process.kill()

            timer = threading.Timer(self._seconds, end_late_call)
            timer.start()
            try:
                content = output.read()
            finally:
                timer.cancel()
                process.kill()
                process.wait()
                if self._process is process:
                    self._process = None
        if is_late.is_set():
            raise CallTimeoutError
        return content
