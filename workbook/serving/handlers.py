"""What answers an address: the home page, a topic's page, our own files, health."""

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
    "There is no such page",
    "The address may be mistyped, or the page may have moved.",
)
_FAILURE_TITLE = "Something went wrong"
_NO_REQUEST_ATTRIBUTE = 'data-requested="no"'


def log_incident(kernel: str, topic: str) -> str:
    """A number for a page that failed, under which the log names the kernel and the topic."""
    incident_number = secrets.token_hex(3).upper()
    _log.error("incident %s: %s failed in kernel %s", incident_number, topic, kernel)
    return incident_number


class MessageHandler(JupyterHandler):
    """A page of ours; whatever goes wrong is told in plain words."""

    def render_page(self, name: str, **values: Any) -> str:  # noqa: ANN401  a template's own
        """A template of ours as text."""
        pages: Environment = self.settings["workbook_pages"]
        return pages.get_template(name).render(base=self.base_url, **values)

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401  tornado's signature
        """Say what is wrong and where to go; the log has the rest."""
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
                f"The page could not be made (incident {incident_number}). Please try again.",
            )
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(self.render_page("message.html.j2", title=title, text=text))


class HomeHandler(MessageHandler):
    """Every topic with its question and its current headline."""

    def initialize(self, topic_headlines: list[tuple[Any, str]]) -> None:
        """Take the topics and their headlines."""
        self._topic_headlines = topic_headlines

    def get(self) -> None:
        """The home page."""
        self.finish(self.render_page("home.html.j2", topic_headlines=self._topic_headlines))


class NotFoundHandler(MessageHandler):
    """Any address that there is not."""

    def prepare(self) -> None:  # type: ignore[override]  # it asks nobody who they are
        """Answer that there is no such page."""
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)


class HealthHandler(JupyterHandler):
    """Whether the server answers; it starts no kernel."""

    def get(self) -> None:
        """A word."""
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish("ok")


class TopicPageHandler(TornadoVoilaHandler, MessageHandler):  # type: ignore[misc]
    """A topic's notebook as a page, with a kernel of its own."""

    async def get(self, path: str) -> None:
        """The page; under a link nothing is shown before the link's scenario is there."""
        if path not in TOPICS:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        _ = self.xsrf_token  # sets the cookie without which a closing page could not end its kernel
        await self.kernel_manager.remove_dead_kernels(f"{path}.ipynb")  # type: ignore[attr-defined]
        scenario_requested = "yes" if self.request.query else "no"
        async for html in self.get_generator(path=f"{path}.ipynb"):
            is_heartbeat = "voila_heartbeat()" in html  # an inline script, which our policy stops
            self.write(
                "\n"
                if is_heartbeat
                else html.replace(
                    _NO_REQUEST_ATTRIBUTE, f'data-requested="{scenario_requested}"', 1
                )
            )
            self.flush()


class StaticFilesHandler(tornado.web.StaticFileHandler):
    """Our own scripts and styles, with the same headers as the pages."""

    def set_default_headers(self) -> None:
        """Set the security headers, which tornado's own files lack."""
        for name, value in SECURITY_HEADERS.items():
            self.set_header(name, value)
        self.set_header(
            "Cache-Control", "no-cache"
        )  # asked about each time: an upgrade shows at once
