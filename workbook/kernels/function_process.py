"""Call a function in a process of its own, forked from a fork server where that is possible.

The process ends when its owner does, however that ends. It can have kernels forked by the fork
server that it came from.
"""

import json
import logging
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, Final, Protocol

from workbook.kernels.fork_server import MEMORY_VARIABLE, limit_memory
from workbook.kernels.forking import (
    CAN_FORK,
    ChildProcess,
    ForkServer,
    ForkServerError,
    get_fork_server,
    keep_fork_server,
)

_PROGRAM: Final = "from workbook.kernels.function_process import main; main()"
_LOADED: Final = b'{"error": null}\n'

_log = logging.getLogger(__name__)


class FunctionProcess(ChildProcess, Protocol):
    """A process that calls a function, as far as its owner needs it."""

    def terminate(self) -> None:
        """Ask the process to end."""


def start_function(  # noqa: PLR0913  what a process has
    function: str,
    argument: str,
    output: int,
    modules: Sequence[str],
    megabytes: int,
    *,
    environment: Mapping[str, str] | None = None,
) -> FunctionProcess:
    """Call a function in a new process.

    Args:
        function: The function as ``MODULE:NAME``. It takes a text.
        argument: The text.
        output: Descriptor of the process's standard output.
        modules: Modules of the fork server that it is forked from, where that is possible.
        megabytes: Memory that the process may use beyond what it shares, where the system counts
            it. Kernels that it starts have the same limit.
        environment: Its environment variables; by default those of this process.

    Returns:
        The process.
    """
    variables = os.environ if environment is None else environment
    environment = {**variables, MEMORY_VARIABLE: str(megabytes)}
    if CAN_FORK:
        try:
            return get_fork_server(modules, environment).call(
                function, _pack_argument(argument, modules, megabytes), environment, output
            )
        except ForkServerError as error:
            _log.warning("A process is started in the ordinary way: %s", error)
    return start_unforked(function, argument, output, modules, megabytes, environment=environment)


def start_unforked(  # noqa: PLR0913  what a process has
    function: str,
    argument: str,
    output: int,
    modules: Sequence[str],
    megabytes: int,
    *,
    environment: Mapping[str, str] | None = None,
    inherited: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Call a function in a new process that loads what it needs itself, and do not wait for that.

    Args:
        function: As for ``start_function``, as are the others.
        argument: The text.
        output: Descriptor of the process's standard output.
        modules: Modules of the fork server that it would ask for kernels.
        megabytes: Memory that it may use, where the system counts it.
        environment: Its environment variables; by default those of this process.
        inherited: Descriptors that the process has as well.

    Returns:
        The process.
    """
    variables = os.environ if environment is None else environment
    request = {"function": function, "argument": _pack_argument(argument, modules, megabytes)}
    process = subprocess.Popen(  # noqa: S603  our own
        [sys.executable, "-c", _PROGRAM],
        env={**variables, MEMORY_VARIABLE: str(megabytes)},
        stdin=subprocess.PIPE,
        stdout=output,
        pass_fds=inherited,
        start_new_session=True,  # a key press in the terminal is not for it
    )
    if process.stdin:  # it stays open: its end tells that this process has ended
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    return process


def call_function(request: Mapping[str, Any], owner: BinaryIO, control: int | None = None) -> None:
    """Call a function in this process, which was started for it.

    Args:
        request: The function and its packed argument.
        owner: What the request was read from. It ends when the owner does.
        control: Descriptor of a socket to the fork server that this process was forked from.
    """
    packed = json.loads(request["argument"])
    sys.path[:] = packed["path"]
    threading.Thread(target=_end_with, args=[owner], daemon=True).start()
    if control is not None:
        server = ForkServer(_Parent(), socket.socket(fileno=control), _LOADED)
        keep_fork_server(server, packed["modules"], os.environ)
    os.environ[MEMORY_VARIABLE] = str(packed["megabytes"])  # for the kernels that it starts
    pkgutil.resolve_name(request["function"])(packed["argument"])


def main() -> None:
    """Read a request from standard input, and call its function."""
    limit_memory(os.environ.get(MEMORY_VARIABLE, ""))
    call_function(json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer)


class _Parent:
    """The fork server as the parent of this process, which cannot wait for it."""

    def __init__(self) -> None:
        self.pid = os.getppid()

    def poll(self) -> int | None:
        """None while the parent runs."""
        return None if os.getppid() == self.pid else -signal.SIGKILL

    def kill(self) -> None:
        """Do nothing: the parent is another's."""

    def wait(self) -> int | None:
        """Do not wait: the parent lives on."""
        return self.poll()


def _pack_argument(argument: str, modules: Sequence[str], megabytes: int) -> str:
    content = {
        "argument": argument,
        "modules": list(modules),
        "megabytes": megabytes,
        "path": sys.path,
    }
    return json.dumps(content)


def _end_with(owner: BinaryIO) -> None:
    """End this process at once when its owner has ended."""
    with suppress(OSError):
        os.read(owner.fileno(), 1)
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)
