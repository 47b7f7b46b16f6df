"""Time from opening the page until it is ready, compared with Voilà's default settings."""

import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.benchmarks.baselines import serve_with_voila
from tests.benchmarks.timing import comparison_line, median_time
from tests.browser.server import serve_workbook
from workbook.resources import resource_folder

VISITS = 5
PAUSE = 8  # seconds between visits, so that the server is idle again
CHARTS = 4


def page_load_lines(browser: Browser) -> Iterator[str]:
    """Medians of both."""
    notebook = resource_folder("notebooks") / "digital_inclusion.ipynb"
    with serve_workbook() as site:
        time.sleep(PAUSE)
        own_times = time_visits(browser, f"{site}/digital_inclusion", "body[data-workbook=ready]")
    with serve_with_voila(notebook) as address:
        baseline_times = time_visits(browser, address, "input[name=programme_starts]")
    yield comparison_line(
        "Opening the page to its being ready",
        median_time(own_times),
        median_time(baseline_times),
        "Voilà with its default settings",
        "under 0.33",
    )


def time_visits(browser: Browser, address: str, ready_selector: str) -> list[float]:
    """Milliseconds of each visit until the selector matches and every chart is drawn."""
    times = []
    for _ in range(VISITS):
        page = browser.new_page()
        page.route(
            "**/*",
            lambda route: (
                route.continue_()
                if "//127.0.0.1" in route.request.url or "//localhost" in route.request.url
                else route.abort()
            ),
        )
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(ready_selector).wait_for(state="attached", timeout=60_000)
        page.locator("figure svg").nth(CHARTS - 1).wait_for(state="attached", timeout=60_000)
        times.append((time.perf_counter() - start) * 1000)
        page.close()
        time.sleep(PAUSE)
    return times
