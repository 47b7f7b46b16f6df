"""The quarterly report page in Chromium, for two quarters."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_actions import (
    displayed_values,
    expect_all_open_and_fitting,
    find_field,
    run_command,
    wait_until_ready,
)
from workbook.topics.quarterly_report import topic

pytestmark = pytest.mark.browser

TOPIC = "quarterly_report"
LATER = "2014-Q3"


@pytest.fixture
def report_page(topic_page: Page) -> Page:
    """The report for the default quarter."""
    return topic_page


def displayed_numbers(page: Page) -> dict[str, float | None]:
    """Each indicator's value."""
    return {name: float(text) if text else None for name, text in displayed_values(page).items()}


def values_from_command(**parameters: object) -> dict[str, float | None]:
    return {
        indicator["name"]: indicator["value"]
        for indicator in run_command(TOPIC, **parameters)["indicators"]
    }


def table_rows(page: Page, caption: str) -> list[list[str]]:
    """The cells of the table with this caption."""
    cells: list[list[str]] = (
        page.locator("table", has=page.get_by_text(caption, exact=True))
        .locator("tbody tr")
        .evaluate_all("all => all.map(row => [...row.cells].map(cell => cell.textContent))")
    )
    return cells


def test_the_page_shows_the_figures_of_the_command(report_page: Page) -> None:
    assert displayed_numbers(report_page) == pytest.approx(values_from_command())
    expect(report_page.locator(".wb-headline")).to_contain_text(run_command(TOPIC)["headline"])
    charts = report_page.locator("[data-chart]").evaluate_all(
        "all => all.map(each => each.dataset.chart)"
    )
    assert charts == list(topic.charts)


def test_claims_have_verdict_and_working(report_page: Page) -> None:
    refuted = {
        row[0]: row
        for row in table_rows(report_page, "Published figures contradicted, and plans not met")
    }
    assert refuted["C70"][2:] == ["a third", "contradicted", "17,232 ÷ 13,668 − 1 = 26.1%"]
    every = {
        row[0]: row
        for row in table_rows(report_page, "All published figures and the result of each check")
    }
    assert every["C23"][2:] == [
        "over a third",
        "reproduced",
        "consistent within the report",
        "24% + 12% = 36%",
    ]
    assert every["C43"][3:5] == ["reproduced", "consistent within the report"]
    assert every["C43"][5].startswith("11,000,000 × (1 − 25%)³ = 4.64 million. ")
    assert every["C22"][3:5] == ["not checkable"] * 2


def test_another_quarter_can_be_typed_by_keyboard(report_page: Page) -> None:
    notes = report_page.locator(".wb-notes")
    before = notes.all_text_contents()
    find_field(report_page, "quarter").focus()
    report_page.keyboard.press("End")
    report_page.keyboard.press("Backspace")
    report_page.keyboard.type(LATER[-1])
    wait_until_ready(report_page)
    assert displayed_numbers(report_page) == pytest.approx(values_from_command(quarter=LATER))
    expect(report_page.locator(".wb-headline")).to_contain_text(
        run_command(TOPIC, quarter=LATER)["headline"]
    )
    after = notes.all_text_contents()
    assert len(after) == len(before)
    assert after[0] != before[0]
    report_page.get_by_role("heading", name="What has changed").click()
    expect(report_page.get_by_role("columnheader", name="September 2014")).to_be_visible()
    expect(report_page).to_have_url(f"{report_page.url.partition('?')[0]}?quarter={LATER}")


def test_a_later_quarter_to_compare_with_is_rejected_at_its_field(report_page: Page) -> None:
    field = find_field(report_page, "previous_quarter")
    field.fill("2015-Q1")
    wait_until_ready(report_page)
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby") or ""
    message = " ".join(
        report_page.locator(f"#{identifier}").inner_text() for identifier in described.split()
    )
    assert "must be earlier than the quarter of the report, 2014-Q2" in message
    assert displayed_numbers(report_page) == pytest.approx(values_from_command())


def test_nothing_scrolls_sideways_with_every_part_open(report_page: Page) -> None:
    expect_all_open_and_fitting(report_page)
