"""Time from a key press to the painted chart, compared with a rebuilt JupyterChart."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.benchmarks.baselines import serve_with_voila, write_jupyterchart_notebook
from tests.benchmarks.timing import comparison_line, median_time, percentile_95
from tests.browser.server import serve_workbook

PRESSES = 40
PAUSE = 700  # milliseconds between presses, so that later updates of the page finish

WATCH_SCRIPT = """() => {
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
OUR_WATCH_SCRIPT = WATCH_SCRIPT.replace(
    "CONFIG", '{subtree: true, attributes: true, attributeFilter: ["data-render-count"]}'
)
BASELINE_WATCH_SCRIPT = WATCH_SCRIPT.replace("CONFIG", "{subtree: true, childList: true}")


def key_press_lines(browser: Browser) -> Iterator[str]:
    """Medians and 95th percentiles of both."""
    with serve_workbook() as site:
        page = browser.new_page()
        page.goto(f"{site}/digital_inclusion")
        page.locator("body[data-workbook=ready]").wait_for(state="attached", timeout=60_000)
        own_times = time_presses(page, "input[name=programme_starts]", OUR_WATCH_SCRIPT)
        page.close()
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_with_voila(write_jupyterchart_notebook(Path(folder))) as address,
    ):
        page = browser.new_page()
        page.goto(address)
        page.locator("svg.marks").first.wait_for(timeout=60_000)
        baseline_times = time_presses(page, "input[type=number]", BASELINE_WATCH_SCRIPT)
        page.close()
    yield comparison_line(
        "Key press to painted chart, 95th percentile",
        percentile_95(own_times),
        percentile_95(baseline_times),
        "JupyterChart rebuilt",
        "at most 0.7",
    )
    yield comparison_line(
        "Key press to painted chart, median",
        median_time(own_times),
        median_time(baseline_times),
        "JupyterChart rebuilt",
        "none",
    )


def time_presses(page: Page, box: str, watch: str) -> list[float]:
    """Milliseconds of each press of the up arrow in a number box."""
    page.evaluate(watch)
    page.locator(box).focus()
    for _ in range(PRESSES):
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(PAUSE)
    times: list[float] = page.evaluate("times")
    assert len(times) == PRESSES, f"{len(times)} of {PRESSES} presses were answered"
    return times[1:]
