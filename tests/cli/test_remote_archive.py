"""Commands on an archive behind the protocol of S3."""

import json
import re
import shlex
import shutil

import boto3
import pytest

from tests.snapshots.s3_server import make_bucket, serve_s3
from tests.snapshots.site.sealed_archive import add_revision
from workbook.cli import main

RUN = ("snapshot", "--topic=digital_inclusion", "--overdue=The next survey is awaited")


@pytest.fixture(scope="module")
def s3():
    with serve_s3() as environment:
        yield environment


@pytest.fixture(scope="module")
def archive(s3):
    """An archive with the snapshots of two quarters."""
    store = f"s3://{make_bucket()}/snapshots"
    for quarter in ("2014-Q2", "2014-Q3"):
        assert run(*RUN, quarter, f"--store={store}") == 0
    return store


def run(*arguments):
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return end.value.code or 0


@pytest.mark.slow
def test_snapshots_are_made_verified_and_compared_in_the_store(archive, capsys):
    assert run("verify", f"--store={archive}") == 0
    assert "2014-Q3/r1" in capsys.readouterr().out
    assert run("compare", "2014-Q2", "2014-Q3", f"--store={archive}") == 0
    page = f"{archive}/comparisons/2014-Q2_r1--2014-Q3_r1/index.html"
    assert page in capsys.readouterr().out.replace("\n", "")
    bucket, _, prefix = archive.removeprefix("s3://").partition("/")
    keys = {
        item["Key"]
        for item in boto3.client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    }
    assert f"{prefix}/comparisons/2014-Q2_r1--2014-Q3_r1/changes.json" in keys
    assert not [key for key in keys if "claim" in key or "check" in key]


@pytest.mark.slow
def test_a_comparison_in_a_folder_has_no_link_into_the_store(archive, tmp_path, capsys):
    page = tmp_path / "changes" / "index.html"
    assert run("compare", "2014-Q2", "2014-Q3", f"--store={archive}", "-o", str(page.parent)) == 0
    links = re.findall(r'href="([^"#]*)"', page.read_text(encoding="utf-8"))
    assert links == ["data:,", "changes.json"]
    assert "The snapshots: 2014-Q2/r1 (status: draft) and" in page.read_text(encoding="utf-8")
    client, (bucket, _, prefix) = boto3.client("s3"), archive[5:].partition("/")
    assert run("compare", "2014-Q2", "2014-Q3", f"--store={archive}") == 0
    key = f"{prefix}/comparisons/2014-Q2_r1--2014-Q3_r1/index.html"
    stored = client.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    assert 'href="../../2014-Q2/r1/index.html"' in stored


@pytest.mark.slow
def test_a_snapshot_that_the_store_does_not_take_is_kept_and_uploaded(
    archive, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    client, (bucket, _, prefix) = boto3.client("s3"), archive[5:].partition("/")
    claim = f"{prefix}/2014-Q4/r1.claim"
    client.put_object(Bucket=bucket, Key=claim, Body=b'{"host": "other", "process": 1}')
    assert run(*RUN, "2014-Q4", f"--store={archive}") == 1
    message = capsys.readouterr().err
    assert "2014-Q4/r1 is being written by process 1 on other" in message
    *_, command = message.strip().rstrip(".").partition("To upload it: workbook ")
    client.delete_object(Bucket=bucket, Key=claim)
    assert run(*shlex.split(command)) == 0
    assert capsys.readouterr().out == f"Uploaded: {archive}/2014-Q4/r1\n"
    assert run("verify", "2014-Q4", f"--store={archive}") == 0
    assert run(*shlex.split(command)) == 1
    assert "already holds 2014-Q4/r1, which is never overwritten" in capsys.readouterr().err
    client.delete_object(Bucket=bucket, Key=f"{prefix}/2014-Q4/r1/manifest.json")


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ("2014-Q2/none", "is not a snapshot"),
        ("2014-Q2/r1", "is not as it was sealed: "),
        ("2014-Q2/copy", "is the snapshot 2014-Q2/r1: its path must end with that"),
    ],
)
def test_only_a_sealed_snapshot_is_uploaded(sealed_store, capsys, folder, sentence):
    assert run("upload", str(sealed_store / folder), f"--store=file://{sealed_store}/other") == 2
    assert sentence in capsys.readouterr().err
    assert not (sealed_store / "other").exists()


@pytest.fixture
def sealed_store(tmp_path):
    """A small archive with a snapshot to which a file was added, and an unchanged copy of it."""
    store = tmp_path / "store"
    add_revision(store, "2014-Q2")
    shutil.copytree(store / "2014-Q2" / "r1", store / "2014-Q2" / "copy")
    (store / "2014-Q2" / "r1" / "note.txt").write_text("added")
    return store


def test_a_quarter_in_the_store_is_not_made_again(archive, capsys):
    assert run(*RUN, "2014-Q2", f"--store={archive}") == 2
    error = capsys.readouterr().err
    assert f"2014-Q2/r1 already exists in {archive}" in error


def test_a_changed_object_is_found(archive, capsys):
    bucket, _, prefix = archive.removeprefix("s3://").partition("/")
    client = boto3.client("s3")
    key = f"{prefix}/2014-Q3/r1/digital_inclusion/indicators.csv"
    content = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    client.put_object(Bucket=bucket, Key=key, Body=content.replace(b"5", b"6", 1))
    try:
        assert run("verify", "2014-Q3", f"--store={archive}", "--json") == 1
        report = json.loads(capsys.readouterr().out)
        assert [entry["file"] for entry in report["mismatches"]] == [
            "digital_inclusion/indicators.csv"
        ]
    finally:
        client.put_object(Bucket=bucket, Key=key, Body=content)


@pytest.mark.parametrize(
    ("store", "sentence"),
    [
        ("s3://no-such-bucket/snapshots", "s3://no-such-bucket/snapshots cannot be "),
        ("nowhere://bucket", "is not a store that can be reached"),
    ],
)
def test_a_store_that_cannot_be_reached_is_said_before_the_run(s3, capsys, store, sentence):
    assert run(*RUN, "2014-Q2", f"--store={store}") == 2
    output = capsys.readouterr()
    assert sentence in output.err
    assert output.out == ""


@pytest.mark.parametrize(
    "store",
    [
        "s3://key:hunter2@bucket/snapshots",
        "nowhere://key:hunter2@bucket",
        "ftp://key:hunter2@127.0.0.1:9/snapshots",
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ("verify",),
        ("--debug", "compare", "2014-Q2", "2014-Q3"),
        ("archive",),
        ("approve", "2014-Q2", "--as=analyst", "--name=Ada"),
        ("schedule", "--format=github"),
    ],
    ids=lambda command: command[0],
)
def test_no_message_has_the_password_of_a_store(capsys, store, command):
    assert run(*command, f"--store={store}") == 2
    output = capsys.readouterr()
    assert "hunter2" not in output.out + output.err
    assert "://***@" in output.err


@pytest.mark.slow
def test_department_editions_are_made_verified_and_compared_in_the_store(s3, capsys):
    store = f"s3://{make_bucket()}/snapshots"
    for quarter in ("2014-Q2", "2014-Q3"):
        settings = ("--topic=delivery", "--set=department=HO", f"--store={store}")
        assert run("snapshot", quarter, *settings) == 0
    capsys.readouterr()
    for name in ("2014-Q2/home-office", "2014-Q3/ho/r1"):
        assert run("verify", name, f"--store={store}") == 0
        assert "home-office/r1" in capsys.readouterr().out
    assert run("verify", f"--store={store}") == 0
    assert capsys.readouterr().out.count("home-office/r1") == 2
    assert run("compare", "2014-Q2/ho", "2014-Q3/ho", f"--store={store}") == 0
    page = f"{store}/departments/home-office/comparisons/2014-Q2_r1--2014-Q3_r1/index.html"
    assert page in capsys.readouterr().out.replace("\n", "")
    bucket, _, prefix = store.removeprefix("s3://").partition("/")
    listed = boto3.client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    own = f"{prefix}/departments/home-office/"
    assert {item["Key"] for item in listed if not item["Key"].startswith(own)} == set()
