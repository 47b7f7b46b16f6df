"""The README's pictures, taken of the running workbook: ``python -m tests.pictures``."""

from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from tests import ROOT
from tests.browser.server import serve_workbook
from tests.chromium import CHROMIUM_FLAGS, chromium_path

PICTURES_FOLDER = ROOT / "docs"
PAGE_BY_PICTURE = {
    "digital-inclusion.png": "/digital_inclusion",
    "take-up.png": "/take_up",
    "savings.png": "/savings",
    "quarterly-report.png": "/quarterly_report",
}
VIEWPORT_SIZE = {"width": 1280, "height": 900}
MOST_CHANGED = 0.002
"""Share of a picture that may differ: less than one changed label, more than smoothed edges."""

_BLOCK_SIZE = 4
"""Pixels of a block's side. Blocks are compared by their mean, so smoothed edges count little."""
_LEAST_CHANGE = 32
"""Change of a block's brightness, of 255, that a reader sees."""


def take_screenshots(folder: Path) -> None:
    """Take every picture.

    Args:
        folder: Folder to write them into; made if it is missing.
    """
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


def changed_share(first: Path, second: Path) -> float:
    """Share of a picture that differs visibly from another one.

    Args:
        first: File of a picture.
        second: File of the other picture.

    Returns:
        Share of the blocks whose brightness differs, as a fraction of 1; 1 if the sizes differ.
    """
    one, other = (Image.open(path).convert("L") for path in (first, second))
    if one.size != other.size:
        return 1.0
    difference = ImageChops.difference(one.reduce(_BLOCK_SIZE), other.reduce(_BLOCK_SIZE))
    histogram = difference.histogram()
    return sum(histogram[_LEAST_CHANGE:]) / sum(histogram)


if __name__ == "__main__":
    take_screenshots(PICTURES_FOLDER)
    print(*PAGE_BY_PICTURE)
