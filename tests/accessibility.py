"""Check every page in its states with axe, and record it: ``python -m tests.accessibility``.

The accessibility statement takes its results from the record.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.page_actions import (
    ACCESSIBILITY_RULES,
    KERNEL_TIMEOUT,
    end_kernel,
    find_field,
    open_page,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.server import serve_workbook
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from workbook.accessibility_record import RECORD_PATH, AccessibilityRecord, StateCheck
from workbook.topics.registry import TOPICS

DESKTOP: Final = {"width": 1280, "height": 900}
NARROW: Final = {"width": 320, "height": 640}


EVERY_CHART_IS_DRAWN: Final = """() => [...document.querySelectorAll(".wb-plot")].every(
    (plot) => plot.querySelector(".wb-vega").hidden || plot.dataset.renderCount
)"""
"""Script that tells whether each chart that has something to draw is drawn."""


class PageState(NamedTuple):
    """A state in which a page is checked."""

    name: str
    show: Callable[[Page], None]


def show_narrow(page: Page) -> None:
    """Show the page on a screen 320 pixels wide, which is also 1,280 pixels at 400% zoom."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a dictionary's own type


def show_desktop(page: Page) -> None:
    """Show the page on a desktop."""
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a dictionary's own type


def change_a_parameter(page: Page) -> None:
    """Open another quarter, with chips that say what has changed."""
    show_desktop(page)
    find_field(page, "quarter").fill("2014-Q3")
    expect(page.locator(".wb-chips button").first).to_be_visible(timeout=KERNEL_TIMEOUT)
    wait_until_ready(page)


def enter_a_wrong_value(page: Page) -> None:
    """Enter a quarter that does not exist, which the page rejects with a summary of errors."""
    find_field(page, "quarter").fill("soon")
    expect(page.locator(".wb-error-summary")).to_be_visible(timeout=KERNEL_TIMEOUT)


def open_every_section(page: Page) -> None:
    """Open every section, group of fields, note and chart's data, and wait for the charts."""
    show_narrow(page)
    page.locator("details").evaluate_all(
        "details => { for (const one of details) one.open = true; }"
    )
    wait_until_true(page, EVERY_CHART_IS_DRAWN)


def lose_the_connection(page: Page) -> None:
    """End the page's kernel, with the sections closed again."""
    page.locator(".wb-section").evaluate_all(
        "sections => { for (const one of sections) one.open = false; }"
    )
    end_kernel(page, page.evaluate("location.origin"))
    expect(page.locator("body[data-workbook=lost]")).to_be_attached(timeout=KERNEL_TIMEOUT)


SIMPLE_STATES: Final = (
    PageState("as opened", show_desktop),
    PageState("320 pixels wide", show_narrow),
)
"""States of a page without a kernel."""

TOPIC_STATES: Final = (
    *SIMPLE_STATES,
    PageState("a parameter changed", change_a_parameter),
    PageState("a value rejected", enter_a_wrong_value),
    PageState("every section open, 320 pixels wide", open_every_section),
    PageState("connection lost", lose_the_connection),
)
"""States of a topic's page, each from the one before it."""

SIMPLE_PAGES: Final = {
    "Home": "",
    "Accessibility statement": "accessibility",
    "Page not found": "no-such-page",
    "Headline for another site": "digital_inclusion?view=headline",
    "Chart for another site": "digital_inclusion?view=chart:path",
}
"""Addresses of the pages without a kernel, by their titles."""


def check_page(page: Page) -> StateCheck:
    """Check a page as it stands.

    Args:
        page: The page.

    Returns:
        The check, without the page's title and the state.
    """
    response = Axe().run(page, options={"runOnly": ACCESSIBILITY_RULES}).response
    violations = [
        f"{rule['id']} ({', '.join(node['html'][:100] for node in rule['nodes'])})"
        for rule in response["violations"]
    ]
    return StateCheck(page="", state="", violations=tuple(violations))


def check_states(page: Page, title: str, states: tuple[PageState, ...]) -> Iterator[StateCheck]:
    """Check an open page in its states.

    Args:
        page: The page.
        title: Its title.
        states: Its states, each from the one before it.

    Yields:
        The check of each state.
    """
    for state in states:
        state.show(page)
        yield check_page(page).model_copy(update={"page": title, "state": state.name})


def engine_version(page: Page) -> str:
    """Name and version of the testing tool."""
    engine = Axe().run(page, options={"runOnly": ["document-title"]}).response["testEngine"]
    return f"{engine['name']} {engine['version']}"


def expected_states() -> list[tuple[str, str]]:
    """Title and state of every check of a record."""
    pages = dict.fromkeys(SIMPLE_PAGES, SIMPLE_STATES) | {
        topic.title: TOPIC_STATES for topic in TOPICS.values()
    }
    return [(title, state.name) for title, states in pages.items() for state in states]


def _check_everything(browser: Browser, site: str) -> AccessibilityRecord:
    page = browser.new_page()
    checks: list[StateCheck] = []
    for title, path in SIMPLE_PAGES.items():
        page.goto(f"{site}/{path}")
        checks.extend(check_states(page, title, SIMPLE_STATES))
    for topic in TOPICS.values():
        checks.extend(
            check_states(open_page(page, f"{site}/{topic.name}"), topic.title, TOPIC_STATES)
        )
    return AccessibilityRecord(
        tested_on=datetime.now(UTC).date(),
        engine=engine_version(page),
        browser=f"Chromium {browser.version.partition('.')[0]}",
        checks=tuple(checks),
    )


def main() -> None:
    """Check every page in every state, and write the record."""
    expect.set_options(timeout=KERNEL_TIMEOUT)
    with serve_workbook() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        record = _check_everything(browser, site)
        browser.close()
    RECORD_PATH.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
    print(f"{len(record.checks)} checks, {len(record.failed_checks)} with violations")
    for check in record.failed_checks:
        print(f"{check.page}, {check.state}: {'; '.join(check.violations)}")


if __name__ == "__main__":
    main()
