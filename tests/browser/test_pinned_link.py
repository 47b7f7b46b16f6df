"""A copied link opened by somebody else: what it showed then, and what has changed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
)

pytestmark = pytest.mark.browser

CHANGED = "digital_inclusion?programme_starts=500000"


@pytest.fixture(scope="module")
def copied_link(browser: Browser, site: str) -> str:
    """The link that a visitor has copied with the keyboard."""
    with watched_page(browser) as (page, check):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_page(page, f"{site}/{CHANGED}")
        page.get_by_role("button", name="Copy link").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Link copied.")).to_be_visible()
        link: str = page.evaluate("navigator.clipboard.readText()")
        check()
        return link


@pytest.fixture
def opened(browser: Browser, copied_link: str) -> Iterator[Page]:
    """The link in another browser."""
    with watched_page(browser) as (page, check):
        yield open_page(page, copied_link)
        check()


def notice(page: Page) -> Locator:
    return page.locator(".wb-pinned")


def test_it_says_when_it_was_copied_and_that_nothing_has_changed(opened: Page) -> None:
    expect(notice(opened)).to_contain_text("This link was first copied on")
    expect(notice(opened)).to_contain_text("Its key figures are the same today.")
    expect(notice(opened)).to_contain_text("give the same figures as then.")
    opened.get_by_text("Every figure then and today").click()
    row = notice(opened).get_by_role("row", name="Gap to target")
    expect(row.get_by_role("cell")).to_have_text(["299,000", "299,000"])
    for width in (1280, 320):
        opened.set_viewport_size({"width": width, "height": 800})
        expect_no_sideways_scrolling(opened, width)
    assert accessibility_violations(opened) == []


def test_the_first_paint_has_it_too(browser: Browser, copied_link: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(copied_link)
        expect(notice(page)).to_contain_text("Its key figures are the same today.")


def test_it_goes_with_the_scenario_and_comes_back_with_it(opened: Page, copied_link: str) -> None:
    find_field(opened, "programme_starts").fill("600000")
    expect(notice(opened)).to_be_hidden()
    wait_until_ready(opened)
    assert "pin=" not in opened.url
    opened.go_back()
    expect(notice(opened)).to_contain_text("Its key figures are the same today.")
    assert opened.url == copied_link


def test_undo_back_to_it_shows_it_again(opened: Page, copied_link: str) -> None:
    find_field(opened, "programme_starts").fill("600000")
    expect(notice(opened)).to_be_hidden()
    wait_until_ready(opened)
    opened.get_by_role("button", name="Undo").click()
    expect(notice(opened)).to_contain_text("Its key figures are the same today.")
    assert opened.url == copied_link


@pytest.mark.parametrize("query", ["pin=0123456789abcdef", "programme_starts=500000&pin=x&pin=y"])
def test_a_pin_that_nobody_knows(page: Page, site: str, query: str) -> None:
    open_page(page, f"{site}/digital_inclusion?{query}")
    expect(notice(page)).to_contain_text("The figures are today’s.")
    expect(page.locator(".wb-error-summary")).to_be_hidden()
