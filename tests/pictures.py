"""The README's pictures, taken of the running workbook: ``python -m tests.pictures``."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.server import serving
from tests.chromium import FLAGS, executable

ROOT = Path(__file__).parents[1]
PICTURES = {
    "digital-inclusion.png": "/digital_inclusion",
    "take-up.png": "/take_up",
    "savings.png": "/savings",
    "quarterly-report.png": "/quarterly_report",
}
SIZE = {"width": 1280, "height": 900}


def take(folder: Path) -> None:
    """Write every picture into a folder."""
    folder.mkdir(exist_ok=True)
    with serving() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        for name, path in PICTURES.items():
            page.goto(site + path)
            page.locator("body[data-workbook=ready]").wait_for(state="attached", timeout=60_000)
            page.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    take(ROOT / "docs")
    print(*PICTURES)
