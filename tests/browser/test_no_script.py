"""A page for a visitor without JavaScript: the first paint has answer, charts and tables."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from workbook.topics.registry import TOPICS

pytestmark = pytest.mark.browser


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(110_000)
    yield page
    context.close()


@pytest.mark.parametrize("name", ["digital_inclusion", "delivery"])
def test_answer_charts_and_tables_are_there(plain_page: Page, site: str, name: str):
    plain_page.goto(f"{site}/{name}")
    expect(plain_page.locator(".wb-headline")).to_have_text(TOPICS[name].run().headline)
    for picture in plain_page.locator("figure noscript img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.get_attribute("alt")
        box = picture.bounding_box()
        assert min(box["width"], box["height"]) > 50
    figures = plain_page.locator("figure[data-chart]")
    assert figures.count() == plain_page.locator("figure noscript img").count() > 1
    for table in plain_page.locator("table").all():
        expect(table).to_be_visible()
