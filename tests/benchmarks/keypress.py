"""From a key press to the painted chart, against a JupyterChart that is rebuilt each time."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.benchmarks.rival import jupyterchart, voila
from tests.benchmarks.timing import compared, median, p95
from tests.browser.server import serving

PRESSES = 40
PAUSE = 700  # milliseconds between presses, for what follows the chart to end

WATCH = """() => {
  window.pressed = 0; window.times = [];
  addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
  const drawn = (change) => change.type === "attributes" || [...change.addedNodes].some(
    (node) => node.nodeName === "svg" || node.querySelector?.("svg"));
  new MutationObserver((changes) => {
    if (!window.pressed || !changes.some(drawn)) return;
    const start = window.pressed;
    window.pressed = 0;
    requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - start)));
  }).observe(document.body, CONFIG);
}"""
OURS = WATCH.replace(
    "CONFIG", '{subtree: true, attributes: true, attributeFilter: ["data-painted"]}'
)
RIVAL = WATCH.replace("CONFIG", "{subtree: true, childList: true}")


def lines(browser: Browser) -> Iterator[str]:
    """The median and the 95th percentile of both."""
    with serving() as site:
        page = browser.new_page()
        page.goto(f"{site}/digital_inclusion")
        page.locator("body[data-workbook=ready]").wait_for(state="attached", timeout=60_000)
        ours = presses(page, "input[name=programme_starts]", OURS)
        page.close()
    with tempfile.TemporaryDirectory() as folder, voila(jupyterchart(Path(folder))) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("svg.marks").first.wait_for(timeout=60_000)
        rival = presses(page, "input[type=number]", RIVAL)
        page.close()
    yield compared(
        "Key press to painted chart, 95th percentile",
        p95(ours),
        p95(rival),
        "JupyterChart rebuilt",
        "at most 0.7",
    )
    yield compared(
        "Key press to painted chart, median",
        median(ours),
        median(rival),
        "JupyterChart rebuilt",
        "none",
    )


def presses(page: Page, box: str, watch: str) -> list[float]:
    """Milliseconds of each press of the up arrow in a number box."""
    page.evaluate(watch)
    page.locator(box).focus()
    for _ in range(PRESSES):
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(PAUSE)
    times: list[float] = page.evaluate("times")
    assert len(times) == PRESSES, f"{len(times)} of {PRESSES} presses were answered"
    return times[1:]
