"""A server from its start: health, metrics, no browser to print with, and kernels that end."""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import APIResponse, Browser, Page, expect
from prometheus_client.parser import text_string_to_metric_families

from tests.browser.conftest import watched_page
from tests.browser.kernel_processes import kernel_processes, wait_for_full_pool
from tests.browser.page_actions import open_page, wait_until_ready
from tests.browser.server import LONGEST_WAIT, read_text, serve_workbook, wait_for_answer
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
TOPICS = (TOPIC, "savings")
ONE_EACH = dict.fromkeys(TOPICS, 1.0)
NONE_EACH = dict.fromkeys(TOPICS, 0.0)
WAITING = """
import pathlib, time
while not pathlib.Path({!r}).exists():
    time.sleep(0.1)
"""
"""A notebook's cell that waits for a file."""

needs_processes = pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="kernels are found in /proc"
)


@pytest.fixture(scope="module")
def signal_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the server's pages wait for."""
    return tmp_path_factory.mktemp("signal") / "go"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, signal_file: Path) -> Iterator[str]:
    """A server of this file's own, which nobody has visited and which finds no browser."""
    folder = tmp_path_factory.mktemp("notebooks")
    for topic in TOPICS:
        path = resource_folder("notebooks") / f"{topic}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, new_code_cell(WAITING.format(str(signal_file))))
        nbformat.write(notebook, folder / path.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path_factory.mktemp("nothing")))
        with serve_workbook(*TOPICS, notebooks=str(folder)) as address:
            yield address


@pytest.fixture
def made_site(site: str, signal_file: Path) -> str:
    """The server once a page of every topic is made."""
    signal_file.touch()
    return wait_for_answer(f"{site}/health").removesuffix("/health")


def read_metrics(page: Page, site: str) -> dict[str, dict[str, float]]:
    """Value of each metric by topic; under an empty name for one of the whole server."""
    text = page.request.get(f"{site}/metrics").text()
    return {
        family.name: {sample.labels.get("topic", ""): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(text)
    }


def wait_for_sessions(page: Page, site: str, sessions: dict[str, float]) -> None:
    """Wait until a server has this many sessions of each topic."""
    deadline = time.monotonic() + LONGEST_WAIT
    while (seen := read_metrics(page, site)["workbook_sessions"]) != sessions:
        assert time.monotonic() < deadline, seen
        time.sleep(0.1)


def read_health(page: Page, site: str) -> APIResponse:
    return page.request.get(f"{site}/health")


def test_it_is_healthy_once_a_page_of_every_topic_is_made(
    page: Page, site: str, signal_file: Path
) -> None:
    answer = read_health(page, site)
    assert answer.status == 503, "the first test of this file needs a server without any page"
    assert answer.headers["content-type"] == "text/plain; charset=UTF-8"
    assert answer.text() == f"No page has been made yet: {', '.join(TOPICS)}."
    assert read_metrics(page, site)["workbook_page_made"] == NONE_EACH
    signal_file.touch()
    wait_for_answer(f"{site}/health")
    assert read_health(page, site).text() == "ok"
    assert read_metrics(page, site)["workbook_page_made"] == ONE_EACH


def test_health_and_metrics_start_no_kernel(page: Page, made_site: str) -> None:
    for _ in range(5):
        assert read_health(page, made_site).status == 200
        metrics = read_metrics(page, made_site)
        assert metrics["workbook_waiting_kernels"] == ONE_EACH
        assert metrics["workbook_sessions"] == NONE_EACH


def test_metrics_count_sessions_while_they_are_open(page: Page, made_site: str) -> None:
    visitor = page.context.new_page()
    open_page(visitor, f"{made_site}/{TOPIC}")
    wait_for_sessions(page, made_site, {**NONE_EACH, TOPIC: 1.0})
    assert read_health(page, made_site).status == 200
    # Without a browser on the server a document is not offered, and printing stands.
    expect(visitor.get_by_role("button", name="Print summary")).to_be_visible()
    expect(visitor.get_by_role("button", name="Download summary (PDF)")).to_have_count(0)
    assert page.request.get(f"{made_site}/{TOPIC}/summary.pdf").status == 404
    visitor.close(run_before_unload=True)
    wait_for_sessions(page, made_site, NONE_EACH)


def test_metrics_are_in_prometheus_text_format(page: Page, made_site: str) -> None:
    answer = page.request.get(f"{made_site}/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'workbook_failed_pages_total{topic="savings"} 0.0' in answer.text().splitlines()
    if Path("/proc/self/smaps_rollup").exists():
        (memory,) = read_metrics(page, made_site)["workbook_memory_bytes"].values()
        assert 50e6 < memory < 5e9


def kill_kernels(site: str) -> None:
    """Kill the kernels of a server, those of open pages and those that wait, until all are gone."""
    wait_for_full_pool(TOPICS, lambda: read_text(f"{site}/metrics"))
    kernels = kernel_processes(site.rpartition(":")[2])
    assert len(kernels) >= len(TOPICS)
    for kernel in kernels:
        with suppress(ProcessLookupError):  # a page that was closed may just have ended it
            os.kill(kernel, signal.SIGKILL)
    deadline = time.monotonic() + LONGEST_WAIT
    while any(Path(f"/proc/{kernel}").exists() for kernel in kernels):
        assert time.monotonic() < deadline, "a killed kernel does not end"
        time.sleep(0.05)


@needs_processes
def test_a_visitor_gets_a_live_kernel(page: Page, made_site: str) -> None:
    open_page(page, f"{made_site}/{TOPIC}")
    page.goto(f"{made_site}/")
    kill_kernels(made_site)
    open_page(page, f"{made_site}/{TOPIC}?programme_starts=0")
    expect(page.locator(".wb-headline")).to_have_text(re.compile("6.2 million"))


@needs_processes
def test_a_visitor_whose_kernel_is_killed_sees_it_and_reloads(
    browser: Browser, made_site: str
) -> None:
    with watched_page(browser) as (page, _):
        open_page(page, f"{made_site}/{TOPIC}?programme_starts=0")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        kill_kernels(made_site)
        bar = page.locator(".wb-bar").get_by_role("alert")
        expect(bar).to_contain_text("Connection lost")
        expect(bar).to_be_in_viewport(ratio=1)
        bar.get_by_role("button", name="Reload").click()
        wait_until_ready(page)
        expect(page.locator(".wb-headline")).to_have_text(re.compile("6.2 million"))
