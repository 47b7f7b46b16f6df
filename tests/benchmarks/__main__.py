"""Print every ratio: ``python -m tests.benchmarks``."""

from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from tests.benchmarks import first_paint, interpreter, keypress, model, page_load, savings, take_up
from tests.chromium import CHROMIUM_FLAGS, chromium_path


def benchmark_lines() -> Iterator[str]:
    """Yield each line as soon as it is measured."""
    yield from model.model_lines()
    yield from savings.savings_lines()
    yield from take_up.take_up_lines()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        yield from keypress.key_press_lines(browser)
        yield from interpreter.interpreter_lines(browser)
        yield from first_paint.first_paint_lines(browser)
        yield from page_load.page_load_lines(browser)
        browser.close()


if __name__ == "__main__":
    for line in benchmark_lines():
        print(line, flush=True)
