"""The policymaking page in Chromium, by keyboard: a lever, an own table, and a narrow window."""

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.keyboard import open_disclosure, press, tab_to, type_into
from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    expect_all_open_and_fitting,
    open_every_part,
    run_command,
    wait_until_ready,
)
from tests.topics.policymaking.examples import EXAMPLES, HEADER

pytestmark = pytest.mark.browser

TOPIC = "policymaking"


@pytest.fixture
def policymaking_page(topic_page: Page) -> Page:
    """The policymaking page with the published scenario, accessible before anything is done."""
    assert accessibility_violations(topic_page) == []
    return topic_page


def command_values(**parameters: object) -> dict[str, str]:
    """Each indicator's value from the command, as the page's elements have it."""
    indicators = run_command(TOPIC, **parameters)["indicators"]
    return {
        indicator["name"]: "" if indicator["value"] is None else str(indicator["value"])
        for indicator in indicators
    }


def tile(page: Page, indicator: str) -> Locator:
    """The first element of an indicator: its tile above the sections."""
    return page.locator(f"[data-indicator={indicator}]").first


def upload_by_keyboard(page: Page, content: str) -> Locator:
    """Choose a table of consultations with Tab and Enter; return the status line."""
    open_disclosure(page, "Data and simulations")
    file: FilePayload = {
        "name": "own.csv",
        "mimeType": "text/csv",
        "buffer": content.encode(),
    }
    # Chromium tells of a chooser only once asked to, which takes it a moment.
    with page.expect_file_chooser() as chooser:
        tab_to(page.get_by_label("Upload your own table"))
        page.keyboard.press("Enter")
    chooser.value.set_files([file])
    report = page.locator(".wb-upload-status")
    expect(report).to_contain_text("own.csv was")
    wait_until_ready(page)
    return report


def test_a_lever_changes_the_tiles_by_keyboard_alone(policymaking_page: Page) -> None:
    page = policymaking_page
    before = command_values()
    assert displayed_values(page) == before
    headline = page.locator(".wb-headline")
    expect(headline).to_contain_text("24 consultations a year need 3 analysts")

    type_into(page.locator("input[name=staff_days]"), "40")
    wait_until_ready(page)
    after = command_values(staff_days=40)
    assert displayed_values(page) == after
    assert (before["analysts_for_target"], after["analysts_for_target"]) == ("3", "")
    expect(tile(page, "analysts_for_target")).to_contain_text("cannot be reached")
    expect(headline).to_contain_text("no number of analysts answers more than")
    assert accessibility_violations(page) == []

    press(page.get_by_role("button", name="Undo", exact=True))
    wait_until_ready(page)
    assert displayed_values(page) == before


def test_print_has_no_table_without_rows(policymaking_page: Page) -> None:
    open_every_part(policymaking_page)
    expect(policymaking_page.locator("figure[data-chart=timeline] .wb-plot")).to_contain_text(
        "None of 4 consultations has dates, so nothing can be drawn."
    )
    policymaking_page.emulate_media(media="print")
    tables = policymaking_page.locator("table:visible")
    expect(tables.first).to_be_visible()
    rows = tables.evaluate_all("tables => tables.map(table => table.tBodies[0].rows.length)")
    assert all(rows)


def test_an_arrow_key_adds_an_analyst(policymaking_page: Page) -> None:
    page = policymaking_page
    number = page.locator("input[name=analysts]")
    tab_to(number)
    page.keyboard.press("ArrowUp")
    expect(number).to_have_value("3")
    wait_until_ready(page)
    assert displayed_values(page) == command_values(analysts=3)
    expect(page.locator("[data-chart=waiting] .wb-title")).to_have_text(
        "3 analysts are enough to answer 90% in time"
    )


def test_an_own_table_changes_the_tiles_by_keyboard_alone(policymaking_page: Page) -> None:
    page = policymaking_page
    assert displayed_values(page)["consultations_awaiting_response"] == ""
    report = upload_by_keyboard(page, HEADER + EXAMPLES)
    expect(report).to_contain_text("own.csv was read: 9 rows")

    shown = displayed_values(page)
    by_hand = {  # as in tests/topics/policymaking/test_model.py
        "share_answered_in_time": 2 / 4,
        "median_days_to_response": 50,
        "consultations_closed": 6,
        "median_days_open": 61,
        "responses_total": 1197,
        "share_online": 210 / 1160,
    }
    assert {name: float(shown[name]) for name in by_hand} == pytest.approx(by_hand)
    assert shown["consultations_awaiting_response"] == "2"
    expect(tile(page, "share_answered_in_time")).to_contain_text(
        "2 of 4 that closed 84 days ago or more; 1 answer without a date left out"
    )
    expect(page.locator(".wb-headline")).to_contain_text(
        "2 of 4 consultations were answered within 84 days, and at least 2 still wait."
    )
    assert accessibility_violations(page) == []
    expect_all_open_and_fitting(page)
    assert accessibility_violations(page) == []


def test_a_table_with_an_impossible_date_is_rejected_and_nothing_is_lost(
    policymaking_page: Page,
) -> None:
    page = policymaking_page
    before = displayed_values(page)
    report = upload_by_keyboard(page, HEADER + "a,A,,2014-06-01,2014-04-01,,,,,,,,\n")
    expect(report).to_contain_text("own.csv was rejected: 1 error")
    expect(page.locator(".wb-upload-issues li")).to_contain_text("row 2, column closed")
    assert displayed_values(page) == before
    assert accessibility_violations(page) == []


def test_an_optional_column_with_a_heading_of_its_own_is_mapped_by_keyboard(
    policymaking_page: Page,
) -> None:
    page = policymaking_page
    content = "id,title,opened,closed,No. of replies\na,A,2014-01-10,2014-03-01,1.2k\n"
    expect(upload_by_keyboard(page, content)).to_contain_text("own.csv was read: 1 row")
    corrections = page.get_by_role("group", name="Correct the file: Table of consultations")
    open_disclosure(page, "Optional columns without a heading")
    choice = corrections.get_by_label("Heading for “Responses”", exact=True)
    tab_to(choice)
    page.keyboard.press("ArrowDown")
    expect(choice).to_have_value("No. of replies")
    assert accessibility_violations(page) == []
    expect_all_open_and_fitting(page)

    read_again = corrections.get_by_role("button", name="Read the file again")
    press(read_again)
    accept = corrections.get_by_label("Use the suggested readings of 1 cell")
    tab_to(accept)
    page.keyboard.press("Space")
    press(read_again)
    expect(page.locator(".wb-upload-status")).to_contain_text("own.csv was read: 1 row, 2 warn")
    wait_until_ready(page)
    expect(tile(page, "responses_total")).to_have_attribute("data-value", "1200.0")


def test_nothing_scrolls_sideways_with_every_part_open(policymaking_page: Page) -> None:
    expect_all_open_and_fitting(policymaking_page)
    assert accessibility_violations(policymaking_page) == []
