"""The PDF of a page by one click, made by the server."""

import urllib.error
import urllib.request
from email.message import Message

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import KERNEL_TIMEOUT, expect_shown, open_page, record_texts
from tests.browser.printed_page import count_pages, page_texts
from workbook.serving.chromium import find_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="the PATH names no Chromium"),
]

SUMMARY = "digital_inclusion/summary.pdf"


def read(address: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=110) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_summary_is_of_the_scenario_in_the_address(site: str):
    status, headers, pdf = read(f"{site}/{SUMMARY}?programme_starts=500000")
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    assert headers["Content-Disposition"] == (
        'attachment; filename="digital_inclusion-summary.pdf"'
    )
    assert count_pages(pdf) <= 2
    printed = " ".join(page_texts(pdf))
    assert "1 change from the published assumptions" in printed
    assert f"{site}/digital_inclusion?programme_starts=500000" in printed


def test_the_link_is_the_address_that_the_visitor_sees(site: str):
    headers = {"Host": "localhost:8443", "Referer": "https://localhost:8443/take_up"}
    _, _, pdf = read(f"{site}/take_up/summary.pdf", **headers)
    assert "https://localhost:8443/take_up" in " ".join(page_texts(pdf))


def test_the_report_has_every_section(page: Page, site: str):
    open_page(page, f"{site}/delivery")
    headings = page.locator(".wb-section h2").all_text_contents()
    _, _, pdf = read(f"{site}/delivery/report.pdf")
    printed = " ".join(page_texts(pdf))
    assert headings
    assert not [heading for heading in headings if heading not in printed]
    assert "Calculating…" not in printed


def test_an_invalid_scenario_is_a_page_that_says_so(site: str):
    query = "programme_starts=1%3B%20touch%20x;--no-sandbox&colour=red&quarter=1066-Q1"
    status, headers, html = read(f"{site}/{SUMMARY}?{query}")
    assert (status, headers["Content-Type"]) == (400, "text/html; charset=UTF-8")
    assert "There is a problem with this link" in html.decode()
    for sentence in ("programme_starts", "colour", "1066"):
        assert sentence in html.decode()


@pytest.mark.parametrize("path", ["digital_inclusion/other.pdf", "other/summary.pdf"])
def test_an_unknown_document_is_not_found(site: str, path: str):
    assert read(f"{site}/{path}")[0] == 404


def test_a_click_downloads_it_and_a_failure_is_told_with_its_incident(browser: Browser, site: str):
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/digital_inclusion")
        button = page.get_by_role("button", name="Download summary (PDF)")
        status = page.locator(".wb-share").get_by_role("status")
        record_texts(status)
        with page.expect_download(timeout=KERNEL_TIMEOUT) as download:
            button.click()
        expect_shown(page, "PDF downloaded.")
        assert download.value.suggested_filename == "digital_inclusion-summary.pdf"
        assert count_pages(download.value.path().read_bytes()) <= 2
        check()  # the browser itself reports the status of the next answer as an error
        failure = "<main><p>The page could not be shown. Report incident ABC123.</p></main>"
        page.route("**/summary.pdf*", lambda route: route.fulfill(status=500, body=failure))
        button.click()
        expect(status).to_contain_text("Report incident ABC123")
