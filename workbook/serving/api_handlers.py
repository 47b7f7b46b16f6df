"""Request handlers of `/api/`: JSON for programs, read only."""

import asyncio
import json
from http import HTTPStatus
from typing import Any, Final

import tornado.web

from workbook.interface.calls import WorkbookCalls
from workbook.interface.errors import describe_refusal
from workbook.serving.access import Access
from workbook.serving.api_calls import ApiAnswer, ApiCalls, CallFailedError, CallTimeoutError
from workbook.serving.api_worker import answer_call
from workbook.serving.handlers import MessageHandler
from workbook.serving.turn_queue import QueueFullError
from workbook.topics.registry import TOPICS

_LARGEST_BODY: Final = 64 * 1024
"""Bytes of a body that a request may have. No call takes one."""

_LARGEST_DROPPED_BODY: Final = 32 * 2**20
"""Bytes of a body that is read to the end before it is refused."""

_RETRY_SECONDS: Final = "10"

_DESCRIPTIONS: Final = frozenset({"index", "document", "topics", "topic"})
"""Calls that the server answers itself: they need neither a calculation nor the archive."""

_BUSY: Final = "Too many calculations wait. Try again in a few seconds."
_LATE: Final = "This took too long. Ask for fewer simulations, or use the workbook command."
_MESSAGES: Final = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address. {home}api/ lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Only GET and HEAD are answered: nothing is changed here.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is too large. Leave out its body.",
}


def api_routes(access: Access, calls: ApiCalls) -> list[tuple[Any, ...]]:
    """Routes of the interface, the last of which is for every other address below it.

    Args:
        access: Who may open the pages.
        calls: What answers the calls that calculate.

    Returns:
        The routes: address, handler and its options.
    """
    addresses = {
        r"/api/?": "index",
        r"/api/openapi\.json": "document",
        r"/api/topics/?": "topics",
        r"/api/topics/([^/]+)": "topic",
        r"/api/topics/([^/]+)/run": "run",
        r"/api/topics/([^/]+)/seek": "seek",
        r"/api/snapshots/?": "snapshots",
        r"/api/snapshots/([^/]+)": "snapshot",
        r"/api/snapshots/([^/]+)/([^/]+)": "snapshot",
        r"/api/indicators/([^/]+)/([^/]+)": "indicator",
        r"/api/.*": "",
    }
    return [
        (address, ApiHandler, {"access": access, "calls": calls, "call": call})
        for address, call in addresses.items()
    ]


@tornado.web.stream_request_body
class ApiHandler(MessageHandler):
    """A call of the interface. Its answers and errors are JSON."""

    def initialize(self, access: Access, calls: ApiCalls, call: str) -> None:
        """Take who may open the pages, what answers calls, and the call; empty for none."""
        self._access, self._calls, self._call = access, calls, call
        self._has_large_body = False
        self._task: asyncio.Task[ApiAnswer] | None = None

    def check_xsrf_cookie(self) -> None:
        """Do nothing: no request changes anything, whoever sends it."""

    def prepare(self) -> None:  # type: ignore[override]  # the route has checked the visitor
        """Refuse a body that is very large, or of unknown size, before it is read.

        A smaller one is dropped as it comes: a program that is still sending reads no answer. No
        cookie is set.
        """
        size = self.request.headers.get("Content-Length", "0")
        if not (size.isascii() and size.isdigit()):
            raise tornado.web.HTTPError(HTTPStatus.BAD_REQUEST)
        self._has_large_body = int(size) > _LARGEST_BODY
        if "Transfer-Encoding" in self.request.headers or int(size) > _LARGEST_DROPPED_BODY:
            raise tornado.web.HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def data_received(self, chunk: bytes) -> None:
        """Drop a part of a body, which no call needs."""

    def refuse_method(self, *_: str) -> None:
        """Refuse every method but GET and HEAD. Raises HTTPError."""
        self._check_body()
        raise tornado.web.HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)

    post = put = patch = delete = options = refuse_method

    def _check_body(self) -> None:
        if self._has_large_body:
            raise tornado.web.HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def on_connection_close(self) -> None:
        """End the calculation of a program that no longer waits for it."""
        if self._task is not None:
            self._task.cancel()

    async def get(self, *places: str) -> None:
        """Answer the call."""
        self._check_body()
        self._task = asyncio.create_task(self._answer(places))
        try:
            answer = await self._task
        except asyncio.CancelledError:
            return
        except QueueFullError:
            self._write_busy(_BUSY)
        except CallTimeoutError:
            self._write_busy(_LATE)
        except CallFailedError as error:
            self._incident_number = self.log_failed_request(error)
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
        else:
            self._write(answer.status, answer.content)

    async def head(self, *places: str) -> None:
        """Answer as ``get``, without the body."""
        await self.get(*places)

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401  tornado's signature
        """Write why the request failed. Details of a fault are in the log only."""
        if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            message = f"The workbook failed. If it fails again, report incident {self._incident()}."
        else:
            general = "The request is not valid."
            message = _MESSAGES.get(HTTPStatus(status_code), general).format(home=self._home())
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", "GET, HEAD")
        self._write(HTTPStatus(status_code), describe_refusal(HTTPStatus(status_code), message))

    async def _answer(self, places: tuple[str, ...]) -> ApiAnswer:
        if not self._call:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        home, query = self._home(), self.request.query
        if self._call not in _DESCRIPTIONS:
            return await self._calls.answer(self._call, places, query, home)
        workbook = WorkbookCalls(TOPICS, home=home, needs_token=bool(self._access.token))
        return ApiAnswer(*answer_call(workbook, self._call, places, query))

    def _home(self) -> str:
        return (
            self._access.public_url
            or f"{self.request.protocol}://{self.request.host}{self.base_url}"
        )

    def _incident(self) -> str:
        return self._incident_number or self.log_failed_request(None)

    def _write_busy(self, message: str) -> None:
        self.set_header("Retry-After", _RETRY_SECONDS)
        status = HTTPStatus.SERVICE_UNAVAILABLE
        self._write(status, describe_refusal(status, message))

    def _write(self, status: HTTPStatus, content: Any) -> None:  # noqa: ANN401  ready for JSON
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-cache" if status == HTTPStatus.OK else "no-store")
        self.finish(json.dumps(content, allow_nan=False))
