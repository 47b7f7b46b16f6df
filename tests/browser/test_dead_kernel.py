"""Kernels that are killed: one that waits is given to nobody, and a visitor is told."""

import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.kernel_processes import wait_for_full_pool
from tests.browser.page_actions import open_page, wait_until_ready
from tests.browser.server import serve_workbook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="kernels are found in /proc"),
]


@pytest.fixture(scope="module")
def own_site() -> Iterator[str]:
    """A server whose kernels no other test uses."""
    with serve_workbook() as address:
        yield address


def read_text(address: str) -> str:
    """What a server answers."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        text: str = answer.read().decode()
    return text


def kill_kernels(site: str) -> None:
    """Kill the kernels of a server: those of open pages, and one for each topic that waits.

    A process is listed until the server has been told that it ended.
    """
    kernels = wait_for_full_pool(site.rpartition(":")[2], lambda: read_text(f"{site}/metrics"))
    for kernel in kernels:
        os.kill(kernel, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while any(Path("/proc", str(kernel)).exists() for kernel in kernels):
        assert time.monotonic() < deadline, "the kernels do not end"
        time.sleep(0.05)


def test_a_visitor_gets_a_live_kernel(page: Page, own_site: str) -> None:
    open_page(page, f"{own_site}/digital_inclusion")
    page.goto(f"{own_site}/")
    kill_kernels(own_site)
    open_page(page, f"{own_site}/digital_inclusion?programme_starts=0")
    expect(page.locator(".wb-headline")).to_have_text(re.compile("6.2 million"))


def test_a_visitor_whose_kernel_is_killed_sees_it_and_reloads(
    browser: Browser, own_site: str
) -> None:
    with watched_page(browser) as (page, _):
        open_page(page, f"{own_site}/digital_inclusion?programme_starts=0")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        kill_kernels(own_site)
        bar = page.locator(".wb-bar").get_by_role("alert")
        expect(bar).to_contain_text("Connection lost", timeout=10_000)
        expect(bar).to_be_in_viewport(ratio=1)
        bar.get_by_role("button", name="Reload").click()
        wait_until_ready(page)
        expect(page.locator(".wb-headline")).to_have_text(re.compile("6.2 million"))
