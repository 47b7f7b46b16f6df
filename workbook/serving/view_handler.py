"""Request handler for a view of a topic's page, which other sites may show in a frame."""

import json
import re
import time
from http import HTTPStatus
from typing import Any, TypeVar

import tornado.web
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher

from workbook.serving import views
from workbook.serving.access import Access
from workbook.serving.handlers import MessageHandler
from workbook.serving.turn_queue import QueueFullError, TurnQueue
from workbook.serving.views import VIEW_PARAMETER, ViewContent, ViewRequest, parse_view
from workbook.serving.worker_process import WorkerError, run_module
from workbook.topics.registry import TOPICS
from workbook.widgets.link_errors import LINK_PROBLEM_TITLE, page_scenario_from_link

_MOST_WAITING = 7
"""Views that wait while one is made."""

_MOST_REMEMBERED = 64
"""Views that are kept once made, and failures that are remembered."""

_VIEW_SECONDS = 60
_RETRY_SECONDS = 600
"""Time after a failure until the view is made again: others wait while it takes its time."""

_BUSY_TITLE = "Too many views are being made"
_BUSY_TEXT = "Try again in a minute."

Entry = TypeVar("Entry")


class ViewMaker:
    """Makes views one at a time, keeps the last used, and refuses more than a few that wait."""

    def __init__(self) -> None:
        self._views: dict[ViewRequest, ViewContent] = {}
        self._failure_times: dict[ViewRequest, float] = {}
        self._queue = TurnQueue(1, _MOST_WAITING)

    async def get_or_make_view(self, request: ViewRequest) -> ViewContent:
        """Get a view that was made, or make it.

        Args:
            request: What it is of.

        Returns:
            The view.

        Raises:
            QueueFullError: Too many wait already.
            WorkerError: It could not be made, now or in the last ten minutes.
        """
        if content := self._find_view(request):
            return content
        async with self._queue.take_turn():
            return self._find_view(request) or await self._make_view(request)

    def _find_view(self, request: ViewRequest) -> ViewContent | None:
        """A view that is kept, None if it is to be made. Raises WorkerError if it just failed."""
        if time.monotonic() - self._failure_times.get(request, float("-inf")) < _RETRY_SECONDS:
            raise WorkerError(f"the view of {request.topic} could not be made a moment ago")
        content = self._views.get(request)
        if content:
            _keep_newest(self._views, request, content)
        return content

    async def _make_view(self, request: ViewRequest) -> ViewContent:
        try:
            content = await _make_in_process(request)
        except WorkerError:
            _keep_newest(self._failure_times, request, time.monotonic())
            raise
        _keep_newest(self._views, request, content)
        return content


def _keep_newest(entries: dict[ViewRequest, Entry], request: ViewRequest, entry: Entry) -> None:
    """Put an entry at the end, and drop the first if there are too many."""
    entries.pop(request, None)
    entries[request] = entry
    if len(entries) > _MOST_REMEMBERED:
        entries.pop(next(iter(entries)))


async def _make_in_process(request: ViewRequest) -> ViewContent:
    try:
        output = await run_module(views.__name__, json.dumps(request), _VIEW_SECONDS)
        return ViewContent(**json.loads(output))
    except (TypeError, ValueError) as error:
        raise WorkerError(f"{views.__name__} wrote no view") from error


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
            access.find_refusal(request) or access.is_token_link(request)
        )
        return {"path_args": [path[1]]} if may_see else None


class ViewHandler(MessageHandler):
    """A view: self-contained, without a script and without cookies."""

    message_template = "refusal.html.j2"  # it has no other files, which a frame may not be given

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
        except ValueError as error:
            self._write_message(HTTPStatus.BAD_REQUEST, LINK_PROBLEM_TITLE, str(error))
            return
        try:
            content = await self._maker.get_or_make_view(request)
        except QueueFullError:
            self._write_message(HTTPStatus.SERVICE_UNAVAILABLE, _BUSY_TITLE, _BUSY_TEXT)
        else:
            if content.problem:
                self._write_message(HTTPStatus.BAD_REQUEST, LINK_PROBLEM_TITLE, content.problem)
            else:
                self._write_view(request, content)

    def _read_request(self, topic_name: str) -> ViewRequest:
        """What the view is of. Raises ValueError if the link has no such view or scenario."""
        topic = TOPICS[topic_name]
        chart = parse_view(self.get_query_argument(VIEW_PARAMETER), topic)
        scenario = page_scenario_from_link(self.request.query, topic)
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

    def _write_message(self, status: HTTPStatus, title: str, text: str) -> None:
        self.set_status(status)
        self.finish(self.render_page(self.message_template, title=title, text=text))
