"""Visitors for whom no page is ready: one, and ten at once, compared with default Voilà."""

import statistics
import time
import urllib.request
from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser, BrowserContext

from tests.benchmarks.rivals.pages import VOILA, WORKBOOK, ComparedPage, ServedPage
from tests.benchmarks.rivals.visits import (
    measure_pages,
    open_browser,
    press_key,
    visit_page,
    wait_for_step,
    watched_context,
)
from tests.benchmarks.timing import comparison_line

ROUNDS, VISITORS = 3, 10
PAUSE = 10  # seconds between visits, so that the server is idle again
OPEN_TOGETHER = """([address, count]) => {
    for (let visitor = 0; visitor < count; visitor += 1) window.open(address);
    return performance.timeOrigin + performance.now();
}"""

Times = tuple[float, float]
"""Milliseconds until one visitor is ready, and until all are who come at once."""


def arrival_lines(rivals: Sequence[ComparedPage], count: int = ROUNDS) -> Iterator[str]:
    """Lines with the times of each page, and our ratios to Voilà's."""
    yield f"No page ready in advance, median of {count} rounds:"
    with open_browser() as browser:
        results = yield from measure_pages(
            [WORKBOOK, *rivals],
            lambda compared, served: time_arrivals(browser, compared, served, count),
            lambda times: f"one visitor {times[0]:,.0f} ms, {VISITORS} at once {times[1]:,.0f} ms",
        )
    if {WORKBOOK.name, VOILA.name} <= results.keys():
        own_times, baseline_times = results[WORKBOOK.name], results[VOILA.name]
        for label, own_time, baseline_time, aim in zip(
            ("Open to ready, empty pool", f"{VISITORS} arrivals at once, empty pool, all ready"),
            own_times,
            baseline_times,
            ("at most 0.25", "at most 0.17"),
            strict=True,
        ):
            yield comparison_line(label, own_time, baseline_time, VOILA.name, aim)


def time_arrivals(
    browser: Browser, compared: ComparedPage, served: ServedPage, count: int
) -> Times:
    """The medians of some rounds of one visitor, and of several at once."""
    visit_page(browser, compared, served)
    one, together = [], []
    for _ in range(count):
        time.sleep(PAUSE)
        take_waiting_page(compared, served)
        one.append(visit_page(browser, compared, served).ready)
        time.sleep(PAUSE)
        take_waiting_page(compared, served)
        with watched_context(browser, compared) as context:
            together.append(time_visitors(context, compared, served))
    return statistics.median(one), statistics.median(together)


def take_waiting_page(compared: ComparedPage, served: ServedPage) -> None:
    """Ask for our page without a browser: it gets the one that waits, and the pool is empty."""
    if compared is WORKBOOK:
        with urllib.request.urlopen(served.address, timeout=60) as answer:
            answer.read()


def time_visitors(context: BrowserContext, compared: ComparedPage, served: ServedPage) -> float:
    """Milliseconds until all of the visitors who come at once are ready; each presses a key."""
    opener = context.new_page()

    start: float = opener.evaluate(OPEN_TOGETHER, [served.address, VISITORS])
    while len(context.pages) <= VISITORS:
        context.wait_for_event("page", timeout=120_000)
    pages = [page for page in context.pages if page != opener]
    ready = []
    for page in pages:
        page.wait_for_url(f"{served.address}**", wait_until="commit", timeout=120_000)
        since_opened = wait_for_step(page, "ready", longest=120_000)
        ready.append(page.evaluate("performance.timeOrigin") + since_opened - start)
        press_key(page, compared)
    for page in pages:
        wait_for_step(page, "answered", longest=120_000)
        page.close(run_before_unload=True)
    return max(ready)
