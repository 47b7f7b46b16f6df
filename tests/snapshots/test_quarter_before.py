"""A report says what changed since the quarter before, if the archive holds that."""

import json
import shutil
from dataclasses import replace

import pytest

from tests.snapshots.example_topic import (
    DISPLAY_CELL,
    DOUBLE_CELL,
    People,
    topic,
    write_notebook,
)
from tests.snapshots.s3_server import make_bucket, serve_s3
from workbook.cli.archive_store import OpenStore, write_store
from workbook.cli.quarter_comparison import write_quarter_comparison
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.published_revision import write_published_revision
from workbook.snapshots.quarter_before import find_quarter_before
from workbook.snapshots.remote_store import RemoteStore
from workbook.snapshots.seal import verify_store
from workbook.snapshots.sign_off import ROLES, SignOff, read_sign_offs, record_sign_off
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.stored_snapshot import list_snapshots, open_snapshot
from workbook.tables import sha256

REPORT = replace(topic, is_document=True)
ADDRESS = "../../../comparisons/2014-Q1_r1--2014-Q2_r1/index.html"
SENTENCE = "Twice as many went from 6 to 10."


def make_report(folder, quarter, people, *, reported=REPORT, **options):
    write_notebook(folder, DOUBLE_CELL, DISPLAY_CELL)
    runs = [(reported, People(quarter=quarter, people=people))]
    return make_snapshot(prepare_snapshot(quarter, runs, folder / "store", folder, **options))


def read_report(folder):
    return (folder / "small" / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive with reports of two quarters."""
    folder = tmp_path_factory.mktemp("archive")
    make_report(folder, "2014-Q1", 3)
    make_report(folder, "2014-Q2", 5)
    return folder


def test_the_largest_differences_are_there_with_their_causes(archive):
    page = read_report(archive / "store/2014-Q2/r1")
    assert "What changed since last quarter</h2>" in page
    assert "The one figure changed from 2014-Q1/r1 to 2014-Q2/r1" in page
    assert f"{SENTENCE} The whole difference, +4, comes from changed assumptions." in page
    assert f'href="{ADDRESS}"' in page
    assert page.index("<p>The outcome.</p>") < page.index("What changed since last quarter")


def test_the_quarter_before_is_kept_as_an_input(archive):
    earlier = archive / "store/2014-Q1/r1"
    content = (earlier / "manifest.json").read_bytes()
    manifest = open_snapshot("2014-Q2", archive / "store").manifest
    assert manifest["compared_with"] == {"snapshot": "2014-Q1/r1", "manifest": sha256(content)}
    inputs = archive / "store/2014-Q2/r1/inputs"
    assert (inputs / f"{sha256(content)}.json").read_bytes() == content
    figures = (earlier / "small/indicators.csv").read_bytes()
    assert (inputs / f"{sha256(figures)}.csv").read_bytes() == figures


def test_the_comparison_is_where_the_report_links_it(archive):
    store = archive / "store"
    write_quarter_comparison(OpenStore(store), store / "2014-Q2/r1", {"small": REPORT})
    page = (store / "2014-Q2/r1/small" / ADDRESS).read_text(encoding="utf-8")
    assert SENTENCE in page
    assert all(not report.mismatches for report in verify_store(store))


def test_in_an_object_store_the_quarter_before_is_fetched_and_the_comparison_kept(archive):
    with serve_s3():
        address = f"s3://{make_bucket()}/snapshots"
        remote = RemoteStore(address)
        remote.upload_snapshot("2014-Q1/r1", archive / "store")
        with write_store(address, "2014-Q2", has_report=False) as opened:
            assert list_snapshots(opened.folder) == []
        with write_store(address, "2014-Q2", has_report=True) as opened:
            before = find_quarter_before("2014-Q2", opened.folder, "small")
            assert before == (opened.folder / "2014-Q1/r1", "")
            folder = opened.folder / "2014-Q2/r1"
            shutil.copytree(archive / "store/2014-Q2/r1", folder)
            write_quarter_comparison(opened, folder, {"small": REPORT})
        comparison = {path for path in remote.list_files() if path.startswith("comparisons/")}
        assert comparison == {
            "comparisons/2014-Q1_r1--2014-Q2_r1/changes.json",
            "comparisons/2014-Q1_r1--2014-Q2_r1/index.html",
        }


def test_a_comparison_that_fails_is_only_said(archive, capsys):
    store = archive / "store"
    write_quarter_comparison(OpenStore(store), store / "2014-Q2/r1", {})
    assert "The comparison of 2014-Q1/r1 and 2014-Q2/r1 was not written." in capsys.readouterr().err


def test_the_same_archive_gives_the_same_report(archive, tmp_path):
    shutil.copytree(archive / "store/2014-Q1", tmp_path / "store/2014-Q1")
    again = make_report(tmp_path, "2014-Q2", 5)
    for name in ("report.html", "report.odt", "report.docx"):
        expected = (archive / "store/2014-Q2/r1/small" / name).read_bytes()
        assert (again / "small" / name).read_bytes() == expected, name


def test_without_the_quarter_before_there_is_one_sentence(archive):
    page = read_report(archive / "store/2014-Q1/r1")
    assert "The archive has no snapshot of this report for 2013-Q4" in page
    assert "comparisons/" not in page
    assert open_snapshot("2014-Q1", archive / "store").manifest["compared_with"] is None


def test_a_damaged_or_other_snapshot_is_not_compared_with(tmp_path, capsys):
    folder = make_report(tmp_path, "2014-Q1", 3)
    store = tmp_path / "store"
    assert find_quarter_before("2014-Q2", store, "small") == (folder, "")
    assert find_quarter_before("2014-Q2", store, "other") == (None, "")
    assert find_quarter_before("2014-Q3", store, "small") == (None, "")
    (folder / "small" / "indicators.csv").write_text("changed")
    expected = (
        "2014-Q1/r1 is not as it was sealed: small/indicators.csv was changed after it was sealed"
    )
    assert find_quarter_before("2014-Q2", store, "small") == (None, expected)
    later = make_report(tmp_path, "2014-Q2", 5)
    page = read_report(later)
    assert f"<p>Changes since 2014-Q1 are not shown. {expected}.</p>" in page
    assert "The archive has no snapshot" not in page
    write_quarter_comparison(OpenStore(store), later, {"small": REPORT})
    sentence = f"small does not show changes since 2014-Q1. {expected}.\n"
    assert capsys.readouterr().err == sentence


def test_a_manifest_that_is_missing_or_damaged_is_said(archive, tmp_path):
    shutil.copytree(archive / "store/2014-Q1", tmp_path / "2014-Q1")
    manifest = tmp_path / "2014-Q1/r1/manifest.json"
    manifest.write_text("{")
    problem = find_quarter_before("2014-Q2", tmp_path, "small").problem
    assert problem == (
        "2014-Q1/r1 is not as it was sealed: manifest.json was changed: it is not JSON"
    )
    manifest.unlink()
    problem = find_quarter_before("2014-Q2", tmp_path, "small").problem
    assert problem == "2014-Q1/r1 is not as it was sealed: manifest.json is missing"


def test_a_report_is_compared_with_the_published_revision_and_not_a_later_draft(tmp_path):
    store = tmp_path / "store"
    draft = make_report(tmp_path, "2014-Q1", 3)
    digest = sha256((draft / "manifest.json").read_bytes())
    for role in ROLES:
        signed = SignOff(role, f"The {role}", "2014-07-24T09:30:00Z", digest)
        record_sign_off(open_snapshot("2014-Q1", store), signed)
    unfinished = tmp_path / "unfinished"
    unfinished.mkdir()
    sign_offs = read_sign_offs(draft)
    assert write_published_revision(
        open_snapshot("2014-Q1", store), store, unfinished, sign_offs
    ) == ("2014-Q1/r2")
    make_report(tmp_path, "2014-Q1", 4, revise="A later draft")
    assert find_quarter_before("2014-Q2", store, "small") == (store / "2014-Q1/r2", "")


def test_a_trial_says_it_without_a_link(archive):
    page = read_report(make_report(archive, "2014-Q2", 8, is_trial=True))
    assert "changed from 2014-Q1/r1 to this trial" in page
    assert "comparisons/" not in page


def test_a_topic_that_is_no_report_is_not_compared(archive):
    folder = make_report(archive, "2014-Q2", 5, reported=topic, revise="No report")
    assert "What changed since last quarter" not in read_report(folder)
    assert json.loads((folder / "manifest.json").read_text())["compared_with"] is None
