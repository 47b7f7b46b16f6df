"""A process that loads modules once and forks a process for each request: a kernel, or a function.

Run as ``python fork_server.py DESCRIPTOR MODULE…`` with one end of a socket pair. It ends, and its
kernels with it, when the other end is closed, thus also when its owner is killed. An argument
``MODULE:FUNCTION`` has a function called.

The standard library's fork server is not used: it runs the owner's ``__main__`` again in each
process, gives every process the owner's environment and does not say that a module failed.
"""

import gc
import json
import os
import pkgutil
import random
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY_VARIABLE = "WORKBOOK_VISIT_MEMORY"
"""Environment variable of a kernel: megabytes that it may use beyond what it shares."""

NUMBER = struct.Struct("q")
"""How a process identifier, and then an exit code, is sent to the owner of a kernel."""

_MOST_DESCRIPTORS = 4
"""Descriptors of a request: its channel, standard output and error, and for a function a socket."""

_FUNCTION_CALLER = "workbook.kernels.function_process:call_function"
"""What calls a function for a request that is not for a kernel."""

_OPTION_PARSER = "workbook.kernels.kernel_options:parse_options"

_ALWAYS_LOADED = (
    _OPTION_PARSER.partition(":")[0],
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "faulthandler", "pdb"),
    *("psutil", "tornado.platform.asyncio", "jupyter_client.localinterfaces:localhost"),
)
"""What every kernel imports or looks up when it starts: half of its start otherwise."""

_KERNEL_OPTIONS = ("--HistoryManager.enabled=False",)
"""Options of a kernel here: IPython's history would be a thread and a database file."""


def main() -> None:
    """Load the modules, say whether that worked, and serve; in each forked process, a kernel."""
    with suppress(ValueError):
        sys.path.remove(str(Path(__file__).parent))  # where Python looks first for this file's sake
    control = socket.socket(fileno=int(sys.argv[1]))
    error = load_modules(sys.argv[2:])
    with suppress(OSError):  # the owner may have ended
        control.sendall(json.dumps({"error": error}).encode() + b"\n")
    if error is None:
        serve(control)


class _FewModules:
    """Stands for ``sys`` where every module's name would be looked at, and so be copied."""

    modules: Mapping[str, object] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever it is
        """Whatever else is asked of ``sys``."""
        return getattr(sys, name)


def _save_memory() -> None:
    """Have kernels start without what would copy many pages of the shared memory in each.

    Their debugger copies 16 MB, by looking at every module: nobody debugs a kernel that is forked.
    The kernel lists the modules' files for it in any case, and IPython the modules' names.
    """
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # an import of it fails
    pkgutil.resolve_name("ipykernel.debugger")
    del sys.modules["debugpy"]
    for module in ("ipykernel.ipkernel", "IPython.core.shellapp"):
        pkgutil.resolve_name(module).sys = _FewModules()


def load_modules(modules: Iterable[str]) -> str | None:
    """Import modules and call functions, for kernels to share what that leaves in memory.

    Args:
        modules: Names of modules, and ``MODULE:FUNCTION`` for a function to call.

    Returns:
        What failed, in a sentence; None if nothing did.
    """
    gc.disable()  # nearly all that modules bring stays: to look for garbage takes a quarter longer
    try:
        for name in (*_ALWAYS_LOADED, *modules):
            try:
                loaded = pkgutil.resolve_name(name)
                if ":" in name:
                    _call_with_collection(loaded)
            except Exception as error:  # noqa: BLE001  a module may raise anything
                return f"{name} could not be loaded ({type(error).__name__}: {error})"
        _save_memory()
        gc.freeze()  # a collection in a kernel leaves this memory shared
    finally:
        gc.enable()
    return None


def _call_with_collection(function: Callable[[], object]) -> None:
    """Call a function, whose calculations leave garbage that every kernel would have."""
    gc.enable()
    try:
        function()
    finally:
        gc.disable()


def serve(control: socket.socket) -> None:
    """Fork a process for each request until the owner ends; in each forked process, answer it.

    Args:
        control: The socket on which the owner sends its requests.
    """
    descriptors = _fork_kernels(control)
    if descriptors is not None:
        _answer_request(*descriptors)


def _fork_kernels(control: socket.socket) -> list[int] | None:
    """Fork for each request until the owner closes its end.

    Returns:
        In a forked process its descriptors: its channel, standard output and standard error. For
        a function there is a socket on which it may request kernels.
    """
    wake_reader, wake_writer = socket.socketpair()
    wake_writer.setblocking(False)  # noqa: FBT003  the library's
    signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the loop below
    signal.set_wakeup_fd(wake_writer.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channels: dict[int, socket.socket] = {}
    while True:
        readable, _, _ = select.select([control, wake_reader], [], [])
        if wake_reader in readable:
            wake_reader.recv(4096)
            _report_ends(channels)
        if control in readable:
            descriptors = _receive_descriptors(control)
            if not descriptors:
                _end_kernels(channels)
                return None
            process_id = _fork_process()
            if process_id == 0:
                _reset_signals()
                for inherited in (control, wake_reader, wake_writer, *channels.values()):
                    inherited.close()
                return descriptors
            _keep_channel(process_id, descriptors, channels)


def _receive_descriptors(control: socket.socket) -> list[int]:
    with suppress(ConnectionError):
        return socket.recv_fds(control, 1, _MOST_DESCRIPTORS)[1]
    return []


def _fork_process() -> int | None:
    """Fork; returns None where the system has no room for another process."""
    try:
        return os.fork()
    except OSError:
        return None


def _keep_channel(
    process_id: int | None, descriptors: list[int], channels: dict[int, socket.socket]
) -> None:
    """Tell the owner the kernel's process, and keep its channel for when it ends."""
    channel, *streams = descriptors
    for stream in streams:
        os.close(stream)
    if process_id is None:
        os.close(channel)
        return
    channels[process_id] = socket.socket(fileno=channel)
    _send_number(channels[process_id], process_id)


def _report_ends(channels: dict[int, socket.socket]) -> None:
    """Tell the owner of each process that has ended its exit code, and only then let it go."""
    with suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            has_exited = ended.si_code == os.CLD_EXITED
            with channels.pop(ended.si_pid) as channel:
                _send_number(channel, ended.si_status if has_exited else -ended.si_status)
            os.waitpid(ended.si_pid, 0)


def _send_number(channel: socket.socket, number: int) -> None:
    with suppress(OSError):  # its owner no longer asks
        channel.sendall(NUMBER.pack(number))


def _end_kernels(process_ids: Iterable[int]) -> None:
    for process_id in process_ids:
        with suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(process_id, signal.SIGKILL)


def _reset_signals() -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _answer_request(channel: int, stdout: int, stderr: int, *control: int) -> None:
    """Run a kernel or call a function in this forked process until it ends."""
    os.setsid()
    for stream, standard in ((stdout, 1), (stderr, 2)):
        os.dup2(stream, standard)
        os.close(stream)
    with socket.socket(fileno=channel) as connection:
        lines = connection.makefile("rb")
    request = json.loads(lines.readline())
    limit_memory(request["environment"].pop(MEMORY_VARIABLE, ""))
    _set_environment(request["environment"])
    os.chdir(request["folder"])
    _seed_random_numbers()
    if "function" in request:
        pkgutil.resolve_name(_FUNCTION_CALLER)(request, lines, *control)
    else:
        lines.close()
        _run_kernel(request["arguments"])


def _run_kernel(arguments: list[str]) -> None:
    """Run an IPython kernel in this forked process until it ends."""
    options = [*arguments, *_KERNEL_OPTIONS]
    sys.argv = ["ipykernel_launcher", *options]
    app_class = sys.modules["ipykernel.kernelapp"].IPKernelApp
    app = app_class.instance(parent_handle=os.getppid())
    config = pkgutil.resolve_name(_OPTION_PARSER)(options)
    if config is not None:
        app.parse_command_line = lambda _: app.update_config(config)
    app.initialize(options)
    vars(app.shell).pop(
        "_sys_modules_keys", None
    )  # IPython then says that it cannot unload modules
    if widgets := sys.modules.get("ipywidgets"):  # registers itself only if imported in a kernel
        widgets.register_comm_target()
    app.start()


def limit_memory(megabytes: str) -> None:
    """Limit the private memory of this process, where the system counts it (Linux).

    Args:
        megabytes: What it may use beyond what it has now; empty for no limit.
    """
    with suppress(ImportError, OSError, StopIteration, ValueError):
        import resource  # noqa: PLC0415  not on Windows, where nothing is forked

        lines = Path("/proc/self/status").read_text().splitlines()
        shared = next(int(line.split()[1]) for line in lines if line.startswith("VmData:"))
        limit = shared * 1024 + int(megabytes) * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _set_environment(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    time.tzset()


def _seed_random_numbers() -> None:
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


if __name__ == "__main__":
    main()
