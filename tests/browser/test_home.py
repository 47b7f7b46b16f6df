"""The home page: it answers in one screen, and its figures are those of the command."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import (
    expect_no_sideways_scrolling,
    wait_until_ready,
)
from workbook.text.grammar import split_sentences
from workbook.topics.registry import TOPICS

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def visit(browser: Browser, site: str) -> Iterator[tuple[Page, Callable[[], None]]]:
    """One visit to the home page."""
    with watched_page(browser) as (page, check):
        page.goto(f"{site}/")
        yield page, check


@pytest.fixture
def home(visit: tuple[Page, Callable[[], None]]) -> Iterator[Page]:
    """The home page on a desktop, checked at the end."""
    page, check = visit
    page.set_viewport_size(DESKTOP)
    yield page
    check()


def card_of(page: Page, title: str):
    return page.locator(".wb-card", has=page.get_by_role("heading", name=title, exact=True))


@pytest.mark.parametrize("name", TOPICS)
def test_a_card_shows_the_answer_and_the_key_figure_of_the_command(home: Page, name: str):
    # As `run --json` prints it; the command itself is compared in the tests of the pages.
    card, result = card_of(home, TOPICS[name].title), TOPICS[name].run().as_dict()
    expect(card).to_contain_text(split_sentences(result["headline"])[0])
    expect(card).to_contain_text("igures to 30 June 2014")
    figure = card.locator("[data-indicator]")
    values = {indicator["name"]: indicator["value"] for indicator in result["indicators"]}
    shown_name, shown_value = (
        figure.get_attribute("data-indicator"),
        figure.get_attribute("data-value"),
    )
    assert float(shown_value) == pytest.approx(values[shown_name])


def test_a_topic_with_a_trend_has_a_described_picture(home: Page):
    for topic in TOPICS.values():
        pictures = card_of(home, topic.title).locator("svg[role=img]")
        expect(pictures).to_have_count(1 if topic.trend else 0)
        if topic.trend:
            assert pictures.get_attribute("aria-label")


def test_every_card_is_in_the_first_screen_of_a_desktop(home: Page):
    boxes = [card.bounding_box() for card in home.locator(".wb-card").all()]
    assert len(boxes) == len(TOPICS) + 2
    assert max(box["y"] + box["height"] for box in boxes) <= DESKTOP["height"]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_never_scrolls_sideways(home: Page, width: int):
    home.set_viewport_size({"width": width, "height": 800})
    expect_no_sideways_scrolling(home, width)


def test_it_shows_what_changed_and_how_to_add_a_topic(home: Page):
    changes = card_of(home, "What has changed since last quarter").get_by_role("listitem")
    assert 1 <= changes.count() <= 3
    expect(changes.first).to_contain_text("rose 0.5 points")
    expect(card_of(home, "Add your own topic")).to_contain_text("workbook new-topic NAME")


def test_a_card_leads_to_its_topic(home: Page):
    card_of(home, "Digital inclusion").get_by_role("link").click()
    wait_until_ready(home)
    expect(home).to_have_title("Digital inclusion – Policy Workbook")
