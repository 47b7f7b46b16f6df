"""Compare scenarios on the page, by keyboard."""

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
CHARTER = "Charter delivers"
STRATEGY = "The strategy as published"
ANSWER = "4.2 million in “Charter delivers”"


@pytest.fixture
def comparison(topic_page: Page) -> Locator:
    """The section, opened as by a visitor."""
    section = topic_page.locator(
        "details.wb-section", has=topic_page.get_by_role("heading", name="Compare scenarios")
    )
    if section.get_attribute("open") is None:
        section.locator("> summary").focus()
        topic_page.keyboard.press("Enter")
    return topic_page.locator(".wb-comparison-view")


def choose(page: Page, view: Locator, label: str, option: str) -> None:
    """Choose with the keyboard: the first letters of an option select it."""
    select = view.get_by_label(label, exact=True)
    select.focus()
    expect(select.locator("option", has_text=option)).to_be_attached()
    page.keyboard.type(option)
    expect(select.locator("option:checked")).to_have_text(option)


def compare(page: Page, view: Locator) -> None:
    view.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")


def compare_with_charter(page: Page, view: Locator) -> None:
    choose(page, view, "Second scenario", CHARTER)
    choose(page, view, "Third scenario (optional)", "None")
    compare(page, view)
    expect(view.get_by_role("status").filter(has_text=ANSWER)).to_be_visible()


def test_nothing_is_calculated_before_the_button_is_pressed(comparison: Locator) -> None:
    expect(comparison.locator("figure, table")).to_have_count(0)


def test_the_differences_the_charts_and_what_makes_the_difference(
    topic_page: Page, comparison: Locator
) -> None:
    compare_with_charter(topic_page, comparison)
    row = comparison.get_by_role("row", name="Programme starts a year")
    expect(row.first.get_by_role("cell")).to_have_text(["", "800,000"])
    figures = comparison.get_by_role("table", name="Figures, and their differences")
    expect(figures.get_by_role("row").nth(1)).to_contain_text("−1.3 million")
    path, waterfall = comparison.locator("figure").all()
    expect(path).to_contain_text("Dashed grey: “Published assumptions”")
    path.scroll_into_view_if_needed()
    expect(path.locator('path[stroke="#6F777B"]').first).to_be_attached()
    title = "“Programme starts a year” makes the whole difference"
    expect(waterfall.get_by_role("heading", name=title)).to_be_visible()
    for width in (320, 1280):
        topic_page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(topic_page, width)
        assert accessibility_violations(topic_page) == []


def test_three_scenarios_and_the_one_that_is_explained(
    topic_page: Page, comparison: Locator
) -> None:
    find_field(topic_page, "dropout").fill("20")
    wait_until_ready(topic_page)
    choose(topic_page, comparison, "Second scenario", "This scenario")
    choose(topic_page, comparison, "Third scenario (optional)", CHARTER)
    choose(topic_page, comparison, "Explain the difference of", "This scenario")
    compare(topic_page, comparison)
    expect(comparison.locator("figure")).to_have_count(3)
    note = "from “Published assumptions” to “This scenario”"
    expect(comparison.locator("figure").last).to_contain_text(note)
    expect(comparison.locator("figure").first).to_contain_text("have one scale")
    find_field(topic_page, "dropout").fill("25")
    wait_until_ready(topic_page)
    expect(comparison.get_by_text("This result is of an earlier scenario.")).to_be_visible()
    assert accessibility_violations(topic_page) == []


def test_a_scenario_chosen_twice_is_said_beside_its_field(
    topic_page: Page, comparison: Locator
) -> None:
    choose(topic_page, comparison, "Second scenario", "Published assumptions")
    compare(topic_page, comparison)
    field = comparison.get_by_label("Second scenario", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(
        "Error: This scenario is chosen twice. Choose another."
    )
    assert accessibility_violations(topic_page) == []


def test_print_shows_the_result_without_the_controls(topic_page: Page, comparison: Locator) -> None:
    compare_with_charter(topic_page, comparison)
    topic_page.emulate_media(media="print")
    expect(comparison.get_by_role("button", name="Compare")).to_be_hidden()
    expect(comparison.locator("figure").first).to_be_visible()
    wait_until_true(topic_page, "() => document.body.dataset.workbook === 'ready'")
