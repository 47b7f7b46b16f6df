"""Snapshots on a server with the protocol of S3: whole or absent, and never overwritten."""

import json
import os
import socket

import boto3
import pytest

from tests.snapshots.example_topic import snapshot_job
from tests.snapshots.s3_server import make_bucket, serve_s3
from workbook.snapshots.remote_store import RemoteStore, StoreWriteError, is_store_address
from workbook.snapshots.snapshot import make_snapshot

NAME = "2014-Q2/r1"


@pytest.fixture(scope="module")
def s3():
    with serve_s3() as environment:
        yield environment


@pytest.fixture
def bucket(s3):
    return make_bucket()


@pytest.fixture
def store(bucket):
    return RemoteStore(f"s3://{bucket}/snapshots")


@pytest.fixture(scope="module")
def local_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    make_snapshot(snapshot_job(folder))
    return folder / "store"


def read_files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_snapshot_is_the_same_in_a_folder_and_in_the_store(store, bucket, local_store, tmp_path):
    assert store.list_snapshots() == []
    store.upload_snapshot(NAME, local_store)
    assert store.list_snapshots() == [NAME]
    objects = boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    files = read_files(local_store / NAME)
    assert {item["Key"] for item in objects} == {f"snapshots/{NAME}/{name}" for name in files}
    written = {item["Key"]: item["LastModified"] for item in objects}
    assert written[f"snapshots/{NAME}/manifest.json"] == max(written.values())
    assert read_files(store.download_snapshot(NAME, tmp_path)) == files


def test_a_snapshot_is_never_overwritten(store, local_store):
    store.upload_snapshot(NAME, local_store)
    with pytest.raises(StoreWriteError, match=f"already holds {NAME}, which is never overwritten"):
        store.upload_snapshot(NAME, local_store)


def test_without_a_manifest_there_is_no_snapshot_and_its_remains_are_cleared(
    store, bucket, local_store, tmp_path
):
    client = boto3.client("s3")
    client.put_object(Bucket=bucket, Key=f"snapshots/{NAME}/left/over.txt", Body=b"half")
    assert store.list_snapshots() == []
    store.upload_snapshot(NAME, local_store)
    assert read_files(store.download_snapshot(NAME, tmp_path)) == read_files(local_store / NAME)


def claim(bucket, **owner):
    boto3.client("s3").put_object(
        Bucket=bucket, Key=f"snapshots/{NAME}.claim", Body=json.dumps(owner).encode()
    )


def test_a_second_run_says_who_writes_the_snapshot(store, bucket, local_store):
    claim(bucket, host="another", process=12, since="2014-07-01T06:00:00Z")
    with pytest.raises(StoreWriteError, match="by process 12 on another since 2014-07-01"):
        store.upload_snapshot(NAME, local_store)
    claim(bucket, host=socket.gethostname(), process=os.getpid(), since="2014-07-01T06:00:00Z")
    with pytest.raises(StoreWriteError, match=f"by process {os.getpid()} on"):
        store.upload_snapshot(NAME, local_store)
    assert store.list_snapshots() == []


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "a/../../outside.txt"])
def test_a_file_that_leads_out_of_the_snapshot_is_not_copied(store, bucket, tmp_path, name):
    client = boto3.client("s3")
    for key in ("manifest.json", name):
        client.put_object(Bucket=bucket, Key=f"snapshots/{NAME}/{key}", Body=b"{}")
    with pytest.raises(ValueError, match="The store has a file that is no snapshot's"):
        store.download_snapshot(NAME, tmp_path / "copy")
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_store_that_cannot_be_used_is_named_with_the_reason(s3, tmp_path, local_store):
    missing = RemoteStore("s3://no-such-bucket/snapshots")
    with pytest.raises(ValueError, match=r"^s3://no-such-bucket/snapshots cannot be written: "):
        missing.check_writable()
    with pytest.raises(ValueError, match=r"\"nowhere://bucket\" is not a store that can be reach"):
        RemoteStore("nowhere://bucket")
    with pytest.raises(ValueError, match=r"library that reaches .* is not installed"):
        RemoteStore("gs://bucket/snapshots")


def test_a_store_that_can_be_written_keeps_nothing_of_the_check(store, bucket):
    store.check_writable()
    assert boto3.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s3://bucket/a", True),
        ("memory://a", True),
        ("./snapshots", False),
        ("C:/snapshots", False),
        ("", False),
    ],
)
def test_addresses_of_stores_are_told_from_folders(text, expected):
    assert is_store_address(text) is expected
