"""Kernels that a gateway runs: what passes between a page and its kernel, and how it is awaited."""

import asyncio
import json
import logging
import ssl
from queue import Empty
from threading import Event
from types import SimpleNamespace

import pytest
import websocket
from jupyter_server.gateway import managers
from jupyter_server.gateway.gateway_client import GatewayClient

from workbook.serving import gateway
from workbook.serving.gateway import (
    GatewayPageClient,
    GatewayPageConnection,
    GatewayPageKernelManager,
    PageChannel,
    use_gateway,
)
from workbook.serving.kernels import PageKernelManager

SETTINGS = {"allowed_message_types": ["comm_msg", "kernel_info_request"]}


class Socket:
    """A socket that keeps what is sent."""

    def __init__(self):
        self.sent = []
        self.is_closed = False

    def close(self):
        self.is_closed = True

    def send(self, text):
        self.sent.append(json.loads(text))

    def write_message(self, text):
        self.sent.append(json.loads(text))


class RecordingConnection(GatewayPageConnection):
    """A connection between a page and a gateway of this file's own."""

    _kernels = PageKernelManager(**SETTINGS)
    kernel_id = "kernel"
    ws = None

    def __init__(self):
        super().__init__()
        self.page, self.gateway = Socket(), Socket()

    @property
    def websocket_handler(self):
        return self.page

    def _write_message(self, message):
        self.gateway.sent.append(json.loads(message))


class BrokenSocket:
    """A socket that has no further message."""

    async def read_message(self):
        return None


def packed(kind, content=None):
    return json.dumps({"header": {"msg_type": kind}, "content": content or {"code": "a secret"}})


@pytest.fixture
def gateway_client():
    """The one client of this process, as it was before the test."""
    GatewayClient.clear_instance()
    yield GatewayClient.instance()
    GatewayClient.clear_instance()


@pytest.mark.parametrize("kind", ["execute_request", "complete_request", "", None])
def test_a_page_cannot_run_code(kind):
    connection = RecordingConnection()
    connection.handle_incoming_message(packed(kind))
    assert connection.gateway.sent == []


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"header": null}', "{"])
def test_what_is_no_message_is_not_passed_on(text):
    connection = RecordingConnection()
    connection.handle_incoming_message(text)
    assert connection.gateway.sent == []


def test_the_messages_of_widgets_are_passed_on():
    connection = RecordingConnection()
    connection.handle_incoming_message(packed("comm_msg"))
    connection.handle_outgoing_message(packed("comm_msg"))
    assert len(connection.gateway.sent) == len(connection.page.sent) == 1


@pytest.mark.parametrize("kind", ["stream", "error", "execute_input", "display_data"])
def test_what_a_kernel_writes_is_kept_from_the_page(kind):
    connection = RecordingConnection()
    connection.handle_outgoing_message(packed(kind))
    assert connection.page.sent == []


def test_what_a_kernel_writes_to_standard_error_is_logged(caplog):
    connection = RecordingConnection()
    for name in ("stdout", "stderr"):
        text = {"name": name, "text": f"Incident 1, {name}\n"}
        connection.handle_outgoing_message(packed("stream", text))
    assert [record.getMessage() for record in caplog.records] == [
        "Kernel kernel: Incident 1, stderr"
    ]


@pytest.mark.parametrize("has_left", [False, True])
def test_a_page_whose_gateway_breaks_has_to_connect_again(has_left, gateway_client):
    use_gateway("https://gateway.example:8888")
    connection = RecordingConnection()
    connection.ws, connection.disconnected = BrokenSocket(), has_left
    asyncio.run(connection._read_messages())
    assert connection.page.is_closed is not has_left
    assert connection.retry == 0, "the gateway's socket is never opened for a page that waits"


def test_a_browser_that_connects_during_a_look_at_its_kernel_is_counted(
    monkeypatch, gateway_client
):
    manager = GatewayPageKernelManager()
    kernel = manager.kernel_manager_factory(parent=manager)
    kernel.kernel_id = kernel.kernel_url = "kernel"
    manager._kernels = {"kernel": kernel}
    manager._kernel_connections["kernel"] = 0
    model = {"id": "kernel", "execution_state": "idle", "connections": 9}

    async def answer(*_, **__):
        manager._kernel_connections["kernel"] += 1
        text = json.dumps({**model, "last_activity": "2026-11-30T00:00:00.000000Z"})
        return SimpleNamespace(body=text.encode())

    monkeypatch.setattr(gateway, "gateway_request", answer)
    monkeypatch.setattr(managers, "gateway_request", answer)
    assert asyncio.run(manager.kernel_model("kernel"))["execution_state"] == "idle"
    assert manager._kernel_connections["kernel"] == 1


class SlowSocket(Socket):
    """A socket of a gateway that answers nothing until it may."""

    def __init__(self):
        super().__init__()
        self.may_close, self.closed = Event(), Event()

    def recv(self):
        self.closed.wait(timeout=600)

    def close(self):
        self.may_close.wait(timeout=600)
        self.closed.set()


def open_client(monkeypatch, socket):
    """A client of a kernel of a gateway, and how its socket was opened."""
    options = {}

    def connect(address, **given):
        options.update(given, address=address)
        return socket

    monkeypatch.setattr(websocket, "create_connection", connect)
    client = GatewayPageClient("kernel")
    asyncio.run(client.start_channels())
    return client, options


def test_a_gateway_that_closes_slowly_does_not_keep_the_server_waiting(monkeypatch, gateway_client):
    use_gateway("https://gateway.example:8888")
    socket = SlowSocket()
    client, _ = open_client(monkeypatch, socket)
    client.stop_channels()
    assert not socket.closed.is_set()
    socket.may_close.set()
    assert socket.closed.wait(timeout=600)


def test_a_client_that_never_connected_can_be_stopped(gateway_client):
    GatewayPageClient("kernel").stop_channels()


@pytest.mark.parametrize(
    ("is_checked", "requirement"), [(True, ssl.CERT_REQUIRED), (False, ssl.CERT_NONE)]
)
def test_a_client_connects_with_the_certificates_of_the_gateway(
    is_checked, requirement, monkeypatch, gateway_client
):
    use_gateway("https://gateway.example:8888")
    gateway_client.client_cert, gateway_client.client_key = "server.crt", "server.key"
    gateway_client.ca_certs, gateway_client.validate_cert = "authority.crt", is_checked
    socket = SlowSocket()
    socket.may_close.set()
    client, options = open_client(monkeypatch, socket)
    client.stop_channels()
    assert options["address"] == "wss://gateway.example:8888/api/kernels/kernel/channels"
    assert options["sslopt"] == {
        "cert_reqs": requirement,
        "ca_certs": "authority.crt",
        "certfile": "server.crt",
        "keyfile": "server.key",
    }


def test_a_channel_names_itself():
    socket = Socket()
    PageChannel("shell", socket, logging.getLogger()).send({"msg_id": "1", "msg_type": "a"})
    assert socket.sent == [{"msg_id": "1", "msg_type": "a", "channel": "shell"}]


def test_a_channel_waits_for_its_message_and_not_for_ever():
    async def exchange():
        channel = PageChannel("shell", Socket(), logging.getLogger())
        waiting = asyncio.ensure_future(channel.get_msg(timeout=60))
        await asyncio.sleep(0)
        channel.put_nowait({"msg_id": "1", "msg_type": "a"})
        assert (await waiting)["msg_id"] == "1"
        with pytest.raises(Empty):
            await channel.get_msg(timeout=0)
        channel.response_router_finished = True
        with pytest.raises(RuntimeError, match="the gateway has closed"):
            await channel.get_msg(timeout=60)

    asyncio.run(exchange())


@pytest.mark.parametrize("url", ["", "gateway:8888", "ftp://gateway", "http://"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match=f'--gateway "{url}" is not an address'):
        use_gateway(url)


def test_the_gateway_is_given_no_variable_but_those_of_a_page(gateway_client):
    use_gateway("https://gateway.example:8888")
    assert gateway_client.url == "https://gateway.example:8888"
    assert gateway_client.allowed_envs.split(",") == [
        "VOILA_BASE_URL",
        "VOILA_PREHEAT",
        "WORKBOOK_SCENARIOS",
        "WORKBOOK_SERVED_SCRIPTS",
        "WORKBOOK_VISIT_MEMORY",
    ]
