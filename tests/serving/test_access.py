"""Who may open the pages: with a token, through a proxy that signs in, from which address."""

import http.client
import json
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import websocket
from hypothesis import find
from hypothesis.strategies import characters, from_regex
from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import watched_page
from tests.browser.kernel_processes import (
    command_line,
    kernel_processes,
    started_processes,
    wait_for_open_pages,
)
from tests.browser.page_actions import KERNEL_TIMEOUT, open_page
from tests.browser.printed_page import page_texts
from tests.browser.server import few_topics_command, free_port, run_server, wait_for_answer
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from workbook.serving.access import TOKEN_VARIABLE, address_without_token, choose_access
from workbook.serving.chromium import find_chromium

TOPIC = "digital_inclusion"
TOKEN = "a token/of=these&tests"
SIGNED_IN = {"X-Forwarded-User": "analyst"}
PUBLIC_ORIGIN = "https://workbook.example.gov.uk"
PUBLIC_URL = f"{PUBLIC_ORIGIN}/"

needs_chromium = pytest.mark.skipif(find_chromium() is None, reason="the PATH names no Chromium")


class TestChoice:
    @pytest.fixture(autouse=True)
    def _no_token(self, monkeypatch):
        monkeypatch.delenv(TOKEN_VARIABLE, raising=False)

    def test_on_this_machine_no_token_is_needed(self):
        access = choose_access("127.0.0.1", "/")
        assert (access.token, access.add_token("http://a/")) == ("", "http://a/")

    def test_beyond_it_a_token_is_made_and_printed(self):
        first, second = (choose_access("0.0.0.0", "/") for _ in range(2))
        assert len(first.token) > 40
        assert first.token != second.token
        assert first.add_token("http://a/") == f"http://a/?token={first.token}"
        assert first.token not in repr(first)

    @pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
    def test_the_token_of_the_environment_is_needed_and_not_printed(self, monkeypatch, host):
        monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
        access = choose_access(host, "/")
        assert (access.token, access.add_token("http://a/")) == (TOKEN, "http://a/")

    def test_an_empty_token_is_none(self, monkeypatch):
        monkeypatch.setenv(TOKEN_VARIABLE, "")
        assert choose_access("0.0.0.0", "/").token

    def test_a_token_is_left_out_on_this_machine_only(self, monkeypatch):
        monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
        assert not choose_access("::1", "/", no_token=True).token
        with pytest.raises(ValueError, match=r"everybody who can reach 10\.1\.2\.3"):
            choose_access("10.1.2.3", "/", no_token=True)

    @pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
    def test_a_short_token_is_refused_with_views_on_other_sites(self, monkeypatch, host):
        sites = ["https://a.example"]
        monkeypatch.setenv(TOKEN_VARIABLE, "a" * 19)
        with pytest.raises(ValueError, match=r"19 characters and needs 20\.") as refused:
            choose_access(host, "/", embed_origins=sites)
        command = re.search(r'python -c "(.+)" and set', str(refused.value))
        assert command
        made = subprocess.run(
            [sys.executable, "-c", command[1]], capture_output=True, text=True, check=True
        ).stdout.strip()
        assert "a" * 19 not in str(refused.value)
        assert choose_access(host, "/").token == "a" * 19
        assert not choose_access("::1", "/", no_token=True, embed_origins=sites).token
        for token in ("a" * 20, made):
            monkeypatch.setenv(TOKEN_VARIABLE, token)
            assert choose_access(host, "/", embed_origins=sites).token == token

    @pytest.mark.parametrize("no_token", [True, False])
    def test_a_proxy_that_signs_in_replaces_the_token(self, monkeypatch, no_token):
        monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
        access = choose_access("0.0.0.0", "/", no_token=no_token, proxy_header="X-Forwarded-User")
        assert (access.token, access.proxy_header) == ("", "X-Forwarded-User")
        monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
        with pytest.raises(ValueError, match="no token is asked for, but WORKBOOK_TOKEN has one"):
            choose_access("0.0.0.0", "/", no_token=no_token, proxy_header="X-Forwarded-User")

    @pytest.mark.parametrize("header", ["", " ", "X Forwarded", "X-User:", "X-Usér"])
    def test_the_name_of_a_header_is_checked(self, header):
        with pytest.raises(ValueError, match=r"is not the name of a header\. Give one such as"):
            choose_access("127.0.0.1", "/", proxy_header=header)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/?token=a", "/"),
        ("/take_up?b=1&token=a&c=%20+;", "/take_up?b=1&c=%20+;"),
        ("/take_up?%74oken=a&tokens=b&token", "/take_up?tokens=b"),
        ("//elsewhere.example/?token=a", "/elsewhere.example/"),
        ("/\\elsewhere.example/?token=a", "/elsewhere.example/"),
    ],
)
def test_the_address_without_the_token_is_otherwise_the_same(address, expected):
    path, _, query = address.partition("?")
    assert address_without_token(path, query) == expected


@dataclass
class Server:
    """A server of these tests, with what it prints."""

    base_url: str
    headers: dict[str, str]
    port: int = field(default_factory=free_port)
    lines: list[str] = field(default_factory=list)
    page: "OpenPage | None" = None
    site_port: int = field(default_factory=free_port)

    def ask(self, path, method="GET", body=None, **headers):
        """Send a request and follow nothing; returns the status, headers and text."""
        return self.ask_at(self.base_url + path, method, body, **headers)

    def ask_at(self, path, method, body=None, **headers):
        """Send a request for a whole path."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=110)
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, response.headers, content

    def connect(self, origin, kernel="", **headers):
        """Connect to a kernel's socket; returns the status, 101 if it is open."""
        path = f"{self.base_url}api/kernels/{kernel or self.page.kernel}/channels"
        try:
            self.open_socket(f"{path}?session_id=a", origin, **headers).close()
        except websocket.WebSocketBadStatusException as refused:
            return refused.status_code
        return 101

    def wait_until_made(self):
        """Wait until a page waits for a visitor: one who comes earlier is in no metric."""
        wait_for_answer(f"http://127.0.0.1:{self.port}{self.base_url}health")

    def open_socket(self, path, origin="", **headers):
        """Open a socket at a path, as a page of an origin does; ours by default."""
        own_address, host = f"127.0.0.1:{self.port}", headers.pop("Host", None)
        return websocket.create_connection(
            f"ws://{own_address}{path}",
            origin=origin or f"http://{own_address}",
            host=host,
            header=headers,
            timeout=60,
        )

    def routes(self):
        """Pattern of each route, and whether it is a socket's."""
        line = next(line for line in self.lines if line.startswith("Routes: "))
        return json.loads(line.partition(" ")[2])

    def open_page(self):
        """Open a page as a visitor who may."""
        status, headers, content = self.ask(TOPIC, **self.headers)
        html = content.decode()
        assert status == 200, html
        description = re.search(r'id="workbook-page"[^>]*>(.*?)</script>', html, re.DOTALL)
        assert description
        cookies = headers.get_all("Set-Cookie")
        return OpenPage(html, json.loads(description[1])["kernel"], cookies)

    def lines_about(self, text):
        """Lines of the log with a text. Another request shows that they are complete."""
        marker = f"marker-{len(self.lines)}"
        assert self.ask(marker)[0] == 403
        deadline = time.monotonic() + 60
        while not any(marker in line for line in self.lines):
            assert time.monotonic() < deadline, self.lines
            time.sleep(0.05)
        return [line for line in self.lines if text in line]


@dataclass
class OpenPage:
    """What a visitor got."""

    html: str
    kernel: str
    cookies: list[str]

    @property
    def xsrf(self):
        """Headers of a request from the page's script."""
        value = SimpleCookie("; ".join(self.cookies))["_xsrf"].value
        return {"Cookie": f"_xsrf={value}", "X-XSRFToken": value}


def serve(server, *options, token=TOKEN):
    command = [*few_topics_command(TOPIC), "--port", str(server.port), *options]
    return run_server(command, "Policy Workbook: ", {TOKEN_VARIABLE: token}, server.lines)


@contextmanager
def stay_open(server, origin=""):
    """Open the server's page until the block ends: without a socket its kernel is ended."""
    server.page = server.open_page()
    path = f"{server.base_url}api/kernels/{server.page.kernel}/channels?session_id=stay"
    socket = server.open_socket(path, origin, **server.headers)

    def read_messages():
        with suppress(websocket.WebSocketException, OSError):
            while True:
                socket.recv()

    reader = threading.Thread(target=read_messages)
    reader.start()
    yield
    socket.abort()
    reader.join()


@pytest.fixture(scope="module")
def with_token():
    """A server that needs a token, with a page that stays open."""
    server = Server("/desk/", {})
    with serve(server, "--base-url=/desk/", f"--allow-embed=http://localhost:{server.site_port}"):
        _, headers, _ = server.ask(f"?token={quote(TOKEN, safe='')}")
        server.headers["Cookie"] = headers["Set-Cookie"].partition(";")[0]
        server.wait_until_made()
        with stay_open(server):
            yield server


@pytest.fixture(scope="module")
def behind_proxy():
    """A server behind a proxy that signs visitors in, with a page that stays open."""
    server = Server("/", SIGNED_IN)
    options = ("--trust-proxy=X-Forwarded-User", f"--public-url={PUBLIC_URL}")
    with serve(server, *options, token=""):
        server.wait_until_made()
        with stay_open(server, PUBLIC_ORIGIN):
            yield server


def message_text(channel, kind, content):
    """A message of Jupyter's protocol."""
    header = {"msg_id": kind, "msg_type": kind, "username": "", "session": "b", "version": "5.3"}
    parts = {"parent_header": {}, "metadata": {}, "buffers": []}
    return json.dumps({"channel": channel, "header": header, "content": content, **parts})


KERNEL = "00000000-0000-0000-0000-000000000000"
PATHS = (
    *("", "digital_inclusion", "digital_inclusion?programme_starts=1", "nothing", "nothing/here"),
    *("digital_inclusion/summary.pdf", "digital_inclusion/charts/path.svg", "static/site.css"),
    *("digital_inclusion/outcome.xlsx", "digital_inclusion/outcome.toml?programme_starts=1"),
    *("static/vega.js", "metrics", f"api/kernels/{KERNEL}", f"voila/api/shutdown/{KERNEL}"),
    *("?token=", "?token=wrong", "?token=wrong&token=a", "../digital_inclusion"),
)


class TestToken:
    @pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE", "OPTIONS"])
    @pytest.mark.parametrize("path", PATHS)
    def test_nothing_is_answered_without_it(self, with_token, path, method):
        status, headers, content = with_token.ask(path, method, Cookie="workbook=wrong")
        assert (status, headers["Content-Type"]) == (403, "text/html; charset=UTF-8")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Set-Cookie"] is None
        if method != "HEAD":
            assert "<h1>You need a link with a token to open this page</h1>" in content.decode()

    def test_every_route_needs_it_but_the_health_check(self, with_token):
        open_paths, sockets = set(), 0
        for pattern, is_socket in with_token.routes():
            ascii_text = from_regex(pattern, fullmatch=True, alphabet=characters(codec="ascii"))
            path = quote(find(ascii_text, lambda text: text.isprintable()))
            for method in ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
                if with_token.ask_at(path, method)[0] != 403:
                    open_paths.add(path)
            if is_socket:
                sockets += 1
                with pytest.raises(websocket.WebSocketBadStatusException) as refused:
                    with_token.open_socket(path)
                assert refused.value.status_code == 403
        assert open_paths == {"/desk/health"}
        assert sockets == 1
        assert len(with_token.routes()) > 10

    def test_a_page_cannot_run_code_in_its_kernel(self, with_token, tmp_path):
        path = f"{with_token.base_url}api/kernels/{with_token.page.kernel}/channels?session_id=b"
        made = tmp_path / "made"
        code = f"open({str(made)!r}, 'w').close()"
        socket = with_token.open_socket(path, **with_token.headers)
        for channel in ("shell", "control"):
            for kind in ("execute_request", "inspect_request", "debug_request", "input_reply"):
                socket.send(message_text(channel, kind, {"code": code, "silent": False}))
            socket.send(message_text(channel, "kernel_info_request", {}))
        answered = set()
        while answered != {"shell", "control"}:  # what was sent before has been dealt with
            answer = json.loads(socket.recv())
            assert answer["msg_type"] in {"status", "kernel_info_reply"}
            if answer["msg_type"] == "kernel_info_reply":
                answered.add(answer["channel"])
        socket.close()
        assert not made.exists()

    def test_a_kernel_is_not_ended_without_the_xsrf_token(self, with_token):
        path = f"api/kernels/{with_token.page.kernel}"
        assert with_token.ask(path, "DELETE", **with_token.headers)[0] == 403
        assert with_token.ask(path, **with_token.headers)[0] == 200

    def test_no_socket_is_opened_without_it(self, with_token):
        own_origin = f"http://127.0.0.1:{with_token.port}"
        name, _, value = with_token.headers["Cookie"].partition("=")
        for cookie in ("a=", f"{name}=", f"{name}={value[:-1]}", f"{name}={TOKEN}", f"a={value}"):
            assert with_token.connect(own_origin, Cookie=cookie) == 403
        assert with_token.connect(own_origin, **with_token.headers) == 101

    @pytest.mark.parametrize("path", ["metrics", "", "static/site.css"])
    def test_a_program_may_show_it_in_a_header(self, with_token, path):
        for scheme in ("Bearer", "bearer"):
            status, headers, content = with_token.ask(path, Authorization=f"{scheme} {TOKEN}")
            assert (status, headers["Location"]) == (200, None)
        assert path != "metrics" or b"workbook_sessions" in content
        wrong = [
            TOKEN,
            f"Bearer {TOKEN}a",
            "Bearer ",
            "Bearer",
            f"Basic {TOKEN}",
            f"Bearer  {TOKEN}",
        ]
        for value in wrong:
            assert with_token.ask(path, Authorization=value)[0] == 403

    def test_the_header_does_not_stand_for_the_xsrf_token(self, with_token):
        page, bearer = with_token.open_page(), f"Bearer {TOKEN}"
        path = f"voila/api/shutdown/{page.kernel}"
        assert with_token.ask(path, "POST", Authorization=bearer)[0] == 403
        assert with_token.ask(path, "POST", Authorization=bearer, **page.xsrf)[0] == 204

    def test_the_health_check_is_open(self, with_token):
        assert with_token.ask("health")[0] in {200, 503}  # 503 until every page is made

    def test_a_link_with_it_becomes_a_cookie_and_the_same_address(self, with_token):
        query = f"programme_starts=1%30&token={quote(TOKEN, safe='')}"
        status, headers, content = with_token.ask(f"digital_inclusion?{query}")
        assert (status, content) == (302, b"")
        assert headers["Location"] == "/desk/digital_inclusion?programme_starts=1%30"
        assert headers["Cache-Control"] == "no-store"
        cookie, *options = headers["Set-Cookie"].split("; ")
        assert set(options) == {"HttpOnly", "Path=/desk/", "SameSite=Lax"}
        assert with_token.headers["Cookie"] == cookie
        assert not any(text in cookie for text in (TOKEN, quote(TOKEN, safe="")))

    def test_a_visitor_with_the_cookie_may_bring_an_old_link(self, with_token):
        status, headers, _ = with_token.ask("take_up?token=old", **with_token.headers)
        assert (status, headers["Location"]) == (302, "/desk/take_up")

    @pytest.mark.parametrize("shown", ["", "x", f"{TOKEN}a"])
    def test_whoever_shows_it_in_a_header_alone_gets_no_cookie(self, with_token, shown):
        path = f"take_up?token={quote(shown, safe='')}"
        status, headers, _ = with_token.ask(path, Authorization=f"Bearer {TOKEN}")
        assert (status, headers["Location"]) == (302, "/desk/take_up")
        assert headers.get_all("Set-Cookie", []) == []

    def test_a_closed_page_ends_its_kernel(self, with_token):
        page, cookie = with_token.open_page(), with_token.headers["Cookie"]
        request = page.xsrf | {"Cookie": f"{page.xsrf['Cookie']}; {cookie}"}
        path = f"voila/api/shutdown/{page.kernel}"
        assert with_token.ask(path, "POST", **with_token.headers)[0] == 403
        assert with_token.ask(path, "POST", **request)[0] == 204
        assert with_token.ask(f"api/kernels/{page.kernel}", **with_token.headers)[0] == 404

    def test_a_page_elsewhere_cannot_connect_and_the_log_says_why(self, with_token):
        origin, kernel = "https://workbook.elsewhere.example", KERNEL.replace("0", "1")
        assert with_token.connect(origin, kernel, **with_token.headers) == 403
        (line,) = with_token.lines_about(kernel)
        assert origin in line
        assert f"127.0.0.1:{with_token.port}" in line
        assert "--public-url" in line

    @needs_chromium
    def test_the_server_prints_its_own_page(self, with_token):
        status, _, pdf = with_token.ask("digital_inclusion/summary.pdf", **with_token.headers)
        assert (status, pdf[:5]) == (200, b"%PDF-")

    @pytest.mark.browser
    def test_a_link_with_it_opens_a_page_until_the_cookie_is_gone(self, with_token):
        home = f"http://127.0.0.1:{with_token.port}/desk"
        query = f"token={quote(TOKEN)}&programme_starts=800000"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
            )
            with watched_page(browser) as (page, check):
                open_page(page, f"{home}/digital_inclusion?{query}")
                assert page.url == f"{home}/digital_inclusion?programme_starts=800000"
                assert page.evaluate("document.cookie").startswith("_xsrf=")
                assert "workbook-" not in page.evaluate("document.cookie")
                check()
                page.context.clear_cookies()
                expect(page.locator("body[data-workbook=lost]")).to_be_attached()
            browser.close()

    def test_it_stays_in_the_server(self, with_token):
        for method in ("GET", "POST", "HEAD", "DELETE"):
            query = f"token={quote(TOKEN, safe='')}"
            assert with_token.ask(f"nothing?{query}", method)[0] == 302
            assert with_token.ask(f"health?{query}", method)[0] in {200, 503}
        log = "".join(with_token.lines_about(""))
        for text in (TOKEN, quote(TOKEN), quote(TOKEN, safe="")):
            assert text not in log
            assert text not in with_token.page.html

    @pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
    def test_its_processes_do_not_get_it(self, with_token):
        port = str(with_token.port)
        link = "digital_inclusion?programme_starts=0"  # its still is drawn by a process
        assert with_token.ask(link, **with_token.headers)[0] == 200
        assert kernel_processes(port)
        processes = started_processes(port)
        assert any("page_stills" in command_line(process) for process in processes)
        for process in processes:
            with suppress(FileNotFoundError):  # it has ended
                assert TOKEN.encode() not in process.joinpath("environ").read_bytes()


FRAME = """<!DOCTYPE html><html lang="en"><title>Another site</title>
<iframe title="View" width="700" height="600" src="{address}"></iframe>"""


@contextmanager
def serve_frames(port, frames):
    """Serve another site until the block ends: at each path, a page with a frame of an address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in frames else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            address = escape(frames.get(self.path, "about:blank"))
            self.wfile.write(FRAME.format(address=address).encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def embed_token(with_token):
    """The token of the views, which the server has printed."""
    line = next(line for line in with_token.lines if "Token for views in frames" in line)
    return line.strip().partition("token=")[2]


class TestViews:
    def test_their_token_opens_nothing_else(self, with_token, embed_token):
        assert len(embed_token) > 40
        paths = [path for path in PATHS if "?" not in path]
        for path in paths:
            status, headers, _ = with_token.ask(f"{path}?token={embed_token}&programme_starts=1")
            assert (status, headers["Set-Cookie"]) == (403, None), path
        for path in set(paths) - {"digital_inclusion", "../digital_inclusion"}:
            assert with_token.ask(f"{path}?token={embed_token}&view=headline")[0] in {403, 404}

    def test_without_any_token_there_is_no_view(self, with_token):
        assert with_token.ask("digital_inclusion?view=headline")[0] == 403
        assert with_token.ask("digital_inclusion?view=headline&token=a")[0] == 403

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("view=headlin", "Unknown view &#34;headlin&#34;. Did you mean &#34;headline&#34;?"),
            ("view=chart:pth", "Unknown chart &#34;pth&#34;. Did you mean &#34;path&#34;?"),
            ("view=%00%3Cscript%3E", "Unknown view"),
            ("view=headline&programme_starts=-1", "programme_starts is -1: it must be"),
            ("view=headline&draws=10000000", "it must be at most 100,000 on a page"),
            ("view=headline&colour=red", "Unknown parameter"),
        ],
    )
    def test_a_wrong_link_is_a_sentence(self, with_token, embed_token, query, sentence):
        status, headers, html = with_token.ask(f"digital_inclusion?{query}&token={embed_token}")
        assert status == 400
        assert "There is a problem with this link" in html.decode()
        assert sentence in html.decode()
        assert headers["Set-Cookie"] is None
        assert "script-src" not in headers["Content-Security-Policy"]

    def test_a_request_that_is_refused_is_no_incident(self, with_token, embed_token):
        view = f"digital_inclusion?view=headline&token={embed_token}"
        assert with_token.ask(view, "HEAD")[0] == 405
        assert with_token.ask("accessibility", "HEAD", **with_token.headers)[0] == 405
        status, _, content = with_token.ask(view, "PUT")
        assert status == 405
        assert "<h1>This request cannot be answered</h1>" in content.decode()
        assert "incident" not in content.decode()
        logged = with_token.lines_about("incident")
        assert not [line for line in logged if " HEAD " in line or " PUT " in line]

    @pytest.mark.browser
    def test_a_site_of_the_list_shows_it_and_no_other_site_does(self, with_token, embed_token):
        page_url = f"http://127.0.0.1:{with_token.port}/desk/digital_inclusion"
        view = f"{page_url}?view=chart:path&programme_starts=800000&token={embed_token}"
        listed, unlisted = (
            f"http://{host}:{with_token.site_port}/" for host in ("localhost", "127.0.0.1")
        )
        frames = {"/view": view, "/page": page_url}
        with serve_frames(with_token.site_port, frames), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
            )
            page = browser.new_page()
            page.set_default_timeout(KERNEL_TIMEOUT)
            page.goto(f"{listed}view")
            frame = page.frame_locator("iframe")
            expect(frame.get_by_role("heading", level=1)).to_contain_text("The path reaches")
            expect(frame.locator("svg")).to_contain_text("4.2 million")
            expect(frame.locator("body")).to_contain_text("1 change from the published")
            expect(frame.locator("body")).to_contain_text("Source: ")
            whole_page = frame.get_by_role("link", name="Open the whole page: Digital inclusion")
            assert whole_page.get_attribute("href") == (
                "/desk/digital_inclusion?programme_starts=800000"
            )
            assert page.context.cookies() == []
            for address in (f"{unlisted}view", f"{unlisted}page", f"{listed}page"):
                with page.expect_console_message(lambda message: "frame-anc" in message.text):
                    page.goto(address)
            browser.close()


class TestProxy:
    @pytest.mark.parametrize("headers", [{}, {"X-Forwarded-User": " "}, {"X-User": "analyst"}])
    @pytest.mark.parametrize("path", [*PATHS, f"?token={quote(TOKEN, safe='')}"])
    def test_nothing_is_answered_without_its_header(self, behind_proxy, path, headers):
        status, _, content = behind_proxy.ask(path, **headers)
        assert status == 403
        assert "<h1>Sign in to open this page</h1>" in content.decode()

    def test_no_socket_is_opened_without_its_header(self, behind_proxy):
        assert behind_proxy.connect(PUBLIC_ORIGIN) == 403
        assert behind_proxy.connect(PUBLIC_ORIGIN, **SIGNED_IN) == 101

    def test_the_health_check_is_open(self, behind_proxy):
        assert behind_proxy.ask("health")[0] in {200, 503}  # 503 until every page is made

    def test_the_public_address_is_printed(self, behind_proxy):
        assert f"Policy Workbook: {PUBLIC_URL}\n" in behind_proxy.lines

    @pytest.mark.parametrize(
        "host", ["workbook.example.gov.uk", "workbook.example.gov.uk:80", None]
    )
    def test_its_pages_connect_whatever_host_the_proxy_sends(self, behind_proxy, host):
        assert behind_proxy.connect(PUBLIC_ORIGIN, Host=host, **SIGNED_IN) == 101

    @pytest.mark.parametrize(
        "origin",
        [
            *("http://workbook.example.gov.uk", "https://workbook.example.gov.uk:8443", "null"),
            *("https://example.gov.uk", "http://elsewhere.example", "http://127.0.0.1:{port}"),
        ],
    )
    def test_pages_of_any_other_address_do_not(self, behind_proxy, origin):
        origin = origin.format(port=behind_proxy.port)
        for host in (urlsplit(origin).netloc or None, "workbook.example.gov.uk"):
            assert behind_proxy.connect(origin, Host=host, **SIGNED_IN) == 403

    def test_cookies_are_sent_over_https_only(self, behind_proxy):
        options = [set(cookie.split("; ")) for cookie in behind_proxy.page.cookies]
        assert options
        assert all({"Secure", "SameSite=Lax", "Path=/"} <= names for names in options)

    def test_a_closed_page_ends_its_kernel(self, behind_proxy):
        page = behind_proxy.open_page()
        path, request = f"voila/api/shutdown/{page.kernel}", SIGNED_IN | page.xsrf
        assert behind_proxy.ask(path, "POST", **SIGNED_IN, Origin=PUBLIC_ORIGIN)[0] == 403
        assert behind_proxy.ask(path, "POST", **request, Origin="http://a.example")[0] == 404
        assert behind_proxy.ask(path, "POST", **request, Origin=PUBLIC_ORIGIN)[0] == 204

    @needs_chromium
    def test_a_document_has_the_public_address_and_ends_its_kernel(self, behind_proxy):
        def read_metrics():
            return behind_proxy.ask("metrics", **SIGNED_IN)[2].decode()

        wait_for_open_pages(TOPIC, 1, read_metrics)  # the fixture's
        status, _, pdf = behind_proxy.ask(f"{TOPIC}/summary.pdf", **SIGNED_IN)
        assert status == 200
        wait_for_open_pages(TOPIC, 1, read_metrics)
        assert f"{PUBLIC_URL}{TOPIC}" in " ".join(page_texts(pdf))
