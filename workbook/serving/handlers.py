"""Request handlers: the home page, pictures of charts and static files."""

import secrets
from collections.abc import Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Any

import tornado.web
from jinja2 import Environment
from jupyter_server.base.handlers import JupyterHandler

from workbook.serving.default_charts import DefaultCharts
from workbook.serving.home_cards import TopicCard
from workbook.serving.page_assets import PageAssets
from workbook.serving.security_policy import SECURITY_HEADERS
from workbook.topics.registry import TOPICS

NOT_FOUND_MESSAGE = (
    "Page not found",
    "Check that the address is correct. The page may have moved.",
)
REQUEST_MESSAGE = ("This request cannot be answered", "Check that the address is correct.")
_KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
_BUSY_MESSAGE = ("The server is busy", "Try again in a minute.")
_FAILURE_TITLE = "Something went wrong"
_FAILURE_TEXT = (
    "The page could not be shown. Try again later. If it fails again, report incident {}."
)


class MessageHandler(JupyterHandler):
    """Handler for our own pages; errors become a page in plain English.

    Attributes:
        message_template: Template of the page for an error.
    """

    message_template = "message.html.j2"
    _incident_number = ""

    def render_page(self, name: str, **values: Any) -> str:  # noqa: ANN401  a template's own
        """Render one of our templates."""
        pages: Environment = self.settings["workbook_pages"]
        return pages.get_template(name).render(base=self.base_url, **values)

    def log_failed_request(self, exc_info: Any) -> str:  # noqa: ANN401  as logging takes it
        """Log that this request failed, and return the incident number of the log entry."""
        incident_number = secrets.token_hex(3).upper()
        self.log.error(
            "incident %s: %s %s",
            incident_number,
            self.request.method,
            self.request.path,
            exc_info=exc_info,
        )
        return incident_number

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log a fault of the server once, without the query of the request: it may have a token."""
        if isinstance(value, tornado.web.HTTPError):
            super().log_exception(typ, value, tb)
        else:
            self._incident_number = self.log_failed_request((typ, value, tb))

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401  tornado's signature
        """Write a page that says what went wrong.

        The details of a fault of the server are logged under an incident number.
        """
        if status_code == HTTPStatus.NOT_FOUND:
            title, text = NOT_FOUND_MESSAGE
        elif status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            title, text = _BUSY_MESSAGE
        elif status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            title, text = REQUEST_MESSAGE
        else:
            number = self._incident_number or self.log_failed_request(kwargs.get("exc_info"))
            title, text = _FAILURE_TITLE, _FAILURE_TEXT.format(number)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(self.render_page(self.message_template, title=title, text=text))


class HomeHandler(MessageHandler):
    """The home page: a card for each topic."""

    def initialize(self, topic_cards: Sequence[TopicCard], *, has_archive: bool) -> None:
        """Take the cards, and whether the server has an archive."""
        self._topic_cards, self._has_archive = topic_cards, has_archive

    def get(self) -> None:
        """Write the home page."""
        values = {"topic_cards": self._topic_cards, "has_archive": self._has_archive}
        self.finish(self.render_page("home.html.j2", **values))


class ChartHandler(MessageHandler):
    """A picture of a topic's chart for the default scenario, for visitors without JavaScript."""

    def initialize(self, charts: DefaultCharts) -> None:
        """Take the charts."""
        self._charts = charts

    async def get(self, topic_name: str, chart_name: str) -> None:
        """Write the picture."""
        picture = (
            await self._charts.find_picture(topic_name, chart_name)
            if topic_name in TOPICS
            else None
        )
        if picture is None:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Content-Type", "image/svg+xml; charset=UTF-8")
        self.finish(picture)


class NotFoundHandler(MessageHandler):
    """Handler for addresses that do not exist."""

    def prepare(self) -> None:  # type: ignore[override]  # no login is needed
        """Answer with the page for a missing address."""
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)


class AssetHandler(tornado.web.StaticFileHandler):
    """Our scripts and styles, with the same security headers as the pages."""

    def set_default_headers(self) -> None:
        """Set the security headers, which tornado does not set on static files."""
        for name, value in SECURITY_HEADERS.items():
            self.set_header(name, value)

    def initialize(self, assets: PageAssets) -> None:  # type: ignore[override]  # they have a folder
        """Take the files."""
        super().initialize(str(assets.folder))
        self._addresses = assets.addresses

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep a file whose address has its hash; they ask again for any other."""
        is_hashed = self._addresses.get(path) == f"{path}?{self.request.query}"
        self.set_header("Cache-Control", _KEPT_FOR_GOOD if is_hashed else "no-cache")
