"""Kernels that a real Jupyter kernel gateway runs, with the documented configuration."""

import json
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
import requests
import websocket
from playwright.sync_api import Browser, Page, expect

from tests import ROOT
from tests.browser.conftest import browser, watched_page
from tests.browser.kernel_processes import wait_for_full_pool, wait_for_open_pages
from tests.browser.page_actions import find_field, kernel_identifier, open_page, wait_until_ready
from tests.browser.server import LONGEST_WAIT, few_topics_command, free_port, run_server

__all__ = ["browser"]

TOPIC: Final = "digital_inclusion"
TOKEN: Final = "the-gateways-own"
GATEWAY_PACKAGE: Final = "jupyter-kernel-gateway==3.0.*"
DOCUMENTED: Final = ROOT / "deployment" / "kernel_gateway_config.py"


class Gateway:
    """A gateway of this machine, which can be stopped.

    Args:
        program: Python of its environment.
        folder: A folder for its configuration.
    """

    def __init__(self, program: Path, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._program, self._folder = program, folder
        self._stack = ExitStack()
        self.start()

    def start(self) -> None:
        """Start it at its port, without kernels."""
        documented = DOCUMENTED.read_text()
        assert "port = 8888" in documented
        configuration = self._folder / DOCUMENTED.name
        configuration.write_text(documented.replace("port = 8888", f"port = {self.port}"))
        command = [str(self._program), "-m", "kernel_gateway", f"--config={configuration}"]
        environment = {"KG_AUTH_TOKEN": TOKEN, "PYTHONPATH": str(ROOT)}
        self._stack.enter_context(run_server(command, "is available at", environment))

    def close(self) -> None:
        """Stop it and its kernels."""
        self._stack.close()

    def kernels(self) -> list[str]:
        """Identifiers of its kernels."""
        headers = {"Authorization": f"token {TOKEN}"}
        answer = requests.get(f"{self.url}/api/kernels", headers=headers, timeout=60)
        return [kernel["id"] for kernel in answer.json()]

    def fail_kernel(self) -> str:
        """Have a kernel fail, and wait until the gateway has removed it; returns its identifier."""
        kernel = self.kernels()[0]
        address = f"{self.url.replace('http', 'ws')}/api/kernels/{kernel}/channels"
        headers = {"Authorization": f"token {TOKEN}"}
        socket = websocket.create_connection(address, timeout=60, header=headers)
        content = {"code": "import os; os._exit(1)", "silent": False}
        socket.send(pack_message("execute_request", content))
        deadline = time.monotonic() + LONGEST_WAIT
        while kernel in self.kernels():
            assert time.monotonic() < deadline, "the gateway keeps a kernel that has failed"
            time.sleep(0.2)
        socket.close()
        return kernel


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment with the gateway, which also finds this environment's packages."""
    folder = tmp_path_factory.mktemp("gateway") / "environment"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    command = [python, "-m", "pip", "install", GATEWAY_PACKAGE]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip(f"the gateway could not be fetched: {answer.stderr[-500:]}")
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "workbook.pth").write_text(sysconfig.get_path("purelib"))
    return python


@pytest.fixture
def gateway(program: Path, tmp_path: Path) -> Iterator[Gateway]:
    """A gateway without kernels."""
    running = Gateway(program, tmp_path)
    try:
        yield running
    finally:
        running.close()


@pytest.fixture
def site(gateway: Gateway) -> Iterator[str]:
    """A server whose kernels the gateway runs, once a page waits for a visitor."""
    port = free_port()
    command = [*few_topics_command(TOPIC), f"--port={port}", f"--gateway={gateway.url}"]
    environment = {"JUPYTER_GATEWAY_AUTH_TOKEN": TOKEN}
    with run_server(command, "Policy Workbook: http", environment):
        address = f"http://127.0.0.1:{port}"
        wait_for_full_pool([TOPIC], lambda: read_metrics(address))
        yield address


def pack_message(kind: str, content: dict[str, object]) -> str:
    """A message to a kernel."""
    header = {"msg_id": kind, "msg_type": kind, "username": "", "session": "s", "version": "5"}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return json.dumps({**message, "channel": "shell", "buffers": []})


def read_metrics(site: str) -> str:
    """Metrics of a server."""
    return requests.get(f"{site}/metrics", timeout=60).text


def test_a_link_opens_with_its_figures_and_answers(
    browser: Browser, site: str, gateway: Gateway
) -> None:
    with watched_page(browser) as (page, check):
        first_paint = page.request.get(f"{site}/{TOPIC}?programme_starts=0").text()
        assert "6.2 million" in first_paint
        open_page(page, f"{site}/{TOPIC}?programme_starts=0")
        assert kernel_identifier(page) in gateway.kernels()
        find_field(page, "programme_starts").fill("800000")
        expect(page.locator(".wb-headline")).to_contain_text("4.2 million")
        check()


def test_a_kernel_that_fails_while_it_waits_is_given_to_nobody(
    browser: Browser, site: str, gateway: Gateway
) -> None:
    failed = gateway.fail_kernel()
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{TOPIC}")
        assert kernel_identifier(page) != failed
        check()


def test_a_closed_page_frees_its_kernel(browser: Browser, site: str, gateway: Gateway) -> None:
    with watched_page(browser) as (page, _):
        open_page(page, f"{site}/{TOPIC}")
        kernel = kernel_identifier(page)
        wait_for_open_pages(TOPIC, 1, lambda: read_metrics(site))
        page.close(run_before_unload=True)
        wait_for_open_pages(TOPIC, 0, lambda: read_metrics(site))
        assert kernel not in gateway.kernels()


def test_a_page_cannot_run_code(site: str) -> None:
    with requests.Session() as visitor:
        html = visitor.get(f"{site}/{TOPIC}", timeout=60).text
    kernel = html.partition('"kernel": "')[2].partition('"')[0]
    address = f"{site.replace('http', 'ws')}/api/kernels/{kernel}/channels"
    socket = websocket.create_connection(address, timeout=60, origin=site)
    for kind, content in (
        ("execute_request", {"code": "raise SystemExit", "silent": False}),
        ("kernel_info_request", {}),
    ):
        socket.send(pack_message(kind, content))
    replies: set[tuple[str, str]] = set()
    while ("kernel_info_request", "kernel_info_reply") not in replies:
        reply = json.loads(socket.recv())
        replies.add((reply["parent_header"].get("msg_id", ""), reply["header"]["msg_type"]))
    assert not any(request == "execute_request" for request, _ in replies)
    socket.close()


def test_a_gateway_that_ends_is_told_to_the_visitor(
    browser: Browser, site: str, gateway: Gateway
) -> None:
    with watched_page(browser) as (page, _):
        open_page(page, f"{site}/{TOPIC}")
        gateway.close()
        expect_lost(page)


def test_pages_open_once_a_gateway_is_back(browser: Browser, site: str, gateway: Gateway) -> None:
    with watched_page(browser) as (page, _):
        open_page(page, f"{site}/{TOPIC}")
        wait_for_full_pool([TOPIC], lambda: read_metrics(site))
        gateway.close()
        gateway.start()
        expect_lost(page)
        wait_for_open_pages(TOPIC, 0, lambda: read_metrics(site))  # it has asked which there are
        page.get_by_role("button", name="Reload").click()
        wait_until_ready(page)
        assert kernel_identifier(page) in gateway.kernels()


def expect_lost(page: Page) -> None:
    """Wait until a page says that its connection is lost."""
    expect(page.locator("body[data-workbook=lost]")).to_be_attached()
