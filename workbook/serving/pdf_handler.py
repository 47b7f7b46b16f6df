"""Request handler for the PDF of a topic's page."""

from http import HTTPStatus
from urllib.parse import urlsplit

import tornado.web

from workbook.scenario import ScenarioError
from workbook.serving.access import Access
from workbook.serving.chromium import ChromiumError
from workbook.serving.handlers import MessageHandler
from workbook.serving.pdf import (
    PdfPrinter,
    PrintForm,
    PrintRequest,
    ScenarioRejectedError,
)
from workbook.serving.turn_queue import QueueFullError
from workbook.topics.registry import TOPICS
from workbook.widgets.link_errors import LINK_PROBLEM_TITLE, scenario_from_link

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


class PdfHandler(MessageHandler):
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
        if topic_name not in TOPICS or self._printer is None:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        try:
            query = self._read_query(topic_name)
            page = f"{topic_name}?{query}" if query else topic_name
            pdf = await self._printer.make_pdf(
                PrintRequest(
                    page_url=f"{self._server_url}{page}",
                    public_url=f"{self._visitor_origin()}{self.base_url}{page}",
                    form=DOCUMENTS[document],
                    printer_key=self._access.printer_key,
                )
            )
        except (ScenarioError, ScenarioRejectedError) as error:
            self._write_message(HTTPStatus.BAD_REQUEST, LINK_PROBLEM_TITLE, str(error))
        except QueueFullError:
            self._write_message(HTTPStatus.SERVICE_UNAVAILABLE, *_BUSY_MESSAGE)
        except ChromiumError as error:
            text = _FAILURE_TEXT.format(self.log_failed_request(error))
            self._write_message(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILURE_TITLE, text)
        else:
            self.set_header("Content-Type", "application/pdf")
            self.set_header("Cache-Control", "no-store")
            file_name = f"{topic_name}-{document}.pdf"
            self.set_header("Content-Disposition", f'attachment; filename="{file_name}"')
            self.finish(pdf)

    def _read_query(self, topic_name: str) -> str:
        """The query of the scenario, written anew from its values: nothing else goes further."""
        return scenario_from_link(self.request.query, TOPICS[topic_name]).to_query()

    def _visitor_origin(self) -> str:
        """Scheme and host that the visitor sees, which a proxy may have changed for us."""
        if self._access.public_origin:
            return self._access.public_origin
        host = self.request.host
        referrer = urlsplit(self.request.headers.get("Referer", ""))
        is_own_page = referrer.netloc == host and referrer.scheme in {"http", "https"}
        return f"{referrer.scheme if is_own_page else self.request.protocol}://{host}"

    def _write_message(self, status: HTTPStatus, title: str, text: str) -> None:
        self.set_status(status)
        self.finish(self.render_page("message.html.j2", title=title, text=text))
