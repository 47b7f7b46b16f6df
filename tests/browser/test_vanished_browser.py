"""Browsers that end without a word: their kernels end, and a page that comes back keeps its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import watched_page
from tests.browser.kernel_processes import wait_for_open_pages
from tests.browser.page_actions import (
    find_field,
    kernel_identifier,
    open_page,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.server import LONGEST_WAIT, read_text, serve_workbook
from tests.browser.sockets import SOCKETS
from tests.chromium import chromium_path
from workbook.serving.chromium import start_chromium

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
RECONNECT_SECONDS = 10
READY = """new Promise((resolve) => {
    const answer = () => document.body?.dataset.workbook === "ready" && resolve(true);
    new MutationObserver(answer).observe(document, { attributes: true, subtree: true });
    answer();
})"""
"""Script that waits until a page is ready."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server that waits for a short time only."""
    with serve_workbook(TOPIC, options=[f"--reconnect-wait={RECONNECT_SECONDS}"]) as address:
        yield address


@contextmanager
def killed_browser(address: str) -> Iterator[None]:
    """Open a page in a browser of its own, which is killed when the block ends."""
    with start_chromium(chromium_path(), LONGEST_WAIT) as devtools:
        target = devtools.send_command("Target.createTarget", url="about:blank")["targetId"]
        attached = devtools.send_command("Target.attachToTarget", targetId=target, flatten=True)
        tab = attached["sessionId"]
        devtools.send_command("Page.enable", tab)
        devtools.send_command("Page.navigate", tab, url=address)
        devtools.wait_for_event("Page.loadEventFired")
        assert devtools.evaluate(READY, tab)
        yield


def test_the_kernel_of_a_killed_browser_ends_and_that_of_a_returning_page_lives_on(
    browser: Browser, site: str
) -> None:
    def read_metrics() -> str:
        return read_text(f"{site}/metrics")

    with watched_page(browser) as (page, check):
        page.add_init_script(SOCKETS.replace("DELAY", "0"))
        open_page(page, f"{site}/{TOPIC}?programme_starts=0")
        kernel = kernel_identifier(page)
        page.evaluate("sockets.at(-1).close()")  # the page comes back by itself
        wait_until_true(page, "sockets.length === 2 && sockets.at(-1).readyState === 1")
        with killed_browser(f"{site}/{TOPIC}"):
            wait_for_open_pages(TOPIC, 2, read_metrics)
        wait_for_open_pages(TOPIC, 1, read_metrics)
        # The other kernel had the same time, from an earlier moment: it would have ended as well.
        find_field(page, "programme_starts").fill("800000")
        tile = page.locator("[data-indicator=people_excluded]").first
        expect(tile).to_have_attribute("data-value", "4184000.0")
        wait_until_ready(page)
        assert kernel_identifier(page) == kernel
        check()
