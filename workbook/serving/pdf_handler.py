"""Request handler for the PDF of a topic's page."""

from http import HTTPStatus

import tornado.web

from workbook.interface.page_links import page_of_scenario
from workbook.scenario import ScenarioError
from workbook.serving.access import Access
from workbook.serving.chromium import ChromiumError
from workbook.serving.pdf import (
    PdfPrinter,
    PrintForm,
    PrintRequest,
    ScenarioRejectedError,
)
from workbook.serving.scenario_handler import ScenarioHandler
from workbook.serving.turn_queue import QueueFullError
from workbook.widgets.link_errors import LINK_PROBLEM_TITLE

DOCUMENTS: dict[str, PrintForm] = {"summary": "summary", "report": "full"}
"""Name of each document in its address, with its print form."""

_BUSY_MESSAGE = (
    "Too many PDFs are being made",
    "Try again in a minute, or print the page from your browser.",
)
_FAILURE_TITLE = "The PDF could not be made"
_FAILURE_TEXT = (
    "The PDF could not be made. Print the page from your browser instead."
    " If it fails again, report incident {}."
)


class PdfHandler(ScenarioHandler):
    """The PDF of a topic's page for the scenario of a link."""

    def initialize(self, printer: PdfPrinter | None, server_url: str, access: Access) -> None:
        """Take what makes the documents, the server's own address, and who may open it.

        Args:
            printer: What makes the documents; None where there is no browser.
            server_url: Address of the home page on this machine.
            access: Who may open the pages, and the address that visitors use.
        """
        self._printer, self._server_url, self._access = printer, server_url, access

    async def get(self, topic_name: str, document: str) -> None:
        """Write the PDF, or a page that says why there is none."""
        topic = self.find_topic(topic_name)
        if self._printer is None:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        try:
            page = page_of_scenario(topic, self.read_scenario(topic))
            pdf = await self._printer.make_pdf(
                PrintRequest(
                    page_url=f"{self._server_url}{page}",
                    public_url=self.public_address(page),
                    form=DOCUMENTS[document],
                    printer_key=self._access.printer_key,
                )
            )
        except (ScenarioError, ScenarioRejectedError) as error:
            self.write_message(HTTPStatus.BAD_REQUEST, LINK_PROBLEM_TITLE, str(error))
        except QueueFullError:
            self.write_message(HTTPStatus.SERVICE_UNAVAILABLE, *_BUSY_MESSAGE)
        except ChromiumError as error:
            text = _FAILURE_TEXT.format(self.log_failed_request(error))
            self.write_message(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILURE_TITLE, text)
        else:
            self.send_file(pdf, "application/pdf", f"{topic_name}-{document}.pdf")
