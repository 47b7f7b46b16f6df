"""Work of a key press with Vega's interpreter of expressions, compared with compiled expressions.

The interpreter lets the security policy forbid ``eval``. Two pages are pressed in turn, and the
processor time of their main threads is compared: other processes do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Browser, CDPSession, Page

from tests.benchmarks.timing import comparison_line, median_time
from tests.browser.server import serve_workbook

PRESSES: Final = 30
PAUSE: Final = 700
"""Milliseconds after a press, in which every chart in view is drawn."""

PAGES: Final = (("digital_inclusion", "programme_starts"), ("take_up", "target"))
SET_MODE: Final = """Object.defineProperty(window, "vegaEmbed", {
  configurable: true,
  set(embed) { this.realEmbed = embed; },
  get() {
    return this.realEmbed && ((element, spec, options) =>
      this.realEmbed(element, spec, { ...options, ast: MODE }));
  },
});"""


@dataclass
class PressedPage:
    """An open page, with the processor time of each key press in milliseconds."""

    page: Page
    session: CDPSession
    times: list[float] = field(default_factory=list)

    def press(self, key: str) -> None:
        """Press a key, and add what it took."""
        self.page.bring_to_front()
        before = self._processor_time()
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(PAUSE)
        self.times.append(self._processor_time() - before)

    def _processor_time(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration") * 1000


def interpreter_lines(browser: Browser) -> Iterator[str]:
    """A line for each page."""
    with serve_workbook() as site:
        for topic, box in PAGES:
            interpreted, compiled = (
                _open_page(browser, f"{site}/{topic}", box, mode) for mode in ("true", "false")
            )
            for press in range(PRESSES):
                for page in (interpreted, compiled) if press % 2 else (compiled, interpreted):
                    page.press("ArrowUp")
            yield comparison_line(
                f"A key press's work in the browser, {topic}, Vega's expressions interpreted",
                median_time(interpreted.times),
                median_time(compiled.times),
                "compiled",
                "at most 1.3",
            )
            interpreted.page.close()
            compiled.page.close()


def _open_page(browser: Browser, address: str, box: str, mode: str) -> PressedPage:
    """Open a page whose charts interpret expressions, or do not, and wait for its charts.

    A browser's rule against ``eval`` is lifted here: only then is there something to compare.
    """
    page = browser.new_page(bypass_csp=True)
    page.add_init_script(SET_MODE.replace("MODE", mode))
    page.goto(address, timeout=60_000)
    page.locator("body[data-workbook=ready]").wait_for(state="attached", timeout=60_000)
    page.locator("figure svg").nth(4).wait_for(state="attached", timeout=60_000)
    page.locator(f"input[name={box}]").focus()
    session = page.context.new_cdp_session(page)
    session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    session.send("Performance.enable")
    return PressedPage(page, session)
