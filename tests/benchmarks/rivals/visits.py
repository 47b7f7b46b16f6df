"""Visits to any of the pages in a browser, each with a key press that must be answered."""

import contextlib
import math
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.benchmarks.rivals.environments import NotInstalledError
from tests.benchmarks.rivals.pages import ComparedPage, ServedPage
from tests.chromium import CHROMIUM_FLAGS, chromium_path

LOCAL_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"
"""Flag of Chromium: what a page asks of another host fails at once."""

LONGEST_WAIT = 60_000
"""Milliseconds to wait for a page or an answer."""

ANSWER_WAIT = 2_000
"""Milliseconds after a key press until the key is pressed again: the page was not ready."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Visit:
    """Milliseconds of a visit from the opening of the page.

    Attributes:
        painted: Until the figure and the key chart were on the screen.
        ready: Until a key could be pressed that was answered; infinite if there was none.
        answered: Until the figure had changed after that key.
    """

    painted: float
    ready: float
    answered: float


@contextlib.contextmanager
def open_browser() -> Iterator[Browser]:
    """A Chromium that reaches only this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_FLAGS, LOCAL_ONLY]
        )
        yield browser
        browser.close()


@contextlib.contextmanager
def watched_context(browser: Browser, compared: ComparedPage) -> Iterator[BrowserContext]:
    """A browser's context without cache or cookies, whose pages are watched."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script(compared.watch_script)
        yield context


def wait_for_step(page: Page, step: str, longest: int = LONGEST_WAIT) -> float:
    """Wait for a step of ``watch.js``; returns its time. Raises TimeoutError."""
    reached = find_step(page, step, longest)
    if reached is None:
        raise TimeoutError(f"{page.url} is not {step} after {longest} ms")
    return reached


def find_step(page: Page, step: str, longest: int) -> float | None:
    """Wait for a step; returns its time, or None if it is not reached after some milliseconds."""
    script = """([step, longest]) => Promise.race(
        [watch.wait(step), new Promise((resolve) => setTimeout(resolve, longest, null))])"""
    reached: float | None = page.evaluate(script, [step, longest])
    return reached


def press_key(page: Page, compared: ComparedPage) -> float:
    """Press the up arrow in the number box; returns the time of the press."""
    page.locator(compared.box).first.focus()
    page.evaluate("watch.expectAnswer()")
    pressed: float = page.evaluate("performance.now()")
    page.keyboard.press("ArrowUp")
    return pressed


def visit_page(browser: Browser, compared: ComparedPage, served: ServedPage) -> Visit:
    """Open a page, press a key once it says that it is ready, and wait for the answer."""
    with watched_context(browser, compared) as context:
        page = context.new_page()
        page.goto(served.address, wait_until="commit", timeout=LONGEST_WAIT)
        painted, ready = wait_for_step(page, "painted"), wait_for_step(page, "ready")
        press_key(page, compared)
        while (answered := find_step(page, "answered", ANSWER_WAIT)) is None:  # it was not ready
            ready = press_key(page, compared)
            if ready > LONGEST_WAIT:
                ready = answered = math.inf
                break
        page.close(run_before_unload=True)
        return Visit(painted, ready, answered)


def visit_repeatedly(
    browser: Browser, compared: ComparedPage, served: ServedPage, count: int, pause: float
) -> list[Visit]:
    """Visit a page some times, with a pause in seconds after each, and once before uncounted."""
    visits = []
    for _ in range(count + 1):
        visits.append(visit_page(browser, compared, served))
        time.sleep(pause)
    return visits[1:]


def measure_pages(
    pages: Iterable[ComparedPage],
    measure: Callable[[ComparedPage, ServedPage], Result],
    describe: Callable[[Result], str],
) -> Generator[str, None, dict[str, Result]]:
    """Serve and measure one page after the other.

    Args:
        pages: The pages.
        measure: Measures a page while it is served.
        describe: Puts the result into words.

    Yields:
        A line for each page; for one that cannot be installed or that fails, a line that says so.

    Returns:
        The results by the pages' names.
    """
    results = {}
    for compared in pages:
        try:
            with compared.serve() as served:
                results[compared.name] = measure(compared, served)
        except (NotInstalledError, AssertionError, TimeoutError, Error) as error:
            yield f"    {compared.name}: not measured: {error}"
        else:
            yield f"    {compared.name}: {describe(results[compared.name])}"
    return results
