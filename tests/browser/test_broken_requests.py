"""An analysis that is requested while the connection is broken is calculated after it."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import accessibility_violations, end_kernel, open_page

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
BUTTON = "Show what it depends on"
RECONNECTING = "Reconnecting… The result follows once the page is connected."
LOST = "The connection was lost, so this was not calculated. Reload the page to go on."


@pytest.fixture
def opened_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page whose broken connection is an error in the console."""
    with watched_page(browser) as (page, _):
        yield open_page(page, f"{site}/{TOPIC}")


def find_view(page: Page) -> Locator:
    return page.locator(".wb-dependence-view")


def request_analysis(page: Page) -> None:
    find_view(page).get_by_role("button", name=BUTTON).focus()
    page.keyboard.press("Enter")


def status(page: Page) -> Locator:
    return find_view(page).locator(".wb-request-status")


def break_connection(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("body[data-workbook=reconnecting]")).to_be_attached()


def test_a_request_during_a_break_is_answered_after_it(opened_page: Page) -> None:
    page, view = opened_page, find_view(opened_page)
    break_connection(page)
    request_analysis(page)
    expect(status(page)).to_have_text(RECONNECTING)
    expect(view.get_by_role("progressbar")).to_be_hidden()
    assert accessibility_violations(page) == []
    page.context.set_offline(False)
    expect(view.locator("figure")).to_have_count(4, timeout=30_000)
    expect(status(page)).to_have_text("")


def test_a_request_is_cancelled_during_a_break(opened_page: Page) -> None:
    page, view = opened_page, find_view(opened_page)
    request_analysis(page)
    expect(view.locator("figure")).to_have_count(4)
    break_connection(page)
    request_analysis(page)
    expect(view.locator(".wb-request-answer")).to_be_hidden()
    view.get_by_role("button", name="Cancel").click()
    page.context.set_offline(False)
    expect(view.get_by_role("button", name="Cancel")).to_be_hidden(timeout=30_000)
    expect(status(page)).to_have_text("")
    expect(view.locator("figure")).to_have_count(4)  # the result before, which still counts
    expect(view.locator(".wb-request-answer")).to_be_visible()


def test_a_lost_connection_is_said_where_the_result_would_be(opened_page: Page, site: str) -> None:
    page = opened_page
    break_connection(page)
    request_analysis(page)
    end_kernel(page, site)
    page.context.set_offline(False)
    expect(status(page)).to_have_text(LOST)
    expect(find_view(page).get_by_role("button", name="Cancel")).to_be_hidden()


def test_a_request_that_is_lost_on_the_way_is_sent_again(browser: Browser, site: str) -> None:
    """A socket may be dead for a while before the page knows it."""
    lost: list[str] = []

    def lose_first_request(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            data = json.loads(message)["content"].get("data", {})
            content = data.get("content") if isinstance(data, dict) else None
            if not lost and isinstance(content, dict) and content.get("request") == "run":
                lost.append(content["id"])
            else:
                server.send(message)

        socket.on_message(pass_on)

    with watched_page(browser) as (page, check):
        page.route_web_socket(re.compile("/channels"), lose_first_request)
        open_page(page, f"{site}/{TOPIC}")
        request_analysis(page)
        expect(status(page)).to_have_text("Calculating…")
        expect(find_view(page).locator("figure")).to_have_count(4, timeout=30_000)
        assert len(lost) == 1
        check()
