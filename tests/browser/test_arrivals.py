"""Visitors who come together: each has a live page."""

import pytest
from playwright.sync_api import Browser

from tests.browser.page_actions import KERNEL_TIMEOUT, kernel_identifier, wait_until_ready

pytestmark = pytest.mark.browser

VISITORS = 5
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
