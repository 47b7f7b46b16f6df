"""Files of a scenario: spreadsheet, document, slides, charts and scenario file, by keyboard."""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.browser.conftest import VIEWPORT, watched_page
from tests.browser.example_page import write_example
from tests.browser.lab import run_notebook, serve_lab
from tests.browser.page_actions import (
    KERNEL_TIMEOUT,
    accessibility_violations,
    expect_no_sideways_scrolling,
    expect_shown,
    find_field,
    open_page,
    record_texts,
)
from tests.browser.test_pdf import read
from workbook.serving.chromium import find_chromium

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
CHANGED = f"{TOPIC}?programme_starts=500000"
BUTTONS = {
    "xlsx": ("Spreadsheet (XLSX)", "Spreadsheet downloaded."),
    "ods": ("Spreadsheet (ODS)", "Spreadsheet downloaded."),
    "docx": ("Document (Word)", "Document downloaded."),
    "pptx": ("Slides (PowerPoint)", "Slides downloaded."),
    "zip": ("Charts (SVG and PNG)", "Charts downloaded."),
    "toml": ("Scenario file", "Scenario file downloaded."),
}
EXPECTED_PARTS = {
    "xlsx": "xl/workbook.xml",
    "ods": "content.xml",
    "docx": "word/document.xml",
    "pptx": "ppt/slides/slide1.xml",
    "zip": "path.svg",
}
"""A part of each file, all of which but the scenario file are archives."""

OWN_TOPIC = """
from tests.analysis.example_topic import topic
from workbook import Study

study = Study(topic, topic.Scenario(riders=12))
study.overview
"""


def share(page: Page) -> Locator:
    return page.get_by_role("region", name="Share and print")


def open_downloads(page: Page) -> None:
    """Open the group by keyboard, if it is closed."""
    summary = share(page).locator(".wb-downloads > summary")
    summary.focus()
    if not share(page).locator(".wb-downloads").evaluate("group => group.open"):
        page.keyboard.press("Enter")


def download_by_keyboard(page: Page, name: str) -> Download:
    """Press a button of the group, which must be reached by Tab."""
    open_downloads(page)
    button = share(page).get_by_role("button", name=name, exact=True)
    expect(button).to_be_visible()
    for _ in BUTTONS:
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    with page.expect_download(timeout=KERNEL_TIMEOUT) as download:
        page.keyboard.press("Enter")
    return download.value


def part_names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def changed_page(browser: Browser, site: str) -> Iterator[Page]:
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{CHANGED}")
        record_texts(share(page).get_by_role("status"))
        yield page
        check()


@pytest.mark.parametrize("suffix", BUTTONS)
def test_each_file_is_downloaded_by_keyboard_and_this_is_said(changed_page: Page, suffix: str):
    label, message = BUTTONS[suffix]
    download = download_by_keyboard(changed_page, label)
    assert download.suggested_filename == f"{TOPIC}.{suffix}"
    expect_shown(changed_page, message)
    content = download.path().read_bytes()
    if suffix == "toml":
        parameters = tomllib.loads(content.decode())["parameters"]
        assert parameters == {"programme_starts": 500_000}
    else:
        assert EXPECTED_PARTS[suffix] in part_names(content)


def test_a_download_is_of_what_was_typed_last(page: Page, site: str):
    open_page(page, f"{site}/{TOPIC}")
    open_downloads(page)
    button = share(page).get_by_role("button", name="Scenario file")
    field = find_field(page, "programme_starts")
    for starts in ("1", "10", "100", "1000", "10000", "100000"):  # each before the last is answered
        field.fill(starts)
    with page.expect_download(timeout=KERNEL_TIMEOUT) as download:
        button.press("Enter")
    content = tomllib.loads(download.value.path().read_text(encoding="utf-8"))
    assert content["parameters"] == {"programme_starts": 100_000}


@pytest.mark.parametrize(
    "name",
    [
        "Scenario file",
        pytest.param(
            "Download summary (PDF)",
            marks=pytest.mark.skipif(find_chromium() is None, reason="the PATH names no Chromium"),
        ),
    ],
)
def test_nothing_is_downloaded_while_the_form_has_errors(page: Page, site: str, name: str):
    open_page(page, f"{site}/{TOPIC}")
    open_downloads(page)
    find_field(page, "programme_starts").fill("-1")
    share(page).get_by_role("button", name=name).press("Enter")
    message = "Nothing is downloaded. Correct the errors in the form first."
    expect(share(page).get_by_role("status")).to_have_text(message)


def test_the_group_is_accessible_and_fits_a_narrow_screen(changed_page: Page):
    open_downloads(changed_page)
    assert not accessibility_violations(changed_page)
    try:
        changed_page.set_viewport_size({"width": 320, "height": 700})
        expect_no_sideways_scrolling(changed_page, 320)
        assert not accessibility_violations(changed_page)
    finally:
        changed_page.set_viewport_size(VIEWPORT)


def test_the_record_has_the_address_that_the_visitor_sees(site: str):
    status, headers, content = read(f"{site}/{TOPIC}/outcome.xlsx?programme_starts=500000")
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert headers["Content-Disposition"] == f'attachment; filename="{TOPIC}.xlsx"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    record = dict(
        load_workbook(io.BytesIO(content))["record"].iter_rows(values_only=True, max_col=2)
    )
    assert record["Link"] == f"{site}/{CHANGED}"


def test_a_failure_is_told_with_its_incident(browser: Browser, site: str):
    with watched_page(browser) as (page, _):
        open_page(page, f"{site}/{TOPIC}")
        failure = "<main><p>The file could not be made. Report incident ABC123.</p></main>"
        page.route("**/outcome.zip*", lambda route: route.fulfill(status=500, body=failure))
        open_downloads(page)
        share(page).get_by_role("button", name="Charts (SVG and PNG)").click()
        expect(share(page).get_by_role("status")).to_contain_text("Report incident ABC123")


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        (f"{TOPIC}/outcome.docx?programme_starts=1;touch%20x&colour=red", 400, "programme_starts"),
        (f"{TOPIC}/outcome.xlsx?draws=10000000", 400, "at most 100,000 on a page"),
        (f"{TOPIC}/outcome.toml?draws=100001", 400, "at most 100,000 on a page"),
        (f"{TOPIC}/summary.pdf?draws=10000000", 400, "at most 100,000 on a page"),
        ("take_up/outcome.xlsx?quarter=1990-Q1", 400, "no selected service reports"),
        (f"{TOPIC}/outcome.exe", 404, "Page not found"),
        ("other/outcome.xlsx", 404, "Page not found"),
    ],
)
def test_an_invalid_request_is_a_page_that_says_so(site: str, path: str, status: int, text: str):
    answer, _, html = read(f"{site}/{path}")
    assert answer == status
    assert text in html.decode()


@pytest.fixture(scope="module")
def lab_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A notebook's own topic in JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    write_example(folder / "rides.ipynb", OWN_TOPIC)
    with serve_lab(folder) as address:
        page = browser.new_page(viewport=VIEWPORT)
        run_notebook(page, address, "rides.ipynb")
        expect(share(page)).to_be_visible(timeout=KERNEL_TIMEOUT)
        yield page
        page.close()


def test_in_jupyterlab_the_kernel_makes_the_files_of_an_own_topic(lab_page: Page):
    record_texts(share(lab_page).get_by_role("status"))
    download = download_by_keyboard(lab_page, "Document (Word)")
    assert download.suggested_filename == "rides.docx"
    assert "word/document.xml" in part_names(download.path().read_bytes())
    expect_shown(lab_page, "Document downloaded.")


def test_in_jupyterlab_copy_link_says_that_there_is_no_address(lab_page: Page):
    share(lab_page).get_by_role("button", name="Copy link").click()
    status = share(lab_page).get_by_role("status")
    expect(status).to_have_text(re.compile("There is no address here. Save the scenario"))
