"""Snapshot of a quarter, made with the command as a scheduled job does."""

import hashlib
import json
import platform
import re
import subprocess
import sys
from datetime import datetime
from importlib.metadata import version
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest
from nbconvert import HTMLExporter
from openpyxl import load_workbook

from tests import ROOT
from tests.exports.read_files import read_ods
from tests.snapshots.example_topic import snapshot_job
from tests.snapshots.killed_runs import PAGES_OF_ARCHIVE
from workbook.snapshots.snapshot import make_snapshot
from workbook.tables import sha256
from workbook.topics.digital_inclusion import topic

pytestmark = pytest.mark.slow

CURVES = [f"probability_{name}_by_programme_starts" for name in ("of_target", "with_floor")]
TABLES = ["ages", "assumptions", "comparison", "flows", "observed", "path", *CURVES, "swing"]
SPREADSHEETS = ["tables.xlsx", "tables.ods"]
PAPERS = [
    "accessibility-statement.html",
    "reader-notes.html",
    "transparency-record.docx",
    "transparency-record.html",
]
CHARTS = ["flows", "path", *CURVES, "swing"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive with one snapshot of a real topic with a changed scenario."""
    store = tmp_path_factory.mktemp("archive") / "not yet" / "{store}"
    command = [sys.executable, "-m", "workbook.cli", "snapshot", "2014-Q2", f"--store={store}"]
    settings = ["--topic=digital_inclusion", "--set=programme_starts=0"]
    completed = subprocess.run(
        [*command, *settings], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert completed.stdout == f"Snapshot written to {store}/2014-Q2/r1. Open its index.html.\n"
    assert completed.stderr.splitlines() == [
        "digital_inclusion: started",
        "digital_inclusion: notebook done, writing files",
        "digital_inclusion: finished (1 of 1)",
    ]
    return store


@pytest.fixture(scope="module")
def revision(archive):
    return archive / "2014-Q2" / "r1"


@pytest.fixture(scope="module")
def manifest(revision):
    return json.loads((revision / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def outcome():
    return topic.run(programme_starts=0)


def test_the_archive_contains_only_the_snapshot_and_its_pages(archive):
    assert {path.name for path in archive.iterdir()} == {"2014-Q2", *PAGES_OF_ARCHIVE}
    assert {path.name for path in (archive / "2014-Q2").iterdir()} == {"index.html", "r1"}


def test_a_snapshot_has_the_files_of_the_documented_layout(revision, manifest):
    table_hashes = [table["sha256"] for table in manifest["tables"]["digital_inclusion"]]
    assert len(table_hashes) == 2
    files = {
        path.relative_to(revision).as_posix() for path in revision.rglob("*") if path.is_file()
    }
    topic_name = "digital_inclusion"
    assert files == {
        "manifest.json",
        "index.html",
        "ro-crate-metadata.json",
        *(f"inputs/{digest}.csv" for digest in table_hashes),
        *(f"papers/{name}" for name in PAPERS),
        *(
            f"{topic_name}/{name}"
            for name in ("notebook.ipynb", "report.html", "indicators.csv", *SPREADSHEETS)
        ),
        *(f"{topic_name}/tables/{name}.csv" for name in TABLES),
        *(f"{topic_name}/tables/{name}.csv-metadata.json" for name in TABLES),
        *(f"{topic_name}/charts/{name}.svg" for name in CHARTS),
    }


def test_the_manifest_has_the_hash_of_every_file(revision, manifest):
    actual = {
        path.relative_to(revision).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in revision.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {file["file"]: file["sha256"] for file in manifest["files"]} == actual
    assert all(
        (revision / file["file"]).stat().st_size == file["size"] for file in manifest["files"]
    )


def test_the_manifest_records_the_run_and_the_versions(manifest, outcome):
    assert (manifest["snapshot"], manifest["result"]) == ("2014-Q2/r1", "complete")
    assert manifest["parameters"] == {"digital_inclusion": outcome.scenario.values()}
    assert manifest["tables"]["digital_inclusion"] == [
        {"name": name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
        for name in ("inclusion_observed", "population_ageing")
        for file in [ROOT / "data" / f"{name}.csv"]
    ]
    assert manifest["versions"]["pandas"] == version("pandas")
    started, finished = (datetime.fromisoformat(manifest[part]) for part in ("started", "finished"))
    assert started <= finished
    assert started.utcoffset().total_seconds() == 0


def test_the_manifest_records_the_commit_of_a_checkout(manifest):
    if (ROOT / ".git").exists():
        command = ["git", "-C", ROOT, "cat-file", "-t", manifest["commit"]]
        known = subprocess.run(command, check=True, capture_output=True, text=True)
        assert known.stdout == "commit\n"
        assert isinstance(manifest["modified"], bool)
    else:
        assert manifest["commit"].startswith("unknown: ")
    assert manifest["lock"] == sha256((ROOT / "binder" / "requirements.txt").read_bytes())
    assert manifest["versions"]["python"] == platform.python_version()
    assert manifest["host_kind"] == f"{platform.system()} {platform.machine()}"
    assert manifest["user"]


def test_the_figures_equal_those_of_the_model(revision, outcome):
    topic_folder = revision / "digital_inclusion"
    indicators = pd.read_csv(topic_folder / "indicators.csv").set_index("name")
    assert indicators.loc["people_excluded", "value"] == 6_200_000
    path = pd.read_csv(topic_folder / "tables" / "path.csv")
    pd.testing.assert_frame_equal(path, outcome.frame("path"))
    sheets = read_ods(topic_folder / "tables.ods")
    [row] = [row for row in sheets["Indicators"] if row and row[0] == "people_excluded"]
    assert row[2] == 6_200_000
    assert len(sheets) == 5 + len(TABLES)


def test_the_notebook_was_run_and_contains_no_local_path(revision, archive):
    path = revision / "digital_inclusion" / "notebook.ipynb"
    executed = nbformat.read(path, as_version=4)
    assert all(cell.execution_count for cell in executed.cells if cell.cell_type == "code")
    assert executed.metadata.papermill.parameters["programme_starts"] == 0
    assert executed.metadata.papermill.input_path == "digital_inclusion.ipynb"
    text = path.read_text(encoding="utf-8")
    assert str(archive) not in text
    assert str(ROOT) not in text


def test_the_page_links_every_file(revision):
    page = (revision / "index.html").read_text(encoding="utf-8")
    links = {unquote(link) for link in re.findall(r'href="([^"#:]+)"', page)}
    files = {path.relative_to(revision).as_posix() for path in revision.rglob("*.*")}
    assert files - {"index.html"} == {link for link in links if not link.startswith("data")}


def test_the_notebook_shows_charts_and_tables_to_any_program(revision):
    executed = nbformat.read(revision / "digital_inclusion" / "notebook.ipynb", as_version=4)
    assert "widgets" not in executed.metadata
    page, _ = HTMLExporter().from_notebook_node(executed)
    assert page.count("<svg ") >= len(CHARTS)
    assert "<table" in page
    assert "People without basic digital skills" in page


def test_the_spreadsheet_shows_the_range_as_the_value(revision):
    sheet = load_workbook(revision / "digital_inclusion" / "tables.xlsx")["Indicators"]
    [row] = [row for row in sheet.iter_rows() if row[0].value == "people_excluded"]
    assert {row[column].number_format for column in (2, 4, 5)} == {"#,##0"}


def test_an_archived_snapshot_is_never_overwritten(archive, manifest):
    command = [sys.executable, "-m", "workbook.cli", "snapshot", "2014-Q2", f"--store={archive}"]
    again = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert again.returncode == 2
    assert "2014-Q2/r1 already exists in" in again.stderr
    assert {path.name for path in archive.iterdir()} == {"2014-Q2", *PAGES_OF_ARCHIVE}


def test_results_are_reproducible_and_readable_by_others(tmp_path):
    revisions = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        revisions.append(make_snapshot(snapshot_job(tmp_path / folder, people=7)))
    first, second = revisions
    for name in (
        "indicators.csv",
        *SPREADSHEETS,
        "tables/path.csv",
        "charts/path.svg",
        "report.html",
    ):
        assert (first / "small" / name).read_bytes() == (second / "small" / name).read_bytes()
    assert (first.stat().st_mode & 0o777) == (first.parent.stat().st_mode & 0o777)
    assert "14" in (first / "small" / "indicators.csv").read_text(encoding="utf-8")
