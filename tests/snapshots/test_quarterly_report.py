"""Quarterly report in a snapshot: page, document and spreadsheets of two quarters."""

import io
import json
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from odfdo import Document

from tests.browser.page_actions import accessibility_violations, expect_all_open_and_fitting
from tests.exports.read_files import descendants, element_texts, read_ods
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.status_text import DRAFT_STATUS, replace_status
from workbook.topics.quarterly_report import topic

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUARTERS = ("2014-Q2", "2014-Q3")
HEADINGS = [
    "What changed since last quarter",
    "Topic by topic",
    "Figures contradicted and plans not met",
    "What has changed",
    "Figures and charts of each topic",
    "All published figures",
    "Method and limits",
]
CHARTS = sorted(topic.charts)
OWN = ["bodies", "changes", "claims", "compared", *CHARTS, "refuted", "trends"]
TABLES = [
    *OWN,
    *(
        f"{name}_{table}"
        for name, part in topic.run(quarter=QUARTERS[0]).part_outcomes.items()
        for table in part.table_names
        if table not in OWN
    ),
]


@pytest.fixture(scope="module")
def report_folders(tmp_path_factory):
    """The report's folder in the snapshot of each quarter."""
    store = tmp_path_factory.mktemp("archive")
    return {
        quarter: make_snapshot(
            prepare_snapshot(quarter, [(topic, topic.Scenario(quarter=quarter))], store)
        )
        / topic.name
        for quarter in QUARTERS
    }


@pytest.fixture(scope="module")
def outcomes():
    return {quarter: topic.run(quarter=quarter) for quarter in QUARTERS}


@pytest.fixture(params=QUARTERS)
def quarter(request):
    return request.param


def load_document(report_folder):
    return Document(report_folder / "report.odt").body


def test_the_folder_contains_the_files_of_the_layout_and_the_document(report_folders, quarter):
    report_folder = report_folders[quarter]
    actual = {
        path.relative_to(report_folder).as_posix()
        for path in report_folder.rglob("*")
        if path.is_file()
    }
    assert actual == {
        "notebook.ipynb",
        "report.html",
        "report.docx",
        "report.odt",
        "indicators.csv",
        "tables.xlsx",
        "tables.ods",
        *(f"tables/{name}.csv" for name in TABLES),
        *(f"tables/{name}.csv-metadata.json" for name in TABLES),
        *(f"charts/{name}.svg" for name in CHARTS),
    }


def test_each_quarter_has_its_sentences(report_folders, outcomes, page, quarter):
    other = next(quarter_name for quarter_name in QUARTERS if quarter_name != quarter)
    page.goto((report_folders[quarter] / "report.html").as_uri())
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    page_text = page.locator("main").inner_text()
    for sentence in (outcomes[quarter].headline, *outcomes[quarter].notes):
        assert sentence in page_text
    assert outcomes[other].headline not in page_text
    assert [h for h in page.locator("h2").all_inner_texts() if h in HEADINGS] == HEADINGS


def test_axe_reports_no_violation_on_the_page(report_folders, page):
    page.goto((report_folders[QUARTERS[0]] / "report.html").as_uri())
    expect_all_open_and_fitting(page)
    assert accessibility_violations(page) == []


def test_the_word_document_has_the_headline_and_described_pictures(
    report_folders, outcomes, quarter
):
    with zipfile.ZipFile(report_folders[quarter] / "report.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    assert outcomes[quarter].headline in xml.replace("&quot;", '"').replace("&amp;", "&")
    descriptions = re.findall(r'<pic:cNvPr [^>]*?descr="([^"]*)"', xml)
    assert descriptions
    assert all(len(description) > 20 for description in descriptions)


@pytest.mark.parametrize(
    ("name", "part"), [("report.docx", "word/document.xml"), ("report.odt", "content.xml")]
)
def test_documents_say_that_they_are_a_draft_until_they_are_published(report_folders, name, part):
    path = report_folders[QUARTERS[0]] / name
    status = "Published on 24 July 2014 by Cara White. Analyst: Ada Green. Assurer: Ben Gray."
    published = replace_status(path, path.read_bytes(), status)
    for content, shown, other in (
        (path.read_bytes(), DRAFT_STATUS, status),
        (published, status, DRAFT_STATUS),
    ):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read(part).decode()
        assert text.count(shown) == 1
        assert other not in text


def test_the_document_has_the_text_of_the_page(report_folders, outcomes, quarter):
    report, outcome = load_document(report_folders[quarter]), outcomes[quarter]
    text = "\n".join(element_texts(report))
    for sentence in (outcome.headline, *outcome.notes):
        assert sentence in text
    for part in outcome.part_outcomes.values():
        assert all(note in text for note in part.warnings_and_notes)
    heads = element_texts(report, "text:h")
    assert [head for head in heads if head in HEADINGS] == HEADINGS
    assert f"Quarterly report, {quarter}" in text


def test_charts_of_the_document_are_pictures_with_text_alternatives(report_folders, outcomes):
    outcome, report = outcomes[QUARTERS[0]], load_document(report_folders[QUARTERS[0]])
    described = " ".join(element_texts(report, "svg:desc"))
    assert len(descendants(report, "draw:frame")) == len(CHARTS)
    for name in CHARTS:
        assert topic.charts[name](outcome).description[:60] in described


def test_tables_of_the_document_equal_those_of_the_page(report_folders, outcomes):
    outcome = outcomes[QUARTERS[0]]
    tables = [
        element_texts(element)
        for element in descendants(load_document(report_folders[QUARTERS[0]]), "table:table")
    ]
    claims = next(cells for cells in tables if "C01" in cells and "C86" in cells)
    assert [cell for cell in claims if cell in set(outcome.frame("claims")["id"])] == (
        outcome.frame("claims")["id"].tolist()
    )
    people = outcome["digital_inclusion.people_excluded"].formatted_value
    assert any(people in cells for cells in tables)


def test_both_spreadsheets_have_a_sheet_for_every_table(report_folders, quarter):
    names = ["Cover", "Contents", "Notes", "Indicators", "Scenario"]
    book = openpyxl.load_workbook(report_folders[quarter] / "tables.xlsx")
    assert book.sheetnames[:5] == names
    assert sorted(book.sheetnames[5:]) == sorted(TABLES)
    assert list(read_ods(report_folders[quarter] / "tables.ods")) == book.sheetnames
    assert book["Cover"]["A1"].value == f"Quarterly report, {quarter}"
    assert book["changes"]["A1"].value == (
        "Indicators that changed, cover another list or have a first figure"
    )
    assert book["take_up_services"]["A1"].value.startswith("Digital take-up: ")


def test_the_notes_sheet_contains_the_notes_of_every_part(report_folders, outcomes, quarter):
    book = openpyxl.load_workbook(report_folders[quarter] / "tables.xlsx")
    notes = {cell.value for cell in book["Notes"]["B"]}
    assert set(outcomes[quarter].notes) <= notes
    for dependency in topic.dependencies:
        part_notes = outcomes[quarter].part_outcomes[dependency.topic.name].warnings_and_notes
        assert {f"{dependency.topic.title}: {note}" for note in part_notes} <= notes


def test_the_csv_of_claims_has_metadata(report_folders, outcomes):
    tables_folder = report_folders[QUARTERS[0]] / "tables"
    table = outcomes[QUARTERS[0]].frame("claims")
    read = pd.read_csv(tables_folder / "claims.csv")
    assert read["id"].tolist() == table["id"].tolist()
    metadata = json.loads((tables_folder / "claims.csv-metadata.json").read_text(encoding="utf-8"))
    assert [column["name"] for column in metadata["tableSchema"]["columns"]] == list(table)
