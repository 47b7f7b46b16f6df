"""The README's pictures, taken of the running workbook: ``python -m tests.pictures``."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.server import serve_workbook
from tests.chromium import CHROMIUM_FLAGS, chromium_path

ROOT = Path(__file__).parents[1]
PAGE_BY_PICTURE = {
    "digital-inclusion.png": "/digital_inclusion",
    "take-up.png": "/take_up",
    "savings.png": "/savings",
    "quarterly-report.png": "/quarterly_report",
}
VIEWPORT_SIZE = {"width": 1280, "height": 900}


def take_screenshots(folder: Path) -> None:
    """Write every picture into a folder."""
    folder.mkdir(exist_ok=True)
    with serve_workbook() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        page = browser.new_page(viewport=VIEWPORT_SIZE)
        for name, path in PAGE_BY_PICTURE.items():
            page.goto(site + path)
            page.locator("body[data-workbook=ready]").wait_for(state="attached", timeout=60_000)
            page.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    take_screenshots(ROOT / "docs")
    print(*PAGE_BY_PICTURE)
