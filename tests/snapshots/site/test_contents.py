"""What lies in an archive is read, and what is damaged is said."""

import json
import shutil

import pytest

from tests.snapshots.site.conftest import REASON
from tests.snapshots.site.sealed_archive import SIGNED, sign
from workbook.snapshots.published_revision import write_published_revision
from workbook.snapshots.sign_off import read_sign_offs, sign_off_folder
from workbook.snapshots.site.contents import read_archive
from workbook.snapshots.stored_snapshot import open_snapshot


@pytest.fixture
def read(store, topics):
    """Read the archive."""
    return lambda: read_archive(store, topics)


def test_quarters_have_their_revisions_in_order(read):
    archive = read()
    assert {quarter: len(line) for quarter, line in archive.quarters.items()} == {
        "2013-Q4": 1,
        "2014-Q2": 1,
        "2014-Q3": 2,
        "2014-Q4": 1,
    }
    latest = archive.quarters["2014-Q3"][-1]
    assert (latest.name, latest.reason, latest.day) == ("2014-Q3/r2", REASON, "20 March 2016")
    assert latest.topics["queues"].text.headline == "<5400000.0> people wait, at −£85 million."
    assert archive.problems == ()


def test_comparisons_have_percent_encoded_addresses(read):
    assert [(found.earlier, found.later, found.address) for found in read().comparisons] == [
        ("2012-Q4/r1", "2013-Q1/r1", "comparisons/by%20hand%20%231%20100%25/index.html"),
        ("2014-Q3/r2", "2014-Q4/r1", "comparisons/2014-Q3_r2--2014-Q4_r1/index.html"),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        {"parameters": {"../../evil": {}}},
        {"parameters": {"a/b": {}}},
        {"parameters": None},
        {"parameters": 3},
        {"quarter": "2014-Q4"},
        {"quarter": None},
        {"snapshot": "2014-Q3/r1"},
        {"sign_offs": [{"role": "analyst"}]},
        {"sign_offs": 3},
        {"revisions": 3},
        {"revisions": ["r1"]},
        {"finished": None},
        {"finished": "yesterday"},
        {"finished": '2014-01-01T00:00:00Z"><script>'},
    ],
)
def test_an_edited_manifest_leaves_its_revision_out(store, read, edit):
    path = store / "2014-Q3" / "r2" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | edit))
    archive = read()
    assert archive.quarters["2014-Q3"][-1].name == "2014-Q3/r1"
    assert archive.problems == ("2014-Q3/r2 is left out: its manifest.json is missing or damaged.",)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"null", b"\xff", b'{"snapshot": 1}'])
def test_a_damaged_manifest_leaves_its_revision_out(store, read, content):
    (store / "2014-Q3" / "r2" / "manifest.json").write_bytes(content)
    assert len(read().problems) == 1


def test_a_folder_without_a_manifest_is_no_revision(store, read):
    (store / "2014-Q4" / "r2").mkdir()
    archive = read()
    assert archive.quarters["2014-Q4"][-1].name == "2014-Q4/r1"
    assert archive.problems == ("2014-Q4/r2 is left out: its manifest.json is missing or damaged.",)


def test_a_copied_revision_is_left_out(store, read):
    shutil.copytree(store / "2014-Q4" / "r1", store / "2014-Q4" / "r2")
    assert [revision.name for revision in read().quarters["2014-Q4"]] == ["2014-Q4/r1"]


@pytest.mark.parametrize(
    "content",
    [None, b"x,y\n1,2\n", b"\xff", b"name,label,value,unit,low,high,reason\na,A,z,share,,,\n"],
)
def test_damaged_indicators_are_said_and_the_rest_stays(store, read, content):
    path = store / "2014-Q4" / "r1" / "queues" / "indicators.csv"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    archive = read()
    assert archive.quarters["2014-Q4"][-1].topics["queues"].indicators == {}
    [problem] = archive.problems
    assert problem.startswith("2014-Q4/r1: the figures of queues are left out, as its indicators")


@pytest.mark.parametrize("content", [None, b"{", b"[]", b'{"from": "2014-Q1/r1"}'])
def test_a_damaged_comparison_is_said(store, read, content):
    path = store / "comparisons" / "by hand #1 100%" / "changes.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    archive = read()
    assert len(archive.comparisons) == 1
    assert archive.problems == ("comparisons/by hand #1 100% is left out: it is no comparison.",)


def test_failed_runs_and_other_folders_are_not_read(store, read):
    for name in (".failed/2014-Q4-1", ".unfinished/2014-Q4", "2014-Q5/r1", "notes", "2014-Q4/old"):
        (store / name).mkdir(parents=True)
    (store / "comparisons" / ".writing-x").mkdir()
    archive = read()
    assert (len(archive.revisions), archive.problems) == (5, ())


def test_the_status_is_that_of_the_signatures(store, read):
    sign(store, "analyst", "assurer")
    statuses = {line[-1].name: line[-1].status for line in read().quarters.values()}
    assert statuses["2014-Q4/r1"] == "assured"
    assert statuses["2014-Q2/r1"] == "draft"


def test_a_damaged_signature_leaves_a_draft(store, read):
    folder = sign_off_folder(store / "2014-Q4" / "r1")
    folder.mkdir()
    (folder / "analyst.json").write_text("{")
    archive = read()
    assert archive.quarters["2014-Q4"][-1].status == "draft"
    assert archive.problems == ("2014-Q4/r1 counts as a draft: a sign-off is damaged.",)


def test_a_published_revision_names_its_draft_and_has_the_day_of_the_last_signature(
    store, read, tmp_path
):
    sign(store, "analyst", "assurer", "publisher")
    draft = open_snapshot("2014-Q4", store)
    assert (
        write_published_revision(draft, store, tmp_path, read_sign_offs(draft.folder))
        == "2014-Q4/r2"
    )
    draft, published = read().quarters["2014-Q4"]
    assert (draft.status, draft.draft, draft.day) == ("draft", "", "20 April 2015")
    assert (published.status, published.draft) == ("published", "2014-Q4/r1")
    assert (published.day, published.finished) == ("24 July 2024", draft.finished)
    assert published.updated == draft.updated == SIGNED


def test_a_topic_that_is_not_installed_is_shown_by_its_record(store):
    archive = read_archive(store, {})
    indicators = archive.quarters["2014-Q4"][-1].topics["queues"].indicators
    assert indicators["online"].formatted_value == "72.1%"
