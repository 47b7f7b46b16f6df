"""A server that is killed, or that has little room: no disk, few files, no rights of its own."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import browser, watched_page
from tests.browser.page_actions import KERNEL_TIMEOUT, find_field, open_page, wait_until_ready
from tests.browser.server import (
    few_topics_command,
    find_server,
    free_port,
    run_server,
    wait_for_answer,
)
from tests.browser.test_arrivals import OPEN_TOGETHER

__all__ = ["browser"]

TOPIC = "digital_inclusion"
STARTS = 0, 400_000, 800_000
"""Programme starts of three visitors, whose headlines differ."""
CROWD = 12
READY_OR_FULL = "body:is([data-workbook=ready], [data-workbook=full])"
HARDLY_ANY_ROOM = 16_384  # bytes: with none at all, Python chooses another disk
NOBODY = 65534
MAY_READ = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
"""Lets a user read every file, as the folder of the interpreter may be somebody's; not write."""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change user or mount")


def serve_command(*prefix: str, port: int | None = None) -> list[str]:
    """The command of a server with one topic, run by another command."""
    return [*prefix, *few_topics_command(TOPIC), "--port", str(port or free_port())]


def address_in(line: str) -> str:
    """The address that a server printed."""
    return line[line.index("http://") :].rstrip("/")


def fill_disk(disk: Path) -> None:
    """Write until there is no room."""
    with contextlib.suppress(OSError), (disk / "fill").open("wb", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass


def expect_answer(page: Page) -> None:
    """Change a parameter, and expect another headline."""
    headline = page.locator(".wb-headline")
    before = headline.inner_text()
    field = find_field(page, "programme_starts")
    field.fill("1000000")
    field.press("Enter")
    expect(headline).not_to_have_text(before, timeout=KERNEL_TIMEOUT)


def test_pages_come_back_with_their_scenarios_after_the_server_was_killed(
    browser: Browser,
) -> None:
    port = free_port()
    command = serve_command(port=port)
    with run_server(command, "http://") as line, browser.new_context() as context:
        site = address_in(line)
        pages = [
            open_page(context.new_page(), f"{site}/{TOPIC}?programme_starts={starts}")
            for starts in STARTS
        ]
        headlines = [page.locator(".wb-headline").inner_text() for page in pages]
        assert len(set(headlines)) == len(STARTS)
        os.kill(find_server(site), signal.SIGKILL)
        for page in pages:
            expect(page.locator("body[data-workbook=reconnecting]")).to_be_attached()
            expect(page.locator(".wb-bar")).to_contain_text("Reconnecting")
        with run_server(command, "http://") as second_line:
            wait_for_answer(f"{address_in(second_line)}/health")
            for page, headline in zip(pages, headlines, strict=True):
                alert = page.locator(".wb-bar").get_by_role("alert")
                expect(alert).to_contain_text("Connection lost", timeout=KERNEL_TIMEOUT)
                alert.get_by_role("button", name="Reload").click()
                wait_until_ready(page)
                expect(page.locator(".wb-headline")).to_have_text(headline)
                expect_answer(page)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of some megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@needs_root
def test_a_page_answers_while_the_disk_is_full(browser: Browser, small_disk: Path) -> None:
    environment = {"TMPDIR": str(small_disk)}
    with run_server(serve_command(), "http://", environment) as line:
        site = wait_for_answer(f"{address_in(line)}/health").removesuffix("/health")
        fill_disk(small_disk)
        with watched_page(browser) as (page, check):
            open_page(page, f"{site}/{TOPIC}?programme_starts=0")
            expect_answer(page)
            check()


def test_a_disk_without_room_is_said_before_the_server_starts(small_disk: Path) -> None:
    fill_disk(small_disk)
    file = small_disk / "fill"
    os.truncate(file, file.stat().st_size - HARDLY_ANY_ROOM)
    ended = subprocess.run(
        serve_command(),
        env=os.environ | {"TMPDIR": str(small_disk)},
        capture_output=True,
        text=True,
        timeout=KERNEL_TIMEOUT / 1000,
        check=False,
    )
    assert ended.returncode == 1
    assert "No space left" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_more_visitors_than_open_files_allow_are_told_so_and_the_others_go_on(
    browser: Browser,
) -> None:
    with run_server(serve_command("prlimit", "--nofile=160"), "http://") as line:
        site = wait_for_answer(f"{address_in(line)}/health").removesuffix("/health")
        with browser.new_context() as context:
            first = open_page(context.new_page(), f"{site}/{TOPIC}?programme_starts=0")
            first.evaluate(OPEN_TOGETHER, [f"{site}/{TOPIC}", CROWD])
            while len(context.pages) <= CROWD:
                context.wait_for_event("page", timeout=KERNEL_TIMEOUT)
            others = [page for page in context.pages if page != first]
            for page in others:
                expect(page.locator(READY_OR_FULL)).to_be_attached(timeout=KERNEL_TIMEOUT)
            assert any(page.locator("body[data-workbook=full]").count() for page in others)
            expect_answer(first)
            for page in others:
                page.close(run_before_unload=True)
            with watched_page(browser) as (page, check):
                page.goto(f"{site}/{TOPIC}", timeout=KERNEL_TIMEOUT)
                wait_until_ready(page)  # a full server's page opens it once there is room
                expect_answer(page)
                check()


@needs_root
def test_another_user_with_a_read_only_home_serves_pages(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    user = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *MAY_READ)
    environment = {"HOME": str(home), "TMPDIR": "/tmp"}
    with run_server(serve_command(*user), "http://", environment) as line:
        site = wait_for_answer(f"{address_in(line)}/health").removesuffix("/health")
        with watched_page(browser) as (page, check):
            open_page(page, f"{site}/{TOPIC}?programme_starts=0")
            expect(page.locator(".wb-headline")).to_have_text(re.compile("6.2 million"))
            expect_answer(page)
            check()
    assert list(home.iterdir()) == []
