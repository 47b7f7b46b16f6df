"""A visit without a browser: it loads a page, connects to its kernel and changes a control."""

import json
import re
import time
import urllib.request
from collections.abc import Iterable
from contextlib import suppress
from http.cookiejar import CookieJar
from typing import Any
from uuid import uuid4

import websocket

_PAGE_DATA = re.compile(
    r'<script type="application/json" id="workbook-page">(.*?)</script>', re.DOTALL
)
_ANSWER_SECONDS = 300
"""Time for the server to answer: longer than any wait under load."""


class ProtocolVisit:
    """An open page, as its own client speaks with the kernel.

    Args:
        site: Address of the server, without the last slash.
        page: The topic, with the query of its scenario.
    """

    def __init__(self, site: str, page: str) -> None:
        self._site, self._cookies = site, CookieJar()
        processor = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(processor)
        with self._opener.open(f"{site}/{page}", timeout=_ANSWER_SECONDS) as answer:
            found = _PAGE_DATA.search(answer.read().decode())
        assert found, f"{page} is no page of a topic"
        self.kernel: str = json.loads(found[1])["kernel"]
        self._session, self._revision = uuid4().hex, 0
        self._socket = self._connect()
        states = self._request_states()
        self._form = next(model for model, state in states.items() if "edits" in state["state"])

    def _connect(self) -> websocket.WebSocket:
        path = f"api/kernels/{self.kernel}/channels?session_id={self._session}"
        return websocket.create_connection(
            f"{self._site.replace('http', 'ws', 1)}/{path}",
            cookie="; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies),
            origin=self._site,
            timeout=_ANSWER_SECONDS,
        )

    def _request_states(self) -> dict[str, Any]:
        comm = {"comm_id": uuid4().hex}
        target = {"target_name": "jupyter.widget.control", "data": {}}
        self._send("comm_open", {**comm, **target}, version="1.0.0")
        self._send("comm_msg", {**comm, "data": {"method": "request_states"}})
        states: dict[str, Any] = next(self._receive(comm["comm_id"]))["states"]
        return states

    def change(self, parameter: str, text: str) -> None:
        """Change a control, and wait until every view has the answer."""
        self._revision += 1
        edits = {
            "revision": self._revision,
            "step": 0,
            "texts": {parameter: text},
            "previous_texts": {},
        }
        data = {"method": "update", "state": {"edits": edits}, "buffer_paths": []}
        self._send("comm_msg", {"comm_id": self._form, "data": data})
        for answer in self._receive(self._form):
            state = answer.get("state", {})
            assert not state.get("field_errors"), state
            if state.get("accepted_revision") == self._revision:
                return

    def stay(self, seconds: float) -> None:
        """Stay open without a change: as a browser does, answer the server's pings."""
        deadline = time.monotonic() + seconds
        with suppress(websocket.WebSocketTimeoutException):
            while (remaining := deadline - time.monotonic()) > 0:
                self._socket.settimeout(remaining)
                self._socket.recv()
        self._socket.settimeout(_ANSWER_SECONDS)

    def close(self) -> None:
        """Close the page, which ends its kernel."""
        token = next(cookie.value for cookie in self._cookies if cookie.name == "_xsrf")
        url = f"{self._site}/voila/api/shutdown/{self.kernel}"
        request = urllib.request.Request(url, data=f"_xsrf={token}".encode(), method="POST")
        with self._opener.open(request, timeout=_ANSWER_SECONDS):
            self.break_off()

    def break_off(self) -> None:
        """Break the connection off without a word."""
        with suppress(OSError):
            self._socket.shutdown()

    def _send(self, message_type: str, content: dict[str, Any], **metadata: str) -> None:
        header = {
            "msg_id": uuid4().hex,
            "msg_type": message_type,
            "username": "",
            "session": self._session,
            "date": "2014-07-01T00:00:00Z",
            "version": "5.3",
        }
        message = {
            "channel": "shell",
            "header": header,
            "parent_header": {},
            "metadata": metadata,
            "content": content,
            "buffers": [],
        }
        self._socket.send(json.dumps(message))

    def _receive(self, comm: str) -> Iterable[dict[str, Any]]:
        """Data of the messages of a comm."""
        while True:
            text = self._socket.recv()
            if comm not in text:  # another view's: this program's own work would slow the server
                continue
            message = json.loads(text)
            if (
                message["header"]["msg_type"] == "comm_msg"
                and message["content"]["comm_id"] == comm
            ):
                yield message["content"]["data"]
