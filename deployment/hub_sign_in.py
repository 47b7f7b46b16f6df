"""The Policy Workbook as a service of JupyterHub, which signs visitors in.

Run by JupyterHub with its own Python (see ``jupyterhub_config.py`` in this folder). It starts the
workbook with a token that nobody else has, and passes the requests of visitors who are signed in on
to it with that token. A header with a name would not do: on a hub's machine other people run code
and can reach the workbook's port.
"""

import argparse
import asyncio
import contextlib
import ctypes
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado import httpclient, httputil, iostream, routing, tcpclient, web, websocket
from tornado.simple_httpclient import (
    HTTPStreamClosedError,
    HTTPTimeoutError,
    SimpleAsyncHTTPClient,
)

LOG = logging.getLogger("workbook.hub")
BODY_LIMIT = 100 * 2**20
PING_SECONDS = 30
HUB_COOKIES = ("service-", "jupyterhub-")
"""Beginnings of the names of the hub's cookies, which the workbook does not need."""

NOT_PASSED_ON = ("Connection", "Content-Length", "Cookie", "Keep-Alive", "Transfer-Encoding")
"""Headers that are about one connection, and the cookies, of which some are passed on."""

NOT_ANSWERED = (OSError, HTTPStreamClosedError, HTTPTimeoutError, websocket.WebSocketError)
"""What is raised if the workbook gives no answer, or no socket where one is asked for."""

PR_SET_DUMPABLE = 4
"""Linux's number of the option that closes a process to others of its user."""


class SignedInHandler(HubOAuthenticated, web.RequestHandler):
    """Handler for those who have signed in at the hub, and may use this service."""

    def initialize(self, address: str, token: str) -> None:
        """Take the workbook's address and its token."""
        self.address, self.token = address, token

    def check_xsrf_cookie(self) -> None:
        """Leave this to the workbook, which checks its own."""

    def workbook_headers(self) -> httputil.HTTPHeaders:
        """Headers of the visitor's request, with the token."""
        headers = self.request.headers.copy()
        for name in [name for name in headers if name.startswith("Sec-Websocket-")]:
            del headers[name]
        for name in NOT_PASSED_ON:
            headers.pop(name, None)
        cookies = self.request.cookies.items()
        kept = [f"{n}={c.coded_value}" for n, c in cookies if not n.startswith(HUB_COOKIES)]
        headers["Cookie"] = "; ".join(kept)
        headers["Authorization"] = f"Bearer {self.token}"
        return headers

    def set_default_headers(self) -> None:
        """Set none: the workbook sets its own."""
        self._headers = httputil.HTTPHeaders()

    def say_unanswered(self) -> None:
        """Answer that the workbook gives no answer."""
        self.clear()
        self.set_status(HTTPStatus.BAD_GATEWAY)
        self.set_header("Content-Type", "text/plain")
        self.finish("The workbook does not answer. Try again in a few seconds.")


class EndableConnection(tcpclient.TCPClient):
    """Connection of one request, which can be ended before the answer is complete."""

    _stream: iostream.IOStream | None = None
    _is_ended = False

    async def connect(self, *args: Any, **kwargs: Any) -> iostream.IOStream:  # noqa: ANN401  tornado's
        """Connect as usual, and keep the stream."""
        self._stream = await super().connect(*args, **kwargs)
        if self._is_ended:
            self._stream.close()
        return self._stream

    def end(self) -> None:
        """End the request, now or once it is connected."""
        self._is_ended = True
        if self._stream is not None:
            self._stream.close()


class PageHandler(SignedInHandler):
    """Passes a request on, and the parts of the answer as they come."""

    def initialize(self, address: str, token: str) -> None:
        """Take the workbook's address and its token."""
        super().initialize(address, token)
        self._connection, self._has_left = EndableConnection(), False

    async def pass_on(self) -> None:
        """Answer as the workbook does."""
        client = SimpleAsyncHTTPClient(force_instance=True, max_body_size=BODY_LIMIT)
        client.tcp_client = self._connection
        request = httpclient.HTTPRequest(
            f"http://{self.address}{self.request.uri}",
            method=str(self.request.method),
            headers=self.workbook_headers(),
            body=self.request.body or None,
            allow_nonstandard_methods=True,
            follow_redirects=False,
            decompress_response=False,
            request_timeout=0,
            header_callback=self._take_header,
            streaming_callback=self._take_part,
        )
        try:
            await client.fetch(request, raise_error=False)
        except NOT_ANSWERED:
            if self._headers_written and not self._has_left:
                self.detach().close()  # half a page must not look like a whole one
            elif not self._has_left:
                self.say_unanswered()
        finally:
            client.close()

    get = head = post = put = delete = options = patch = web.authenticated(pass_on)  # type: ignore[assignment]

    def on_connection_close(self) -> None:
        """End the request to the workbook: the visitor has left."""
        self._has_left = True
        self._connection.end()

    def _take_header(self, line: str) -> None:
        if line.startswith("HTTP/"):
            self.set_status(int(line.split()[1]))
        name, _, value = line.strip().partition(":")
        if value and name.title() not in NOT_PASSED_ON:
            self.add_header(name, value.strip())

    def _take_part(self, part: bytes) -> None:
        self.write(part)
        self.flush()


class SocketHandler(SignedInHandler, websocket.WebSocketHandler):
    """Passes the messages between a page and its kernel on."""

    _has_left = False

    async def get(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  tornado's
        """Open a socket to the workbook, and only then the visitor's."""
        if self.current_user is None:
            raise web.HTTPError(HTTPStatus.FORBIDDEN)
        protocols = self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        request = httpclient.HTTPRequest(
            f"ws://{self.address}{self.request.uri}", headers=self.workbook_headers()
        )
        try:
            self._workbook = await websocket.websocket_connect(
                request,
                on_message_callback=self._pass_back,
                subprotocols=[name.strip() for name in protocols if name.strip()] or None,
                max_message_size=BODY_LIMIT,
            )
        except NOT_ANSWERED:
            if not self._has_left:
                self.say_unanswered()
            return
        except httpclient.HTTPClientError as error:
            raise web.HTTPError(error.code) from error
        try:
            if not self._has_left:
                await super().get(*args, **kwargs)  # until the visitor's socket is closed
        finally:
            self._workbook.close()

    def check_origin(self, origin: str) -> bool:  # noqa: ARG002  tornado's
        """Leave this to the workbook, which has already refused other pages."""
        return True

    def select_subprotocol(self, subprotocols: Sequence[str]) -> str | None:  # noqa: ARG002  tornado's
        """What the workbook has chosen."""
        return self._workbook.selected_subprotocol

    async def on_message(self, message: str | bytes) -> None:
        """Pass a message of the page on."""
        with contextlib.suppress(websocket.WebSocketClosedError):
            await self._workbook.write_message(message, binary=isinstance(message, bytes))

    def on_close(self) -> None:
        """Note that the visitor has left, maybe while the workbook's socket is being opened."""
        self._has_left = True

    def _pass_back(self, message: str | bytes | None) -> None:
        if message is None:
            self.close()
        elif self.ws_connection is not None:
            with contextlib.suppress(websocket.WebSocketClosedError):
                self.write_message(message, binary=isinstance(message, bytes))


class Sockets(routing.Matcher):
    """Matches requests for a socket."""

    def match(self, request: httputil.HTTPServerRequest) -> dict[str, Any] | None:
        """Arguments of the handler; None if it is another request."""
        return {} if request.headers.get("Upgrade", "").lower() == "websocket" else None


def protect_process() -> None:
    """Keep the hub's token and the workbook's from the kernels, which run as the same user.

    The workbook's own function does more, and cannot be imported with the hub's Python.
    """
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0):
        msg = "Linux refuses to close this process to the kernels, which could read its tokens"
        raise OSError(msg)


def make_application(prefix: str, address: str, token: str) -> web.Application:
    """Make what passes requests on to the workbook at an address."""
    arguments = {"address": address, "token": token}
    return web.Application(
        [
            (f"{prefix}oauth_callback", HubOAuthCallbackHandler),
            (Sockets(), SocketHandler, arguments),
            (r".*", PageHandler, arguments),
        ],
        cookie_secret=secrets.token_bytes(32),
        websocket_ping_interval=PING_SECONDS,
        websocket_max_message_size=BODY_LIMIT,
    )


def free_port() -> int:
    """Find a port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def serve(command: Sequence[str], prefix: str, public_url: str) -> None:
    """Serve until stopped, or until the workbook ends: JupyterHub then starts both again."""
    port, token = free_port(), secrets.token_urlsafe()
    options = [f"--port={port}", f"--base-url={prefix}", f"--public-url={public_url}"]
    environment = {n: v for n, v in os.environ.items() if not n.startswith("JUPYTERHUB_")}
    environment["WORKBOOK_TOKEN"] = token
    workbook = subprocess.Popen([*command, *options], env=environment)  # noqa: ASYNC220, S603  before it serves
    application = make_application(prefix, f"127.0.0.1:{port}", token)
    own = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    application.listen(own.port, own.hostname, max_buffer_size=BODY_LIMIT)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    try:
        while not stopped.is_set() and workbook.poll() is None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), 1)
    finally:
        workbook.terminate()
        workbook.wait()


def main() -> None:
    """Read the options and serve."""
    protect_process()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public-url", required=True, help="the address that visitors use")
    parser.add_argument("command", nargs="+", help="the command that serves the workbook")
    options = parser.parse_args()
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    asyncio.run(serve(options.command, prefix, options.public_url))


if __name__ == "__main__":
    main()
