"""Kernels that a gateway runs: what passes between a page and its kernel, and how it is awaited."""

import asyncio
import json
import logging
from queue import Empty

import pytest
from jupyter_server.gateway.gateway_client import GatewayClient

from workbook.serving.gateway import GatewayPageConnection, PageChannel, use_gateway
from workbook.serving.kernels import PageKernelManager

SETTINGS = {"allowed_message_types": ["comm_msg", "kernel_info_request"]}


class Socket:
    """A socket that keeps what is sent."""

    def __init__(self):
        self.sent = []

    def send(self, text):
        self.sent.append(json.loads(text))

    def write_message(self, text):
        self.sent.append(json.loads(text))


class RecordingConnection(GatewayPageConnection):
    """A connection between a page and a gateway of this file's own."""

    _kernels = PageKernelManager(**SETTINGS)
    kernel_id = "kernel"

    def __init__(self):
        super().__init__()
        self.page, self.gateway = Socket(), Socket()
        self.ws = None

    @property
    def websocket_handler(self):
        return self.page

    def _write_message(self, message):
        self.gateway.sent.append(json.loads(message))


def packed(kind):
    return json.dumps({"header": {"msg_type": kind}, "content": {"code": "a secret"}})


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
        "WORKBOOK_VISIT_MEMORY",
    ]
