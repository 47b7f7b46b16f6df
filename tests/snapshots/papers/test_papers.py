"""The papers of a snapshot: what is written, and what its first page links."""

import zipfile
from datetime import date
from importlib.metadata import version

import pytest

from tests.browser.page_actions import accessibility_violations, expect_all_open_and_fitting
from tests.snapshots.conftest import browser, page
from tests.snapshots.example_topic import snapshot_job
from workbook.accessibility_record import read_record
from workbook.snapshots.papers.papers import list_papers, render_record, write_papers
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.status_text import DRAFT_STATUS
from workbook.text.dates import format_day

__all__ = ["browser", "page"]

PAGES = ["reader-notes.html", "transparency-record.html", "accessibility-statement.html"]
NOTE = "Only <people> are counted."
MADE = date(2014, 7, 24)


@pytest.fixture
def papers(tmp_path):
    """Papers of a topic with a note."""
    sections = [
        {
            "name": "small",
            "title": "Small",
            "headline": "3 people.",
            "notes": [NOTE],
            "overdue": [],
            "changed": "",
        }
    ]
    job = snapshot_job(tmp_path)
    write_papers(tmp_path, job, sections, MADE, render_record(job))
    return tmp_path / "papers"


def test_every_paper_says_the_status(papers):
    assert sorted(path.name for path in papers.iterdir()) == sorted(
        [*PAGES, "transparency-record.docx"]
    )
    for name in PAGES:
        assert (papers / name).read_text(encoding="utf-8").count(DRAFT_STATUS) == 1
    with zipfile.ZipFile(papers / "transparency-record.docx") as document:
        text = document.read("word/document.xml").decode()
    assert text.count(DRAFT_STATUS) == 1
    assert "Senior responsible owner" in text
    assert "To be filled in" in text


def test_what_a_reader_must_know_has_the_notes(papers):
    text = (papers / "reader-notes.html").read_text(encoding="utf-8")
    assert "Only &lt;people&gt; are counted." in text
    assert 'href="../small/report.html"' in text


def test_the_accessibility_statement_has_its_days_and_the_version(papers):
    text = (papers / "accessibility-statement.html").read_text(encoding="utf-8")
    prepared = f"prepared on 24 July 2014, for version {version('policy-workbook')} of the workbook"
    assert prepared in text
    assert f"last tested on {format_day(read_record().tested_on)}, with axe-core" in text


@pytest.mark.parametrize("name", PAGES)
def test_a_paper_is_accessible_and_fits(papers, page, name):
    page.goto((papers / name).as_uri())
    expect_all_open_and_fitting(page)
    assert accessibility_violations(page) == []


def test_the_same_snapshot_gives_the_same_papers(papers, tmp_path):
    before = {path: path.read_bytes() for path in papers.iterdir()}
    sections = [{"name": "small", "title": "Small", "headline": "3 people.", "notes": [NOTE]}]
    job = snapshot_job(tmp_path)
    write_papers(tmp_path, job, sections, MADE, render_record(job))
    assert {path: path.read_bytes() for path in papers.iterdir()} == before


def test_the_first_page_links_the_papers_and_says_what_there_is_not(tmp_path):
    folder = make_snapshot(snapshot_job(tmp_path))
    text = (folder / "index.html").read_text(encoding="utf-8")
    for name in [*PAGES, "transparency-record.docx"]:
        assert f'<a href="papers/{name}">' in text
    assert "Assumptions log: no topic here has assumptions." in text
    assert "Quality assurance log: no check is recorded." in text


def test_the_logs_of_the_topics_are_listed(papers, tmp_path):
    tables = tmp_path / "small" / "tables"
    tables.mkdir(parents=True)
    (tables / "quality_assurance.csv").write_text("date\n", encoding="utf-8")
    listed = list_papers(tmp_path, snapshot_job(tmp_path).runs)
    [log] = [paper for paper in listed if paper["title"] == "Quality assurance log"]
    assert (log["files"][0]["path"], log["missing_text"]) == (
        "small/tables/quality_assurance.csv",
        "",
    )
