"""Ask what a figure depends on, by keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    wait_until_ready,
    wait_until_true,
)

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
BUTTON = "Show what it depends on"


@pytest.fixture
def dependence(topic_page: Page) -> Locator:
    return topic_page.locator(".wb-dependence-view")


def press_button(page: Page, view: Locator) -> None:
    view.get_by_role("button", name=BUTTON).focus()
    page.keyboard.press("Enter")


def test_print_says_that_nothing_was_calculated(topic_page: Page, dependence: Locator) -> None:
    topic_page.emulate_media(media="print")
    expect(dependence.get_by_text("No other figure was chosen here.")).to_be_visible()


def test_the_charts_follow_each_other_with_their_findings(
    topic_page: Page, dependence: Locator
) -> None:
    dependence.get_by_label("Figure").focus()
    topic_page.keyboard.press("g")  # Gap to target
    topic_page.keyboard.press("Enter")
    press_button(topic_page, dependence)
    answer = "“Gap to target (negative if met)” depends most on"
    expect(dependence.get_by_role("status").filter(has_text=answer)).to_be_visible()
    expect(dependence.locator("figure")).to_have_count(4)
    last = dependence.locator("figure").last
    last.scroll_into_view_if_needed()
    expect(last.locator("svg").first).to_be_visible()
    expect(last.get_by_role("heading", name="would narrow the range by")).to_be_visible()
    for width in (320, 1280):
        topic_page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(topic_page, width)
        assert accessibility_violations(topic_page) == []


def test_a_change_of_the_form_marks_it_as_earlier(topic_page: Page, dependence: Locator) -> None:
    press_button(topic_page, dependence)
    expect(dependence.locator("figure").first).to_be_visible()
    find_field(topic_page, "dropout").fill("20")
    wait_until_ready(topic_page)
    expect(dependence.get_by_text("This result is of an earlier scenario.")).to_be_visible()
    assert accessibility_violations(topic_page) == []


def test_cancelled_it_says_so_and_leaves_the_focus_at_the_button(
    topic_page: Page, dependence: Locator
) -> None:
    press_button(topic_page, dependence)
    cancel = dependence.get_by_role("button", name="Cancel")
    cancel.focus()
    assert accessibility_violations(topic_page) == []
    topic_page.keyboard.press("Enter")
    expect(cancel).to_be_hidden()
    expect(dependence.get_by_role("button", name=BUTTON)).to_be_focused()


def test_print_shows_the_result_without_the_controls(topic_page: Page, dependence: Locator) -> None:
    press_button(topic_page, dependence)
    expect(dependence.locator("figure")).to_have_count(4)
    topic_page.emulate_media(media="print")
    expect(dependence.get_by_role("button", name=BUTTON)).to_be_hidden()
    expect(dependence.get_by_text("No other figure was chosen here.")).to_be_hidden()
    expect(dependence.locator("figure").first).to_be_visible()
    wait_until_true(topic_page, "() => document.body.dataset.workbook === 'ready'")
