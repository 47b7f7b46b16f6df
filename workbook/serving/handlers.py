"""Request handlers: the home page, a topic's page, static files and the health check."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

import tornado.web
from jinja2 import Environment
from jupyter_server.base.handlers import JupyterHandler
from voila.tornado.handler import TornadoVoilaHandler

from workbook.topics.registry import TOPICS

_log = logging.getLogger(__name__)

# Vega compiles a chart's expressions, which is what 'unsafe-eval' allows; nothing inline runs.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_NOT_FOUND_MESSAGE = (
    "Page not found",
    "Check that the address is correct. The page may have moved.",
)
_FAILURE_TITLE = "Something went wrong"
_NO_REQUEST_ATTRIBUTE = 'data-requested="no"'


def log_incident(kernel: str, topic: str) -> str:
    """Log that a page failed, and return the incident number that the log entry has."""
    incident_number = secrets.token_hex(3).upper()
    _log.error("incident %s: %s failed in kernel %s", incident_number, topic, kernel)
    return incident_number


class MessageHandler(JupyterHandler):
    """Handler for our own pages; errors become a page in plain English."""

    def render_page(self, name: str, **values: Any) -> str:  # noqa: ANN401  a template's own
        """Render one of our templates."""
        pages: Environment = self.settings["workbook_pages"]
        return pages.get_template(name).render(base=self.base_url, **values)

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401  tornado's signature
        """Write a page that says what went wrong, and log the details under an incident number."""
        if status_code == HTTPStatus.NOT_FOUND:
            title, text = _NOT_FOUND_MESSAGE
        else:
            incident_number = secrets.token_hex(3).upper()
            self.log.error(
                "incident %s: %s %s",
                incident_number,
                self.request.method,
                self.request.path,
                exc_info=kwargs.get("exc_info"),
            )
            title, text = (
                _FAILURE_TITLE,
                (
                    "The page could not be shown. Try again later."
                    f" If it fails again, report incident {incident_number}."
                ),
            )
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(self.render_page("message.html.j2", title=title, text=text))


class HomeHandler(MessageHandler):
    """The home page: every topic with its question and its headline."""

    def initialize(self, topic_headlines: list[tuple[Any, str]]) -> None:
        """Take the topics and their headlines."""
        self._topic_headlines = topic_headlines

    def get(self) -> None:
        """Write the home page."""
        self.finish(self.render_page("home.html.j2", topic_headlines=self._topic_headlines))


class NotFoundHandler(MessageHandler):
    """Handler for addresses that do not exist."""

    def prepare(self) -> None:  # type: ignore[override]  # no login is needed
        """Answer with the page for a missing address."""
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)


class HealthHandler(JupyterHandler):
    """Health check, which starts no kernel."""

    def get(self) -> None:
        """Answer ``ok``."""
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish("ok")


class TopicPageHandler(TornadoVoilaHandler, MessageHandler):  # type: ignore[misc]
    """A topic's page: its notebook with a kernel of its own."""

    async def get(self, path: str) -> None:
        """Write the page. Under a link, figures stay hidden until its scenario is applied."""
        if path not in TOPICS:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        _ = self.xsrf_token  # sets the cookie with which a closing page ends its kernel
        await self.kernel_manager.remove_dead_kernels(f"{path}.ipynb")  # type: ignore[attr-defined]
        scenario_requested = "yes" if self.request.query else "no"
        async for html in self.get_generator(path=f"{path}.ipynb"):
            is_heartbeat = (
                "voila_heartbeat()" in html
            )  # an inline script, which our security policy blocks
            self.write(
                "\n"
                if is_heartbeat
                else html.replace(
                    _NO_REQUEST_ATTRIBUTE, f'data-requested="{scenario_requested}"', 1
                )
            )
            self.flush()


class StaticFilesHandler(tornado.web.StaticFileHandler):
    """Our scripts and styles, with the same security headers as the pages."""

    def set_default_headers(self) -> None:
        """Set the security headers, which tornado does not set on static files."""
        for name, value in SECURITY_HEADERS.items():
            self.set_header(name, value)
        self.set_header(
            "Cache-Control", "no-cache"
        )  # revalidated each time, so that an upgrade shows at once
