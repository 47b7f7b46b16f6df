"""Sign-off of a snapshot: analyst, assurer, publisher, each once and in this order."""

import json
import re
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.snapshots.example_topic import (
    DISPLAY_CELL,
    DOUBLE_CELL,
    People,
    snapshot_job,
    topic,
    write_notebook,
)
from workbook.cli import main
from workbook.snapshots.archive import hold_quarter
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.seal import verify_snapshot, verify_store
from workbook.snapshots.sign_off import (
    current_status,
    prepare_sign_off,
    read_sign_offs,
    record_sign_off,
    sign_off_folder,
)
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.status_text import DRAFT_STATUS, TRIAL_STATUS
from workbook.snapshots.stored_snapshot import list_snapshots, open_snapshot

MOMENT = datetime(2014, 7, 24, 9, 30, tzinfo=UTC)
PEOPLE = {"analyst": "Ada Green", "assurer": "Ben Gray", "publisher": "Cara White"}


@pytest.fixture(scope="module")
def draft_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("draft")
    make_snapshot(snapshot_job(folder))
    return folder / "store"


@pytest.fixture
def store(draft_store, tmp_path):
    return shutil.copytree(draft_store, tmp_path / "store")


def sign(store, role, name="", note=""):
    snapshot = open_snapshot("2014-Q2/r1", store)
    sign_offs = prepare_sign_off(
        snapshot, role, name or PEOPLE.get(role, "Dan Black"), note, MOMENT
    )
    record_sign_off(snapshot, sign_offs[role])
    return sign_offs


def approve(store, role, name, *more):
    with pytest.raises(SystemExit) as end:
        main(["approve", "2014-Q2/r1", "--as", role, "--name", name, f"--store={store}", *more])
    return end.value.code or 0


def test_the_status_follows_the_sign_offs(store):
    folder = store / "2014-Q2" / "r1"
    assert current_status(read_sign_offs(folder)) == "draft"
    assert current_status(sign(store, "analyst")) == "draft"
    assert current_status(sign(store, "assurer", note="Checked the totals.")) == "assured"
    sign_offs = read_sign_offs(folder)
    assert [signed.name for signed in sign_offs.values()] == ["Ada Green", "Ben Gray"]
    assert sign_offs["assurer"].note == "Checked the totals."
    assert sign_offs["analyst"].day == "24 July 2014"
    assert [report.mismatches for report in verify_store(store)] == [()]


@pytest.mark.parametrize(
    ("signed", "role", "name", "message"),
    [
        ([], "minister", "Ada Green", '"minister" is not a role. It must be analyst, assurer or'),
        ([], "assurer", "Ben Gray", "not signed by the analyst, who must sign before the assurer"),
        (["analyst"], "publisher", "Cara White", "not signed by the assurer, who must sign before"),
        (["analyst"], "analyst", "Ada Green", "Ada Green has signed 2014-Q2/r1 as analyst on 24"),
        (["analyst"], "assurer", "ada  GREEN", "is the analyst of 2014-Q2/r1. The assurer must be"),
        ([], "analyst", "   ", "The name must be a text of 1 to 100 characters"),
        ([], "analyst", "A" * 101, "The name must be a text of 1 to 100 characters"),
    ],
    ids=["role", "no analyst", "no assurer", "twice", "same person", "no name", "long name"],
)
def test_an_invalid_sign_off_is_refused_and_writes_nothing(store, signed, role, name, message):
    for earlier in signed:
        sign(store, earlier)
    before = sorted(store.rglob("*"))
    with pytest.raises(ValueError, match=message):
        sign(store, role, name)
    assert sorted(store.rglob("*")) == before


def test_a_changed_snapshot_cannot_be_signed(store):
    (store / "2014-Q2" / "r1" / "small" / "indicators.csv").write_text("changed")
    with pytest.raises(ValueError, match=r"not as it was sealed: small/indicators.csv was changed"):
        sign(store, "analyst")


def test_a_sign_off_counts_only_for_what_was_signed(store):
    sign(store, "analyst")
    path = sign_off_folder(store / "2014-Q2" / "r1") / "analyst.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "manifest": "0" * 64}))
    with pytest.raises(ValueError, match=r"signed another content of .*manifest\.json has changed"):
        sign(store, "assurer")
    path.write_text("{")
    with pytest.raises(ValueError, match=r"analyst\.json is damaged: it is not a sign-off"):
        sign(store, "assurer")


def test_of_two_who_sign_at_once_one_is_refused(store):
    snapshot = open_snapshot("2014-Q2/r1", store)
    signatures = [
        prepare_sign_off(snapshot, "analyst", name, "", MOMENT)["analyst"]
        for name in ("Ada Green", "Ben Gray")
    ]

    def record(signature):
        try:
            record_sign_off(snapshot, signature)
        except ValueError:
            return ""
        return signature.name

    with ThreadPoolExecutor(2) as both:
        names = [name for name in both.map(record, signatures) if name]
    assert len(names) == 1
    assert read_sign_offs(snapshot.folder)["analyst"].name == names[0]


def read_texts(folder):
    """Text of every page, document and spreadsheet of a snapshot, by file."""
    texts = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            texts[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
        if path.suffix in {".docx", ".odt", ".ods", ".xlsx"}:
            with zipfile.ZipFile(path) as parts:
                texts[path.relative_to(folder).as_posix()] = "".join(
                    parts.read(part).decode() for part in parts.namelist() if ".xml" in part
                )
    return texts


def test_a_draft_says_so_everywhere_and_its_published_revision_says_who_signed(store, capsys):
    drafts = read_texts(store / "2014-Q2" / "r1")
    assert len(drafts) >= 4
    assert all(text.count(DRAFT_STATUS) == 1 for text in drafts.values())
    for role, name in {**PEOPLE, "publisher": "Cara & Co <x>"}.items():
        assert approve(store, role, name) == 0
    assert "The published revision is 2014-Q2/r2." in capsys.readouterr().out
    published = store / "2014-Q2" / "r2"
    status = "Published on .* by Cara &amp; Co &lt;x&gt;. Analyst: Ada Green. Assurer: Ben Gray."
    for text in read_texts(published).values():
        assert DRAFT_STATUS not in text
        assert re.search(status, text)
    manifest = open_snapshot("2014-Q2", store).manifest
    assert (manifest["status"], manifest["edition_of"]) == ("published", "2014-Q2/r1")
    assert [signed["role"] for signed in manifest["sign_offs"]] == list(PEOPLE)
    assert verify_snapshot("2014-Q2/r2", published).mismatches == ()
    unchanged = ("small/indicators.csv", "small/charts/path.svg", "small/notebook.ipynb")
    for name in unchanged:
        assert (published / name).read_bytes() == (store / "2014-Q2/r1" / name).read_bytes()


def test_a_trial_says_so_everywhere_and_is_no_draft(tmp_path):
    write_notebook(tmp_path, DOUBLE_CELL, DISPLAY_CELL)
    runs, store = [(topic, People())], tmp_path / "store"
    folder = make_snapshot(prepare_snapshot("2014-Q2", runs, store, tmp_path, is_trial=True))
    texts = read_texts(folder)
    assert len(texts) >= 4
    for file, text in texts.items():
        assert (text.count(TRIAL_STATUS), text.count(DRAFT_STATUS)) == (1, 0), file
        if file.endswith(".html"):
            assert "</strong>, trial of 2014-Q2</p>" in text, file


def test_a_published_revision_is_not_signed_again(store, capsys):
    for role, name in PEOPLE.items():
        assert approve(store, role, name) == 0
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main(["approve", "2014-Q2", "--as", "analyst", "--name", "Ada Green", f"--store={store}"])
    assert end.value.code == 2
    assert "2014-Q2/r2 is the published revision of 2014-Q2/r1" in capsys.readouterr().err
    assert list_snapshots(store) == ["2014-Q2/r1", "2014-Q2/r2"]


@pytest.fixture
def cut_off_store(store, monkeypatch):
    """A store in which the publisher's run was cut off before it recorded the signature."""
    for role in ("analyst", "assurer"):
        assert approve(store, role, PEOPLE[role]) == 0
    with monkeypatch.context() as context:
        context.setattr(Path, "open", refuse_the_publisher)
        assert approve(store, "publisher", "Cara White", "--note", "First") == 1
    assert list_snapshots(store) == ["2014-Q2/r1", "2014-Q2/r2"]
    assert set(read_sign_offs(store / "2014-Q2" / "r1")) == {"analyst", "assurer"}
    return store


def refuse_the_publisher(path, *arguments, open_file=Path.open, **options):
    if path.name == "publisher.json":
        raise OSError(28, "No space left on device", str(path))
    return open_file(path, *arguments, **options)


def test_a_publisher_completes_a_run_that_was_cut_off(cut_off_store):
    assert approve(cut_off_store, "publisher", "Cara White", "--note", "Second") == 0
    (recorded,) = (
        signed
        for signed in open_snapshot("2014-Q2/r2", cut_off_store).manifest["sign_offs"]
        if signed["role"] == "publisher"
    )
    signature = read_sign_offs(cut_off_store / "2014-Q2" / "r1")["publisher"]
    assert (signature.name, signature.note) == ("Cara White", "First")
    assert signature.signed == recorded["signed"]


def test_another_publisher_cannot_complete_it(cut_off_store, capsys):
    before = sorted(cut_off_store.rglob("*"))
    assert approve(cut_off_store, "publisher", "Dan Black") == 2
    message = capsys.readouterr().err
    assert re.search("^Cara White signed 2014-Q2/r2 on [^,]*, but the run was cut off. ", message)
    assert message.endswith(" Cara White must run the command again.\n")
    assert "--name" not in message  # nobody is told to sign for another
    assert sorted(cut_off_store.rglob("*")) == before


def test_nobody_signs_while_a_run_of_the_quarter_goes_on(store, capsys):
    before = sorted(store.rglob("*"))
    with hold_quarter(store, "2014-Q2"):
        assert approve(store, "analyst", "Ada Green") == 2
    assert "2014-Q2 is being made by process" in capsys.readouterr().err
    assert sorted(store.rglob("*")) == before


def test_a_published_revision_that_was_cut_off_is_cleared(store):
    for role in ("analyst", "assurer"):
        assert approve(store, role, PEOPLE[role]) == 0
    remains = store / ".unfinished" / "2014-Q2" / "published" / "small"
    remains.mkdir(parents=True)
    (remains / "old.html").write_text("old")
    assert approve(store, "publisher", "Cara White") == 0
    assert not (store / ".unfinished").exists()
    assert verify_snapshot("2014-Q2/r2", store / "2014-Q2" / "r2").mismatches == ()
