"""Undo, redo and the history of a visit, by keyboard, with the browser's own Back among them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import VIEWPORT, watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
)

pytestmark = pytest.mark.browser

STARTS, DROPOUT = "programme_starts", "dropout"


@pytest.fixture(scope="module")
def visit(browser: Browser, site: str) -> Iterator[tuple[Page, Callable[[], None]]]:
    with watched_page(browser) as (page, check):
        yield open_page(page, f"{site}/digital_inclusion"), check


@pytest.fixture
def changed(visit: tuple[Page, Callable[[], None]], site: str) -> Iterator[Page]:
    """A page on which the number of starts was changed twice."""
    page, check = visit
    page.set_viewport_size(VIEWPORT)
    open_page(page, f"{site}/digital_inclusion?reduction_target=0.2")
    page.evaluate("sessionStorage.clear()")
    open_page(page, f"{site}/digital_inclusion")
    for value in ("400000", "500000"):
        find_field(page, STARTS).fill(value)
        page.keyboard.press("Tab")
        wait_until_ready(page)
    yield page
    check()


def press(page: Page, name: str) -> None:
    """Press a button by keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    wait_until_ready(page)


def expect_starts(page: Page, value: str) -> None:
    """The field, the address and the answer are of this number of starts."""
    expect(find_field(page, STARTS)).to_have_value(value)
    wait_until_ready(page)
    expected = "" if value == "300000" else f"?programme_starts={value}"
    assert page.url.partition("/digital_inclusion")[2] == expected


def steps(page: Page) -> Locator:
    return page.locator(".wb-steps button")


def test_undo_and_redo(changed: Page) -> None:
    redo = changed.get_by_role("button", name="Redo", exact=True)
    expect(redo).to_have_attribute("aria-disabled", "true")
    press(changed, "Undo")
    expect_starts(changed, "400000")
    expect(changed.get_by_role("button", name="Undo", exact=True)).to_be_focused()
    press(changed, "Undo")
    expect_starts(changed, "300000")
    press(changed, "Undo")  # there is nothing more to undo
    expect_starts(changed, "300000")
    press(changed, "Redo")
    expect_starts(changed, "400000")
    press(changed, "Redo")
    expect_starts(changed, "500000")
    expect(redo).to_have_attribute("aria-disabled", "true")


def test_the_browser_s_back_is_a_step_too(changed: Page) -> None:
    changed.go_back()
    expect_starts(changed, "400000")
    expect(steps(changed).nth(1)).to_have_attribute("aria-current", "step")
    press(changed, "Redo")
    expect_starts(changed, "500000")


def test_a_change_after_undo_ends_what_could_be_redone(changed: Page) -> None:
    press(changed, "Undo")
    expect_starts(changed, "400000")
    find_field(changed, DROPOUT).fill("20")
    expect(steps(changed)).to_have_text(
        [
            "Published assumptions",
            "Programme starts a year: 400,000",
            "Share who drop out: 20%",
        ]
    )
    wait_until_ready(changed)


def test_any_step_can_be_opened_from_the_history(changed: Page) -> None:
    changed.get_by_text("History of this visit").focus()
    changed.keyboard.press("Enter")
    press(changed, "Published assumptions")
    expect_starts(changed, "300000")
    expect(steps(changed).first).to_be_focused()
    press(changed, "Programme starts a year: 500,000")
    expect_starts(changed, "500000")
    for width in (1280, 320):
        changed.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(changed, width)
    assert accessibility_violations(changed) == []


def test_a_reload_keeps_the_steps(changed: Page) -> None:
    press(changed, "Undo")
    changed.reload()
    wait_until_ready(changed)
    expect(steps(changed)).to_have_count(3)
    press(changed, "Redo")
    expect_starts(changed, "500000")
