"""Actions of browser tests: open a page, read its values, run axe and the command."""

import io
import json
import time
from contextlib import redirect_stdout
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, Locator, Page, expect

from workbook.cli import main

KERNEL_TIMEOUT = 100_000
"""Milliseconds to wait for what a kernel gives: it starts slowly on a busy machine."""

NARROW = 320
"""Width of the narrowest window, in CSS pixels."""

ACCESSIBILITY_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def run_command(topic: str, **parameters: object) -> dict[str, Any]:
    """Run ``workbook run`` with these parameters in this process, and return its JSON."""
    settings = [f"--set={name}={value}" for name, value in parameters.items()]
    output = io.StringIO()
    with redirect_stdout(output), pytest.raises(SystemExit) as end:
        main(["run", topic, "--json", *settings])
    assert not end.value.code, f"the command ended with {end.value.code}"
    result: dict[str, Any] = json.loads(output.getvalue())
    return result


def wait_until_ready(page: Page) -> None:
    """Wait until the page is ready to answer a key press."""
    expect(page.locator("body[data-workbook=ready]")).to_be_attached()


def wait_until_true(page: Page, script: str, argument: object = None) -> None:
    """Wait until a script of a page gives true.

    Playwright's own ``wait_for_function`` evaluates text in the page, which the pages forbid.
    """
    deadline = time.monotonic() + KERNEL_TIMEOUT / 1000
    while not page.evaluate(script, argument):
        assert time.monotonic() < deadline, f"it does not come about: {script}"
        page.wait_for_timeout(50)


def open_page(page: Page, address: str) -> Page:
    """Open an address, and wait until the page is ready."""
    page.goto(address, timeout=KERNEL_TIMEOUT)
    wait_until_ready(page)
    return page


def find_field(page: Page, parameter: str) -> Locator:
    """Input of a parameter, after opening the disclosures around it as a visitor does."""
    field = page.locator(f"[name={parameter}]")
    for disclosure in (".wb-form-panel > details", "details.wb-field-group"):
        around_field = page.locator(disclosure, has=field)
        if around_field.count() and around_field.get_attribute("open") is None:
            around_field.locator("> summary").click()
    return field


def open_preset(page: Page, title: str) -> None:
    """Open a published scenario."""
    choice = page.get_by_label("Open a published scenario", exact=True)
    if not choice.is_visible():
        page.get_by_text("Published scenarios", exact=True).click()
    choice.select_option(title)
    page.get_by_role("button", name="Open the published scenario").click()


def displayed_values(page: Page) -> dict[str, str]:
    """Raw value of each indicator's element, by indicator."""
    tiles = page.locator("[data-indicator]").evaluate_all(
        "tiles => tiles.map(tile => [tile.dataset.indicator, tile.dataset.value])"
    )
    return dict(tiles)


def expect_no_sideways_scrolling(page: Page, width: int) -> None:
    """Wait until a page fits into this width: charts follow a change of it a moment later."""
    wait_until_true(page, "width => document.documentElement.scrollWidth <= width", width)


def accessibility_violations(page: Page) -> list[str]:
    """Violations of WCAG 2.2 AA and of best practice that axe reports."""
    options = {"runOnly": ACCESSIBILITY_RULES}
    axe_violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {[node['html'][:200] for node in violation['nodes']]}"
        for violation in axe_violations
    ]


def record_texts(element: Locator) -> None:
    """Record each text that an element shows from now on: some are shown for a few seconds."""
    element.evaluate(
        """element => {
            window.shownTexts = [];
            const record = () => shownTexts.push(element.textContent);
            new MutationObserver(record).observe(
                element, { childList: true, characterData: true, subtree: true });
        }"""
    )


def expect_shown(page: Page, text: str) -> None:
    """Wait until the recorded element has shown a text."""
    wait_until_true(page, "text => shownTexts.includes(text)", text)


def open_every_part(page: Page) -> None:
    """Open everything that a visitor can open."""
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")


def expect_all_open_and_fitting(page: Page) -> None:
    """Open every part; expect a page that fits into a wide and a narrow window.

    ``tests/browser/test_accessibility.py`` runs axe on every page in its states, and
    ``tests/soak/soak_pages.py`` at every width.
    """
    open_every_part(page)
    for width in (1280, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(page, width)


def end_kernel(page: Page, site: str) -> APIResponse:
    """End the kernel of a page, as closing the page does."""
    cookies = {cookie.get("name"): cookie.get("value", "") for cookie in page.context.cookies()}
    return page.request.post(
        f"{site}/voila/api/shutdown/{kernel_identifier(page)}",
        headers={"X-XSRFToken": str(cookies["_xsrf"])},
    )


def kernel_identifier(page: Page) -> str:
    """Identifier of the kernel behind a page."""
    kernel: str = json.loads(str(page.locator("#workbook-page").text_content()))["kernel"]
    return kernel
