"""The health check and the metrics of a server, from its start to the end of a visit."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page
from prometheus_client.parser import text_string_to_metric_families

from tests.browser.page_actions import open_page
from tests.browser.server import serve_workbook, wait_for_answer
from workbook.topics.registry import TOPICS

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
ONE_EACH = dict.fromkeys(TOPICS, 1.0)
NONE_EACH = dict.fromkeys(TOPICS, 0.0)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server of this file's own, which nobody has visited."""
    with serve_workbook() as address:
        yield address


def read_metrics(page: Page, site: str) -> dict[str, dict[str, float]]:
    """Value of each metric by topic; under an empty name for one of the whole server."""
    text = page.request.get(f"{site}/metrics").text()
    return {
        family.name: {sample.labels.get("topic", ""): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(text)
    }


def wait_for_sessions(page: Page, site: str, sessions: dict[str, float]) -> None:
    """Wait until a server has this many sessions of each topic."""
    deadline = time.monotonic() + 30
    while (seen := read_metrics(page, site)["workbook_sessions"]) != sessions:
        assert time.monotonic() < deadline, seen
        time.sleep(0.1)


def read_health(page: Page, site: str) -> APIResponse:
    return page.request.get(f"{site}/health")


def test_it_is_healthy_once_a_page_of_every_topic_is_made(page: Page, site: str) -> None:
    answer = read_health(page, site)
    assert answer.status == 503, "the first test of this file needs a server that has just started"
    assert answer.headers["content-type"] == "text/plain; charset=UTF-8"
    assert answer.text() == f"No page has been made yet: {', '.join(TOPICS)}."
    assert read_metrics(page, site)["workbook_page_made"] == NONE_EACH
    wait_for_answer(f"{site}/health")
    assert read_health(page, site).text() == "ok"
    assert read_metrics(page, site)["workbook_page_made"] == ONE_EACH


def test_health_and_metrics_start_no_kernel(page: Page, site: str) -> None:
    wait_for_answer(f"{site}/health")
    for _ in range(5):
        assert read_health(page, site).status == 200
        metrics = read_metrics(page, site)
        assert metrics["workbook_waiting_kernels"] == ONE_EACH
        assert metrics["workbook_sessions"] == NONE_EACH


def test_metrics_count_sessions_while_they_are_open(page: Page, site: str) -> None:
    wait_for_answer(f"{site}/health")
    visitor = page.context.new_page()
    open_page(visitor, f"{site}/{TOPIC}")
    wait_for_sessions(page, site, {**NONE_EACH, TOPIC: 1.0})
    assert read_health(page, site).status == 200
    visitor.close(run_before_unload=True)
    wait_for_sessions(page, site, NONE_EACH)


def test_metrics_are_in_prometheus_text_format(page: Page, site: str) -> None:
    answer = page.request.get(f"{site}/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'workbook_failed_pages_total{topic="savings"} 0.0' in answer.text().splitlines()
    if Path("/proc/self/smaps_rollup").exists():
        (memory,) = read_metrics(page, site)["workbook_memory_bytes"].values()
        assert 50e6 < memory < 5e9
