"""The first screen of every topic's page, its sections and its contents, in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import accessibility_violations, open_page
from workbook.topics.registry import TOPICS

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
MOST_PAGE_HEIGHT = 4500
MOST_LAYOUT_SHIFT = 0.02
ADD_UP_LAYOUT_SHIFTS = """
    window.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) {
        if (!hadRecentInput) window.layoutShift += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(params=TOPICS)
def topic_name(request: pytest.FixtureRequest) -> str:
    """Each topic."""
    name: str = request.param
    return name


@pytest.fixture
def fresh_page(browser: Browser) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A new page that adds up its layout shifts."""
    with watched_page(browser) as (page, check):
        page.add_init_script(ADD_UP_LAYOUT_SHIFTS)
        yield page, check


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


def test_the_first_screen_has_answer_chart_and_levers(
    fresh_page: tuple[Page, Callable[[], None]], site: str, topic_name: str
) -> None:
    page, check = fresh_page
    topic = TOPICS[topic_name]
    chart = f"[data-chart={topic.key_chart}] .wb-plot"
    page.set_viewport_size(DESKTOP)
    open_page(page, f"{site}/{topic_name}")
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
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
    check()


def test_a_phone_s_page_does_not_shift(
    fresh_page: tuple[Page, Callable[[], None]], site: str
) -> None:
    page, check = fresh_page
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}/take_up")
    assert page.evaluate("window.layoutShift") < MOST_LAYOUT_SHIFT
    check()


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
    assert not accessibility_violations(page)


def test_a_chart_has_an_address(page: Page, site: str) -> None:
    open_page(page, f"{site}/savings#chart-ways")
    expect(page.locator("#chart-ways .wb-plot")).to_be_in_viewport()


def test_closed_sections_open_in_print(page: Page, site: str) -> None:
    open_page(page, f"{site}/savings")
    page.emulate_media(media="print")
    for prose in page.locator("details.wb-section > .wb-prose").all():
        expect(prose).to_be_visible()


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
