"""The kernels of a server, found in /proc."""

import time
from collections.abc import Callable
from pathlib import Path

from workbook.topics.registry import TOPICS


def command_line(process: Path) -> str:
    """Command of a process, or nothing if it has ended."""
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def parent_process(process: Path) -> Path:
    """The process that started another."""
    return Path("/proc", (process / "stat").read_text().rpartition(")")[2].split()[1])


def kernel_processes(port: str) -> list[int]:
    """Process identifiers of the kernels that belong to the server on a port.

    A kernel is forked from the fork server, which the server started.
    """
    process_ids = []
    for process in Path("/proc").glob("[0-9]*"):
        if "fork_server.py" in command_line(process):
            parent = parent_process(process)
            server = parent_process(parent)
            if "fork_server.py" in command_line(parent) and f"--port {port}" in command_line(
                server
            ):
                process_ids.append(int(process.name))
    return process_ids


def has_full_pool(metrics: str) -> bool:
    """Whether a page of every topic is made and waits for a visitor, by the server's metrics."""
    return all(f'workbook_waiting_kernels{{topic="{topic}"}} 1.0' in metrics for topic in TOPICS)


def wait_for_full_pool(port: str, read_metrics: Callable[[], str]) -> list[int]:
    """Wait until a page of each topic waits; returns all kernels, also those of open pages."""
    deadline = time.monotonic() + 100
    while not has_full_pool(read_metrics()):
        assert time.monotonic() < deadline, "the pool is not full"
        time.sleep(0.2)
    return kernel_processes(port)


def wait_for_open_pages(topic: str, count: int, read_metrics: Callable[[], str]) -> None:
    """Wait until this many pages of a topic are open, by the server's metrics."""
    deadline = time.monotonic() + 60
    while f'workbook_sessions{{topic="{topic}"}} {count}.0' not in read_metrics():
        assert time.monotonic() < deadline, f"the number of open pages does not become {count}"
        time.sleep(0.2)
