"""The first screen of every topic's page, its summary on paper, its sections and its contents."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    open_page,
)
from tests.browser.printed_page import count_pages, page_texts
from workbook.topics.registry import TOPICS

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
MOST_PAGE_HEIGHT = 4700
MOST_LAYOUT_SHIFT = 0.02
ADD_UP_LAYOUT_SHIFTS = """
    window.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) {
        if (!hadRecentInput) window.layoutShift += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def measured_page(browser: Browser) -> Iterator[Page]:
    """A new page that adds up its layout shifts, checked at the end."""
    with watched_page(browser) as (page, check):
        page.add_init_script(ADD_UP_LAYOUT_SHIFTS)
        yield page
        check()


@pytest.fixture(scope="module", params=TOPICS)
def topic_visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """One visit to the page of each topic, on a desktop."""
    with measured_page(browser) as page:
        page.set_viewport_size(DESKTOP)
        yield open_page(page, f"{site}/{request.param}")


def bottom_of(page: Page, selector: str) -> float:
    """Distance of an element's lower edge from the top of the page."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, f"{selector} is not visible"
    return box["y"] + box["height"]


def top_of(page: Page, selector: str) -> float:
    """Distance of an element's upper edge from the top of the page."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, f"{selector} is not visible"
    return box["y"]


def test_the_first_screen_has_answer_chart_and_levers(topic_visit: Page) -> None:
    page = topic_visit
    topic = TOPICS[topic_name(page)]
    chart = f"[data-chart={topic.key_chart}] .wb-plot"
    for selector in (".wb-headline", chart):
        assert bottom_of(page, selector) <= DESKTOP["height"], selector
    levers = [f".wb-form [name={name}]" for name in topic.levers]
    in_view = [lever for lever in levers if bottom_of(page, lever) <= DESKTOP["height"]]
    assert len(in_view) >= 2, levers
    assert page.evaluate("document.documentElement.scrollHeight") <= MOST_PAGE_HEIGHT
    assert page.evaluate("window.layoutShift") < MOST_LAYOUT_SHIFT

    page.set_viewport_size(PHONE)
    answer_end = bottom_of(page, ".wb-headline")
    assert answer_end <= PHONE["height"]
    assert answer_end <= top_of(page, chart)
    assert bottom_of(page, chart) <= top_of(page, ".wb-form")
    page.set_viewport_size(SMALLEST)
    expect_no_sideways_scrolling(page, SMALLEST["width"])


def topic_name(page: Page) -> str:
    """The topic in the address of a page."""
    return page.url.rpartition("/")[2]


def test_the_summary_has_at_most_two_pages(topic_visit: Page) -> None:
    page = topic_visit
    page.set_viewport_size(DESKTOP)
    page.evaluate("workbookPreparePrint('summary')")
    pdf = page.pdf(prefer_css_page_size=True)
    assert count_pages(pdf) <= 2
    printed = "".join("".join(page_texts(pdf)).split())  # a line may end at a hyphen
    headline = page.locator(".wb-headline").inner_text()
    for text in (headline, "Figures to 30 June 2014", page.url, "release", "Printed"):
        assert "".join(text.split()) in printed


def test_a_phone_s_page_does_not_shift(browser: Browser, site: str) -> None:
    with measured_page(browser) as page:
        page.set_viewport_size(PHONE)
        open_page(page, f"{site}/take_up")
        assert page.evaluate("window.layoutShift") < MOST_LAYOUT_SHIFT


def test_sections_open_by_heading_link_and_button(page: Page, site: str) -> None:
    page.set_viewport_size(DESKTOP)
    open_page(page, f"{site}/savings#method-and-limits")
    section = page.locator("#method-and-limits")
    expect(section).to_have_attribute("open", "")
    page.locator("#method-and-limits > summary").click()
    expect(section).not_to_have_attribute("open", "")
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="Method and limits").click()
    expect(section).to_have_attribute("open", "")
    contents.get_by_role("button", name="Expand all").click()
    closed = page.locator("details.wb-section:not([open])")
    expect(closed).to_have_count(0)
    assert not accessibility_violations(page)
    contents.get_by_role("button", name="Close all").click()
    expect(page.locator("details.wb-section[open]")).to_have_count(0)
    page.emulate_media(media="print")  # where closed sections open
    for prose in page.locator("details.wb-section > .wb-prose").all():
        expect(prose).to_be_visible()


def test_a_chart_has_an_address(page: Page, site: str) -> None:
    open_page(page, f"{site}/savings#chart-ways")
    expect(page.locator("#chart-ways .wb-plot")).to_be_in_viewport()


def test_the_header_leads_to_every_topic_and_marks_the_present_one(page: Page, site: str) -> None:
    open_page(page, f"{site}/delivery")
    topics = page.get_by_role("navigation", name="Topics")
    assert topics.get_by_role("link").all_inner_texts() == [
        "Policy Workbook",
        *(topic.title for topic in TOPICS.values()),
    ]
    expect(topics.locator("[aria-current=page]")).to_have_text("Delivery")
    page.set_viewport_size(PHONE)
    topics.get_by_text("Topics").click()
    topics.get_by_role("link", name="Savings").click()
    expect(page).to_have_title("Savings – Policy Workbook")
