"""A policy team's story by keyboard: change, save, share, compare, ask backwards, take away."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.keyboard import choose, open_disclosure, press, tab_to, type_into
from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    open_page,
    run_command,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.printed_page import page_texts

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


def test_4_the_two_scenarios_are_compared(story: Story) -> None:
    page = story.second
    open_disclosure(page, "Compare scenarios")
    view = page.locator(".wb-comparison-view")
    tab_to(view.get_by_label("Second scenario", exact=True))
    expect(view.locator("option", has_text=story.name).first).to_be_attached()
    choose(view.get_by_label("Second scenario", exact=True), story.name)
    press(button(view, "Compare"))
    figures = view.get_by_role("table", name="Figures, and their differences")
    expect(figures.get_by_role("row").nth(1)).to_be_visible()
    for label in ("Programme starts a year", "Reduction every two years", "Share who drop out"):
        expect(view.get_by_role("row", name=label).first).to_be_visible()
    expect(view.locator("figure").last).to_contain_text("makes the largest difference")
    expect_accessible(page)


def test_5_the_target_is_asked_backwards(story: Story) -> None:
    page = story.second
    open_disclosure(page, "Reach a target")
    view = page.locator(".wb-goal_seek-view")
    choose(view.get_by_label("Figure", exact=True), "Gap to target (negative if met)")
    choose(view.get_by_label("Assumption to change", exact=True), "Programme starts a year")
    type_into(view.get_by_label("Value to reach"), "0")
    press(button(view, "Calculate"))
    expect(view.get_by_role("status").filter(has_text="must be")).to_be_visible()
    expect_accessible(page)
    press(button(view, "Use this value"))
    wait_until_ready(page)
    assert float(displayed_values(page)["gap_to_target"]) <= 0
    press(button(page, "Undo"))
    wait_until_ready(page)
    assert displayed_values(page) == displayed_values(story.team)


def test_6_the_register_says_what_is_at_risk(story: Story) -> None:
    page = story.second
    open_disclosure(page, "Assumptions and sources")
    register = page.get_by_role("table", name="Assumptions and their sources")
    expect(register.get_by_role("columnheader", name="Risk")).to_be_visible()
    expect(register.get_by_role("row", name="Would have learned anyway")).to_contain_text("red")
    expect(register.get_by_role("row").nth(1)).to_contain_text("million")
    expect_accessible(page)


def download(story: Story, name: str) -> Download:
    """Press a button of the downloads."""
    share = region(story.second, "Share and print")
    open_disclosure(story.second, "Download")
    tab_to(button(share, name))
    with story.second.expect_download() as started:
        story.second.keyboard.press("Enter")
    return started.value


def test_7_the_spreadsheet_and_the_slides_are_taken_away(story: Story) -> None:
    spreadsheet = load_workbook(
        io.BytesIO(download(story, "Spreadsheet (XLSX)").path().read_bytes())
    )
    texts = [cell for row in spreadsheet.worksheets[0].values for cell in row if cell]
    assert any("Digital inclusion" in str(text) for text in texts)
    with zipfile.ZipFile(download(story, "Slides (PowerPoint)").path()) as slides:
        first = slides.read("ppt/slides/slide1.xml").decode()
        names = slides.namelist()
    assert "million adults" in re.sub(r"<[^>]*>", " ", first)
    assert sum(name.startswith("ppt/media/") for name in names) >= 3
    expect_accessible(story.second)


def test_8_the_page_is_printed(story: Story) -> None:
    page = story.second
    page.evaluate("window.print = () => { window.printed = document.body.dataset.print; }")
    press(button(region(page, "Share and print"), "Print everything"))
    wait_until_true(page, "() => window.printed === 'full'")
    printed = " ".join(page_texts(page.pdf(prefer_css_page_size=True)))
    for text in (
        "Compare scenarios",
        "Reach a target",
        "Assumptions and their sources",
        story.name,
        "3 changes from the published assumptions",
    ):
        assert text in printed
