"""A start in which a server shares its memory with the kernels that it starts.

The server loads the modules itself and forks the process from which its kernels are forked: what
both need is in memory once. Whatever is in memory before that fork can be read in a kernel. So the
server first starts its program again with the variables that kernels may have. The others wait in
a file in memory, which is read only after the fork.
"""

import gc
import json
import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from workbook.kernels import fork_server
from workbook.kernels.forking import (
    CAN_FORK,
    ONE_THREAD,
    ForkServer,
    forget_fork_servers,
    keep_fork_server,
)

_FILE_VARIABLE: Final = "WORKBOOK_ENVIRONMENT_FILE"
"""Variable with the descriptor of the file that holds the server's environment."""

_LAST_STREAM: Final = 2
"""Descriptor of the last of the standard streams."""

_MOST_THREADS: Final = 2
"""The main thread, and one that waits for the end of the process's owner."""

_CAN_SHARE: Final = CAN_FORK and hasattr(os, "memfd_create")
_LOADED: Final = b'{"error": null}\n'


class _ForkServerProcess:
    """The fork server as a child of this process, which no library started."""

    def __init__(self, process_id: int) -> None:
        self.pid = process_id
        self._exit_code: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while the process runs."""
        return self._ask(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait until the process ends; returns its exit code."""
        return self._ask(0)

    def kill(self) -> None:
        """End the process at once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _ask(self, options: int) -> int | None:
        if self._exit_code is None:
            ended, status = os.waitpid(self.pid, options)
            if ended:
                self._exit_code = os.waitstatus_to_exitcode(status)
        return self._exit_code


def has_restarted() -> bool:
    """Whether the program was started again, and ``share_memory`` is to come."""
    return _FILE_VARIABLE in os.environ


def restart_without_secrets(filter_variables: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Start this program again with the same arguments, then to call ``share_memory``.

    Nothing happens where memory cannot be shared. It must not come again after ``share_memory``.

    Args:
        filter_variables: Returns the environment variables that kernels may have.
    """
    if not _CAN_SHARE or threading.active_count() > 1:
        return
    descriptor = os.memfd_create("environment", 0)
    with os.fdopen(os.dup(descriptor), "w") as file:
        json.dump(dict(os.environ), file)
    environment = filter_variables(dict(os.environ)) | ONE_THREAD
    environment[_FILE_VARIABLE] = str(descriptor)
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606


def share_memory(modules: Sequence[str], server_modules: Sequence[str] = ()) -> None:
    """Load modules in this process, and fork the fork server of its kernels.

    It must come before anything that a kernel must not read is in memory, and before any thread.

    Args:
        modules: The modules, as those of a fork server.
        server_modules: Further ones that only this process needs. It would copy shared memory if
            it loaded them later.

    Raises:
        SystemExit: This is the fork server, or a kernel of it, and it ends.
    """
    descriptor = int(os.environ.pop(_FILE_VARIABLE))
    inherited = _list_descriptors()
    error = fork_server.load_modules((*modules, *server_modules))
    environment = dict(os.environ)
    server = None if error else _start_fork_server(inherited)
    with os.fdopen(descriptor) as file:
        file.seek(0)
        variables = json.load(file)
    os.environ.clear()
    os.environ.update(variables)
    if server is not None:  # else one is started in the ordinary way, and reports what failed
        keep_fork_server(server, modules, environment)


def share_results(modules: Sequence[str]) -> None:
    """Fork the fork server of this process's kernels, which share all that is in its memory now.

    Nothing happens where memory cannot be shared, or where a library runs threads: they would not
    exist after the fork. One thread of this process may wait. No event loop may run.

    The fork server and its processes end without leaving the blocks of this process.

    Args:
        modules: The modules of the fork server that this one stands in for.
    """
    if not _CAN_SHARE or len(list(Path("/proc/self/task").iterdir())) > _MOST_THREADS:
        return
    gc.collect()
    gc.freeze()  # a collection in a kernel leaves this memory shared
    server = _start_fork_server(_list_descriptors(), _serve_apart)
    keep_fork_server(server, modules, os.environ)


def _serve_apart(control: socket.socket) -> NoReturn:
    """Serve, and end this process at once: what its owner has begun is the owner's to end."""
    status = 1
    try:
        fork_server.serve(control)
        status = 0
    except BaseException:  # noqa: BLE001  it must not reach what the owner has begun
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _serve_kernels(control: socket.socket) -> NoReturn:
    fork_server.serve(control)
    raise SystemExit


def _list_descriptors() -> list[int]:
    """The files of this process, apart from the standard streams."""
    descriptors = [int(path.name) for path in Path("/proc/self/fd").iterdir()]
    return [number for number in descriptors if number > _LAST_STREAM]


def _start_fork_server(
    inherited: Iterable[int], serve: Callable[[socket.socket], NoReturn] = _serve_kernels
) -> ForkServer:
    """Fork the fork server. It gets no file that this process was given."""
    control, remote = socket.socketpair()
    process_id = os.fork()
    if process_id == 0:
        control.close()
        os.setsid()  # a key press in the terminal is not for it
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in inherited:
            with suppress(OSError):  # closed already
                os.dup2(null, descriptor)  # an object that closes it closes no other file
        os.dup2(null, 0)
        os.close(null)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        forget_fork_servers()
        serve(remote)
    remote.close()
    return ForkServer(_ForkServerProcess(process_id), control, _LOADED)
