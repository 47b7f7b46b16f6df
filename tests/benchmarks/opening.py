"""From opening the page to its being ready, against Voilà with its default settings."""

import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.benchmarks.rival import voila
from tests.benchmarks.timing import compared, median
from tests.browser.server import serving
from workbook.resources import folder

VISITS = 5
PAUSE = 8  # seconds between visits, for the server to be as it was before
CHARTS = 4


def lines(browser: Browser) -> Iterator[str]:
    """The medians of both."""
    notebook = folder("notebooks") / "digital_inclusion.ipynb"
    with serving() as site:
        time.sleep(PAUSE)
        ours = visits(browser, f"{site}/digital_inclusion", "body[data-workbook=ready]")
    with voila(notebook) as address:
        rival = visits(browser, address, "input[name=programme_starts]")
    yield compared(
        "Opening the page to its being ready",
        median(ours),
        median(rival),
        "Voilà with its default settings",
        "under 0.33",
    )


def visits(browser: Browser, address: str, sign: str) -> list[float]:
    """Milliseconds until the sign is there and every chart is drawn, for each visit."""
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
        page.locator(sign).wait_for(state="attached", timeout=60_000)
        page.locator("figure svg").nth(CHARTS - 1).wait_for(state="attached", timeout=60_000)
        times.append((time.perf_counter() - start) * 1000)
        page.close()
        time.sleep(PAUSE)
    return times
