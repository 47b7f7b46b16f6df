"""Limits of a server: what one visit may use, and how many may wait."""

import os
from dataclasses import dataclass
from pathlib import Path

_OPEN_FILES = Path("/proc/self/fd")
"""What this process has open, on Linux."""
_FILES_OF_A_PAGE = 20
"""Connections with a page's kernel and its browser: 17 as measured, and a few more."""
_SPARE_FILES = 60
"""Files that the server keeps for its other answers and for the kernels that wait."""


@dataclass(frozen=True)
class ServerLimits:
    """What keeps one visitor from taking what the others need.

    Args:
        most_waiting: Visitors who wait for their page; more are told that the server is full.
        browser_seconds: Time in which a browser connects to its page; its kernel ends then, as
            after a request of a program that runs no scripts.
        reconnect_seconds: Time in which a page whose connection broke can come back; its kernel
            ends then, as after a browser that ended without a word.
        visit_memory: Megabytes that a visit may use beyond what all share; 0 for no limit.
        ready_pages: Pages of all topics together that are kept ready.
    """

    most_waiting: int = 50
    browser_seconds: float = 30
    reconnect_seconds: float = 120
    visit_memory: int = 1024
    ready_pages: int = 3


def count_processors() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def has_files_for_a_page(expected_pages: int) -> bool:
    """Whether this process may open the files that one more page takes.

    A server that may open no more answers nobody, not even the pages that are open.

    Args:
        expected_pages: Pages that were sent, and whose browsers will connect.
    """
    if not _OPEN_FILES.is_dir():
        return True
    import resource  # noqa: PLC0415  absent on Windows

    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    present = sum(1 for _ in _OPEN_FILES.iterdir())
    needed = present + _FILES_OF_A_PAGE * (expected_pages + 1) + _SPARE_FILES
    return limit == resource.RLIM_INFINITY or needed <= limit
