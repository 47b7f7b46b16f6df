"""Request handler for a view of a topic's page, which other sites may show in a frame."""

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

import tornado.web
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher

from workbook.scenario import ScenarioError, page_limit_errors
from workbook.serving import views
from workbook.serving.access import Access
from workbook.serving.handlers import MessageHandler
from workbook.serving.views import VIEW_PARAMETER, ViewContent, ViewRequest, parse_view
from workbook.serving.worker_process import run_module
from workbook.topics.registry import TOPICS
from workbook.widgets.link_errors import scenario_from_link

_MOST_WAITING = 8
"""Views in the queue, the one that is being made included."""

_MOST_KEPT = 64
"""Views that are kept once made."""

_VIEW_SECONDS = 60
_PROBLEM_TITLE = "There is a problem with this link"
_BUSY_TITLE = "Too many views are being made"
_BUSY_TEXT = "Try again in a minute."
_FAILURE_TEXT = "This could not be shown. Try again later. If it fails again, report incident {}."


class ViewsBusyError(Exception):
    """Too many views are being made."""


class ViewMaker:
    """Makes views one at a time, keeps the newest, and refuses more than a few that wait."""

    def __init__(self) -> None:
        self._kept: dict[ViewRequest, ViewContent] = {}
        self._turn = asyncio.Lock()
        self._request_count = 0

    async def find_view(self, request: ViewRequest) -> ViewContent:
        """Find a view that was made, or make it.

        Args:
            request: What it is of.

        Returns:
            The view.

        Raises:
            ViewsBusyError: Too many wait already.
            WorkerError: It could not be made.
        """
        if request in self._kept:
            return self._kept[request]
        if self._request_count >= _MOST_WAITING:
            raise ViewsBusyError
        self._request_count += 1
        try:
            async with self._turn:
                if request not in self._kept:
                    self._keep(request, await _make_in_process(request))
        finally:
            self._request_count -= 1
        return self._kept[request]

    def _keep(self, request: ViewRequest, content: ViewContent) -> None:
        self._kept[request] = content
        if len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))


async def _make_in_process(request: ViewRequest) -> ViewContent:
    output = await run_module(views.__name__, json.dumps(request), _VIEW_SECONDS)
    return ViewContent(**json.loads(output))


class ViewLinks(Matcher):
    """Matches links to a view, of visitors who may see it.

    Args:
        access: Who may open the pages.
        base_url: Path prefix of all pages.
    """

    def __init__(self, access: Access, base_url: str) -> None:
        self._access = access
        self._path = re.compile(re.escape(base_url) + r"(\w+)")

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """The topic of the link; None if the link is none to a view, or must be dealt with first.

        A visitor's token becomes a cookie first. The token of the views opens them and no more.
        """
        path = self._path.fullmatch(request.path)
        if path is None or VIEW_PARAMETER not in request.query_arguments:
            return None
        access = self._access
        may_see = access.shows_embed_token(request) or not (
            access.find_refusal(request) or access.asks_for_cookie(request)
        )
        return {"path_args": [path[1]]} if may_see else None


class ViewHandler(MessageHandler):
    """A view: self-contained, without a script and without cookies."""

    def initialize(self, maker: ViewMaker) -> None:
        """Take what makes the views."""
        self._maker = maker

    def set_default_headers(self) -> None:
        """Set the headers, which say whose pages may show the view in a frame."""
        super().set_default_headers()
        self.clear_header("X-Frame-Options")
        for name, value in self.settings["workbook_view_headers"].items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-cache")

    def prepare(self) -> None:  # type: ignore[override]  # nobody is signed in, and no cookie is set
        """Do nothing: the route has checked the visitor."""

    async def get(self, topic_name: str) -> None:
        """Write the view, or a sentence that says why there is none."""
        if topic_name not in TOPICS:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        try:
            request = self._read_request(topic_name)
            content = await self._maker.find_view(request)
        except ValueError as error:
            self._write_message(HTTPStatus.BAD_REQUEST, _PROBLEM_TITLE, str(error))
        except ViewsBusyError:
            self._write_message(HTTPStatus.SERVICE_UNAVAILABLE, _BUSY_TITLE, _BUSY_TEXT)
        else:
            if content.problem:
                self._write_message(HTTPStatus.BAD_REQUEST, _PROBLEM_TITLE, content.problem)
            else:
                self._write_view(request, content)

    def _read_request(self, topic_name: str) -> ViewRequest:
        """What the view is of. Raises ValueError if the link has no such view or scenario."""
        topic = TOPICS[topic_name]
        chart = parse_view(self.get_query_argument(VIEW_PARAMETER), topic)
        scenario = scenario_from_link(self.request.query, topic.Scenario)
        errors = tuple(page_limit_errors(scenario.values(), scenario.parameters()))
        if errors:
            raise ScenarioError(errors)
        return ViewRequest(topic_name, chart, scenario.to_query())

    def _write_view(self, request: ViewRequest, content: ViewContent) -> None:
        page = f"{self.base_url}{request.topic}"
        self.finish(
            self.render_page(
                "view.html.j2",
                content=content,
                topic_title=TOPICS[request.topic].title,
                page_url=f"{page}?{request.query}" if request.query else page,
            )
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401  tornado's signature
        """Write a page without other files: a visitor of a frame may not be given any."""
        if status_code == HTTPStatus.NOT_FOUND:
            self._write_message(HTTPStatus.NOT_FOUND, "Page not found", "Check the address.")
            return
        text = _FAILURE_TEXT.format(self.log_failed_request(kwargs.get("exc_info")))
        self._write_message(HTTPStatus(status_code), "Something went wrong", text)

    def _write_message(self, status: HTTPStatus, title: str, text: str) -> None:
        self.set_status(status)
        self.finish(self.render_page("refusal.html.j2", title=title, text=text))
