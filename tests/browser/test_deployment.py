"""The documented deployments: behind a real nginx, and as a systemd unit."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.behind_nginx import (
    DEPLOYMENT,
    HOST,
    launch_browser,
    needs_nginx,
    request_status,
    run_nginx,
)
from tests.browser.page_actions import find_field, open_page
from tests.browser.server import few_topics_command, free_port, run_server

VISITOR: Final = {"username": "analyst", "password": "correct horse"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's home folder, which does not exist."""
    return tmp_path_factory.mktemp("homes") / "home"


@pytest.fixture(scope="module")
def public_url(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a workbook behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    users = folder / "users"
    users.write_text("{username}:{{PLAIN}}{password}\n".format(**VISITOR))
    port, workbook_port = free_port(), free_port()
    url = f"https://{HOST}:{port}"
    options = ["--port", str(workbook_port), "--trust-proxy", "X-Forwarded-User"]
    command = [*few_topics_command("digital_inclusion"), *options, "--public-url", url]
    replacements = {
        "127.0.0.1:8866": f"127.0.0.1:{workbook_port}",
        "/etc/nginx/workbook.users": str(users),
    }
    with (
        run_server(command, f"Policy Workbook: {url}", environment={"HOME": str(home)}),
        run_nginx(DEPLOYMENT / "nginx.conf", folder, port, replacements),
    ):
        yield url


@pytest.fixture(scope="module")
def signed_in(public_url: str) -> Iterator[BrowserContext]:
    """A browser whose visitor has signed in."""
    with launch_browser() as browser:
        yield browser.new_context(http_credentials=VISITOR, ignore_https_errors=True)


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
        assert request_status(public_url, "/take_up", {name: "minister"}) == 401

    def test_the_health_check_needs_no_sign_in(self, public_url: str) -> None:
        assert request_status(public_url, "/health") in {
            200,
            503,
        }  # 503 until every page has been made


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
