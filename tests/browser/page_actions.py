"""Actions of browser tests: open a page, read its values, run axe and the command."""

import json
import subprocess
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.server import WORKBOOK

ACCESSIBILITY_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def run_command(topic: str, **parameters: object) -> dict[str, Any]:
    """Run ``workbook run`` with these parameters, and return its JSON."""
    settings = [f"--set={name}={value}" for name, value in parameters.items()]
    command = [str(WORKBOOK), "run", topic, "--json", *settings]
    result: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout
    )
    return result


def wait_until_ready(page: Page) -> None:
    """Wait until the page is ready to answer a key press."""
    expect(page.locator("body[data-workbook=ready]")).to_be_attached()


def open_page(page: Page, address: str) -> Page:
    """Open an address, and wait until the page is ready."""
    page.goto(address)
    wait_until_ready(page)
    return page


def displayed_values(page: Page) -> dict[str, str]:
    """Raw value of each indicator's element, by indicator."""
    tiles = page.locator("[data-indicator]").evaluate_all(
        "tiles => tiles.map(tile => [tile.dataset.indicator, tile.dataset.value])"
    )
    return dict(tiles)


def accessibility_violations(page: Page) -> list[str]:
    """Violations of WCAG 2.2 AA and of best practice that axe reports."""
    axe_violations = (
        Axe().run(page, options={"runOnly": ACCESSIBILITY_RULES}).response["violations"]
    )
    return [
        f"{violation['id']}: {[node['html'][:200] for node in violation['nodes']]}"
        for violation in axe_violations
    ]
