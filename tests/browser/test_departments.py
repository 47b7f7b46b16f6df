"""Pages under a link with a department: what has figures, and one line for what has none."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
)

pytestmark = pytest.mark.browser

QUERY = "department=Ministry%20of%20Justice"


def test_a_topic_without_figures_by_department_says_so_and_shows_no_chart(
    page: Page, site: str
) -> None:
    open_page(page, f"{site}/digital_inclusion?{QUERY}")
    headline = "Digital inclusion: no figures for the Ministry of Justice."
    expect(page.locator(".wb-headline")).to_contain_text(headline)
    expect(page.locator("figure:visible")).to_have_count(0)
    assert displayed_values(page) == {}
    assert accessibility_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    expect_no_sideways_scrolling(page, 320)


def test_the_figures_come_back_without_the_department(page: Page, site: str) -> None:
    open_page(page, f"{site}/digital_inclusion?{QUERY}")
    page.get_by_role("button", name="Reset to published assumptions").click()
    wait_until_ready(page)
    expect(page.locator("figure:visible").first).to_be_visible()
    assert displayed_values(page)["people_excluded"]


def test_an_unknown_department_is_rejected_beside_its_field(page: Page, site: str) -> None:
    open_page(page, f"{site}/take_up")
    field = find_field(page, "department")
    field.fill("Ministry of Justise")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    error = page.locator(".wb-field", has=field).locator(".wb-error")
    expect(error).to_contain_text('Did you mean "Ministry of Justice"?')


def test_the_report_is_of_the_department(page: Page, site: str) -> None:
    open_page(page, f"{site}/quarterly_report?{QUERY}")
    expect(page.locator(".wb-headline")).to_contain_text("Ministry of Justice: ")
    page.locator("summary", has_text="How departments are becoming more digital").click()
    bodies = page.locator("table", has=page.get_by_text("What the Ministry of Justice and its"))
    expect(bodies).to_be_visible()
    headings = page.locator("h3:visible")
    assert not {"Savings", "Digital policymaking"} & set(headings.all_inner_texts())
    assert "Digital take-up" in headings.all_inner_texts()
    assert not any(name.startswith(("savings.", "claims_")) for name in displayed_values(page))
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="Reset to published assumptions").click()
    wait_until_ready(page)
    expect(headings.filter(has_text="Savings").first).to_be_visible()
