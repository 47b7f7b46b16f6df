"""Headless Chromium on the server, driven over two pipes: it opens no port.

Addresses and scripts reach it as messages of the DevTools protocol and never as a command line.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from workbook.serving.kernels import filter_environment

_COMMAND_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "msedge"),
)
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE [::1], EXCLUDE localhost",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--window-size=720,1000",  # about the width of the text on A4, so that charts are not scaled
)
_READ_END, _WRITE_END = 3, 4
"""File descriptors at which Chromium expects its pipes."""

_FIRST_SAFE_DESCRIPTOR = 10
"""Descriptors from here on are never those that Chromium expects."""

_VERSION_SECONDS = 10
_CHUNK_BYTES = 1 << 16
_MESSAGE_END = b"\0"


class ChromiumError(Exception):
    """Chromium could not do what it was asked, or took too long."""


def find_chromium() -> str | None:
    """Find a Chromium, Chrome or Edge that starts.

    Returns:
        The path of its command; None where there is none, or where its pipes cannot be used.
    """
    if os.name != "posix":
        return None
    return next(filter(_can_run, filter(None, map(shutil.which, _COMMAND_NAMES))), None)


def _can_run(path: str) -> bool:
    """Whether the command answers: some systems install one that is no more than advice."""
    command = [path, "--version"]
    with suppress(OSError, subprocess.TimeoutExpired):
        answer = subprocess.run(  # noqa: S603  a command by a fixed name
            command, capture_output=True, check=False, timeout=_VERSION_SECONDS
        )
        return answer.returncode == 0
    return False


class DevTools:
    """A connection to a browser. ``session`` is the tab that a call is for, empty for none."""

    def __init__(self, write_end: int, read_end: int, seconds: float) -> None:
        self._write_end, self._read_end = write_end, read_end
        self.set_time_left(seconds)
        self._buffer = b""
        self._call_count = 0

    def set_time_left(self, seconds: float) -> None:
        """Give all further calls this time together.

        Args:
            seconds: The time.
        """
        self._deadline = time.monotonic() + seconds

    def send_command(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:  # noqa: ANN401  the protocol's
        """Call a method of the protocol, and wait for its result.

        Args:
            method: The method, such as ``Page.navigate``.
            session: The tab.
            **parameters: The method's parameters.

        Returns:
            The result.

        Raises:
            ChromiumError: The call failed, took too long, or the browser ended.
        """
        self._call_count += 1
        call_id = self._call_count
        call = {"id": call_id, "method": method, "params": parameters}
        self._send(call | ({"sessionId": session} if session else {}))
        answer = self._wait_for(lambda message: message.get("id") == call_id)
        if "error" in answer:
            raise ChromiumError(f"{method}: {answer['error'].get('message')}")
        result: dict[str, Any] = answer["result"]
        return result

    def wait_for_event(self, method: str) -> None:
        """Wait for the next event of this name. Earlier ones do not count.

        Args:
            method: The event's name.

        Raises:
            ChromiumError: It did not come in time, or the browser ended.
        """
        self._wait_for(lambda message: message.get("method") == method)

    def evaluate(self, expression: str, session: str) -> Any:  # noqa: ANN401  any JSON value
        """Evaluate JavaScript in a tab, and wait for its promise if it is one.

        Args:
            expression: The code, which is ours.
            session: The tab.

        Returns:
            The value.

        Raises:
            ChromiumError: The code threw, or took too long.
        """
        result = self.send_command(
            "Runtime.evaluate",
            session,
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if details := result.get("exceptionDetails"):
            description = details.get("exception", {}).get("description", details["text"])
            raise ChromiumError(f"the page failed: {description}")
        return result["result"].get("value")

    def _send(self, message: dict[str, Any]) -> None:
        unsent = json.dumps(message).encode() + _MESSAGE_END
        try:
            while unsent:
                unsent = unsent[os.write(self._write_end, unsent) :]
        except OSError as error:
            raise ChromiumError("the browser ended") from error

    def _wait_for(self, is_awaited: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            received = self._receive()
            if is_awaited(received):
                return received

    def _receive(self) -> dict[str, Any]:
        while _MESSAGE_END not in self._buffer:
            seconds = self._deadline - time.monotonic()
            if seconds <= 0 or not select.select([self._read_end], [], [], seconds)[0]:
                raise ChromiumError("the browser took too long")
            chunk = os.read(self._read_end, _CHUNK_BYTES)
            if not chunk:
                raise ChromiumError("the browser ended")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(_MESSAGE_END)
        received: dict[str, Any] = json.loads(message)
        return received


@contextmanager
def start_chromium(path: str, seconds: float) -> Iterator[DevTools]:
    """Start a browser with a profile of its own, and end it with all its processes.

    Args:
        path: The command, from ``find_chromium``.
        seconds: Time that all calls may take together.

    Yields:
        The connection to it.
    """
    with tempfile.TemporaryDirectory(prefix="workbook-print-", ignore_cleanup_errors=True) as home:
        to_browser, from_browser = _open_pipe(), _open_pipe()
        process_id = _spawn_browser(path, home, to_browser[0], from_browser[1])
        os.close(to_browser[0])
        os.close(from_browser[1])
        devtools = DevTools(to_browser[1], from_browser[0], seconds)
        try:
            yield devtools
        finally:
            _end_process(process_id)
            os.close(to_browser[1])
            os.close(from_browser[0])


def _open_pipe() -> tuple[int, int]:
    """A pipe whose ends lie above the descriptors that Chromium expects."""
    import fcntl  # noqa: PLC0415  not on Windows, where there is no such pipe

    read_end, write_end = os.pipe()
    high_ends = tuple(
        fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FIRST_SAFE_DESCRIPTOR)
        for end in (read_end, write_end)
    )
    os.close(read_end)
    os.close(write_end)
    return high_ends[0], high_ends[1]


def _spawn_browser(path: str, home: str, read_end: int, write_end: int) -> int:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # it does not start as root
    command = [path, *_FLAGS, *sandbox, f"--user-data-dir={home}", "about:blank"]
    environment = filter_environment(dict(os.environ)) | {"HOME": home}
    return os.posix_spawn(
        path,
        command,
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, read_end, _READ_END),
            (os.POSIX_SPAWN_DUP2, write_end, _WRITE_END),
        ],
        setpgroup=0,  # a group of its own, so that its helpers end with it and nothing else does
    )


def _end_process(process_id: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process_id, signal.SIGKILL)
    os.waitpid(process_id, 0)
