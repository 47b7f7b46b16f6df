"""A form with forty parameters, a label of 200 characters, and long and Welsh names."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import REGISTERED_NAME, serve_cell
from tests.browser.page_actions import accessibility_violations, find_field, wait_until_ready
from tests.widgets.many_parameters_topic import LONG_LABEL, LONG_NAME, WELSH_NAME

pytestmark = pytest.mark.browser

TOPIC = REGISTERED_NAME
CELL = """
from tests.widgets.many_parameters_topic import topic
from workbook import Study
study = Study(topic)
study
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of the topic with many parameters."""
    with serve_cell(tmp_path_factory.mktemp("apps"), CELL) as address:
        yield address


@pytest.mark.parametrize("width", [320, 1280])
def test_long_labels_and_names_wrap(topic_page: Page, width: int) -> None:
    topic_page.set_viewport_size({"width": width, "height": 800})
    find_field(topic_page, "services").fill(f"{LONG_NAME}; {WELSH_NAME}")
    find_field(topic_page, "share_0").fill("10")
    find_field(topic_page, "share_38").fill("130")
    summary = topic_page.get_by_role("alert").filter(has_text="There is a problem")
    topic_page.locator("h1").click()
    expect(summary).to_contain_text("Share 38 must be between 0% and 100%.")
    chips = topic_page.locator(".wb-chips li")
    expect(chips.filter(has_text=LONG_LABEL.strip())).to_be_visible()
    expect(chips.filter(has_text=WELSH_NAME)).to_be_visible()
    wait_until_ready(topic_page)
    assert topic_page.evaluate("document.documentElement.scrollWidth") <= width
    overflowing = topic_page.locator(".wb-field:visible, .wb-chips li").evaluate_all(
        "all => all.filter((box) => box.scrollWidth > box.clientWidth + 1).length"
    )
    assert overflowing == 0
    assert accessibility_violations(topic_page) == []
