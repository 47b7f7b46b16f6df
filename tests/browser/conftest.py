"""Fixtures: a browser, a served workbook, and pages that record their requests and errors."""

import contextlib
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tests.browser.page_actions import KERNEL_TIMEOUT, open_page, wait_until_ready
from tests.browser.server import serve_workbook
from tests.browser.shared_site import shared_site
from tests.chromium import CHROMIUM_FLAGS, chromium_path

expect.set_options(timeout=KERNEL_TIMEOUT)

OWN_HOSTS = {"", "127.0.0.1"}
VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config) -> Iterator[str]:
    """Address of a served workbook. One server for all tests: its kernels start slowly."""
    if address := shared_site(pytestconfig):
        yield address
    else:
        with serve_workbook() as address:
            yield address


@contextlib.contextmanager
def watched_page(browser: Browser) -> Iterator[tuple[Page, Callable[[], None]]]:
    """Open a new page; yields it with a check that it had no external requests and no errors.

    Charts do not glide: a test of motion asks for it.
    """
    context = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce")
    context.set_default_timeout(KERNEL_TIMEOUT)
    page = context.new_page()
    external_requests: list[str] = []
    page_errors: list[str] = []

    def record_request(url: str) -> None:
        if urlsplit(url).hostname not in OWN_HOSTS and urlsplit(url).scheme not in {"data", "blob"}:
            external_requests.append(url)

    def record_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            page_errors.append(message.text)

    page.on("request", lambda request: record_request(request.url))
    page.on("websocket", lambda socket: record_request(socket.url))
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    page.on("console", record_message)

    def check_page() -> None:
        assert not external_requests, f"the page sent requests to other hosts: {external_requests}"
        assert not page_errors, f"the page reported errors: {page_errors}"

    yield page, check_page
    context.close()


@pytest.fixture(scope="module")
def module_page(
    request: pytest.FixtureRequest, browser: Browser, site: str
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """One visit to the module's ``TOPIC``, shared by its tests: a kernel starts slowly."""
    with watched_page(browser) as (page, check):
        yield open_page(page, f"{site}/{request.module.TOPIC}"), check


@pytest.fixture
def topic_page(module_page: tuple[Page, Callable[[], None]]) -> Iterator[Page]:
    """The page of the module's topic, reset to the published scenario and checked at the end."""
    page, check = module_page
    page.set_viewport_size(VIEWPORT)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Reset to published").click()
    wait_until_ready(page)
    yield page
    check()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page, checked at the end."""
    with watched_page(browser) as (fresh, check):
        yield fresh
        check()
