"""Sign-offs and pages of an archive behind the protocol of S3."""

import json
import shutil

import boto3
import pytest

from tests.snapshots.example_topic import snapshot_job, topic
from tests.snapshots.light_snapshots import write_snapshot
from tests.snapshots.s3_server import make_bucket, serve_s3
from workbook.cli import main
from workbook.snapshots import published_revision
from workbook.snapshots.remote_store import RemoteStore
from workbook.snapshots.seal import verify_snapshot
from workbook.snapshots.site.archive_site import write_archive_site
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.stored_snapshot import open_snapshot
from workbook.topics.registry import TOPICS

NAME = "2014-Q2/r1"
PEOPLE = {"analyst": "Ada Green", "assurer": "Ben Gray", "publisher": "Cara White"}
SIGN_OFF = "2014-Q2/r1.sign-offs/{}.json"


@pytest.fixture(scope="module", autouse=True)
def s3():
    with serve_s3() as environment:
        yield environment


@pytest.fixture(scope="module")
def local_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    make_snapshot(snapshot_job(folder))
    return folder / "store"


@pytest.fixture
def store(local_store):
    """The address of an archive with the snapshot."""
    address = f"s3://{make_bucket()}/snapshots"
    RemoteStore(address).upload_snapshot(NAME, local_store)
    return address


def run(*arguments):
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return end.value.code or 0


def approve(store, role, name=""):
    return run("approve", NAME, "--as", role, "--name", name or PEOPLE[role], f"--store={store}")


def read_objects(store):
    """Content of every object of an archive, by its path."""
    bucket, _, prefix = store.removeprefix("s3://").partition("/")
    client = boto3.client("s3")
    listed = client.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
    return {
        item["Key"].removeprefix(f"{prefix}/"): client.get_object(Bucket=bucket, Key=item["Key"])[
            "Body"
        ].read()
        for item in listed
    }


def put_object(store, path, content):
    bucket, _, prefix = store.removeprefix("s3://").partition("/")
    boto3.client("s3").put_object(Bucket=bucket, Key=f"{prefix}/{path}", Body=content)


def delete_object(store, path):
    bucket, _, prefix = store.removeprefix("s3://").partition("/")
    boto3.client("s3").delete_object(Bucket=bucket, Key=f"{prefix}/{path}")


def test_a_snapshot_is_signed_and_published_in_the_store(store, tmp_path, capsys):
    before = read_objects(store)
    for role in PEOPLE:
        assert approve(store, role) == 0
    assert "The published revision is 2014-Q2/r2. 2014-Q2/r1 stays a draft." in (
        capsys.readouterr().out
    )
    objects = read_objects(store)
    assert {name: objects[name] for name in before} == before  # the draft stays as it was
    assert {SIGN_OFF.format(role) for role in PEOPLE} <= objects.keys()
    assert not [name for name in objects if "claim" in name or "check" in name or ".lock" in name]
    folder = RemoteStore(store).download_snapshot("2014-Q2/r2", tmp_path)
    assert verify_snapshot("2014-Q2/r2", folder).mismatches == ()
    assert open_snapshot("2014-Q2/r2", tmp_path).manifest["edition_of"] == NAME


def test_a_role_signs_once_in_the_store(store, capsys):
    assert approve(store, "analyst") == 0
    before = read_objects(store)
    assert approve(store, "analyst", "Dan Black") == 2
    assert "Ada Green has signed 2014-Q2/r1 as analyst" in capsys.readouterr().err
    assert approve(store, "assurer", "Ada Green") == 2
    assert read_objects(store) == before


def test_a_sign_off_is_written_only_if_none_is_there(store, monkeypatch, capsys):
    put = RemoteStore.upload_file

    def upload_after_another(remote, path, folder, *, is_new=False):
        if is_new:  # another process was quicker
            put_object(store, path, b"first")
        return put(remote, path, folder, is_new=is_new)

    monkeypatch.setattr(RemoteStore, "upload_file", upload_after_another)
    assert approve(store, "analyst") == 2
    assert "The analyst has signed meanwhile. A role signs once" in capsys.readouterr().err
    assert read_objects(store)[SIGN_OFF.format("analyst")] == b"first"


def test_a_publication_that_was_cut_off_is_completed(store, capsys):
    for role in PEOPLE:
        assert approve(store, role) == 0
    delete_object(store, SIGN_OFF.format("publisher"))  # cut off after the published revision
    before = read_objects(store)
    assert approve(store, "publisher", "Dan Black") == 2
    assert "Cara White must run the command again" in capsys.readouterr().err
    assert read_objects(store) == before
    assert approve(store, "publisher") == 0
    assert read_objects(store).keys() - before.keys() == {SIGN_OFF.format("publisher")}


def test_no_publisher_signs_a_revision_that_the_store_does_not_take(store, monkeypatch, capsys):
    for role in ("analyst", "assurer"):
        assert approve(store, role) == 0
    publish = published_revision.publish_revision

    def publish_after_another(*arguments):
        put_object(store, "2014-Q2/r2/manifest.json", b"of another run")
        return publish(*arguments)

    monkeypatch.setattr(published_revision, "publish_revision", publish_after_another)
    assert approve(store, "publisher") == 1
    message = capsys.readouterr().err
    assert f"{store} already holds 2014-Q2/r2, which is never overwritten" in message
    assert message.endswith(" Nothing was signed. Run the command again.\n")
    objects = read_objects(store)
    assert SIGN_OFF.format("publisher") not in objects
    assert objects["2014-Q2/r2/manifest.json"] == b"of another run"


def test_the_status_of_a_comparison_is_read_from_the_store(tmp_path):
    store = f"s3://{make_bucket()}/snapshots"
    for quarter in ("2014-Q2", "2014-Q3"):
        write_snapshot(tmp_path, quarter, [TOPICS["digital_inclusion"]])
        RemoteStore(store).upload_snapshot(f"{quarter}/r1", tmp_path)
    for role in ("analyst", "assurer"):
        assert approve(store, role) == 0
    assert run("compare", "2014-Q2", "2014-Q3", f"--store={store}") == 0
    changes = read_objects(store)["comparisons/2014-Q2_r1--2014-Q3_r1/changes.json"]
    assert json.loads(changes)["status"] == {"from": "assured", "to": "draft"}


def test_the_pages_are_those_of_the_same_archive_in_a_folder(store, local_store, tmp_path, capsys):
    copy = shutil.copytree(local_store, tmp_path / "store")
    write_archive_site(copy, TOPICS)
    pages = {
        path.relative_to(copy).as_posix(): path.read_bytes()
        for path in copy.rglob("*")
        if path.is_file() and not path.is_relative_to(copy / NAME)
    }
    before = read_objects(store)
    put_object(store, "2014-Q2/r2/index.html", b"a run that was cut off")
    assert run("archive", f"--store={store}") == 0
    assert f"Written: {store}/index.html" in capsys.readouterr().out.replace("\n", "")
    objects = read_objects(store)
    del objects["2014-Q2/r2/index.html"]
    assert objects == before | pages
    assert f"topics/{topic.name}.html" in pages
    assert run("archive", f"--store={store}") == 0
    assert {
        name: content for name, content in read_objects(store).items() if name in pages
    } == pages


def test_a_first_page_of_somebody_else_in_the_store_is_kept(store, capsys):
    put_object(store, "index.html", b"ours")
    before = read_objects(store)
    assert run("archive", f"--store={store}") == 2
    sentence = f"{store}/index.html was not written by workbook archive. Move it, and try again."
    assert sentence in capsys.readouterr().err
    assert read_objects(store) == before


@pytest.mark.parametrize("command", [["archive"], ["approve", NAME, "--as=analyst", "--name=Ada"]])
def test_a_store_that_cannot_be_reached_is_said(command, capsys):
    store = "s3://no-such-bucket/snapshots"
    assert run(*command, f"--store={store}") == 2
    assert f"{store} cannot be written" in capsys.readouterr().err
