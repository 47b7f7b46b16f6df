"""Sessions under load: arrivals together, closed tabs, and requests without a browser."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import browser, watched_page
from tests.browser.page_actions import kernel_identifier, open_page, wait_until_ready
from tests.browser.server import serve_workbook, wait_for_answer
from tests.browser.test_arrivals import OPEN_TOGETHER
from workbook.serving.page_socket import PING_SETTINGS

__all__ = ["browser"]

TOPIC = "digital_inclusion"
LINK = f"{TOPIC}?programme_starts=0"
BROWSER_SECONDS, MOST_WAITING = 20, 30


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server of this file's own."""
    options = (f"--browser-wait={BROWSER_SECONDS}", f"--queue={MOST_WAITING}")
    with serve_workbook(options=options) as address:
        yield wait_for_answer(f"{address}/health").removesuffix("/health")


def count_sessions(site: str) -> float:
    """Number of open pages, by the server's metrics."""
    with urllib.request.urlopen(f"{site}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("workbook_sessions{"))


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
