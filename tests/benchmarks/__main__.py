"""Print every ratio: ``python -m tests.benchmarks``."""

from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from tests.benchmarks import keypress, model, opening, savings, take_up
from tests.chromium import FLAGS, executable


def lines() -> Iterator[str]:
    """Every line, as soon as it is measured."""
    yield from model.lines()
    yield from savings.lines()
    yield from take_up.lines()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        yield from keypress.lines(browser)
        yield from opening.lines(browser)
        browser.close()


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
