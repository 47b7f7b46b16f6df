"""Saved scenarios by keyboard: save, open in another browser, rename, delete, undo, history."""

import re
import tomllib
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import VIEWPORT, watched_page
from tests.browser.page_actions import (
    NARROW,
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    open_preset,
    wait_until_ready,
)
from tests.browser.server import few_topics_command, free_port, run_server
from workbook.scenario.store import FOLDER_VARIABLE

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
STARTS = "programme_starts"


def section(page: Page) -> Locator:
    return page.get_by_role("region", name="Saved scenarios")


def status(page: Page) -> Locator:
    return section(page).get_by_role("status")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Press a button of the section with the keyboard."""
    button = section(page).get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press(key)


def open_part(page: Page, title: str) -> None:
    """Open a part of the section with the keyboard, unless it is open."""
    part = section(page).locator("details", has=page.get_by_text(title, exact=True))
    if part.get_attribute("open") is None:
        part.locator("summary").focus()
        page.keyboard.press("Enter")


def change_starts(page: Page, starts: int) -> None:
    find_field(page, STARTS).fill(str(starts))
    wait_until_ready(page)


def save(page: Page, name: str, author: str = "Ada") -> None:
    """Fill the form in and press Enter, as in any form."""
    open_part(page, "Save this scenario")
    for label, text in (("Name of the scenario", name), ("Your name", author)):
        section(page).get_by_label(label, exact=True).focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
    page.keyboard.press("Enter")


def expect_description(element: Locator, text: str) -> None:
    """Expect a text in what a screen reader says of an element."""
    expect(element).to_have_accessible_description(re.compile(re.escape(text)))


def expect_accessible(page: Page) -> None:
    for width in (NARROW, VIEWPORT["width"]):
        page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(page, width)
        assert accessibility_violations(page) == []


@pytest.fixture(scope="module")
def name() -> str:
    """A name that no other test has saved on the server."""
    return f"More starts {uuid.uuid4().hex[:6]}"


@pytest.fixture(scope="module")
def saved(browser: Browser, site: str, name: str) -> Iterator[Page]:
    """A page on which a scenario was changed and saved."""
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{TOPIC}")
        change_starts(page, 800_000)
        save(page, name)
        expect(status(page)).to_have_text(f"“{name}” is saved.")
        yield page
        check()


def test_another_browser_opens_it_as_a_step_of_its_visit(
    browser: Browser, site: str, saved: Page, name: str
) -> None:
    assert saved.url.endswith("programme_starts=800000")
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{TOPIC}")
        open_part(page, "Open a saved scenario")
        press(page, f"Open: {name}")
        expect(status(page)).to_have_text(f"“{name}” is open.")
        wait_until_ready(page)
        expect(page.locator(".wb-notice")).to_contain_text(f"Opened: “{name}”, saved by Ada on")
        assert find_field(page, STARTS).input_value() == "800000"
        assert page.url.endswith("?programme_starts=800000")
        expect_accessible(page)
        page.go_back()
        expect(page).to_have_url(f"{site}/{TOPIC}")
        wait_until_ready(page)
        assert find_field(page, STARTS).input_value() == "300000"
        expect(page.locator(".wb-notice")).to_be_hidden()
        page.go_forward()
        wait_until_ready(page)
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page).to_have_url(f"{site}/{TOPIC}")
        check()


def test_a_link_opens_it_by_its_name_with_further_changes(
    browser: Browser, site: str, saved: Page, name: str
) -> None:
    assert saved.url
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{TOPIC}?scenario={quote(name)}&dropout=0.2")
        notice = page.locator(".wb-notice")
        expect(notice).to_contain_text(f"Based on “{name}”, saved by Ada on")
        expect(notice).to_contain_text(", with 1 change.")
        assert page.url.endswith("?programme_starts=800000&dropout=0.2")
        open_page(page, f"{site}/{TOPIC}?scenario={quote(name[:-1])}")
        expect(page.locator(".wb-error-summary")).to_contain_text(f'Did you mean "{name}"?')
        open_page(page, f"{site}/{TOPIC}?scenario=../../secret")
        expect(page.locator(".wb-error-summary")).to_contain_text("Unknown scenario")
        check()


def test_views_and_files_take_the_name_too(page: Page, site: str) -> None:
    view = page.request.get(f"{site}/{TOPIC}?view=headline&scenario=charter+delivers")
    assert "4.2 million" in view.text()
    file = page.request.get(f"{site}/{TOPIC}/outcome.toml?scenario=charter+delivers")
    assert tomllib.loads(file.text())["parameters"] == {STARTS: 800000}
    for name in ("summary.pdf", "outcome.toml"):
        refused = page.request.get(f"{site}/{TOPIC}/{name}?scenario=Chartr+delivers")
        assert refused.status == HTTPStatus.BAD_REQUEST
        assert "Did you mean" in refused.text()


def test_a_bad_name_is_said_beside_its_field_and_what_was_typed_stays(saved: Page) -> None:
    save(saved, "../starts", author=" ")
    field = section(saved).get_by_label("Name of the scenario", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect_description(field, "cannot be the name of a scenario")
    expect(field).to_be_focused()
    expect(field).to_have_value("../starts")
    save(saved, "Fewer starts", author=" ")
    author = section(saved).get_by_label("Your name", exact=True)
    expect(author).to_be_focused()
    expect_description(author, "Error: Enter your name")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect_accessible(saved)


def test_somebody_else_s_name_is_asked_about(
    browser: Browser, site: str, saved: Page, name: str
) -> None:
    assert saved.url
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{TOPIC}?programme_starts=900000")
        save(page, name, author="Ben")
        confirm = section(page).get_by_role("button", name="Save as version 2")
        expect(confirm).to_be_focused()
        expect_description(confirm, "There is already a scenario")
        expect_accessible(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(section(page).get_by_label("Name of the scenario", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(confirm).to_be_focused()
        page.keyboard.press("Enter")
        expect(status(page)).to_have_text(f"“{name}” is saved as version 2.")
        expect(section(page).get_by_role("button", name="Save", exact=True)).to_be_focused()
        check()


def test_a_history_that_is_asked_for_while_the_list_is_read_again_is_shown(
    browser: Browser, site: str
) -> None:
    name = f"Read twice {uuid.uuid4().hex[:6]}"
    with watched_page(browser) as (page, check), watched_page(browser) as (other, check_other):
        for visitor, starts in ((page, 900_000), (other, 950_000)):
            open_page(visitor, f"{site}/{TOPIC}?programme_starts={starts}")
        save(page, name)
        expect(status(page)).to_have_text(f"“{name}” is saved.")
        save(other, name, author="Ben")
        press(other, "Save as version 2")
        expect(status(other)).to_have_text(f"“{name}” is saved as version 2.")
        history = section(page).get_by_label(f"History: {name}")
        history.evaluate(
            """async button => {
                const list = button.closest("details");
                const isListed = new Promise(resolve => list.addEventListener("toggle", resolve));
                list.open = true;
                await isListed;
                button.focus();
                button.click();
            }"""
        )
        expect(section(page).get_by_label(f"Open version 1: {name}")).to_be_visible()
        expect(section(page).get_by_label(f"History: {name}")).to_be_focused()
        assert "Ben" in section(page).locator("li", has_text=name).locator(".wb-hint").inner_text()
        find_field(other, STARTS).fill("960000")
        wait_until_ready(other)
        save(other, name, author="Ben")
        expect(status(other)).to_have_text(f"“{name}” is saved as version 3.")
        section(page).get_by_label(f"Open version 1: {name}").focus()
        page.evaluate(
            """() => {
                const list = document.activeElement.closest("details");
                list.open = false;
                list.open = true;
                list.querySelector(".wb-versions button").focus();
            }"""
        )
        check()
        check_other()


def test_history_rename_delete_and_undo(saved: Page, name: str) -> None:
    save(saved, "")  # her name again, for the changes
    open_part(saved, "Open a saved scenario")
    press(saved, f"History: {name}")
    first = section(saved).get_by_role("button", name=f"Open version 1: {name}")
    expect(first).to_be_visible()
    expect_accessible(saved)
    first.focus()
    saved.keyboard.press("Enter")
    expect(status(saved)).to_have_text(f"Version 1 of “{name}” is open.")
    press(saved, f"Rename: {name}")
    new_name = section(saved).get_by_label(f"New name of {name}")
    expect(new_name).to_be_focused()
    saved.keyboard.type("<b>")
    saved.keyboard.press("Enter")
    expect_description(new_name, "it may not contain any of")
    expect_accessible(saved)
    renamed = f"Renamed {name}"
    saved.keyboard.press("Control+a")
    saved.keyboard.type(renamed)
    saved.keyboard.press("Enter")
    expect(section(saved).get_by_role("button", name=f"Open: {renamed}")).to_be_focused()
    press(saved, f"Delete: {renamed}")
    expect(status(saved)).to_have_text(f"“{renamed}” is deleted.")
    expect(section(saved).get_by_role("heading", name=renamed)).to_have_count(0)
    expect(section(saved).get_by_role("button", name=f"Undo: bring {renamed} back")).to_be_focused()
    expect_accessible(saved)
    press(saved, "Open: Charter delivers")
    expect(status(saved)).to_have_text("“Charter delivers” is open.")
    author = section(saved).get_by_label("Your name", exact=True)
    author.fill("")
    undo = section(saved).get_by_role("button", name=f"Undo: bring {renamed} back")
    undo.focus()
    saved.keyboard.press("Enter")
    expect(author).to_be_focused()
    expect_description(author, "Error: Enter your name")
    author.fill("Ada")
    undo.focus()
    saved.keyboard.press("Enter")
    expect(status(saved)).to_have_text(f"“{renamed}” is back.")
    expect(author).not_to_have_attribute("aria-invalid", "true")
    expect(undo).to_be_hidden()
    expect(section(saved).get_by_role("button", name=f"Open: {renamed}")).to_be_focused()


def test_a_question_is_about_the_name_that_it_was_asked_of(
    page: Page, site: str, name: str, saved: Page
) -> None:
    assert saved.url
    open_page(page, f"{site}/{TOPIC}?programme_starts=900000")
    save(page, f"{name} of Bea", author="Bea")
    expect(status(page)).to_have_text(f"“{name} of Bea” is saved.")
    open_page(page, f"{site}/{TOPIC}?programme_starts=900000")
    save(page, "charter delivers")
    question = section(page).get_by_text("comes with the workbook")
    expect(question).to_be_visible()
    save(page, f"{name} of Bea")
    expect(question).to_be_hidden()
    expect(section(page).get_by_text("saved by Bea on")).to_be_visible()


def test_a_scenario_other_than_the_form_s_is_not_saved(page: Page, site: str) -> None:
    open_page(page, f"{site}/{TOPIC}")
    save(page, "Form with an error")
    find_field(page, STARTS).fill("-1")
    press(page, "Save")
    expect(status(page)).to_have_text(
        "Error: Nothing is saved. Correct the errors in the form first."
    )
    change_starts(page, 700_000)
    press(page, "Save")
    expect(status(page)).to_have_text("“Form with an error” is saved as version 2.")


def test_what_is_saved_is_what_was_typed_last(page: Page, site: str) -> None:
    open_page(page, f"{site}/{TOPIC}")
    save(page, "  ")
    name = f"Typed last {uuid.uuid4().hex[:6]}"
    section(page).get_by_label("Name of the scenario", exact=True).fill(name)
    for starts in ("1", "10", "100", "1000", "10000", "100000"):  # each before the last is answered
        find_field(page, STARTS).fill(starts)
    press(page, "Save")
    expect(status(page)).to_have_text(f"“{name}” is saved.")
    wait_until_ready(page)
    find_field(page, STARTS).fill("5")
    wait_until_ready(page)
    open_part(page, "Open a saved scenario")
    press(page, f"Open: {name}")
    expect(find_field(page, STARTS)).to_have_value("100000")


def test_a_published_scenario_opened_in_the_form_says_whose_it_is(page: Page, site: str) -> None:
    open_page(page, f"{site}/{TOPIC}")
    open_preset(page, "Charter delivers")
    expect(page.locator(".wb-notice")).to_contain_text("saved by policy team on 24 July 2014")


@pytest.fixture(scope="module")
def read_only_site() -> Iterator[str]:
    """A server whose operator has named no folder for scenarios."""
    command = [*few_topics_command(TOPIC), "--port", str(free_port())]
    with run_server(command, "http://127.0.0.1:", {FOLDER_VARIABLE: ""}) as line:
        yield line[line.index("http://") :].rstrip("/")


def test_a_read_only_page_gives_the_file_and_opens_it_again(
    page: Page, read_only_site: str, tmp_path: Path
) -> None:
    open_page(page, f"{read_only_site}/{TOPIC}?programme_starts=700000")
    expect(section(page)).to_contain_text("This site does not keep scenarios.")
    with page.expect_download() as download:
        save(page, "More starts")
    path = tmp_path / download.value.suggested_filename
    assert path.name == "more-starts.toml"
    download.value.save_as(path)
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert content["parameters"] == {STARTS: 700000}
    assert (content["author"], content["topic"]) == ("Ada", TOPIC)
    change_starts(page, 300_000)
    open_part(page, "Open a saved scenario")
    expect(section(page).get_by_role("button", name="Open: Charter delivers")).to_be_visible()
    expect(section(page).get_by_role("button", name="Delete: Charter delivers")).to_have_count(0)
    open_part(page, "Open a scenario file")
    file_input = section(page).get_by_label("Scenario file", exact=True)
    for content_bytes, message in (
        (b"#" * 70_000, "it is larger than 64 KiB"),
        (b"name = \xff", "it is not text in UTF-8"),
        (b"name = ", "cannot be read as a scenario"),
        (b'topic = "savings"', 'is a scenario of the topic "savings"'),
        (b"[parameters]\ndropout = 2.0", "must be between 0% and 100%"),
    ):
        bad = tmp_path / "bad.toml"
        bad.write_bytes(content_bytes)
        file_input.set_input_files(bad)
        expect_description(file_input, message)
        expect(file_input).to_have_attribute("aria-invalid", "true")
        assert page.url == f"{read_only_site}/{TOPIC}"
    expect_accessible(page)
    file_input.set_input_files(path)
    expect(status(page)).to_have_text('The scenario in "more-starts.toml" is open.')
    wait_until_ready(page)
    assert page.url == f"{read_only_site}/{TOPIC}?programme_starts=700000"
    page.emulate_media(media="print")
    expect(section(page)).to_be_hidden()
