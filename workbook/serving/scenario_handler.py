"""Base of the handlers that give a file of a topic's scenario: PDF, spreadsheet, document."""

from http import HTTPStatus
from urllib.parse import urlsplit

import tornado.web

from workbook.scenario import Scenario
from workbook.serving.access import Access
from workbook.serving.handlers import MessageHandler
from workbook.topic import Topic
from workbook.topics.registry import TOPICS
from workbook.widgets.link_errors import page_scenario_from_link


class ScenarioHandler(MessageHandler):
    """A file of a topic's scenario, for the scenario of a link."""

    _access: Access

    def find_topic(self, name: str) -> Topic:
        """Find a topic. Raises HTTPError 404 if there is none of this name."""
        if name not in TOPICS:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        return TOPICS[name]

    def read_scenario(self, topic: Topic) -> Scenario:
        """Read the scenario of the address: nothing but its values goes further.

        Args:
            topic: The topic.

        Returns:
            The scenario.

        Raises:
            ScenarioError: A value is invalid, or too large for a page.
        """
        return page_scenario_from_link(self.request.query, topic)

    def public_address(self, page: str) -> str:
        """Address of a page as the visitor sees it, which a proxy may have changed for us."""
        return f"{self._visitor_origin()}{self.base_url}{page}"

    def send_file(self, content: bytes, media_type: str, file_name: str) -> None:
        """Send a file that the browser stores."""
        self.set_header("Content-Type", media_type)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Disposition", f'attachment; filename="{file_name}"')
        self.finish(content)

    def write_message(self, status: HTTPStatus, title: str, text: str) -> None:
        """Send a page that says why there is no file."""
        self.set_status(status)
        self.finish(self.render_page("message.html.j2", title=title, text=text))

    def _visitor_origin(self) -> str:
        if self._access.public_origin:
            return self._access.public_origin
        host = self.request.host
        referrer = urlsplit(self.request.headers.get("Referer", ""))
        is_own_page = referrer.netloc == host and referrer.scheme in {"http", "https"}
        return f"{referrer.scheme if is_own_page else self.request.protocol}://{host}"
