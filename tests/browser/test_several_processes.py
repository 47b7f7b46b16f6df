"""Several servers behind a real nginx, with the documented configuration."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.behind_nginx import DEPLOYMENT, HOST, launch_browser, needs_nginx, run_nginx
from tests.browser.kernel_processes import wait_for_full_pool, wait_for_open_pages
from tests.browser.page_actions import find_field, open_page, wait_until_ready
from tests.browser.server import few_topics_command, free_port, run_server

pytestmark = [needs_nginx, pytest.mark.browser]

TOPIC: Final = "digital_inclusion"
TOKEN: Final = "the token of both"
DOCUMENTED_PORTS: Final = (8866, 8867)


class Site:
    """Two servers with one token behind nginx.

    Args:
        folder: A folder for nginx.
    """

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self.ports = (free_port(), free_port())
        public_port = free_port()
        self.url = f"https://{HOST}:{public_port}"
        self._servers = {port: self._stack.enter_context(ExitStack()) for port in self.ports}
        replacements = {
            text.format(documented): text.format(own)
            for documented, own in zip(DOCUMENTED_PORTS, self.ports, strict=True)
            for text in ("127.0.0.1:{}", r"127\.0\.0\.1:{}")
        }
        documented_file = DEPLOYMENT / "nginx-several.conf"
        self._stack.enter_context(run_nginx(documented_file, folder, public_port, replacements))

    def start(self, port: int) -> None:
        """Start one of the servers."""
        options = ["--port", str(port), "--public-url", self.url]
        server = run_server(
            [*few_topics_command(TOPIC), *options],
            f"Policy Workbook: {self.url}",
            environment={"WORKBOOK_TOKEN": TOKEN},
        )
        self._servers[port].enter_context(server)
        wait_for_full_pool([TOPIC], lambda: self.metrics(port))

    def stop(self, port: int) -> None:
        """Stop one of the servers."""
        self._servers[port].close()

    def close(self) -> None:
        """Stop everything."""
        self._stack.close()

    def metrics(self, port: int) -> str:
        """Metrics of one of the servers."""
        return ask_directly(port, "/metrics", {"Authorization": f"Bearer {TOKEN}"})

    def expect_open_pages(self, *counts: int) -> None:
        """Wait until each of the servers has this many open pages."""
        for port, count in zip(self.ports, counts, strict=True):
            wait_for_open_pages(TOPIC, count, lambda port=port: self.metrics(port))  # type: ignore[misc]

    def find_port(self, context: BrowserContext) -> int:
        """Port of the server that a visitor's cookie names."""
        [name] = [
            cookie.get("value", "")
            for cookie in context.cookies(self.url)
            if cookie.get("name") == "workbook_process"
        ]
        return self.ports[int(name) - 1]


def ask_directly(port: int, path: str, headers: dict[str, str]) -> str:
    """Answer of one of the servers, without nginx."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        text: str = answer.read().decode()
        return text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two servers behind nginx, each with a page that waits for a visitor."""
    running = Site(tmp_path_factory.mktemp("nginx"))
    try:
        for port in running.ports:
            running.start(port)
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that knows nginx's name."""
    with launch_browser() as running:
        yield running


def visit(browser: Browser, site: Site) -> Page:
    """Open a link with the token as a visitor who has not been here."""
    context = browser.new_context(ignore_https_errors=True)
    return open_page(context.new_page(), f"{site.url}/{TOPIC}?token={TOKEN}&programme_starts=0")


def test_each_visitor_stays_with_the_process_that_has_fewest_pages(
    browser: Browser, site: Site
) -> None:
    first, second = visit(browser, site), visit(browser, site)
    site.expect_open_pages(1, 1)
    for page in (first, second):
        find_field(page, "programme_starts").fill("800000")
        expect(page.locator(".wb-headline")).to_contain_text("4.2 million")
    again = open_page(first.context.new_page(), f"{site.url}/{TOPIC}")
    counts = [2 if port == site.find_port(first.context) else 1 for port in site.ports]
    site.expect_open_pages(*counts)
    for page in (first, second, again):
        page.close(run_before_unload=True)
    site.expect_open_pages(0, 0)  # the closing page has reached its kernel's process
    for page in (first, second):
        page.context.close()


def test_both_accept_the_cookie_of_either(browser: Browser, site: Site) -> None:
    context = browser.new_context(ignore_https_errors=True)
    context.new_page().goto(f"{site.url}/?token={TOKEN}")
    cookies = "; ".join(
        f"{cookie.get('name')}={cookie.get('value')}" for cookie in context.cookies(site.url)
    )
    for port in site.ports:
        assert "<h1" in ask_directly(port, "/", {"Cookie": cookies})
        with pytest.raises(urllib.error.HTTPError, match="403"):
            ask_directly(port, "/", {})
    context.close()


def test_the_visitors_of_a_process_that_ends_go_on_with_the_other(
    browser: Browser, site: Site
) -> None:
    page = visit(browser, site)
    ended = site.find_port(page.context)
    site.stop(ended)
    page.locator("body[data-workbook=lost]").wait_for(state="attached", timeout=60_000)
    page.get_by_role("button", name="Reload").click()
    wait_until_ready(page)
    assert "programme_starts=0" in page.url
    assert site.find_port(page.context) != ended
    site.start(ended)
    find_field(page, "programme_starts").fill("800000")
    expect(page.locator(".wb-headline")).to_contain_text("4.2 million")
    page.reload()  # the other still has its page, and gets it again
    wait_until_ready(page)
    assert site.find_port(page.context) != ended
    page.close(run_before_unload=True)
    site.expect_open_pages(0, 0)
    page.context.close()
