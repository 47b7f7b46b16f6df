"""A server that keeps fewer pages ready than it has topics."""

import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Page

from tests.browser.kernel_processes import kernel_processes, wait_for_full_pool
from tests.browser.page_actions import open_page
from tests.browser.server import LONGEST_WAIT, read_text, serve_workbook, wait_for_answer
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser

FIRST, LAST = "digital_inclusion", "savings"


def read_metrics(site: str) -> list[str]:
    return read_text(f"{site}/metrics").splitlines()


def read_health(site: str) -> str:
    """What a server answers when it is asked for its health."""
    try:
        return read_text(f"{site}/health")
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def wait_for_kernels(site: str, count: int) -> None:
    """Wait until a server has this many kernels, and no more."""
    deadline = time.monotonic() + LONGEST_WAIT
    while len(kernels := kernel_processes(site.rpartition(":")[2])) != count:
        assert time.monotonic() < deadline, kernels
        time.sleep(0.1)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server with two topics, of which one has a page ready."""
    with serve_workbook(FIRST, LAST, options=["--ready-pages=1"]) as address:
        yield wait_for_answer(f"{address}/health").removesuffix("/health")


def test_a_page_of_each_topic_is_made_and_only_the_first_waits(site: str) -> None:
    wait_for_kernels(site, 1)
    metrics = read_metrics(site)
    for line in (
        f'workbook_page_made{{topic="{FIRST}"}} 1.0',
        f'workbook_page_made{{topic="{LAST}"}} 1.0',
        f'workbook_waiting_kernels{{topic="{FIRST}"}} 1.0',
        f'workbook_waiting_kernels{{topic="{LAST}"}} 0.0',
    ):
        assert line in metrics


def test_the_topic_that_is_opened_has_the_next_page_ready(page: Page, site: str) -> None:
    for topic, other in ((LAST, FIRST), (FIRST, LAST)):
        open_page(page, f"{site}/{topic}")
        wait_for_full_pool([topic], lambda: read_text(f"{site}/metrics"))
        wait_for_kernels(site, 2)
        assert f'workbook_waiting_kernels{{topic="{other}"}} 0.0' in read_metrics(site)
        page.goto(f"{site}/")
        wait_for_kernels(site, 1)


def test_a_topic_that_fails_is_known_before_anyone_opens_it(tmp_path: Path) -> None:
    for topic in (FIRST, LAST):
        path = resource_folder("notebooks") / f"{topic}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        if topic == LAST:
            notebook.cells.insert(0, new_code_cell("raise RuntimeError"))
        nbformat.write(notebook, tmp_path / path.name)
    options = ["--ready-pages=1"]
    with serve_workbook(FIRST, LAST, options=options, notebooks=str(tmp_path)) as site:
        deadline = time.monotonic() + LONGEST_WAIT
        while (health := read_health(site)) != f"The last page failed: {LAST}.":
            assert time.monotonic() < deadline, health
            time.sleep(0.1)
        wait_for_kernels(site, 1)
        read_text(f"{site}/{LAST}")
        assert read_health(site) == f"The last page failed: {LAST}."
