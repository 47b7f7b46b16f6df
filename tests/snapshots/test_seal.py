"""Verification of seals: one byte that is changed in any file is found and named."""

import json
import os

import pytest

from tests.snapshots.example_topic import snapshot_job
from workbook.snapshots.seal import verify_snapshot, verify_store
from workbook.snapshots.snapshot import make_snapshot
from workbook.tables import sha256

pytestmark = pytest.mark.slow

FILES = [
    "papers/accessibility-statement.html",
    "papers/reader-notes.html",
    "papers/transparency-record.docx",
    "papers/transparency-record.html",
    "index.html",
    "manifest.json",
    "ro-crate-metadata.json",
    "small/notebook.ipynb",
    "small/report.html",
    "small/indicators.csv",
    "small/tables.xlsx",
    "small/tables.ods",
    "small/tables/path.csv",
    "small/tables/path.csv-metadata.json",
    "small/charts/path.svg",
]
NAME = "2014-Q2/r1"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    make_snapshot(snapshot_job(folder))
    return folder / "store"


@pytest.fixture
def revision(store):
    """The snapshot's folder, made whole again after the test."""
    folder = store / NAME
    contents = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    yield folder
    for path in folder.rglob("*"):
        if path.is_symlink() or (path.is_file() and path not in contents):
            path.unlink()
    for path, content in contents.items():
        path.write_bytes(content)


def mismatches(folder, name=NAME):
    return [(found.file, found.problem) for found in verify_snapshot(name, folder).mismatches]


def test_a_snapshot_is_as_it_was_sealed(revision):
    report = verify_snapshot(NAME, revision)
    assert report.as_dict() == {"snapshot": NAME, "files": len(FILES), "mismatches": []}
    assert {path.relative_to(revision).as_posix() for path in revision.rglob("*.*")} == {*FILES}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_one_changed_byte_is_found_and_its_file_is_named(revision, file, place):
    content = bytearray((revision / file).read_bytes())
    position = {"first": 0, "middle": len(content) // 2, "last": len(content) - 1}[place]
    content[position] ^= 1
    (revision / file).write_bytes(content)
    (found, problem), *others = mismatches(revision)
    assert found == file
    assert problem.startswith("was changed")
    assert not others or file == "manifest.json"  # which may now tell of another file wrongly


def test_every_changed_byte_of_the_manifest_is_found(revision):
    path = revision / "manifest.json"
    content = path.read_bytes()
    for position in range(0, len(content), 7):
        changed = bytearray(content)
        changed[position] ^= 1
        path.write_bytes(changed)
        assert "manifest.json" in {file for file, _ in mismatches(revision)}, position


def test_a_missing_file_is_named(revision):
    (revision / "small" / "report.html").unlink()
    assert mismatches(revision) == [("small/report.html", "is missing")]


def test_a_file_that_was_added_is_named(revision):
    (revision / "small" / ".note").write_text("later")
    assert mismatches(revision) == [("small/.note", "is not in the manifest")]


def test_a_link_in_place_of_a_file_is_named(revision, tmp_path):
    path = revision / "index.html"
    path.rename(tmp_path / "index.html")
    path.symlink_to(tmp_path / "index.html")
    assert mismatches(revision) == [("index.html", "is a link and not a file")]


def test_a_file_that_cannot_be_read_is_named(revision, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert mismatches(revision) == [("manifest.json", "cannot be read: permission denied")]


def test_a_manifest_without_a_seal_is_named(revision):
    path = revision / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    del content["seal"]
    path.write_text(json.dumps(content))
    assert mismatches(revision) == [
        ("manifest.json", "has no seal, so that a change of it cannot be noticed")
    ]


@pytest.mark.parametrize("content", ["{}", "[1]", "null", "", '{"files": 3}', "\udcff"])
def test_a_manifest_that_is_something_else_is_named(revision, content):
    (revision / "manifest.json").write_bytes(os.fsencode(content))
    [(file, problem)] = mismatches(revision)
    assert file == "manifest.json"
    assert problem.startswith("was changed: it is not")


def test_a_table_that_was_read_and_not_kept_is_named(revision):
    path = revision / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["tables"]["small"] = [{"name": "take_up", "sha256": "0" * 64}]
    content["seal"] = ""
    unsealed = json.dumps(content)
    before, _, after = unsealed.rpartition('""')
    path.write_text(f'{before}"{sha256(unsealed.encode())}"{after}')
    assert mismatches(revision) == [
        (f"inputs/{'0' * 64}", "is missing: the table take_up was not kept")
    ]


def test_a_snapshot_in_the_place_of_another_is_named(revision, store, tmp_path):
    assert mismatches(revision, "2014-Q3/r1") == [("manifest.json", "belongs to 2014-Q2/r1")]
    assert mismatches(revision, "") == []


def test_the_whole_archive_is_verified_and_a_missing_revision_is_named(revision, store):
    (store / "2014-Q2" / "r3").mkdir()
    reports = {report.snapshot: report for report in verify_store(store)}
    (store / "2014-Q2" / "r3").rmdir()
    assert list(reports) == ["2014-Q2/r1", "2014-Q2/r2", "2014-Q2/r3"]
    assert not reports["2014-Q2/r1"].mismatches
    for name in ("2014-Q2/r2", "2014-Q2/r3"):
        assert [found.as_dict() for found in reports[name].mismatches] == [
            {"file": "manifest.json", "problem": "is missing"}
        ]
