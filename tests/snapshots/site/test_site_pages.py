"""The site in a browser: from disk, without a network, and after its folder was moved."""

import shutil
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.page_actions import (
    NARROW,
    accessibility_violations,
    expect_all_open_and_fitting,
    expect_no_sideways_scrolling,
    open_every_part,
)
from tests.snapshots.site.conftest import REASON, write_archive
from tests.snapshots.site.sealed_archive import add_revision
from workbook.snapshots.site.archive_site import write_archive_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOPIC_PAGE = "topics/queues.html"


@pytest.fixture(scope="module")
def moved_site(tmp_path_factory):
    """A site whose folder was moved to a name that must be percent-encoded."""
    folder = tmp_path_factory.mktemp("site")
    write_archive(folder / "store")
    write_archive_site(folder / "store", {})
    return shutil.move(folder / "store", folder / "100% moved #2 (Übersicht)")


@pytest.fixture(params=["index.html", TOPIC_PAGE])
def opened_page(request, page, moved_site):
    page.goto((moved_site / request.param).as_uri())
    return page


def test_it_is_accessible(opened_page):
    assert opened_page.locator("h1").count() == 1
    expect_all_open_and_fitting(opened_page)
    assert accessibility_violations(opened_page) == []


def test_it_fits_into_a_narrow_window_and_on_paper(opened_page):
    open_every_part(opened_page)
    opened_page.set_viewport_size({"width": NARROW, "height": 640})
    expect_no_sideways_scrolling(opened_page, NARROW)
    opened_page.emulate_media(media="print")
    expect_no_sideways_scrolling(opened_page, NARROW)


def test_every_link_leads_to_a_file_of_the_moved_folder(opened_page, moved_site):
    links = opened_page.locator("a[href]:not([href^='#']), link[rel=alternate]")
    addresses = links.evaluate_all("all => all.map(link => link.href)")
    assert len(addresses) >= 5
    for address in addresses:
        path = unquote(urlsplit(address).path)
        assert path.startswith(f"{moved_site.as_posix()}/")
        assert (moved_site / path.removeprefix(f"{moved_site.as_posix()}/")).is_file(), address


def test_the_quarters_are_there_newest_first_with_headlines_and_revisions(page, moved_site):
    page.goto((moved_site / "index.html").as_uri())
    quarters = page.locator("section h2").all_inner_texts()
    assert quarters == ["2014-Q4", "2014-Q3", "2014-Q2", "2013-Q4"]
    section = page.locator("section", has=page.locator("#q2014-Q3"))
    assert "<5400000.0> people wait, at −£85 million." in section.inner_text()
    revisions = section.locator("h3", has_text="Revisions").locator("+ ul > li").all_inner_texts()
    assert revisions == [
        f"2014-Q3/r2, made on 20 March 2016. Status: draft. Reason: {REASON}",
        "2014-Q3/r1, made on 20 March 2015. Status: draft.",
    ]


def test_a_quarter_leads_to_its_latest_revision_and_says_so(browser, moved_site):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((moved_site / "2014-Q3" / "index.html").as_uri())
    page.wait_for_url((moved_site / "2014-Q3" / "r2" / "index.html").as_uri())
    assert page.locator("h2").inner_text() == "Queues"
    context.close()
    text = (moved_site / "2014-Q3" / "index.html").read_text(encoding="utf-8")
    assert 'The latest revision of 2014-Q3 is <a href="r2/index.html">2014-Q3/r2</a>' in text


def test_what_changed_is_a_chart_with_a_table_and_the_rest_is_a_table(page, moved_site):
    page.goto((moved_site / TOPIC_PAGE).as_uri())
    charts = page.locator("figure[data-chart]")
    names = charts.evaluate_all("all => all.map(chart => chart.dataset.chart)")
    assert names == ["waiting", "saved"]
    waiting = charts.first
    assert waiting.locator("h3").inner_text() == (
        "People waiting: fell from 6.0 million in 2013-Q4 to 5.6 million in 2014-Q4"
    )
    assert waiting.get_by_role("img").get_attribute("aria-label").startswith("People waiting: fell")
    rows = waiting.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert rows[0] == ["2013-Q4/r1 (draft)", "6.0 million", "4.9 to 6.4 million", ""]
    assert rows[1] == ["2014-Q2/r1 (draft)", "not known", "", "not counted"]
    assert page.locator("table").last.locator("tbody th").all_inner_texts() == [
        "Done online",
        "Target reached",
    ]
    link = page.get_by_role("link", name="Changes from 2014-Q3/r2 (draft) to 2014-Q4/r1 (draft)")
    assert link.get_attribute("href") == "../comparisons/2014-Q3_r2--2014-Q4_r1/index.html"


def test_a_topic_of_one_quarter_has_nothing_to_compare_yet(page, tmp_path):
    add_revision(tmp_path, "2014-Q2")
    write_archive_site(tmp_path, {})
    page.goto((tmp_path / TOPIC_PAGE).as_uri())
    assert "so there is nothing to compare yet" in page.locator("main").inner_text()
    assert page.locator("figure").count() == 0
    assert page.locator("tbody tr").count() == 4
