"""Every topic's page and report at every width, without scripts, and when the kernel ends."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import browser, page, site, watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    end_kernel,
    expect_no_sideways_scrolling,
    open_every_part,
    open_page,
)
from tests.browser.test_no_script import expect_answer_charts_and_tables, plain_page
from workbook.topics.registry import TOPICS

__all__ = ["browser", "page", "plain_page", "site"]

WIDTHS = (1280, 768, 390, 320)
LOST_BY = 10_000
"""Milliseconds after which a visitor knows that the connection is lost."""


@pytest.mark.parametrize("name", TOPICS)
def test_a_page_with_every_part_open_is_accessible_at_every_width(page, site, name):
    open_page(page, f"{site}/{name}")
    expect_accessible_at_every_width(page)


@pytest.mark.parametrize("path", ["index.html", *(f"{name}/report.html" for name in TOPICS)])
def test_a_page_of_a_snapshot_is_accessible_at_every_width(browser, revision, path):
    snapshot_page = browser.new_page()
    snapshot_page.goto((revision / path).as_uri())
    expect_accessible_at_every_width(snapshot_page)
    snapshot_page.close()


def expect_accessible_at_every_width(page):
    open_every_part(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(page, width)
        assert accessibility_violations(page) == []


@pytest.mark.parametrize("name", TOPICS)
def test_a_page_without_scripts_has_answer_charts_and_tables(plain_page, site, name):
    expect_answer_charts_and_tables(plain_page, site, name)


def test_a_visitor_knows_within_ten_seconds_that_the_kernel_has_ended(browser, site):
    with watched_page(browser) as (visited_page, _):
        open_page(visited_page, f"{site}/digital_inclusion")
        end_kernel(visited_page, site)
        bar = visited_page.locator(".wb-bar").get_by_role("alert")
        expect(bar).to_contain_text("Connection lost", timeout=LOST_BY)
