"""The first paint: answer, charts and tables without JavaScript, and in place once it is live."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_actions import KERNEL_TIMEOUT, open_page
from workbook.topics.registry import TOPICS

pytestmark = pytest.mark.browser

LINK = "digital_inclusion?programme_starts=0"
MOST_SHIFT = 0.02
RECORD_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries())
            if (!hadRecentInput) shifts.push([value, sources.map(({ node }) => node?.className)]);
    }).observe({ type: "layout-shift", buffered: true });
"""
AFTER_TWO_FRAMES = """() => new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifts))))"""
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(KERNEL_TIMEOUT)
    yield page
    context.close()


def test_answer_charts_and_tables_are_there(plain_page: Page, site: str):
    expect_answer_charts_and_tables(plain_page, site, "digital_inclusion")


def expect_answer_charts_and_tables(plain_page: Page, site: str, name: str) -> None:
    """Expect a topic's page without scripts. ``tests/soak/soak_pages.py`` opens every topic's.

    A chart that has nothing to draw says why in place of its picture.
    """
    plain_page.goto(f"{site}/{name}")
    expect(plain_page.locator(".wb-headline")).to_have_text(TOPICS[name].run().headline)
    for picture in plain_page.locator("figure noscript img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.get_attribute("alt")
        box = picture.bounding_box()
        assert min(box["width"], box["height"]) > 50
    figures = plain_page.locator("figure[data-chart]")
    pictures = plain_page.locator("figure noscript img, figure .wb-stills")
    reasons = plain_page.locator("figure .wb-plot > .wb-description")
    assert pictures.count() > 1
    assert figures.count() == pictures.count() + reasons.count()
    for reason in reasons.all():
        expect(reason).to_contain_text("nothing can be drawn")
    for table in plain_page.locator("table").all():
        expect(table).to_be_visible()


def test_a_link_shows_its_own_scenario(plain_page: Page, site: str):
    plain_page.goto(f"{site}/{LINK}")
    headline = TOPICS["digital_inclusion"].run(programme_starts=0).headline
    expect(plain_page.locator(".wb-headline")).to_have_text(headline)
    tile = plain_page.locator("[data-indicator=people_excluded]").first
    expect(tile).to_have_attribute("data-value", "6200000.0")
    expect(plain_page.locator(".wb-chips li")).to_have_count(1)
    expect(plain_page.locator("figure noscript img")).to_have_count(0)


def test_a_link_that_cannot_be_opened_shows_no_figures(plain_page: Page, site: str):
    plain_page.goto(f"{site}/digital_inclusion?programme_starts=-1")
    expect(plain_page.locator(".wb-error-summary")).to_contain_text("There is a problem")
    for view in plain_page.locator(".wb-headline, .wb-figure, [data-indicator], table").all():
        expect(view).to_be_hidden()


@pytest.mark.parametrize("address", ["digital_inclusion", LINK])
@pytest.mark.parametrize(
    ("width", "options"), [(1280, {}), (390, {"user_agent": PHONE})], ids=["desktop", "phone"]
)
def test_a_page_becomes_live_in_place(
    browser: Browser, site: str, address: str, width: int, options: dict[str, str]
):
    with browser.new_context(viewport={"width": width, "height": 900}, **options) as context:
        page = context.new_page()
        page.add_init_script(RECORD_SHIFTS)
        open_page(page, f"{site}/{address}")
        expect(page.locator(".wb-plot[data-render-count] svg").first).to_be_visible()
        shifts = page.evaluate(AFTER_TWO_FRAMES)
        assert sum(value for value, _ in shifts) < MOST_SHIFT, shifts
