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
        self._current: _CallProcess | None = None

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
        request = json.dumps((call, places, query, str(self._archive or ""), home))
        async with self._queue.take_turn():
            self._current = process = _CallProcess(request, self._modules, self._seconds)
            run = asyncio.create_task(asyncio.to_thread(process.run))
            try:
                output = await asyncio.shield(run)
            except asyncio.CancelledError:  # whoever asked has gone
                process.end()
                await asyncio.wait([run])  # the next call waits until the process has ended
                raise
            finally:
                self._current = None
        try:
            answer = json.loads(output)
            return ApiAnswer(HTTPStatus(answer["status"]), answer["content"])
        except (ValueError, KeyError, TypeError) as error:
            raise CallFailedError(f"the process of the call {call} wrote no answer") from error

    def close(self) -> None:
        """End the process of a call that is under way."""
        if self._current is not None:
            self._current.end()


class _CallProcess:
    """The process of one call, which can be ended at any time, even before it has started."""

    def __init__(self, request: str, modules: Sequence[str], seconds: float) -> None:
        self._request, self._modules, self._seconds = request, modules, seconds
        self._lock = threading.Lock()
        self._process: FunctionProcess | None = None
        self._is_ended = False

    def end(self) -> None:
        """End the process at once, or as soon as it has started."""
        with self._lock:
            self._is_ended = True
            if self._process is not None:
                self._process.kill()

    def run(self) -> bytes:
        """Run the process, in a thread.

        Returns:
            What it has written.

        Raises:
            CallTimeoutError: It took too long.
        """
        reader, writer = os.pipe()
        with os.fdopen(reader, "rb") as output:
            with os.fdopen(writer, "wb"):
                process = self._start(writer)
            is_late = threading.Event()

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
        if is_late.is_set():
            raise CallTimeoutError
        return content

    def _start(self, output: int) -> FunctionProcess:
        """Start the process, and end it if nobody waits for it any more."""
        process = start_function(
            FUNCTION,
            self._request,
            output,
            self._modules,
            _MOST_MEMORY,
            environment=filter_environment(dict(os.environ)) | ONE_THREAD,
        )
        with self._lock:
            self._process = process
            if self._is_ended:
                process.kill()
        return process
