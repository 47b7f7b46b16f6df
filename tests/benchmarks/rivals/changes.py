"""Time from a key press to the painted key chart, compared with the fastest rival."""

from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser

from tests.benchmarks.rivals.pages import WORKBOOK, ComparedPage, ServedPage
from tests.benchmarks.rivals.visits import (
    LONGEST_WAIT,
    measure_pages,
    open_browser,
    press_key,
    wait_for_step,
    watched_context,
)
from tests.benchmarks.timing import comparison_line, median_time, percentile_95

PRESSES = 40
PAUSE = 1500  # milliseconds after each answer, so that the other charts are up to date too


def change_lines(rivals: Sequence[ComparedPage], count: int = PRESSES) -> Iterator[str]:
    """Lines with the times of each page, and our ratios to the fastest rival."""
    yield f"Key press to painted key chart, {count} presses:"
    with open_browser() as browser:
        results = yield from measure_pages(
            [WORKBOOK, *rivals],
            lambda compared, served: time_presses(browser, compared, served, count),
            describe_times,
        )
    own_times = results.pop(WORKBOOK.name, [])
    for label, summarise, aim in (
        ("95th percentile", percentile_95, "at most 0.3"),
        ("median", median_time, "none"),
    ):
        if own_times and results:
            fastest = min(results, key=lambda name: summarise(results[name]))
            yield comparison_line(
                f"Key press to painted key chart, {label}",
                summarise(own_times),
                summarise(results[fastest]),
                fastest,
                aim,
            )


def time_presses(
    browser: Browser, compared: ComparedPage, served: ServedPage, count: int
) -> list[float]:
    """Milliseconds of each press but the first, until the key chart has changed on the screen."""
    times = []
    with watched_context(browser, compared) as context:
        page = context.new_page()
        page.goto(served.address, wait_until="commit", timeout=LONGEST_WAIT)
        wait_for_step(page, "ready")
        page.wait_for_timeout(3 * PAUSE)
        for _ in range(count):
            press_key(page, compared)
            times.append(wait_for_step(page, "drawn") - page.evaluate("watch.pressed()"))
            wait_for_step(page, "answered")
            page.wait_for_timeout(PAUSE)
    return times[1:]


def describe_times(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"median {median_time(times):,.0f} ms, 95th percentile {percentile_95(times):,.0f} ms"
