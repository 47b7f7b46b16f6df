"""A browser for a file's tests, and pages that note what they ask for and complain of."""

import contextlib
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tests.browser.page_actions import open_page, wait_until_ready
from tests.browser.server import serve_workbook
from tests.chromium import CHROMIUM_FLAGS, chromium_path

expect.set_options(timeout=60_000)  # a kernel that starts on a busy machine takes its time

OWN_HOSTS = {"", "127.0.0.1"}
VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a served workbook: one server, since its kernels take long to start."""
    with serve_workbook() as address:
        yield address


@contextlib.contextmanager
def watched_page(browser: Browser) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A page of its own, and a check that it asked no other host and did not complain."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    external_requests: list[str] = []
    complaints: list[str] = []

    def record_request(url: str) -> None:
        if urlsplit(url).hostname not in OWN_HOSTS and urlsplit(url).scheme not in {"data", "blob"}:
            external_requests.append(url)

    def record_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("request", lambda request: record_request(request.url))
    page.on("websocket", lambda socket: record_request(socket.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", record_message)

    def check_page() -> None:
        assert not external_requests, f"the page asked another host for {external_requests}"
        assert not complaints, f"the page complained: {complaints}"

    yield page, check_page
    context.close()


@pytest.fixture(scope="module")
def module_page(
    request: pytest.FixtureRequest, browser: Browser, site: str
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """One visit to the module's ``TOPIC`` that its tests share: a kernel takes seconds to start."""
    with watched_page(browser) as (page, check):
        yield open_page(page, f"{site}/{request.module.TOPIC}"), check


@pytest.fixture
def topic_page(module_page: tuple[Page, Callable[[], None]]) -> Iterator[Page]:
    """The module's topic's page with the published scenario, checked at the end."""
    page, check = module_page
    page.set_viewport_size(VIEWPORT)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Reset to published").click()
    wait_until_ready(page)
    yield page
    check()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, checked at the end."""
    with watched_page(browser) as (fresh, check):
        yield fresh
        check()
