"""A policy team's story by keyboard: change, save, share, compare, ask backwards, take away."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.keyboard import open_disclosure, press, type_into
from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    open_page,
    run_command,
    wait_until_ready,
    wait_until_true,
)

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
CHANGES = {"programme_starts": "619000", "reduction_target": "30", "dropout": "20"}
LINK = "reduction_target=0.3&programme_starts=619000&dropout=0.2"


@dataclass(frozen=True)
class Story:
    """The page of the team, that of the second browser, and the name of the saved scenario."""

    team: Page
    second: Page
    name: str


def expect_accessible(page: Page) -> None:
    assert accessibility_violations(page) == []


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def button(part: Page | Locator, name: str) -> Locator:
    return part.get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def story(browser: Browser, site: str) -> Iterator[Story]:
    """Two browsers, each with a page of its own."""
    with watched_page(browser) as (team, check_team), watched_page(browser) as (second, check):
        for page in (team, second):
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_page(team, f"{site}/{TOPIC}")
        yield Story(team, second, f"Three changes {uuid.uuid4().hex[:6]}")
        check_team()
        check()


def test_1_three_parameters_are_changed(story: Story) -> None:
    page = story.team
    expect_accessible(page)
    for name, text in CHANGES.items():
        field = page.locator(f"input[name={name}]")
        if not field.is_visible():
            open_disclosure(page, "Programme")
        type_into(field, text)
        wait_until_ready(page)
    wait_until_true(page, "query => location.search.slice(1) === query", LINK)
    figures = run_command(TOPIC, programme_starts=619_000, reduction_target=0.3, dropout=0.2)
    values = {figure["name"]: str(figure["value"]) for figure in figures["indicators"]}
    assert displayed_values(page)["people_excluded"] == values["people_excluded"]
    expect_accessible(page)


def test_2_the_scenario_is_saved_under_a_name(story: Story) -> None:
    page, saved = story.team, region(story.team, "Saved scenarios")
    open_disclosure(page, "Save this scenario")
    type_into(saved.get_by_label("Name of the scenario", exact=True), story.name)
    type_into(saved.get_by_label("Your name", exact=True), "Ada")
    type_into(saved.get_by_label("Why these values?", exact=True), "The charter and a year more")
    press(button(saved, "Save"))
    expect(saved.get_by_role("status")).to_have_text(f"“{story.name}” is saved.")
    expect_accessible(page)


def test_3_its_link_opens_in_a_second_browser(story: Story) -> None:
    press(button(story.team, "Copy link"))
    expect(story.team.locator(".wb-share-status")).to_have_text("Link copied.")
    link = story.team.evaluate("navigator.clipboard.readText()")
    open_page(story.second, link)
    assert displayed_values(story.second) == displayed_values(story.team)
    expect(story.second.get_by_text("Its key figures are the same today.")).to_be_visible()
    expect_accessible(story.second)
