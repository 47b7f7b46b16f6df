"""Pages of a snapshot, opened from disk in Chromium without a network."""

import pandas as pd
import pytest

from tests.browser.page_actions import (
    NARROW,
    accessibility_violations,
    expect_all_open_and_fitting,
    expect_no_sideways_scrolling,
    open_every_part,
)
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.topics import savings, take_up
from workbook.topics.digital_inclusion import topic

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHARTS = 5


@pytest.fixture(scope="module")
def revision(tmp_path_factory):
    scenario = topic.Scenario(unit_cost=80.0)
    store = tmp_path_factory.mktemp("archive")
    others = [(saving.topic, saving.topic.Scenario()) for saving in (take_up, savings)]
    return make_snapshot(prepare_snapshot("2014-Q2", [(topic, scenario), *others], store))


@pytest.fixture(
    params=[
        "index.html",
        "digital_inclusion/report.html",
        "take_up/report.html",
        "savings/report.html",
        "papers/reader-notes.html",
        "papers/transparency-record.html",
    ]
)
def opened_page(request, page, revision):
    """One of the pages, opened from disk; the page fixture fails on other requests."""
    page.goto((revision / request.param).as_uri())
    return page


def test_a_page_has_a_title_and_one_level_1_heading(opened_page):
    assert opened_page.title().endswith("– Policy Workbook")
    assert opened_page.locator("h1").count() == 1
    assert opened_page.locator("header, main, footer").count() == 3


@pytest.mark.parametrize(
    "path",
    ["index.html", "digital_inclusion/report.html", "papers/transparency-record.html"],
)
def test_it_is_accessible(page, revision, path):
    page.goto((revision / path).as_uri())
    expect_all_open_and_fitting(page)
    assert accessibility_violations(page) == []


def test_a_narrow_screen_does_not_scroll_sideways(opened_page):
    open_every_part(opened_page)
    opened_page.set_viewport_size({"width": NARROW, "height": 640})
    expect_no_sideways_scrolling(opened_page, NARROW)


def test_the_skip_link_comes_first_and_links_to_the_content(opened_page):
    opened_page.keyboard.press("Tab")
    assert opened_page.locator(":focus").inner_text() == "Skip to main content"
    opened_page.keyboard.press("Enter")
    assert opened_page.evaluate("document.activeElement.id") == "main"


def test_every_link_refers_to_a_file(page, revision):
    page.goto((revision / "index.html").as_uri())
    links = page.locator("a[href]:not([href^='#'])").evaluate_all("all => all.map(a => a.href)")
    assert len(links) > 10
    for link in links:
        answer = page.request.get(link) if link.startswith("http") else None
        assert answer is None
        assert (revision / link.removeprefix(f"{revision.as_uri()}/")).is_file()


def test_the_contents_page_has_the_headline_and_changed_parameters(page, revision):
    page.goto((revision / "index.html").as_uri())
    text = page.locator("main").inner_text()
    assert topic.question in text
    assert "5.4 million adults would lack basic digital skills in 2020" in text
    assert "£80.00" in text


def test_the_report_shows_charts_and_tables_and_no_code(page, revision):
    page.goto((revision / "digital_inclusion" / "report.html").as_uri())
    charts = page.locator("[role=img]:not(.wb-grid *)")
    assert charts.count() == CHARTS
    for chart in charts.all():
        assert chart.bounding_box()["width"] > 500
        assert chart.get_attribute("aria-label")
    assert page.get_by_role("table").count() >= CHARTS
    people_excluded = page.locator("[data-indicator=people_excluded]:not(.wb-grid *)")
    assert people_excluded.get_attribute("data-value") == "5444000.0"
    assert "from_cell" not in page.content()


def test_printed_pages_include_the_data_of_charts(page, revision):
    page.goto((revision / "digital_inclusion" / "report.html").as_uri())
    figures = page.locator("details table").first
    assert not figures.is_visible()
    page.emulate_media(media="print")
    assert figures.is_visible()
    assert not page.locator("summary").first.is_visible()


def test_take_up_uses_no_later_window_and_names_its_source(page, revision):
    page.goto((revision / "take_up" / "report.html").as_uri())
    notes = page.locator("main").text_content()
    assert "Source: GDS Transactions Explorer, release of September 2018." in notes
    for name in ("windows", "control"):
        table = pd.read_csv(revision / "take_up" / "tables" / f"{name}.csv")
        assert table["window_end"].max() == "2014-06"


def test_savings_are_those_published_by_the_end_of_the_quarter(page, revision):
    page.goto((revision / "savings" / "report.html").as_uri())
    assert "£228 million" in page.locator("main").inner_text()
    table = pd.read_csv(revision / "savings" / "tables" / "published.csv")
    assert table["financial_year"].max() == "2013-14"
