"""The workbook as a service of a real JupyterHub, with the documented configuration."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import websocket
from playwright.sync_api import Browser, Page, expect

from tests import ROOT
from tests.browser.conftest import browser
from tests.browser.kernel_processes import command_line, wait_for_open_pages
from tests.browser.page_actions import find_field, kernel_identifier, open_page
from tests.browser.server import few_topics_command, free_port, run_server

__all__ = ["browser"]

TOPIC: Final = "digital_inclusion"
DOCUMENTED: Final = ROOT / "deployment" / "jupyterhub_config.py"
HUB_PACKAGES: Final = ("jupyterhub==6.1.*",)
PROXY_PACKAGE: Final = "configurable-http-proxy@5"

PORT: Final = re.compile(r"--port=(\d+)")

OWN_CONFIGURATION: Final = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = "{folder}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.auth_token = "{api_port}-of-the-test"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
"""


def install(command: list[str | Path], folder: Path) -> None:
    """Run a command that installs programs; skip where they cannot be fetched."""
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip(f"{command[0]} could not install a program: {answer.stderr[-500:]}")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with JupyterHub and its proxy, in environments of their own."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed: JupyterHub's proxy cannot be fetched")
    folder = tmp_path_factory.mktemp("programs")
    subprocess.run([sys.executable, "-m", "venv", folder / "hub"], check=True)
    install([folder / "hub" / "bin" / "pip", "install", *HUB_PACKAGES], folder)
    install([npm, "install", "--no-fund", "--no-audit", PROXY_PACKAGE], folder)
    return folder


def write_configuration(folder: Path, programs: Path, port: int) -> Path:
    """The documented configuration with paths and ports of the test, and names as passwords."""
    text = DOCUMENTED.read_text()
    replacements = {
        '"user": "workbook",': "# the user of the test, who can read its files",
        "http://127.0.0.1:8866": f"http://127.0.0.1:{free_port()}",
        "/opt/policy-workbook/deployment/": f"{ROOT}/deployment/",
        "https://hub.example.gov.uk": f"http://127.0.0.1:{port}",
        '"/opt/policy-workbook/.venv/bin/workbook", "serve"': str(few_topics_command(TOPIC))[1:-1],
    }
    for documented, own in replacements.items():
        assert documented in text
        text = text.replace(documented, own)
    proxy = programs / "node_modules" / ".bin" / "configurable-http-proxy"
    own_text = OWN_CONFIGURATION.format(
        port=port, hub_port=free_port(), api_port=free_port(), folder=folder, proxy=proxy
    )
    path = folder / "jupyterhub_config.py"
    path.write_text(f"{text}\n{own_text}")
    return path


@pytest.fixture(scope="module")
def hub(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a hub with the workbook as a service."""
    folder, port = tmp_path_factory.mktemp("hub"), free_port()
    configuration = write_configuration(folder, programs, port)
    command = [str(programs / "hub" / "bin" / "jupyterhub"), f"--config={configuration}"]
    path = f"{Path(shutil.which('node') or '').parent}:{os.environ['PATH']}"
    served = run_server(command, "Policy Workbook: http", environment={"PATH": path})
    with contextlib.chdir(folder), served:
        yield f"http://127.0.0.1:{port}"


def sign_in(page: Page, name: str) -> None:
    """Sign in at the hub's page."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("as the test likes")
    page.get_by_role("button", name="Sign in").click()


def ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status of an answer, and the address that gave it."""
    try:
        request = urllib.request.Request(address, headers=headers or {})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.url
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.url


@pytest.fixture(scope="module")
def signed_in(browser: Browser, hub: str) -> Iterator[Page]:
    """The page of a visitor who came by a link and has signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{hub}/services/workbook/{TOPIC}?programme_starts=0")
    page.wait_for_url("**/hub/login*")
    sign_in(page, "analyst")
    page.wait_for_url(f"**/services/workbook/{TOPIC}?programme_starts=0")
    yield page
    context.close()


def test_a_visitor_signs_in_at_the_hub_and_gets_the_page_of_the_link(signed_in: Page) -> None:
    expect(signed_in.locator("body[data-workbook=ready]")).to_be_attached()
    find_field(signed_in, "programme_starts").fill("800000")
    expect(signed_in.locator(".wb-headline")).to_contain_text("4.2 million")


def test_a_closed_page_frees_its_kernel(signed_in: Page, hub: str) -> None:
    site = f"{hub}/services/workbook"
    page = open_page(signed_in.context.new_page(), f"{site}/{TOPIC}")

    def read_metrics() -> str:
        return signed_in.request.get(f"{site}/metrics").text()

    wait_for_open_pages(TOPIC, 2, read_metrics)
    page.close(run_before_unload=True)
    wait_for_open_pages(TOPIC, 1, read_metrics)


def test_nobody_else_gets_a_page_file_or_socket(signed_in: Page, hub: str) -> None:
    site = f"{hub}/services/workbook"
    for path in ("", TOPIC, "metrics", "static/page.css"):
        for headers in ({}, {"X-Forwarded-User": "analyst"}, {"Authorization": "Bearer guessed"}):
            status, address = ask(f"{site}/{path}", headers)
            assert status == 403 or "/hub/login" in address, (path, headers, status)
    socket = f"{site.replace('http', 'ws')}/api/kernels/{kernel_identifier(signed_in)}/channels"
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(socket, timeout=60)


def test_people_on_the_hubs_machine_do_not_get_past_it(signed_in: Page, hub: str) -> None:
    """The workbook's own port is open to the hub's users, who run code there."""
    commands = [command_line(process) for process in Path("/proc").glob("[0-9]*")]
    own = f"--public-url={hub}/services/workbook/ "
    [port] = {part for command in commands if own in command for part in PORT.findall(command)}
    status, _ = ask(
        f"http://127.0.0.1:{port}/services/workbook/{TOPIC}", {"X-Forwarded-User": "analyst"}
    )
    assert status == 403
