"""Routes of requests that are refused, and of links with the token. They come before the others."""

import json
from http import HTTPStatus
from typing import Any

import tornado.web
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher

from workbook.interface.errors import describe_refusal
from workbook.serving.access import Access, Refusal, address_without_token
from workbook.serving.handlers import MessageHandler


class RefusedRequests(Matcher):
    """Matches every request that is refused, whatever its address.

    Args:
        access: Who may open the pages.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Arguments of the handler; None if the request is not refused."""
        refusal = self._access.find_refusal(request)
        return None if refusal is None else {"target_kwargs": {"refusal": refusal}}


class TokenLinks(Matcher):
    """Matches every request with a token in its address.

    Args:
        access: Who may open the pages.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Arguments of the handler; None if there is no token."""
        return {} if self._access.is_token_link(request) else None


@tornado.web.stream_request_body
class RefusalHandler(MessageHandler):
    """Answers with 403, a page that says what to do, and one line in the log.

    A program gets JSON. A body is not kept.
    """

    def initialize(self, refusal: Refusal) -> None:
        """Take the reason."""
        self._refusal = refusal

    def prepare(self) -> None:  # type: ignore[override]  # nobody is signed in
        """Write the page, which needs no file of the server: those are refused as well."""
        refusal, request = self._refusal, self.request
        self.log.warning("Refused %s %s: %s", request.method, request.path, refusal.cause)
        self.set_status(HTTPStatus.FORBIDDEN)
        self.set_header("Cache-Control", "no-store")
        if self._is_program():
            self.set_header("Content-Type", "application/json")
            message = f"{refusal.title}. {refusal.program_advice or refusal.advice}"
            self.finish(json.dumps(describe_refusal(HTTPStatus.FORBIDDEN, message)))
        else:
            page = self.render_page("refusal.html.j2", title=refusal.title, text=refusal.advice)
            self.finish(page)

    def data_received(self, chunk: bytes) -> None:
        """Drop a part of a body."""

    def _is_program(self) -> bool:
        """Whether the address is one of ``/api/``, and not of a page's kernel."""
        address = self.request.path.removeprefix(self.base_url)
        return f"{address}/".startswith("api/") and not address.startswith("api/kernels/")

    def _log(self) -> None:
        """Log nothing more: the line says everything."""


class TokenLinkHandler(MessageHandler):
    """Gives a visitor with the token a cookie, and the same address without the token."""

    def initialize(self, access: Access) -> None:
        """Take who may open the pages."""
        self._access = access

    def prepare(self) -> None:  # type: ignore[override]  # as above
        """Set the cookie and redirect, whatever the method: no other handler sees the token."""
        if self._access.earns_cookie(self.request):
            name, value = self._access.cookie
            options = self._access.cookie_options(self.base_url)
            self.set_cookie(name, value, httponly=True, **options)
        self.set_header("Cache-Control", "no-store")
        self.redirect(address_without_token(self.request.path, self.request.query))
