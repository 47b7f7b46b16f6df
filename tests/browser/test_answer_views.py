"""Headline, tiles, notes and further figures in Chromium: what moves, what opens, what is found."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
)
from tests.browser.widget_page import show_static_form, start_widget
from workbook.widgets.headline import HeadlineWidget
from workbook.widgets.more_figures import MoreFiguresWidget
from workbook.widgets.notes import NotesWidget
from workbook.widgets.tiles import TilesWidget

pytestmark = pytest.mark.browser

SCREENS = {"desktop": 1280, "phone": 390, "narrow": 320}


def make_tile(name: str, **parts: str) -> dict[str, str]:
    return {
        "name": name, "label": "People", "text": "5.4 million", "interval": "", "value": "5.4",
        "note": "", **parts,
    }  # fmt: skip


def make_tiles(count: int, **parts: str) -> TilesWidget:
    """Tiles with the same parts."""
    widget = TilesWidget()
    widget.tiles = [make_tile(f"tile_{number}", **parts) for number in range(count)]
    return widget


def start(page: Page, widget: Any) -> None:
    show_static_form(page, widget)
    start_widget(page, widget)


@pytest.mark.parametrize(("screen", "columns"), [("desktop", 4), ("phone", 2), ("narrow", 1)])
def test_at_most_four_tiles_are_beside_each_other(page: Page, screen: str, columns: int) -> None:
    page.set_viewport_size({"width": SCREENS[screen], "height": 800})
    start(page, make_tiles(9, interval="8 in 10 simulations: 4.9 million to 6.4 million"))
    tops = page.locator(".wb-tile").evaluate_all(
        "tiles => tiles.map(tile => tile.getBoundingClientRect().top)"
    )
    assert tops.count(tops[0]) == columns
    expect_no_sideways_scrolling(page, SCREENS[screen])
    assert accessibility_violations(page) == []


def test_a_changed_value_is_marked_and_the_first_is_not(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    start(page, make_tiles(2))
    marked = page.locator(".wb-changed")
    expect(marked).to_have_count(0)
    changed = [make_tile("tile_0", text="4.2 million"), make_tile("tile_1")]
    page.evaluate("tiles => model.set('tiles', tiles)", changed)
    expect(marked).to_have_text("4.2 million")
    duration = "element => parseFloat(getComputedStyle(element).animationDuration)"
    assert 0 < marked.evaluate(duration) < 1
    page.emulate_media(reduced_motion="reduce")
    assert marked.evaluate("element => getComputedStyle(element).animationName") == "none"
    assert page.locator("[aria-live], [role=status]").count() == 0


def test_only_the_figures_of_a_headline_that_changed_are_marked(page: Page) -> None:
    headline = HeadlineWidget("study")
    headline.text = "About 5.4 million adults would lack skills in 2020, a loss of −£3 million."
    start(page, headline)
    expect(page.locator(".wb-changed")).to_have_count(0)
    text = "About 4.2 million adults would lack skills in 2020, a loss of −£2 million."
    page.evaluate("text => model.set('text', text)", text)
    expect(page.locator(".wb-headline")).to_have_text(text)
    expect(page.locator(".wb-changed")).to_have_text(["4.2", "−£2"])
    page.evaluate("model.set('text', 'There is nothing to save.')")
    expect(page.locator(".wb-headline")).to_have_text("There is nothing to save.")


def test_a_note_that_is_long_opens_on_request_and_stays_open(page: Page) -> None:
    note = "This note is far too long for a tile. " * 5
    widget = make_tiles(1, note=note)
    start(page, widget)
    expect(page.get_by_text(note.strip())).to_be_hidden()
    page.get_by_text("Note", exact=True).press("Enter")
    expect(page.get_by_text(note.strip())).to_be_visible()
    page.evaluate("tiles => model.set('tiles', tiles)", [make_tile("tile_0", note=f"New. {note}")])
    expect(page.get_by_text("New. This note")).to_be_visible()


def test_three_notes_are_shown_and_a_search_or_print_finds_the_others(page: Page) -> None:
    widget = NotesWidget()
    widget.notes = [f"Note {number} of the answer." for number in range(1, 11)]
    for show in (show_static_form, start):
        show(page, widget)
        expect(page.locator("li:visible")).to_have_count(3)
        page.emulate_media(media="print")
        expect(page.locator("li:visible")).to_have_count(10)
        page.emulate_media(media="screen")
        last = page.locator("li").last
        last.evaluate("item => { item.id = 'found'; location.hash = ''; location.hash = 'found' }")
        expect(last).to_be_visible()
        assert accessibility_violations(page) == []
    page.evaluate("model.set('notes', Array(9).fill('Another.'))")
    expect(page.get_by_text("More notes (6)")).to_be_visible()
    expect(page.locator("li:visible")).to_have_count(9)  # the reader's choice stays
    page.evaluate("model.set('notes', [])")
    expect(page.locator("li:visible, summary:visible")).to_have_count(0)


@pytest.mark.parametrize("width", SCREENS.values())
def test_further_figures_are_a_list_with_their_values(page: Page, width: int) -> None:
    widget = MoreFiguresWidget(["first"])
    parts = {"interval": "8 in 10 simulations: 4.9 million to 6.4 million", "note": "As before"}
    widget.tiles = [make_tile(f"figure_{number}", **parts) for number in range(9)]
    page.set_viewport_size({"width": width, "height": 800})
    start(page, widget)
    expect(page.locator(".wb-tile:visible")).to_have_count(0)
    page.get_by_text("More figures (9)").press("Enter")
    expect(page.locator("[data-indicator][data-value='5.4']:visible")).to_have_count(9)
    expect_no_sideways_scrolling(page, width)
    assert accessibility_violations(page) == []
