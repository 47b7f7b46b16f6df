"""What passes a hub's visitors on to the workbook; ``tests/soak/soak_hub.py`` has a real hub."""

import asyncio
import contextlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from types import ModuleType

import pytest
from tornado import httpclient, httpserver, testing, web, websocket

from tests import ROOT
from tests.serving.test_process_secrets import READER, as_ordinary_user

PROGRAM = ROOT / "deployment" / "hub_sign_in.py"
DEADLINE = 60
SECRET = "a token of the hub"
SENTENCE = b"The workbook does not answer. Try again in a few seconds."

HUB_LIBRARY = """
from tornado import web

class HubOAuthenticated:  # everybody is signed in
    def get_current_user(self):
        return "analyst"

class HubOAuthCallbackHandler(web.RequestHandler):
    pass
"""
"""Stands for JupyterHub's own library, which is not installed with the workbook."""

READ_PARENT = f"import os, sys; sys.argv[1:] = [str(os.getppid())]{READER}"
"""What a kernel could do, run in the workbook's place."""

UPGRADE = (
    "GET /{path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n{connection}"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@dataclass
class Seen:
    """What the workbook has seen."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)


class SeeingHandler(web.RequestHandler):
    """Keeps what it has seen."""

    def initialize(self, seen: Seen) -> None:
        self.seen = seen


class Slow(SeeingHandler):
    """Answers once released."""

    async def get(self) -> None:
        self.seen.asked.set()
        await self.seen.released.wait()

    def on_connection_close(self) -> None:
        self.seen.left.set()


class Broken(SeeingHandler):
    """Ends without an answer, or after half of it once released."""

    async def get(self, half: str) -> None:
        if half:
            self.write("half a page")
            await self.flush()
            await self.seen.released.wait()
        self.detach().close()


class Page(web.RequestHandler):
    """A page, which is no socket."""

    def get(self) -> None:
        self.write("a page")


class Socket(SeeingHandler, websocket.WebSocketHandler):
    """Sends each message back; opens at once, or once released."""

    async def prepare(self) -> None:
        self.seen.asked.set()
        if self.request.path == "/slow-socket":
            await self.seen.released.wait()

    def open(self) -> None:
        self.seen.opened.set()

    def on_message(self, message: str | bytes) -> None:
        self.write_message(message, binary=isinstance(message, bytes))

    def on_close(self) -> None:
        self.seen.left.set()


@pytest.fixture(name="program")
def import_program(tmp_path, monkeypatch) -> Iterator[ModuleType]:
    """The program, with what stands for the hub's library."""
    write_hub_library(tmp_path)
    known = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    specification = importlib.util.spec_from_file_location("hub_sign_in", PROGRAM)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    yield module
    for name in set(sys.modules) - known:
        if name.startswith("jupyterhub"):
            del sys.modules[name]


def write_hub_library(folder):
    package = folder / "jupyterhub" / "services"
    package.mkdir(parents=True)
    package.joinpath("auth.py").write_text(HUB_LIBRARY)


@contextlib.asynccontextmanager
async def serve(application: web.Application) -> AsyncIterator[int]:
    """Serve at a port until the block ends."""
    socket, port = testing.bind_unused_port()
    server = httpserver.HTTPServer(application)
    server.add_socket(socket)
    yield port
    server.stop()
    await server.close_all_connections()


@contextlib.asynccontextmanager
async def pass_on(program: ModuleType) -> AsyncIterator[tuple[str, Seen]]:
    """Address of the program's handlers before a small workbook, and what that sees."""
    seen = Seen()
    arguments = {"seen": seen}
    routes = [
        ("/slow", Slow, arguments),
        ("/broken(-half)?", Broken, arguments),
        ("/page", Page),
        ("/(?:slow-)?socket", Socket, arguments),
    ]
    async with asyncio.timeout(DEADLINE), serve(web.Application(routes)) as inner:
        application = program.make_application("/", f"127.0.0.1:{inner}", "a token")
        async with serve(application) as port:
            yield f"127.0.0.1:{port}", seen
            seen.released.set()


async def send(address: str, text: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send a request, whose connection the test may close."""
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(text.encode())
    await writer.drain()
    return reader, writer


async def ask(address: str, path: str) -> httpclient.HTTPResponse:
    client = httpclient.AsyncHTTPClient(force_instance=True)
    return await client.fetch(f"http://{address}/{path}", raise_error=False)


def check_log(caplog):
    assert not [record for record in caplog.records if record.exc_info]


def test_a_workbook_that_does_not_answer_is_a_sentence(program, caplog):
    async def check():
        async with pass_on(program) as (address, _):
            answer = await ask(address, "broken")
            assert (answer.code, answer.body) == (502, SENTENCE)
        socket, unused = testing.bind_unused_port()
        socket.close()
        application = program.make_application("/", f"127.0.0.1:{unused}", "a token")
        async with serve(application) as port:
            address = f"127.0.0.1:{port}"
            answer = await ask(address, "page")
            assert (answer.code, answer.body) == (502, SENTENCE)
            with pytest.raises(httpclient.HTTPClientError) as refused:
                await websocket.websocket_connect(f"ws://{address}/socket")
            assert refused.value.code == 502

    asyncio.run(check())
    check_log(caplog)


@pytest.mark.parametrize("path", ["broken", "page"])
def test_a_socket_that_the_workbook_does_not_open_is_refused(program, caplog, path):
    async def check():
        async with pass_on(program) as (address, _):
            with pytest.raises(httpclient.HTTPClientError) as refused:
                await websocket.websocket_connect(f"ws://{address}/{path}")
            assert refused.value.code == 502

    asyncio.run(check())
    check_log(caplog)


def test_half_an_answer_does_not_look_whole(program, caplog):
    async def check():
        async with pass_on(program) as (address, seen):
            text = "GET /broken-half HTTP/1.1\r\nHost: a\r\n\r\n"
            reader, writer = await send(address, text)
            await reader.readuntil(b"half a page")
            seen.released.set()
            rest = await reader.read()
            writer.close()
            assert rest == b"\r\n", "no last part"

    asyncio.run(check())
    check_log(caplog)


def test_a_visitor_who_leaves_ends_the_request(program, caplog):
    async def check():
        async with pass_on(program) as (address, seen):
            _, writer = await send(address, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            await seen.asked.wait()
            writer.close()
            await seen.left.wait()

    asyncio.run(check())
    check_log(caplog)


def test_a_socket_passes_messages_on_both_ways_until_it_is_closed(program, caplog):
    async def check():
        async with pass_on(program) as (address, seen):
            socket = await websocket.websocket_connect(f"ws://{address}/socket")
            for message in ("text", b"\x00bytes"):
                await socket.write_message(message, binary=isinstance(message, bytes))
                assert await socket.read_message() == message
            socket.close()
            await seen.left.wait()

    asyncio.run(check())
    check_log(caplog)


def test_a_request_that_is_no_whole_socket_leaves_none_open(program, caplog):
    async def check():
        async with pass_on(program) as (address, seen):
            reader, writer = await send(address, UPGRADE.format(path="socket", connection=""))
            assert b" 400 " in await reader.readline()
            await seen.opened.wait()
            await seen.left.wait()
            writer.close()

    asyncio.run(check())
    check_log(caplog)


def test_a_visitor_who_leaves_while_the_socket_is_opened_leaves_none_open(
    program, caplog, monkeypatch
):
    async def check():
        noticed = asyncio.Event()

        class Handler(program.SocketHandler):
            def on_connection_close(self):
                try:
                    super().on_connection_close()
                finally:
                    noticed.set()

        monkeypatch.setattr(program, "SocketHandler", Handler)
        async with pass_on(program) as (address, seen):
            text = UPGRADE.format(path="slow-socket", connection="Connection: Upgrade\r\n")
            _, writer = await send(address, text)
            await seen.asked.wait()
            writer.close()
            await noticed.wait()
            seen.released.set()
            await seen.opened.wait()
            await seen.left.wait()

    asyncio.run(check())
    check_log(caplog)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can do so")
def test_the_kernels_cannot_read_the_hubs_token(tmp_path):
    write_hub_library(tmp_path)
    start = f"import runpy; runpy.run_path({str(PROGRAM)!r}, run_name='__main__')"
    workbook = [sys.executable, "-c", READ_PARENT]
    socket, port = testing.bind_unused_port()
    socket.close()
    completed = subprocess.run(
        as_ordinary_user(start, "--public-url=http://a/", "--", *workbook),
        env={
            "JUPYTERHUB_API_TOKEN": SECRET,
            "JUPYTERHUB_SERVICE_PREFIX": "/",
            "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{port}",
            "PYTHONPATH": str(tmp_path),
            "PATH": os.defpath,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.stdout == "refused\n"
