"""Every page in its states: no violation that axe finds, as the accessibility statement says."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import accessibility
from tests.browser.conftest import watched_page
from tests.browser.page_actions import expect_no_sideways_scrolling, open_page
from workbook.accessibility_record import read_record
from workbook.topics.registry import TOPICS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def unwatched_page(browser: Browser) -> Iterator[Page]:
    """A page whose connection is broken, or that does not exist, has errors in its console."""
    with watched_page(browser) as (page, _):
        yield page


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_topic_in_every_state(unwatched_page, site, topic):
    open_page(unwatched_page, f"{site}/{topic.name}")
    for check in accessibility.check_states(
        unwatched_page, topic.title, accessibility.TOPIC_STATES
    ):
        assert check.violations == (), check.state
        viewport = unwatched_page.viewport_size
        assert viewport is not None
        expect_no_sideways_scrolling(unwatched_page, viewport["width"])


@pytest.mark.parametrize("title", accessibility.SIMPLE_PAGES)
def test_a_page_without_a_kernel(unwatched_page, site, title):
    unwatched_page.goto(f"{site}/{accessibility.SIMPLE_PAGES[title]}")
    for check in accessibility.check_states(unwatched_page, title, accessibility.SIMPLE_STATES):
        assert check.violations == (), check.state


def test_the_statement_is_of_these_pages_states_and_tool(page, site):
    page.goto(f"{site}/accessibility")
    record = read_record()
    remedy = "make statement writes the record again"
    states = [(check.page, check.state) for check in record.checks]
    assert states == accessibility.expected_states(), remedy
    assert record.engine == accessibility.engine_version(page), remedy
    assert record.failed_checks == []
    page.get_by_text("What was tested").click()
    for state in accessibility.TOPIC_STATES:
        expect(page.get_by_role("cell").filter(has_text=state.name).first).to_be_visible()


def test_every_page_has_a_link_to_the_statement(page, site):
    page.goto(f"{site}/")
    page.get_by_role("contentinfo").get_by_role("link", name="Accessibility statement").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility statement")
    open_page(page, f"{site}/delivery")
    assert page.get_by_role("contentinfo").get_by_role("link").count() == 1
