"""What every visit does: wait until a page answers, read what it shows, ask axe and the command."""

import json
import subprocess
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.server import WORKBOOK

ACCESSIBILITY_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def run_command(topic: str, **parameters: object) -> dict[str, Any]:
    """What `workbook run` says of a topic's scenario with these parameters."""
    settings = [f"--set={name}={value}" for name, value in parameters.items()]
    command = [str(WORKBOOK), "run", topic, "--json", *settings]
    result: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout
    )
    return result


def wait_until_ready(page: Page) -> None:
    """Wait until a key pressed now is answered."""
    expect(page.locator("body[data-workbook=ready]")).to_be_attached()


def open_page(page: Page, address: str) -> Page:
    """The page at an address, once it is ready."""
    page.goto(address)
    wait_until_ready(page)
    return page


def displayed_values(page: Page) -> dict[str, str]:
    """The raw value that each indicator's element carries."""
    tiles = page.locator("[data-indicator]").evaluate_all(
        "tiles => tiles.map(tile => [tile.dataset.indicator, tile.dataset.value])"
    )
    return dict(tiles)


def accessibility_violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its own good practice."""
    axe_violations = (
        Axe().run(page, options={"runOnly": ACCESSIBILITY_RULES}).response["violations"]
    )
    return [
        f"{violation['id']}: {[node['html'][:200] for node in violation['nodes']]}"
        for violation in axe_violations
    ]
