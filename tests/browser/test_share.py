"""Sharing: the link, the text to forward, and the two print forms of a page."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import VIEWPORT, watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    expect_shown,
    find_field,
    open_page,
    record_texts,
    run_command,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.printed_page import page_texts
from workbook.text.grammar import split_sentences
from workbook.topics.registry import TOPICS

pytestmark = pytest.mark.browser

CHANGED = "digital_inclusion?programme_starts=500000"


def share(page: Page) -> Locator:
    return page.get_by_role("region", name="Share and print")


@pytest.fixture(scope="module")
def visit(browser: Browser, site: str) -> Iterator[tuple[Page, Callable[[], None]]]:
    """One visit to the changed scenario."""
    with watched_page(browser) as (page, check):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield open_page(page, f"{site}/{CHANGED}"), check


@pytest.fixture
def changed_page(visit: tuple[Page, Callable[[], None]]) -> Iterator[Page]:
    """The page of the changed scenario, as on a screen and with nothing opened."""
    page, check = visit
    page.emulate_media(media="null")  # the medium of a screen would be printed, too
    page.set_viewport_size(VIEWPORT)
    share(page).locator("details").evaluate_all("all => all.forEach(e => { e.open = false })")
    record_texts(share(page).get_by_role("status"))
    yield page
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    check()


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_one_click_copies_the_link(changed_page: Page, site: str):
    button = share(changed_page).get_by_role("button", name="Copy link")
    button.click()
    expect_shown(changed_page, "Link copied.")
    link, pin = clipboard(changed_page).split("&pin=")
    assert link == f"{site}/{CHANGED}"
    assert re.fullmatch("[0-9a-f]{16}", pin)
    expect(button).to_be_focused()


def test_one_click_copies_the_answer_in_two_sentences_with_the_link(changed_page: Page, site: str):
    share(changed_page).get_by_role("button", name="Copy text to forward").click()
    expect_shown(changed_page, "Text and link copied.")
    answer, scenario, link = clipboard(changed_page).split("\n\n")
    headline = run_command("digital_inclusion", programme_starts=500000)["headline"]
    assert answer == f"Digital inclusion: {' '.join(split_sentences(headline)[:2])}"
    assert scenario == "Figures to 30 June 2014. 1 change from the published assumptions."
    assert link.startswith(f"{site}/{CHANGED}&pin=")


def test_the_same_text_is_ready_as_an_e_mail_and_can_be_read_before(changed_page: Page):
    share(changed_page).get_by_text("Link and text to forward").click()
    text = share(changed_page).locator(".wb-forward-text")
    expect(text).to_be_visible()
    address = share(changed_page).get_by_role("link", name="Send by e-mail").get_attribute("href")
    fields = parse_qs(urlsplit(address).query)
    assert fields["subject"] == ["Digital inclusion – Policy Workbook"]
    body = re.sub("&pin=[0-9a-f]{16}", "", fields["body"][0])
    assert body == text.evaluate("element => element.textContent")


def test_text_and_link_follow_the_scenario(changed_page: Page, site: str):
    text = share(changed_page).locator(".wb-forward-text")
    changed_page.get_by_role("button", name="Reset to published").click()
    expect(text).to_contain_text("Published assumptions")
    expect(text).to_contain_text(re.compile(f"{re.escape(site)}/digital_inclusion$"))
    find_field(changed_page, "programme_starts").fill("500000")
    expect(text).to_contain_text(re.compile(f"{re.escape(f'{site}/{CHANGED}')}$"))
    wait_until_ready(changed_page)


def test_a_link_waits_for_the_answer_to_the_last_change(changed_page: Page, site: str):
    find_field(changed_page, "programme_starts").fill("400000")
    share(changed_page).get_by_role("button", name="Copy link").click()
    expect_shown(changed_page, "Link copied.")
    link, _ = clipboard(changed_page).split("&pin=")
    assert link == f"{site}/digital_inclusion?programme_starts=400000"
    find_field(changed_page, "programme_starts").fill("500000")
    wait_until_ready(changed_page)


def test_without_the_clipboard_interface_the_link_is_copied_too(page: Page, site: str):
    page.add_init_script("delete Navigator.prototype.clipboard")
    open_page(page, f"{site}/{CHANGED}")
    page.evaluate("document.addEventListener('copy', () => { window.copied = true; })")
    record_texts(share(page).get_by_role("status"))
    share(page).get_by_role("button", name="Copy link").click()
    expect_shown(page, "Link copied.")
    assert page.evaluate("window.copied")


def test_it_is_accessible_and_fits(changed_page: Page):
    share(changed_page).get_by_text("Link and text to forward").click()
    for width in (1280, 320):
        changed_page.set_viewport_size({"width": width, "height": 800})
        expect_no_sideways_scrolling(changed_page, width)
    assert accessibility_violations(changed_page) == []


class TestPrint:
    def test_the_summary_is_the_answer_and_what_it_is_based_on(self, changed_page: Page):
        changed_page.evaluate("workbookPreparePrint('summary')")
        changed_page.emulate_media(media="print")
        for selector in (".wb-headline", "[data-chart=path] svg", ".wb-tiles", ".wb-record"):
            expect(changed_page.locator(selector).first).to_be_visible()
        for hidden in changed_page.locator(".wb-section, .wb-share button, .wb-form").all():
            expect(hidden).to_be_hidden()

    def test_the_browser_s_own_print_has_every_section_and_chart(self, changed_page: Page):
        changed_page.evaluate("workbookPreparePrint('full')")
        changed_page.evaluate("dispatchEvent(new Event('afterprint'))")
        printed = " ".join(page_texts(changed_page.pdf(prefer_css_page_size=True)))
        changed_page.emulate_media(media="print")
        for heading in changed_page.locator(".wb-section h2").all():
            assert heading.inner_text() in printed
        for figure in changed_page.locator("figure[data-chart]").all():
            expect(figure.locator("svg").first).to_be_visible()

    def test_every_page_has_topic_scenario_link_and_number(self, changed_page: Page, site: str):
        pages = page_texts(changed_page.pdf(prefer_css_page_size=True))
        for number, text in enumerate(pages, start=1):
            assert text.startswith("Digital inclusion 1 change from the published assumptions")
            assert text.endswith(f"Page {number} of {len(pages)}")
            assert f"{site}/{CHANGED}" in text

    def test_a_long_link_is_printed_whole_once_and_shortened_below(self, page: Page, site: str):
        services = TOPICS["take_up"].run().parameter_options["exclude"][:15]
        open_page(page, f"{site}/take_up?{urlencode({'exclude': '; '.join(services)})}")
        page.evaluate("workbookPreparePrint('summary')")
        page.emulate_media(media="print")
        record = page.locator(".wb-record")
        link = record.locator("div", has_text="Link").locator("dd")
        assert len(link.inner_text()) > 500
        box, text_box = link.bounding_box(), record.bounding_box()
        assert box["x"] + box["width"] <= text_box["x"] + text_box["width"]
        assert box["height"] > 3 * 12, "the link does not wrap"
        footer = page.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--wb-print-link')"
        )
        assert re.search("….$", footer)

    def test_a_button_prints_the_summary_and_the_page_is_whole_again(self, changed_page: Page):
        changed_page.evaluate(
            "window.print = () => { window.printed = document.body.dataset.print;"
            " dispatchEvent(new Event('afterprint')); }"
        )
        for label, form in (("Print summary", "summary"), ("Print everything", "full")):
            share(changed_page).get_by_role("button", name=label).click()
            wait_until_true(changed_page, "form => window.printed === form", form)
            assert changed_page.evaluate("document.body.dataset.print") is None
