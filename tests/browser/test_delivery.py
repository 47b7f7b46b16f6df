"""The delivery page as visitors meet it: in Chromium, filtered by programme and department."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import VIEWPORT
from tests.browser.visiting import run, settled, shown, violations

pytestmark = pytest.mark.browser

TOPIC = "delivery"
NARROW = 320
JUSTICE = "Ministry of Justice"


@pytest.fixture
def delivery(visited: Page) -> Page:
    """The delivery page with the published scenario."""
    return visited


def values(page: Page) -> dict[str, float | None]:
    """Each indicator's value."""
    return {name: float(text) if text else None for name, text in shown(page).items()}


def said_by_the_command(**parameters: object) -> dict[str, float | None]:
    return {each["name"]: each["value"] for each in run(TOPIC, **parameters)["indicators"]}


def test_the_page_shows_what_the_command_says(delivery: Page) -> None:
    assert values(delivery) == pytest.approx(said_by_the_command())
    expect(delivery.locator(".wb-headline")).to_contain_text(run(TOPIC)["headline"])


def test_a_department_is_typed_by_keyboard_alone(delivery: Page) -> None:
    delivery.locator("[name=department]").focus()
    delivery.keyboard.type(JUSTICE)
    settled(delivery)
    assert values(delivery) == pytest.approx(said_by_the_command(department=JUSTICE))


@pytest.mark.parametrize("width", [VIEWPORT["width"], NARROW])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(delivery: Page, width: int) -> None:
    delivery.set_viewport_size({"width": width, "height": 900})
    delivery.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    assert violations(delivery) == []
    assert delivery.evaluate("document.documentElement.scrollWidth") <= width
