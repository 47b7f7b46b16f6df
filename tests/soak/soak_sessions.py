"""Sessions under load: arrivals together, closed tabs, and requests without a browser."""

import os
import re
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import browser, watched_page
from tests.browser.kernel_processes import kernel_processes
from tests.browser.page_actions import kernel_identifier, open_page, wait_until_ready
from tests.browser.server import LONGEST_WAIT, read_text, serve_workbook, wait_for_answer
from tests.browser.test_arrivals import OPEN_TOGETHER
from tests.soak.protocol_client import ProtocolVisit
from workbook.serving.page_socket import PING_SETTINGS

__all__ = ["browser"]

SESSIONS, SECONDS_PER_CHANGE, CHANGES = 100, 5, 24
"""Sessions that are open together, the time between two changes in each, and how many it makes."""

OPENINGS, FIRST_OPENINGS = 500, 20
"""Pages that are opened and closed, and those after which memory is measured for the first time."""

TOPIC = "digital_inclusion"
LINK = f"{TOPIC}?programme_starts=0"
BROWSER_SECONDS, MOST_WAITING = 20, 30


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server of this file's own."""
    options = (f"--browser-wait={BROWSER_SECONDS}", f"--queue={MOST_WAITING}")
    with serve_workbook(options=options) as address:
        yield wait_for_answer(f"{address}/health").removesuffix("/health")


def read_metric(site: str, name: str) -> float:
    """A metric of the server, added up over its topics."""
    lines = read_text(f"{site}/metrics").splitlines()
    return sum(float(line.split()[-1]) for line in lines if re.match(rf"{name}[ {{]", line))


def count_sessions(site: str) -> float:
    """Number of open pages, by the server's metrics."""
    return read_metric(site, "workbook_sessions")


def wait_until_at_rest(site: str, topics: int) -> None:
    """Wait until no page is open and one of each topic waits for a visitor."""
    wait_for_sessions(site, 0)
    deadline = time.monotonic() + LONGEST_WAIT
    while read_metric(site, "workbook_waiting_kernels") < topics:
        assert time.monotonic() < deadline, "the pool is not filled"
        time.sleep(0.5)


def wait_for_sessions(site: str, count: int, seconds: float = 60) -> None:
    """Wait until this many pages are open."""
    deadline = time.monotonic() + seconds
    while (present := count_sessions(site)) != count:
        assert time.monotonic() < deadline, f"{present} pages are open, not {count}"
        time.sleep(0.5)


def request_page(address: str) -> int:
    """Status of a page that is requested without a browser."""
    try:
        with urllib.request.urlopen(address, timeout=300) as answer:
            page: bytes = answer.read()
            assert b'id="workbook-page"' in page
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_a_closed_tab_of_a_link_frees_its_kernel(browser: Browser, site: str) -> None:
    for _ in range(20):
        with watched_page(browser) as (page, check):
            open_page(page, f"{site}/{LINK}")
            check()
            page.close(run_before_unload=True)
            wait_for_sessions(site, 0, seconds=15)


def test_a_quiet_page_keeps_its_socket(browser: Browser, site: str) -> None:
    sockets: list[str] = []
    with watched_page(browser) as (page, check):
        page.on("websocket", lambda socket: sockets.append(socket.url))
        open_page(page, f"{site}/{LINK}")
        page.wait_for_timeout(3 * PING_SETTINGS["ws_ping_interval"])
        assert len(sockets) == 1
        page.close(run_before_unload=True)
        check()
    wait_for_sessions(site, 0)


@pytest.mark.parametrize("visitors", [10, 20])
def test_visitors_who_come_at_once_all_have_a_live_page(
    browser: Browser, site: str, visitors: int
) -> None:
    with browser.new_context() as context:
        opener = context.new_page()
        opener.goto(f"{site}/")
        start = time.monotonic()
        opener.evaluate(OPEN_TOGETHER, [f"{site}/{LINK}", visitors])
        while len(context.pages) <= visitors:
            context.wait_for_event("page")
        visits = [page for page in context.pages if page != opener]
        for page in visits:
            wait_until_ready(page)
        print(f"{visitors} at once: all ready after {time.monotonic() - start:.1f} s")
        assert len({kernel_identifier(page) for page in visits}) == visitors
        for page in visits:
            page.close(run_before_unload=True)
        wait_for_sessions(site, 0)  # a browser that ends at once sends nothing more


def test_requests_without_a_browser_cost_no_kernel_for_long(site: str) -> None:
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(request_page, [f"{site}/{LINK}"] * 12))
    assert statuses == [200] * 12
    wait_for_sessions(site, 0, seconds=3 * BROWSER_SECONDS)


def test_more_than_may_wait_are_told_so(site: str) -> None:
    with ThreadPoolExecutor(60) as pool:
        statuses = list(pool.map(request_page, [f"{site}/{TOPIC}"] * 60))
    assert set(statuses) == {200, 503}
    assert statuses.count(200) >= MOST_WAITING
    wait_for_sessions(site, 0, seconds=3 * BROWSER_SECONDS)


class Audience:
    """Visits that are opened a few at a time, and begin to change a control once all are open."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.visits: list[ProtocolVisit] = []
        self.seconds: list[float] = []
        self._turn = threading.Semaphore(4)

    def attend(self, number: int) -> None:
        """Open a page, wait for the others, and change a control again and again."""
        with self._turn:
            visit = ProtocolVisit(self.site, TOPIC)
        self.visits.append(visit)
        while len(self.visits) < SESSIONS:
            visit.stay(1)
        change_often(visit, SECONDS_PER_CHANGE * number / SESSIONS, self.seconds)


def change_often(visit: ProtocolVisit, delay: float, seconds: list[float]) -> None:
    """Change a control again and again, and note how long each answer takes."""
    due = time.monotonic() + delay
    for change in range(CHANGES):
        visit.stay(due - time.monotonic())
        start = time.monotonic()
        visit.change("programme_starts", str(500_000 + 10_000 * change))
        seconds.append(time.monotonic() - start)
        due += SECONDS_PER_CHANGE


def test_a_hundred_sessions_are_all_answered(site: str) -> None:
    failures_before = read_metric(site, "workbook_failed_pages_total")
    audience = Audience(site)
    with ThreadPoolExecutor(SESSIONS) as pool:
        list(pool.map(audience.attend, range(SESSIONS)))
    visits, seconds = audience.visits, audience.seconds
    memory = read_metric(site, "workbook_memory_bytes")
    percentiles = statistics.quantiles(seconds, n=20)
    print(
        f"{len(seconds)} changes: median {statistics.median(seconds):.3f} s, "
        f"95% within {percentiles[-1]:.3f} s, longest {max(seconds):.3f} s; "
        f"{memory / 1e9:.2f} GB; load {os.getloadavg()[0]:.1f}"
    )
    assert len(seconds) == SESSIONS * CHANGES
    assert count_sessions(site) == SESSIONS
    assert read_metric(site, "workbook_failed_pages_total") == failures_before
    assert memory < 5.5e9
    for visit in visits:
        visit.close()
    wait_for_sessions(site, 0)


def test_openings_and_closings_leave_kernels_and_memory_as_they_were(site: str) -> None:
    topics = int(read_metric(site, "workbook_waiting_kernels"))
    port = site.rpartition(":")[2]
    figures = []
    for count in (FIRST_OPENINGS, OPENINGS):
        for _ in range(count):
            ProtocolVisit(site, LINK).close()
        wait_until_at_rest(site, topics)
        memory = read_metric(site, "workbook_memory_bytes")
        figures.append((len(kernel_processes(port)), memory))
    (kernels_before, memory_before), (kernels, memory) = figures
    print(f"{OPENINGS} openings: {memory_before / 1e6:.0f} MB before, {memory / 1e6:.0f} MB after")
    assert kernels == kernels_before == topics
    assert memory < 1.1 * memory_before
