"""The site is written whole, beside sealed snapshots that it does not touch."""

import json
import shutil
from pathlib import Path

import pytest

from tests.snapshots.site.sealed_archive import FIGURES, add_revision
from workbook.cli import main
from workbook.snapshots.site.archive_site import write_archive_site

PAGES = {
    "index.html",
    "topics/queues.html",
    "2013-Q4/index.html",
    "2014-Q2/index.html",
    "2014-Q3/index.html",
    "2014-Q4/index.html",
    "indicators.csv",
    "indicators.json",
    "feed.atom",
}


def read_files(folder):
    """Content of every file by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def run(capsys):
    """Run the command; its status, and what it printed on standard output and error."""

    def run_command(store):
        with pytest.raises(SystemExit) as ended:
            main(["archive", f"--store={store}"])
        return ended.value.code, *capsys.readouterr()

    return run_command


def test_the_site_is_added_and_nothing_else_changes(store):
    before = read_files(store)
    assert write_archive_site(store, {}) == store / "index.html"
    after = read_files(store)
    assert {*after} - {*before} == PAGES
    assert {path: after[path] for path in before} == before


def test_the_same_archive_gives_the_same_bytes_wherever_it_is(store, tmp_path):
    moved = shutil.copytree(store, tmp_path / "a folder, 100% other")
    write_archive_site(store, {})
    write_archive_site(moved, {})
    assert read_files(moved) == read_files(store)


def test_files_that_are_the_same_are_not_written_again(store):
    page = write_archive_site(store, {})
    topic_page = store / "topics" / "queues.html"
    identities = [path.stat().st_ino for path in (page, topic_page)]
    write_archive_site(store, {})
    assert [path.stat().st_ino for path in (page, topic_page)] == identities
    add_revision(store, "2015-Q1", values=FIGURES | {"online": 0.9})
    write_archive_site(store, {})
    assert topic_page.stat().st_ino != identities[1]
    assert "2015-Q1" in page.read_text(encoding="utf-8")


def test_a_damaged_revision_is_said_on_the_first_page(store):
    (store / "2014-Q4" / "r1" / "manifest.json").write_text("{")
    page = write_archive_site(store, {}).read_text(encoding="utf-8")
    assert "2014-Q4/r1 is left out: its manifest.json is missing or damaged." in page
    assert not (store / "2014-Q4" / "index.html").exists()


def test_texts_of_an_archive_are_no_markup(store):
    path = store / "2014-Q3" / "r2" / "manifest.json"
    manifest = json.loads(path.read_text()) | {
        "revisions": [{"reason": "<script>alert(1)</script>"}]
    }
    path.write_text(json.dumps(manifest))
    write_archive_site(store, {})
    for name in PAGES:
        if name.endswith(".html"):
            assert "<script" not in (store / name).read_text(encoding="utf-8")


def refuse_the_feed(path, target, replace=Path.replace):
    if target.name == "indicators.csv":
        raise OSError(28, "No space left on device", str(target))
    return replace(path, target)


def test_a_write_that_fails_leaves_the_earlier_first_page(store, monkeypatch):
    page = write_archive_site(store, {})
    earlier = page.read_bytes()
    add_revision(store, "2015-Q1")
    monkeypatch.setattr(Path, "replace", refuse_the_feed)
    with pytest.raises(OSError, match="No space left"):
        write_archive_site(store, {})
    assert page.read_bytes() == earlier
    assert not [path for path in store.rglob(".writing-*") if path.is_file()]


def test_the_command_says_where_the_first_page_is(run, store):
    assert run(store) == (
        0,
        f"Written: {store / 'index.html'}, with pages of topics and feeds beside it\n",
        "",
    )


@pytest.mark.parametrize("name", ["none", "empty", "file"])
def test_a_folder_without_snapshots_is_rejected(run, tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("text")
    store = tmp_path / name
    sentence = f"There is no snapshot in {store}. Name the archive with --store.\n"
    assert run(store) == (2, "", sentence)
    assert read_files(tmp_path) == {"file": b"text"}


def test_an_archive_of_damaged_snapshots_says_so(run, tmp_path):
    (tmp_path / "2014-Q4" / "r1").mkdir(parents=True)
    status, _, message = run(tmp_path)
    assert (status, read_files(tmp_path)) == (2, {})
    assert message.endswith("2014-Q4/r1 is left out: its manifest.json is missing or damaged.\n")


def test_a_first_page_of_somebody_else_is_kept(run, store):
    page = store / "index.html"
    page.write_text("<h1>My site</h1>")
    before = read_files(store)
    sentence = f"{page} was not written by workbook archive. Move it, and try again.\n"
    assert run(store) == (2, "", sentence)
    assert read_files(store) == before


@pytest.mark.parametrize("has_site", [False, True], ids=["no site", "a site"])
@pytest.mark.parametrize(
    "name", ["topics/queues.html", "2014-Q2/index.html", "indicators.csv", "indicators.json"]
)
def test_another_file_of_somebody_else_is_kept(run, store, name, has_site):
    if has_site:
        write_archive_site(store, {})
    path = store / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Mine")
    before = read_files(store)
    sentence = f"{path} was not written by workbook archive. Move it, and try again.\n"
    assert run(store) == (2, "", sentence)
    assert read_files(store) == before


def test_several_files_of_somebody_else_are_named(run, store):
    (store / "feed.atom").write_text("Mine")
    (store / "indicators.csv").mkdir()
    status, _, message = run(store)
    assert (status, (store / "feed.atom").read_text()) == (2, "Mine")
    assert "feed.atom were not written by workbook archive. Move them, and try again.\n" in message


def test_a_feed_without_figures_is_replaced(run, store):
    (store / "indicators.json").write_text("[]\n")
    assert run(store)[0] == 0
    assert '"indicator": ' in (store / "indicators.json").read_text(encoding="utf-8")


def test_a_first_run_that_was_killed_is_completed(run, store):
    write_archive_site(store, {})
    (store / "index.html").unlink()  # it is written last
    add_revision(store, "2015-Q1", values=FIGURES | {"online": 0.9})
    assert run(store)[0] == 0
    assert "2015-Q1" in (store / "indicators.csv").read_text(encoding="utf-8")
