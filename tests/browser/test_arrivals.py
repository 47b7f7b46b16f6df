"""Visitors who come together: each has a live page, or is told that the server is full."""

import resource
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import (
    KERNEL_TIMEOUT,
    accessibility_violations,
    expect_no_sideways_scrolling,
    kernel_identifier,
    wait_until_ready,
)
from tests.browser.server import find_server, serve_workbook

pytestmark = pytest.mark.browser

VISITORS = 5
NARROW = 320
FEW_FILES = 80
"""Files that a server may open, of which it keeps most for what it does already."""
OPEN_TOGETHER = """([address, count]) => {
    for (let visitor = 0; visitor < count; visitor += 1) window.open(address);
}"""


def test_five_visitors_who_come_at_once_all_have_a_page(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        opener = context.new_page()
        opener.goto(f"{site}/")
        address = f"{site}/savings?years_to_target=5"
        opener.evaluate(OPEN_TOGETHER, [address, VISITORS])
        while len(context.pages) <= VISITORS:
            context.wait_for_event("page", timeout=KERNEL_TIMEOUT)
        visits = [page for page in context.pages if page != opener]
        for page in visits:
            wait_until_ready(page)
        assert len({kernel_identifier(page) for page in visits}) == VISITORS
        for page in visits:
            page.close(run_before_unload=True)


def test_a_question_for_the_head_of_a_page_is_answered(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        assert context.request.head(f"{site}/savings").status == 200
        assert context.request.head(f"{site}/no_topic").status == 404


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process that runs")
def test_a_full_server_says_so_and_opens_the_page_once_it_has_room(browser: Browser) -> None:
    with (
        serve_workbook("digital_inclusion") as site,
        watched_page(browser) as (page, _),  # a full server's answer is an error in the console
    ):
        server = find_server(site)
        limits = resource.prlimit(server, resource.RLIMIT_NOFILE)
        resource.prlimit(server, resource.RLIMIT_NOFILE, (FEW_FILES, limits[1]))
        answer = page.goto(f"{site}/digital_inclusion?programme_starts=0")
        assert answer is not None
        assert answer.status == 503
        expect_full_page(page)
        resource.prlimit(server, resource.RLIMIT_NOFILE, limits)
        wait_until_ready(page)
        expect(page.locator(".wb-headline")).to_contain_text("6.2 million")


def expect_full_page(page: Page) -> None:
    """Expect the page of a full server, which everybody can read."""
    expect(page.get_by_role("heading", level=1)).to_have_text("The server is full")
    expect(page.get_by_role("status")).to_contain_text("This page tries again by itself")
    expect(page.get_by_role("link", name="Try again now")).to_be_visible()
    assert accessibility_violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 640})
    expect_no_sideways_scrolling(page, NARROW)
