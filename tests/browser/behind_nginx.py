"""A real nginx with a documented configuration, and a browser that knows its name."""

import contextlib
import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import ROOT
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.nginx import find_nginx

DEPLOYMENT: Final = ROOT / "deployment"
HOST: Final = "workbook.example.gov.uk"
NGINX: Final = find_nginx()
LONGEST_WAIT: Final = 60

needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed: python -m tests.nginx installs it on Debian"
)


@contextlib.contextmanager
def run_nginx(
    documented: Path, folder: Path, port: int, replacements: Mapping[str, str], further: str = ""
) -> Iterator[None]:
    """Run nginx with a documented configuration until the block ends.

    Args:
        documented: The file.
        folder: A folder for its files.
        port: The port of this machine on which it listens.
        replacements: What is replaced in the file, beside the port and the certificate.
        further: Servers beside the documented one.
    """
    server = _adapt_server(documented, folder, port, replacements)
    configuration = _write_configuration(folder, f"{server} {further}")
    with subprocess.Popen([str(NGINX), "-c", configuration]) as nginx:
        try:
            _wait_for_port(port)
            yield
        finally:
            nginx.terminate()  # a graceful end would wait for open sockets


@contextlib.contextmanager
def launch_browser() -> Iterator[Browser]:
    """Run a browser in which the documented name is this machine."""
    flags = [*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        browser.close()


def request_status(public_url: str, path: str, headers: dict[str, str] | None = None) -> int:
    """Status of nginx's answer to somebody who has not signed in."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the test's own certificate
    port = urlsplit(public_url).port
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
    connection.request("GET", path, headers={"Host": HOST, **(headers or {})})
    status = connection.getresponse().status
    connection.close()
    return status


def _adapt_server(
    documented: Path, folder: Path, port: int, replacements: Mapping[str, str]
) -> str:
    certificate, key = folder / "workbook.pem", folder / "workbook.key"
    _make_certificate(certificate, key)
    own_paths = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/certs/workbook.pem": str(certificate),
        "/etc/ssl/private/workbook.key": str(key),
    }
    server = documented.read_text()
    for text, own_text in {**own_paths, **replacements}.items():
        assert text in server
        server = server.replace(text, own_text)
    return server


def _write_configuration(folder: Path, servers: str) -> Path:
    paths = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # another could not read the test's folder
    path.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/errors;"
        f" events {{}} http {{ access_log off; {paths} {servers} }}"
    )
    return path


def _make_certificate(certificate: Path, key: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", f"/CN={HOST}", "-out", certificate, "-keyout", key),
        ],
        check=True,
        capture_output=True,
    )


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, f"nothing listens on port {port}"
        time.sleep(0.05)
