"""Memory of one more session, and of a server at rest, with shared memory counted once."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psutil
from playwright.sync_api import Browser

from tests.benchmarks.rivals.pages import WORKBOOK, ComparedPage, ServedPage
from tests.benchmarks.rivals.visits import (
    LONGEST_WAIT,
    measure_pages,
    open_browser,
    press_key,
    visit_page,
    wait_for_step,
    watched_context,
)
from workbook.serving.process_memory import measure_memory
from workbook.serving.still_drawer import IDLE_SECONDS

SESSIONS = 5
MEGABYTE = 1e6
SETTLED = 3  # megabytes by which a server's memory may change in some seconds at rest


@dataclass(frozen=True)
class MemoryUse:
    """Megabytes of a server that has had a visitor, and of each further session."""

    at_rest: float
    session: float


def memory_lines(rivals: Sequence[ComparedPage], count: int = SESSIONS) -> Iterator[str]:
    """A line for each page, and one that compares ours with its aims."""
    yield f"Memory, proportional set size of the processes, with {count} sessions:"
    with open_browser() as browser:
        results = yield from measure_pages(
            [WORKBOOK, *rivals],
            lambda compared, served: measure_sessions(browser, compared, served, count),
            lambda use: f"{use.at_rest:,.0f} MB at rest, {use.session:,.0f} MB a session",
        )
    if own := results.get(WORKBOOK.name):
        yield f"Memory of one more session: {own.session:.0f} MB (aim: under 50)"
        yield f"Memory of server and pool at rest: {own.at_rest:.0f} MB (aim: under 500)"


def measure_sessions(
    browser: Browser, compared: ComparedPage, served: ServedPage, count: int
) -> MemoryUse:
    """Measure the server at rest, and with sessions in each of which a key was pressed."""
    visit_page(browser, compared, served)
    time.sleep(IDLE_SECONDS)
    at_rest = settled_memory(served.port)
    with watched_context(browser, compared) as context:
        for _ in range(count):
            page = context.new_page()
            page.goto(served.address, wait_until="commit", timeout=LONGEST_WAIT)
            wait_for_step(page, "ready")
            press_key(page, compared)
            wait_for_step(page, "answered")
        in_use = settled_memory(served.port)
        for page in context.pages:
            page.close(run_before_unload=True)
    return MemoryUse(at_rest, (in_use - at_rest) / count)


def settled_memory(port: str) -> float:
    """Megabytes of a server and what it started, once they change no more; a minute at most."""
    megabytes, previous = server_memory(port), 0.0
    deadline = time.monotonic() + 60
    while abs(megabytes - previous) > SETTLED and time.monotonic() < deadline:
        time.sleep(5)
        megabytes, previous = server_memory(port), megabytes
    return megabytes


def server_memory(port: str) -> float:
    """Megabytes of the server on a port, and of the processes that it started."""
    servers = [
        process
        for process in psutil.process_iter(["cmdline"])
        if port in (process.info["cmdline"] or ())
    ]
    identifiers = {process.pid for process in servers}
    roots = [process for process in servers if process.ppid() not in identifiers]
    return sum(measure_memory(process.pid) or 0 for process in roots) / MEGABYTE
