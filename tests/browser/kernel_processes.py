"""The kernels of a server, found in /proc, and what its metrics say of them."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.browser.server import LONGEST_WAIT


def command_line(process: Path) -> str:
    """Command of a process, or nothing if it has ended."""
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def parent_process(process: Path) -> Path:
    """The process that started another; of one that has ended, no process."""
    try:
        return Path("/proc", (process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return Path("/proc/0")


def kernel_processes(port: str) -> list[int]:
    """Process identifiers of the kernels that belong to the server on a port.

    A kernel is forked from the fork server, which is forked from the server.
    """
    processes = [folder for folder in Path("/proc").glob("[0-9]*") if command_line(folder)]
    return [int(process.name) for process in processes if _is_kernel(process, port)]


def _is_kernel(process: Path, port: str) -> bool:
    fork_server = parent_process(process)
    forks = (process, fork_server, parent_process(fork_server))
    return all(f"--port {port} " in command_line(fork) for fork in forks)


def started_processes(port: str) -> list[Path]:
    """The processes that the server on a port has started, and those that they have started."""
    processes = [folder for folder in Path("/proc").glob("[0-9]*") if command_line(folder)]
    servers = {folder for folder in processes if f"--port {port} " in command_line(folder)}
    return [process for process in processes if servers & set(_processes_above(process))]


def _processes_above(process: Path) -> Iterator[Path]:
    """The process that started this one, the one that started that, and so on."""
    while (process := parent_process(process)).name != "0":
        yield process


def fork_server_process(port: str) -> Path:
    """The process from which the kernels of the server on a port are forked."""
    return parent_process(Path("/proc", str(kernel_processes(port)[0])))


def wait_for_full_pool(topics: Iterable[str], read_metrics: Callable[[], str]) -> None:
    """Wait until a page of each of a server's topics is made and waits for a visitor."""
    lines = [f'workbook_waiting_kernels{{topic="{topic}"}} 1.0' for topic in topics]
    _wait_for_metrics(lines, read_metrics)


def wait_for_open_pages(topic: str, count: int, read_metrics: Callable[[], str]) -> None:
    """Wait until this many pages of a topic are open."""
    _wait_for_metrics([f'workbook_sessions{{topic="{topic}"}} {count}.0'], read_metrics)


def _wait_for_metrics(lines: list[str], read_metrics: Callable[[], str]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while missing := set(lines) - set(read_metrics().splitlines()):
        assert time.monotonic() < deadline, f"the metrics do not come to say {sorted(missing)}"
        time.sleep(0.2)
