"""Time to the first paint with figures, and the shift of the layout until the page is live."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, ViewportSize

from tests.browser.server import serve_workbook

VISITS = 5
PAUSE = 4  # seconds between visits, so that a page waits again
ADDRESSES = {"default": "digital_inclusion", "link": "digital_inclusion?programme_starts=0"}
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
DEVICES: dict[str, tuple[ViewportSize, dict[str, Any]]] = {
    "desktop": ({"width": 1280, "height": 900}, {}),
    "phone": ({"width": 390, "height": 844}, {"user_agent": PHONE}),
}
RECORD = """
    window.record = { shift: 0, painted: null };
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            if (!entry.hadRecentInput) record.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    const isVisible = (selector) => [...document.querySelectorAll(selector)].some((element) =>
        element.checkVisibility({ visibilityProperty: true }) && element.clientHeight > 10);
    const look = () => {
        if ([".wb-headline", "[data-indicator]", ".wb-plot svg"].every(isVisible))
            requestAnimationFrame(() => { record.painted = performance.now(); });
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""


def first_paint_lines(browser: Browser) -> Iterator[str]:
    """The median time and the largest shift, for each address and device."""
    with serve_workbook() as site:
        time.sleep(4 * PAUSE)
        for device in DEVICES:
            for kind, address in ADDRESSES.items():
                visits = [visit(browser, f"{site}/{address}", device) for _ in range(VISITS)]
                painted = statistics.median(visit["painted"] for visit in visits)
                shift = max(visit["shift"] for visit in visits)
                yield (
                    f"First paint with figures and key chart, {kind}, {device}: {painted:.0f} ms"
                    f" (aim: under 300), layout shift {shift:.4f} (aim: under 0.02)"
                )


def visit(browser: Browser, address: str, device: str) -> dict[str, float]:
    """What one visit has recorded until its chart was live."""
    viewport, options = DEVICES[device]
    with browser.new_context(viewport=viewport, **options) as context:
        page = context.new_page()
        page.add_init_script(RECORD)
        page.goto(address, wait_until="commit")
        page.locator(".wb-plot[data-render-count] svg").first.wait_for(timeout=60_000)
        time.sleep(1)
        record: dict[str, float] = page.evaluate("record")
        page.close(run_before_unload=True)
    time.sleep(PAUSE)
    return record
