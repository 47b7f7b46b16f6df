"""The owner's side of a fork server: start it, ask it for kernels, and watch them."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, Protocol

from workbook.kernels import fork_server
from workbook.kernels.fork_server import NUMBER

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
"""Whether kernels can be forked here. On macOS the system's libraries do not survive a fork."""

_START_VARIABLES = ("LD_", "PYTHON")
"""Prefixes of the variables that only count when Python starts: each setting has its own server."""

ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's allocator
}
"""Settings with which the libraries start no thread, which would not exist after a fork.

A kernel calculates on one processor.
"""


class ForkServerError(Exception):
    """A kernel could not be forked, with the reason."""


class ForkedProcess:
    """A kernel's process, with the part of ``subprocess.Popen`` that jupyter_client needs.

    Raises ForkServerError if there is no such process.
    """

    stdin = stdout = stderr = None

    def __init__(self, channel: socket.socket) -> None:
        answer = channel.recv(NUMBER.size, socket.MSG_WAITALL)
        if len(answer) < NUMBER.size:
            channel.close()
            raise ForkServerError("the process could not be forked")
        self._channel = channel
        self.pid: int = NUMBER.unpack(answer)[0]
        self.returncode: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """The exit code, or None while the process runs."""
        with self._lock:
            if self.returncode is None:
                with suppress(BlockingIOError):
                    self._record_end(self._channel.recv(NUMBER.size, socket.MSG_DONTWAIT))
            return self.returncode

    def wait(self) -> int | None:
        """Wait until the process ends; returns its exit code. Another thread may poll meanwhile."""
        if self.returncode is None:
            with suppress(OSError):  # another thread has learnt the end, and closed the channel
                self._channel.recv(1, socket.MSG_PEEK)
        return self.poll()

    def send_signal(self, signal_number: int) -> None:
        """Send a signal to the process, if it runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended a moment ago
                os.kill(self.pid, signal_number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def _record_end(self, answer: bytes) -> None:
        with suppress(OSError):  # the fork server has closed its end
            self._channel.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits
        self._channel.close()
        if answer:
            self.returncode = NUMBER.unpack(answer)[0]
        else:  # the fork server was killed: its kernel must not keep the ports
            self.returncode = -signal.SIGKILL
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


class ChildProcess(Protocol):
    """What a fork server's process is asked for."""

    @property
    def pid(self) -> int:
        """Its identifier."""

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> int | None:
        """Wait until it ends; returns its exit code."""


class ForkServer:
    """A process that has modules loaded and forks kernels.

    Args:
        process: The process.
        control: The socket to it.
        greeting: What it says once its modules are loaded; None until then.
    """

    def __init__(
        self, process: ChildProcess, control: socket.socket, greeting: bytes | None = None
    ) -> None:
        self._process, self._control, self._greeting = process, control, greeting
        self._lock = threading.Lock()

    @property
    def process_id(self) -> int:
        """Identifier of the process."""
        return self._process.pid

    @property
    def has_died(self) -> bool:
        """Whether the process ended after its modules were loaded."""
        return bool(self._greeting) and self._process.poll() is not None

    def start(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: str
    ) -> ForkedProcess:
        """Fork a kernel.

        Args:
            arguments: Arguments of ``ipykernel_launcher``.
            environment: Its environment variables, and no others.
            folder: Its working folder.

        Raises:
            ForkServerError: The modules could not be loaded, or the process has ended.
        """
        request = {"arguments": list(arguments)}
        return self._request(request, environment, folder, [1, 2])

    def call(
        self, function: str, argument: str, environment: Mapping[str, str], output: int
    ) -> ForkedProcess:
        """Fork a process that calls a function, and that can have kernels forked.

        Args:
            function: The function as ``MODULE:NAME``.
            argument: Its argument.
            environment: Its environment variables, and no others.
            output: Descriptor of its standard output.

        Raises:
            ForkServerError: As for ``start``.
        """
        request = {"function": function, "argument": argument}
        descriptors = [output, 2, self._control.fileno()]
        return self._request(request, environment, os.getcwd(), descriptors)  # noqa: PTH109  a text

    def _request(
        self,
        request: Mapping[str, object],
        environment: Mapping[str, str],
        folder: str,
        descriptors: Sequence[int],
    ) -> ForkedProcess:
        with self._lock:
            self._wait_until_loaded()
            channel, remote = socket.socketpair()
            variables = {str(name): str(value) for name, value in environment.items()}
            message = json.dumps({**request, "environment": variables, "folder": folder})
            try:
                with remote:
                    socket.send_fds(self._control, [b"k"], [remote.fileno(), *descriptors])
                channel.sendall(message.encode() + b"\n")
                return ForkedProcess(channel)
            except OSError as error:
                channel.close()
                raise ForkServerError(str(error)) from error

    def close(self) -> None:
        """End the process and its kernels."""
        self._control.close()
        if self._greeting is None:  # it would load its modules first
            self._process.kill()
        self._process.wait()

    def _wait_until_loaded(self) -> None:
        if self._greeting is None:
            with self._control.makefile("rb") as lines:
                self._greeting = lines.readline()
        if not self._greeting:
            raise ForkServerError("the fork server ended while it loaded its modules")
        error = json.loads(self._greeting)["error"]
        if error is not None:
            raise ForkServerError(error)


def _spawn_server(modules: Sequence[str], environment: Mapping[str, str]) -> ForkServer:
    """Start a process that loads modules."""
    control, remote = socket.socketpair()
    command = [sys.executable, fork_server.__file__, str(remote.fileno())]
    with remote:
        process = subprocess.Popen(  # noqa: S603  our own
            [*command, *modules],
            env={**environment, **ONE_THREAD},
            pass_fds=[remote.fileno()],
            start_new_session=True,  # a key press in the terminal is not for it
            stdin=subprocess.DEVNULL,
        )
    return ForkServer(process, control)


_servers: dict[tuple[object, ...], ForkServer] = {}
_servers_lock = threading.Lock()


def get_fork_server(modules: Sequence[str], environment: Mapping[str, str]) -> ForkServer:
    """The fork server of this process that has modules loaded; starts it if there is none.

    It loads its modules while the caller goes on.
    """
    key = _server_key(modules, environment)
    with _servers_lock:
        server = _servers.get(key)
        if server is not None and server.has_died:
            _servers.pop(key).close()
            server = None
        if server is None:
            server = _servers[key] = _spawn_server(modules, environment)
        return server


def keep_fork_server(
    server: ForkServer, modules: Sequence[str], environment: Mapping[str, str]
) -> None:
    """Have a fork server found by ``get_fork_server``, which would start another.

    One that was found before ends.

    Args:
        server: The fork server.
        modules: The modules that it has loaded.
        environment: Its environment variables.
    """
    key = _server_key(modules, environment)
    with _servers_lock:
        if former := _servers.pop(key, None):
            former.close()
        _servers[key] = server


def forget_fork_servers() -> None:
    """Forget the fork servers in a process that was forked: they are its owner's."""
    _servers.clear()


def _server_key(modules: Sequence[str], environment: Mapping[str, str]) -> tuple[object, ...]:
    variables = (item for item in environment.items() if item[0].startswith(_START_VARIABLES))
    return (*modules, *sorted(variables))


def start_loading(modules: Sequence[str], environment: Mapping[str, str]) -> None:
    """Have modules loaded for the kernels that will be wanted, where kernels can be forked."""
    if CAN_FORK:
        get_fork_server(modules, environment)


@atexit.register
def close_fork_servers() -> None:
    """End every fork server of this process, and their kernels."""
    with _servers_lock:
        while _servers:
            _servers.popitem()[1].close()
