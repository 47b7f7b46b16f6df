"""A browser for a file's tests, and pages that note what they ask for and complain of."""

import contextlib
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tests.browser.server import serving
from tests.browser.visiting import opened, settled
from tests.chromium import FLAGS, executable

expect.set_options(timeout=60_000)  # a kernel that starts on a busy machine takes its time

OURS = {"", "127.0.0.1"}
VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a served workbook: one server, since its kernels take long to start."""
    with serving() as address:
        yield address


@contextlib.contextmanager
def watched(browser: Browser) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A page of its own, and a check that it asked no other host and did not complain."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []

    def asked(url: str) -> None:
        if urlsplit(url).hostname not in OURS and urlsplit(url).scheme not in {"data", "blob"}:
            elsewhere.append(url)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", said)

    def check() -> None:
        assert not elsewhere, f"the page asked another host for {elsewhere}"
        assert not complaints, f"the page complained: {complaints}"

    yield page, check
    context.close()


@pytest.fixture(scope="module")
def visit(
    request: pytest.FixtureRequest, browser: Browser, site: str
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """One visit to the module's ``TOPIC`` that its tests share: a kernel takes seconds to start."""
    with watched(browser) as (page, check):
        yield opened(page, f"{site}/{request.module.TOPIC}"), check


@pytest.fixture
def visited(visit: tuple[Page, Callable[[], None]]) -> Iterator[Page]:
    """The module's topic's page with the published scenario, checked at the end."""
    page, check = visit
    page.set_viewport_size(VIEWPORT)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Reset").click()
    settled(page)
    yield page
    check()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, checked at the end."""
    with watched(browser) as (fresh, check):
        yield fresh
        check()
