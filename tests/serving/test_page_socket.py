"""The messages of a kernel that a page gets: those of its widgets, whatever form they have."""

import asyncio
import logging
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from jupyter_client.session import Session

from workbook.serving.page_socket import PING_SETTINGS, PageConnection, PageSocketHandler

SESSION = Session(key=b"a")
TRACE = {"name": "stderr", "text": "Traceback (most recent call last): a secret\n"}


class RecordingConnection(PageConnection):
    """A connection to no page, which keeps what a page would get."""

    kernel_id = "kernel"

    def __init__(self):
        super().__init__(session=SESSION)
        self.sent = []

    def write_message(self, message, binary=False):  # noqa: FBT002  the base class's
        self.sent.append((message, binary))


class OpenStream:
    channel = "iopub"

    def closed(self):
        return False


def message_forms(kind, content):
    """A message that is read already, and one with its addresses as it is kept during a break."""
    message = SESSION.msg(kind, content)
    packed = SESSION.serialize(message, ident=b"topic")
    return [message | {"buffers": []}, packed]


@pytest.mark.parametrize("form", [0, 1])
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stream", TRACE),
        ("stream", {"name": "stdout", "text": "a secret"}),
        ("error", {"ename": "a secret", "evalue": "", "traceback": []}),
        ("execute_input", {"code": "a secret"}),
        ("execute_result", {"data": {"text/plain": "a secret"}}),
        ("display_data", {"data": {"text/plain": "a secret"}}),
    ],
)
def test_what_a_kernel_writes_is_kept_from_the_page(kind, content, form, caplog):
    connection = RecordingConnection()
    connection._on_zmq_reply(OpenStream(), message_forms(kind, content)[form])
    assert connection.sent == []
    assert ("a secret" in caplog.text) is (content is TRACE)


@pytest.mark.parametrize("form", [0, 1])
def test_the_messages_of_widgets_are_passed_on(form):
    connection = RecordingConnection()
    message = message_forms("comm_msg", {"comm_id": "a", "data": {"state": 1}})[form]
    connection._on_zmq_reply(OpenStream(), message)
    ((sent, _),) = connection.sent
    assert '"state": 1' in sent


class QuietSocket(PageSocketHandler):
    """The socket of a page that sends nothing but its answers to the server's signs of life."""

    settings = PING_SETTINGS
    ws_connection = SimpleNamespace(client_terminated=False)
    log = logging.getLogger()

    def __init__(self, clock):
        self.clock, self.is_open = clock, True
        self.last_ping = self.last_pong = clock.now

    def ping(self, _data):
        self.pinged_at = self.clock.now

    def close(self, *_):
        self.is_open = False


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def time(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """The clock of the signs of life."""
    clock = Clock()
    current = SimpleNamespace(current=lambda: clock)
    monkeypatch.setattr("jupyter_server.base.websocket.ioloop.IOLoop", current)
    return clock


@pytest.mark.parametrize("late", [0.0, 0.001, 0.5])
def test_a_page_that_answers_keeps_its_socket(clock, late):
    socket = QuietSocket(clock)
    for _ in range(5):
        clock.now += PING_SETTINGS["ws_ping_interval"] / 1000 + late
        socket.send_ping()
        assert socket.is_open
        clock.now += 0.01
        socket.on_pong(b"")


def test_a_page_that_does_not_answer_loses_its_socket(clock):
    socket = QuietSocket(clock)
    for _ in range(2):
        clock.now += PING_SETTINGS["ws_ping_interval"] / 1000
        socket.send_ping()
    assert not socket.is_open


def test_a_kernel_is_asked_until_the_server_gets_what_it_publishes():
    requests, channel = [], MagicMock()

    async def open_socket():
        established = asyncio.get_running_loop().create_future()

        def send(to, kind):
            requests.append((to, kind))
            if len(requests) == 2:  # the first is lost
                established.set_result(None)

        connection = SimpleNamespace(
            kernel_manager=SimpleNamespace(connect_shell=lambda: channel),
            session=SimpleNamespace(send=send),
        )
        await PageConnection._repeat_nudge(connection, established)

    asyncio.run(open_socket())
    assert requests == [(channel, "kernel_info_request")] * 2
    channel.close.assert_called_once()
