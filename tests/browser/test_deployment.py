"""The documented deployments: behind a real nginx, and as a systemd unit."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests import ROOT
from tests.browser.page_actions import find_field, open_page
from tests.browser.server import few_topics_command, free_port, run_server
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.nginx import find_nginx

DEPLOYMENT: Final = ROOT / "deployment"
HOST: Final = "workbook.example.gov.uk"
VISITOR: Final = {"username": "analyst", "password": "correct horse"}
NGINX: Final = find_nginx()

needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed: python -m tests.nginx installs it on Debian"
)


def configure_nginx(folder: Path, port: int, workbook_port: int) -> Path:
    """Write the documented configuration with a port, certificate and password of its own."""
    certificate, key, users = folder / "workbook.pem", folder / "workbook.key", folder / "users"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", f"/CN={HOST}", "-out", certificate, "-keyout", key),
        ],
        check=True,
        capture_output=True,
    )
    users.write_text("{username}:{{PLAIN}}{password}\n".format(**VISITOR))
    replacements = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/certs/workbook.pem": str(certificate),
        "/etc/ssl/private/workbook.key": str(key),
        "/etc/nginx/workbook.users": str(users),
        "127.0.0.1:8866": f"127.0.0.1:{workbook_port}",
    }
    server = (DEPLOYMENT / "nginx.conf").read_text()
    for documented, own in replacements.items():
        assert documented in server
        server = server.replace(documented, own)
    paths = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # another could not read the test's folder
    path.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/errors;"
        f" events {{}} http {{ access_log off; {paths} {server} }}"
    )
    return path


def wait_for_port(port: int) -> None:
    """Wait until a server accepts connections on a port of this machine."""
    deadline = time.monotonic() + 60
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, f"nothing listens on port {port}"
        time.sleep(0.05)


def ask(public_url: str, path: str, headers: dict[str, str] | None = None) -> int:
    """Status of nginx's answer to somebody who has not signed in."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the test's own certificate
    port = urlsplit(public_url).port
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
    connection.request("GET", path, headers={"Host": HOST, **(headers or {})})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's home folder, which does not exist."""
    return tmp_path_factory.mktemp("homes") / "home"


@pytest.fixture(scope="module")
def public_url(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a workbook behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    port, workbook_port = free_port(), free_port()
    url = f"https://{HOST}:{port}"
    options = ["--port", str(workbook_port), "--trust-proxy", "X-Forwarded-User"]
    command = [*few_topics_command("digital_inclusion"), *options, "--public-url", url]
    configuration = configure_nginx(folder, port, workbook_port)
    with (
        run_server(command, f"Policy Workbook: {url}", environment={"HOME": str(home)}),
        subprocess.Popen([str(NGINX), "-c", configuration]) as nginx,
    ):
        try:
            wait_for_port(port)
            yield url
        finally:
            nginx.send_signal(signal.SIGQUIT)


@pytest.fixture(scope="module")
def signed_in(public_url: str) -> Iterator[BrowserContext]:
    """A browser whose visitor has signed in."""
    flags = [*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser.new_context(http_credentials=VISITOR, ignore_https_errors=True)
        browser.close()


@needs_nginx
@pytest.mark.browser
class TestNginx:
    def test_a_visitor_who_is_signed_in_gets_a_live_page(
        self, signed_in: BrowserContext, public_url: str
    ) -> None:
        page = signed_in.new_page()
        open_page(page, f"{public_url}/digital_inclusion?programme_starts=0")
        find_field(page, "programme_starts").fill("800000")
        expect(page.locator(".wb-headline")).to_contain_text("4.2 million")
        cookies = signed_in.cookies(public_url)
        assert cookies
        assert all(cookie["secure"] for cookie in cookies)
        page.close()

    def test_the_server_and_its_kernels_make_no_home_folder(
        self, signed_in: BrowserContext, public_url: str, home: Path
    ) -> None:
        page = open_page(signed_in.new_page(), f"{public_url}/digital_inclusion")
        page.close()
        assert not home.exists()

    @pytest.mark.parametrize("name", ["X-Forwarded-User", "x-forwarded-user", "X_Forwarded_User"])
    def test_nobody_else_does_whatever_the_request_says(self, public_url: str, name: str) -> None:
        assert ask(public_url, "/take_up", {name: "minister"}) == 401

    def test_the_health_check_needs_no_sign_in(self, public_url: str) -> None:
        assert ask(public_url, "/health") in {200, 503}  # 503 until every page has been made


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    command = tmp_path / ".venv" / "bin" / "workbook"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    documented = (DEPLOYMENT / "workbook.service").read_text()
    assert "/opt/policy-workbook/" in documented
    unit = tmp_path / "workbook.service"
    unit.write_text(documented.replace("/opt/policy-workbook/", f"{tmp_path}/"))
    answer = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")
