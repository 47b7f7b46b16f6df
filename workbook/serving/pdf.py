"""PDF of a topic's page: the server prints its own page in a browser, one at a time."""

import asyncio
import base64
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from workbook.serving.access import PRINTER_COOKIE
from workbook.serving.chromium import ChromiumError, DevTools, start_chromium
from workbook.serving.turn_queue import TurnQueue

PrintForm = Literal["summary", "full"]
"""The two sides of A4, or everything."""

_MOST_WAITING = 4
"""Documents that wait while one is made."""

_DOCUMENT_SECONDS = 100
"""Time for one document, from starting the browser."""

_LEAVING_SECONDS = 5
"""Time to leave the page, however long the document took."""

_STATE_EXPRESSION = """new Promise((resolve) => {
  const answer = () => {
    const { workbook } = document.body.dataset;
    if (!["starting", "busy", "reconnecting"].includes(workbook)) resolve(workbook);
  };
  new MutationObserver(answer).observe(document.body, { attributes: true });
  answer();
})"""
_REJECTION_EXPRESSION = (
    "document.body.dataset.linkError === undefined ? '' :"
    " document.querySelector('.wb-error-summary ul')?.innerText ?? 'It cannot be opened.'"
)


class ScenarioRejectedError(Exception):
    """The page cannot show the scenario; the message says why."""


@dataclass(frozen=True)
class PrintRequest:
    """A document to make.

    Args:
        page_url: Address of the page on this machine.
        public_url: Address under which visitors reach the page. The document gives it as the link.
        form: Which of the two print forms.
        printer_key: What the browser shows the server to be given the page.
    """

    page_url: str
    public_url: str
    form: PrintForm
    printer_key: str = field(default="", repr=False)


class PdfPrinter:
    """Makes documents one at a time, and refuses more than a few that wait.

    Args:
        chromium: Path of the browser.
    """

    def __init__(self, chromium: str) -> None:
        self._chromium = chromium
        self._queue = TurnQueue(1, _MOST_WAITING)

    async def make_pdf(self, request: PrintRequest) -> bytes:
        """Make a document.

        Args:
            request: The document.

        Returns:
            The PDF.

        Raises:
            QueueFullError: Too many wait already.
            ScenarioRejectedError: The page cannot show the scenario.
            ChromiumError: The document could not be made.
        """
        async with self._queue.take_turn():
            return await asyncio.to_thread(_print_page, self._chromium, request)


def _print_page(chromium: str, request: PrintRequest) -> bytes:
    with start_chromium(chromium, _DOCUMENT_SECONDS) as browser:
        target = browser.send_command("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.send_command("Target.attachToTarget", targetId=target, flatten=True)
        tab = attached["sessionId"]
        browser.send_command("Page.enable", tab)
        script = f"globalThis.workbookPublicUrl = {json.dumps(request.public_url)};"
        browser.send_command("Page.addScriptToEvaluateOnNewDocument", tab, source=script)
        key = {"name": PRINTER_COOKIE, "value": request.printer_key, "httpOnly": True}
        browser.send_command("Network.setCookie", tab, url=request.page_url, **key)
        _open_page(browser, tab, request.page_url)
        try:
            return _print_ready_page(browser, tab, request.form)
        finally:
            _leave_page(browser, tab)


def _open_page(browser: DevTools, tab: str, url: str) -> None:
    result = browser.send_command("Page.navigate", tab, url=url)
    if "errorText" in result:
        raise ChromiumError(f"the page could not be opened: {result['errorText']}")
    browser.wait_for_event("Page.loadEventFired")


def _leave_page(browser: DevTools, tab: str) -> None:
    """Leave the page, which ends its kernel. The document is made or has failed by then."""
    browser.set_time_left(_LEAVING_SECONDS)
    with suppress(ChromiumError):
        _open_page(browser, tab, "about:blank")


def _print_ready_page(browser: DevTools, tab: str, form: PrintForm) -> bytes:
    state = browser.evaluate(_STATE_EXPRESSION, tab)
    if rejection := browser.evaluate(_REJECTION_EXPRESSION, tab):
        raise ScenarioRejectedError(rejection)
    if state != "ready":
        raise ChromiumError(f"the page is {state or 'no page of a topic'}")
    browser.evaluate(f"globalThis.workbookPreparePrint({json.dumps(form)})", tab)
    document = browser.send_command(
        "Page.printToPDF", tab, preferCSSPageSize=True, generateDocumentOutline=True
    )
    return base64.b64decode(document["data"])
