"""A page used with the keyboard only: Tab from control to control, and keys that type and press."""

from playwright.sync_api import Locator, Page, expect

_MOST_TABS = 600
"""Presses of Tab after which a control counts as out of reach."""


def tab_to(target: Locator) -> None:
    """Press Tab until a control has the focus, past the end of the page if need be."""
    page = target.page
    expect(target).to_be_visible()
    for _ in range(_MOST_TABS):
        if target.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def press(target: Locator, key: str = "Enter") -> None:
    """Tab to a control and press a key on it."""
    tab_to(target)
    target.page.keyboard.press(key)


def type_into(field: Locator, text: str) -> None:
    """Tab to a field and replace its text."""
    tab_to(field)
    field.page.keyboard.press("Control+a")
    field.page.keyboard.type(text)


def choose(select: Locator, label: str) -> None:
    """Tab to a list and type until the option is chosen, as it finds it by its first letters."""
    tab_to(select)
    select.page.keyboard.type(label)
    expect(select.locator("option:checked")).to_have_text(label)


def open_disclosure(page: Page, title: str) -> None:
    """Tab to the summary of a closed part of the page and open it."""
    summary = page.locator("summary", has_text=title).first
    if not summary.evaluate("summary => summary.parentElement.open"):
        press(summary)
