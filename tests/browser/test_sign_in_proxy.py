"""A sign-in service in front of the pages, with the documented configuration of nginx.

oauth2-proxy cannot be fetched here, so a few lines of nginx stand for it: they answer at its
addresses as its documentation says, with a cookie and a header.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.behind_nginx import (
    DEPLOYMENT,
    HOST,
    launch_browser,
    needs_nginx,
    request_status,
    run_nginx,
)
from tests.browser.page_actions import find_field, wait_until_ready
from tests.browser.server import few_topics_command, free_port, run_server

pytestmark = [needs_nginx, pytest.mark.browser]

TOPIC: Final = "digital_inclusion"
SIGN_IN_SERVICE: Final = """
server {
    listen 127.0.0.1:PORT;
    location = /oauth2/auth {
        if ($cookie_session != "signed in") { return 401; }
        add_header X-Auth-Request-User analyst always;
        return 202;
    }
    location = /oauth2/sign_in {
        default_type text/html;
        return 200 '<form action="/oauth2/start"><input type="hidden" name="rd"
            value="$http_x_auth_request_redirect"><button>Sign in</button></form>';
    }
    location = /oauth2/start {
        add_header Set-Cookie "session=signed in; Path=/; Secure; HttpOnly; SameSite=Lax";
        return 302 https://$http_host/TOPIC;
    }
}
"""


@pytest.fixture(scope="module")
def public_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a workbook behind nginx and the sign-in service."""
    folder = tmp_path_factory.mktemp("nginx")
    port, workbook_port, service_port = free_port(), free_port(), free_port()
    url = f"https://{HOST}:{port}"
    options = [f"--port={workbook_port}", "--trust-proxy=X-Forwarded-User", f"--public-url={url}"]
    service = SIGN_IN_SERVICE.replace("PORT", str(service_port)).replace(
        "https://$http_host/TOPIC", f"{url}/{TOPIC}"
    )
    replacements = {
        "127.0.0.1:8866": f"127.0.0.1:{workbook_port}",
        "127.0.0.1:4180": f"127.0.0.1:{service_port}",
    }
    command = [*few_topics_command(TOPIC), *options]
    with (
        run_server(command, f"Policy Workbook: {url}"),
        run_nginx(DEPLOYMENT / "nginx-sign-in.conf", folder, port, replacements, service),
    ):
        yield url


@pytest.fixture(scope="module")
def visitor(public_url: str) -> Iterator[Page]:
    """The page of somebody who has not signed in."""
    with launch_browser() as browser:
        yield browser.new_context(ignore_https_errors=True).new_page()


def test_a_visitor_signs_in_and_gets_a_live_page(visitor: Page, public_url: str) -> None:
    visitor.context.clear_cookies()
    answer = visitor.goto(f"{public_url}/{TOPIC}")
    assert answer is not None
    assert answer.status == 403
    visitor.get_by_role("button", name="Sign in").click()
    wait_until_ready(visitor)
    find_field(visitor, "programme_starts").fill("800000")
    expect(visitor.locator(".wb-headline")).to_contain_text("4.2 million")


@pytest.mark.parametrize("path", ["", TOPIC, "metrics", "static/page.css"])
@pytest.mark.parametrize("name", ["X-Forwarded-User", "X-Auth-Request-User"])
def test_nobody_can_name_themselves(public_url: str, path: str, name: str) -> None:
    assert request_status(public_url, f"/{path}", {name: "minister"}) == 403


def test_nobody_but_nginx_asks_who_is_signed_in(public_url: str) -> None:
    assert request_status(public_url, "/oauth2/auth") == 404


def test_a_visitor_whose_sign_in_ends_is_told(visitor: Page, public_url: str) -> None:
    visitor.context.clear_cookies()
    visitor.goto(f"{public_url}/{TOPIC}")
    visitor.get_by_role("button", name="Sign in").click()
    wait_until_ready(visitor)
    visitor.context.clear_cookies()
    expect(visitor.locator("body[data-workbook=lost]")).to_be_attached()
