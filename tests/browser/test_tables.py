"""Tables in Chromium: ten rows at first, sorting, filters, print, and what is hard to show."""

import re
from collections.abc import Sequence

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    wait_until_ready,
)
from tests.browser.printed_page import page_texts
from tests.browser.widget_page import show_static_form, start_widget
from tests.result_tables import make_table
from workbook.exports.table_content import table_content
from workbook.result_table import Column
from workbook.widgets.table import TableWidget

pytestmark = pytest.mark.browser

TOPIC = "delivery"
CAPTION = "Events: what is done, under way or planned"
A4_SIDEWAYS = 1001
"""Width of a sheet on its side within its margins, in CSS pixels."""

DESKTOP = 1280
FIRST_ROWS, ALL_ROWS, MANY_ROWS = 10, 148, 5_000

COLUMNS = {
    "people": Column("People", "people"),
    "since": Column("Since"),
    "text": Column("Text"),
}

STAY_BUSY = """() => {
  const { requestIdleCallback } = globalThis;
  const acts = [];
  globalThis.requestIdleCallback = (...request) => acts.push(request);
  globalThis.becomeIdle = () => {
    globalThis.requestIdleCallback = requestIdleCallback;
    for (const request of acts) requestIdleCallback(...request);
  };
}"""
"""Script of a page that is not idle until ``becomeIdle``."""


def make_long_table(count: int, places: Sequence[str] = ("Ynys Môn",)) -> TableWidget:
    """A table of places with numbers of which every ninth is missing."""
    frame = pd.DataFrame(
        {
            "place": [f"{places[row % len(places)]} {row}" for row in range(count)],
            "people": [float(row * 7_919 % count) if row % 9 else None for row in range(count)],
            "since": ["2014-06-30"] * count,
            "text": ["A very long cell. " * 40 if row == 1 else "" for row in range(count)],
        }
    )
    widget = TableWidget()
    widget.show(make_table("places", frame, "People by place", **COLUMNS))
    return widget


def visible_rows(table: Locator) -> Locator:
    """The rows of a table's bodies that a reader sees."""
    return table.locator("tbody tr:visible")


def visible_cells(table: Locator, column: int) -> list[str]:
    """The texts of a column, from the top."""
    cells: list[str] = visible_rows(table).evaluate_all(
        "(rows, column) => rows.map(row => row.cells[column].textContent)", column
    )
    return cells


@pytest.fixture
def events(topic_page: Page) -> Locator:
    """The view of the events on the delivery page, without filters."""
    table = topic_page.locator("table", has=topic_page.get_by_text(CAPTION, exact=True))
    view = topic_page.locator(".wb-result", has=table)
    section = topic_page.locator("details.wb-section", has=table)
    section.evaluate("section => { section.open = true }")
    for filter_box in view.locator("select").all():
        filter_box.select_option("")
    view.locator(".wb-show-all").evaluate("details => { details.open = false }")
    return view


def test_a_long_table_shows_ten_rows_then_all_and_ten_again(events: Locator) -> None:
    table, toggle = events.locator("table"), events.locator(".wb-show-all summary")
    expect(visible_rows(table)).to_have_count(FIRST_ROWS)
    expect(table.locator("tbody tr")).to_have_count(ALL_ROWS)
    expect(toggle).to_have_text(f"Show all {ALL_ROWS} rows: {CAPTION}")
    toggle.focus()
    toggle.press("Enter")
    expect(visible_rows(table)).to_have_count(ALL_ROWS)
    expect(toggle).to_contain_text("Show the first 10")
    toggle.press("Enter")
    expect(visible_rows(table)).to_have_count(FIRST_ROWS)
    expect(toggle).to_be_focused()
    expect(toggle).to_be_in_viewport()


def test_a_heading_sorts_by_keyboard_and_says_so_once(events: Locator) -> None:
    table, status = events.locator("table"), events.get_by_role("status")
    heading = table.get_by_role("columnheader", name="State")
    expect(heading).to_have_attribute("aria-sort", "none")
    button = heading.get_by_role("button")
    button.focus()
    button.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(status).to_have_text("Sorted by State (ascending)")
    column = heading.evaluate("heading => heading.cellIndex")
    ascending = visible_cells(table, column)
    assert ascending == sorted(ascending, key=str.casefold)
    button.press("Space")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(status).to_have_text("Sorted by State (descending)")
    assert visible_cells(table, column)[0] > ascending[0]
    expect(button).to_be_focused()
    expect(table.locator("[aria-sort=ascending], [aria-sort=descending]")).to_have_count(1)


def test_filters_sorting_and_all_rows_work_together(events: Locator, topic_page: Page) -> None:
    table = events.locator("table")
    events.locator(".wb-show-all summary").click()
    table.get_by_role("button", name="State").click()
    events.get_by_label("State").select_option("planned")
    matching = visible_rows(table).count()
    assert FIRST_ROWS < matching < ALL_ROWS
    count = f"{matching} of {ALL_ROWS} rows match. The download includes all {ALL_ROWS} rows."
    expect(events.locator(".wb-row-count")).to_have_text(count)
    expect(events.get_by_role("status")).to_have_text(count)
    heading = table.get_by_role("columnheader", name="State")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    texts = visible_cells(table, heading.evaluate("heading => heading.cellIndex"))
    assert texts == sorted(texts, key=str.casefold)
    topic_page.locator("[name=programme]").fill("Digital inclusion")
    wait_until_ready(topic_page)
    expect(events.locator(".wb-row-count")).not_to_have_text(count)
    expect(events.get_by_label("State")).to_have_value("planned")
    expect(events.get_by_role("status")).to_have_text("")  # only a reader's act is told


def test_print_has_every_row_and_no_control(events: Locator, topic_page: Page) -> None:
    topic_page.emulate_media(media="print")
    expect(visible_rows(events.locator("table"))).to_have_count(ALL_ROWS)
    expect(events.locator(".wb-show-all, .wb-filters, .wb-tools").first).to_be_hidden()


def test_a_wide_table_turns_its_page_and_leaves_the_others_upright(page: Page) -> None:
    amounts = {f"Amount {number}": [-250e6] * 3 for number in range(15)}
    frame = pd.DataFrame({"year": ["2014-15", "2015-16", "2016-17"], **amounts})
    widget = TableWidget()
    columns = {name: Column(name, "GBP") for name in amounts}
    widget.show(make_table("cash_flow", frame, "Cash flow", **columns))
    show_static_form(page, widget)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_SIDEWAYS, "height": 800})
    for show in (lambda: None, lambda: start_widget(page, widget)):
        show()
        expect_no_sideways_scrolling(page, A4_SIDEWAYS)
        pages = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", print_to_pdf(page))
        assert [float(width) > float(height) for width, height in pages] == [False, True, False]


def test_every_printed_page_of_a_long_table_has_its_headings(page: Page) -> None:
    widget = make_long_table(150)
    show_static_form(page, widget)
    for show in (lambda: None, lambda: start_widget(page, widget)):
        show()
        pages = page_texts(print_to_pdf(page))
        assert len(pages) > 3
        for text in pages:
            assert ("2014-06-30" in text) == ("People Since" in text)


def print_to_pdf(page: Page) -> bytes:
    """Print a page as a browser does: with the sizes that its style asks for."""
    return page.pdf(prefer_css_page_size=True)


@pytest.mark.parametrize("width", [DESKTOP, 320])
def test_a_table_of_texts_is_accessible_and_never_scrolls(
    events: Locator, topic_page: Page, width: int
) -> None:
    topic_page.set_viewport_size({"width": width, "height": 900})
    events.get_by_role("button", name="State").click()
    expect_no_sideways_scrolling(topic_page, width)
    if width == DESKTOP:  # the page's own tests run axe in a narrow window
        assert accessibility_violations(topic_page) == []
    expect(topic_page.locator(".wb-scroll:visible")).not_to_have_count(0)
    expect(topic_page.locator(".wb-scroll[role]:visible")).to_have_count(0)
    expect(topic_page.locator(".wb-scroll[tabindex]:visible")).to_have_count(0)


def test_a_narrow_screen_stacks_the_cells_of_long_texts_under_their_columns_names(
    page: Page,
) -> None:
    widget = TableWidget()
    reason = "The current value is not published, so nobody can say whether it is on track."
    frame = pd.DataFrame({"place": ["Ynys Môn"], "people": [5.0], "text": [reason]})
    columns = {name: COLUMNS[name] for name in ("people", "text")}
    widget.show(make_table("places", frame, "People by place", **columns))
    show_static_form(page, widget)
    for show in (lambda: None, lambda: start_widget(page, widget)):
        show()
        table = page.get_by_role("table", name="People by place")
        for width, is_stacked in ((DESKTOP, False), (320, True)):
            page.set_viewport_size({"width": width, "height": 900})
            expect(table.get_by_role("cell")).to_have_count(2)
            expect(table.get_by_role("columnheader")).to_have_count(3)
            labels = table.locator("td").evaluate_all(
                "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
            )
            stacked = [f'"{columns[name].label}: " / ""' for name in ("people", "text")]
            assert labels == (stacked if is_stacked else ["none", "none"])
            expect_no_sideways_scrolling(page, width)


def test_a_table_of_many_numbers_scrolls_by_keyboard_on_a_narrow_screen(page: Page) -> None:
    widget = TableWidget()
    amounts = {f"Amount {number}": [-250e6] for number in range(5)}
    columns = {name: Column(name, "GBP") for name in amounts}
    frame = pd.DataFrame({"year": ["2014-15"], **amounts})
    widget.show(make_table("cash_flow", frame, "Cash flow", **columns))
    show_static_form(page, widget)
    start_widget(page, widget)
    region = page.get_by_role("region", name="Cash flow")
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    expect(region).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 900})
    expect(region).to_have_attribute("tabindex", "0")
    expect_no_sideways_scrolling(page, 320)


def test_numbers_and_their_headings_are_on_the_right_and_missing_ones_last(page: Page) -> None:
    widget = make_long_table(30)
    show_static_form(page, widget)
    heading = page.get_by_role("columnheader", name="People")
    expect(heading).to_have_css("text-align", "right")
    start_widget(page, widget)
    expect(heading).to_have_css("text-align", "right")
    table = page.get_by_role("table")
    for is_descending in (False, True):
        heading.get_by_role("button").click()
        page.locator(".wb-show-all").evaluate("details => { details.open = true }")
        expect(visible_rows(table)).to_have_count(30)
        texts = visible_cells(table, 1)
        numbers = [int(text) for text in texts if text]
        assert numbers == sorted(numbers, reverse=is_descending)
        assert texts[len(numbers) :] == [""] * 4


def test_texts_are_sorted_by_the_letters_of_the_language(page: Page) -> None:
    places = ("Ŵy", "Wrecsam", "Âb", "abaty", "Ynys Môn", "Y Bala", "9 Ffordd", "10 Ffordd") * 2
    widget = make_long_table(16, places)
    show_static_form(page, widget)
    start_widget(page, widget)
    page.get_by_role("columnheader", name="place").get_by_role("button").click()
    page.locator(".wb-show-all summary").click()
    table = page.get_by_role("table")
    expect(visible_rows(table)).to_have_count(16)
    first_of_each = [text.rsplit(" ", 1)[0] for text in visible_cells(table, 0)[::2]]
    assert first_of_each == [
        "9 Ffordd", "10 Ffordd", "Âb", "abaty", "Wrecsam", "Ŵy", "Y Bala", "Ynys Môn",
    ]  # fmt: skip


def test_a_table_of_5000_rows_opens_with_ten_and_has_all_for_a_search_and_print(page: Page) -> None:
    widget = make_long_table(MANY_ROWS)
    show_static_form(page, widget)
    page.evaluate(STAY_BUSY)
    start_widget(page, widget)
    assert page.locator("tbody tr").count() < MANY_ROWS
    page.evaluate("becomeIdle()")
    expect(page.locator("tbody tr")).to_have_count(MANY_ROWS)
    expect(visible_rows(page.get_by_role("table"))).to_have_count(FIRST_ROWS)
    page.get_by_role("columnheader", name="People").get_by_role("button").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("tbody tr").count() == MANY_ROWS
    expect(page.locator(".wb-show-all summary")).to_contain_text("Show all 5,000")


def test_a_search_of_the_page_finds_a_row_that_is_not_shown(page: Page) -> None:
    widget = make_long_table(200)
    show_static_form(page, widget)
    start_widget(page, widget)
    expect(page.locator("tbody tr")).to_have_count(200)
    row = page.locator("tbody tr").nth(150)
    expect(row).to_be_hidden()
    # A link to an element is resolved as a search of the page is: what hides it is revealed.
    row.evaluate("row => { row.id = 'found'; location.hash = 'found' }")
    expect(row).to_be_in_viewport()
    expect(page.locator(".wb-show-all summary")).to_contain_text("Show the first 10")


def test_without_a_script_a_reader_can_show_every_row(page: Page) -> None:
    show_static_form(page, make_long_table(40))
    table, toggle = page.get_by_role("table"), page.locator("summary")
    expect(visible_rows(table)).to_have_count(FIRST_ROWS)
    assert toggle.inner_text().startswith("Show all 40")
    toggle.click()
    expect(visible_rows(table)).to_have_count(40)
    assert toggle.inner_text().startswith("Show the first 10")
    assert accessibility_violations(page) == []
    toggle.click()
    page.emulate_media(media="print")
    expect(visible_rows(table)).to_have_count(40)


def test_a_table_without_rows_is_one_line(page: Page) -> None:
    empty, sentence = make_long_table(0), "People by place: nothing to show for this scenario."
    show_static_form(page, empty)
    expect(page.locator("#widget")).to_have_text(sentence)
    start_widget(page, empty)
    assert page.locator("#widget").inner_text().strip() == sentence
    content = table_content(make_table("places", pd.DataFrame({"place": ["Wells"]}), "Places"))
    page.evaluate("content => model.set('content', content)", content)
    expect(page.get_by_role("rowheader")).to_have_text("Wells")
    assert "nothing to show" not in page.locator("#widget").inner_text()
