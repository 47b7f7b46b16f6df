"""Ctrl-C after a snapshot is sealed: it is there, and the command says what is not."""

import os
import signal

import pytest

from tests.snapshots.light_snapshots import write_snapshot
from tests.snapshots.s3_server import make_bucket, serve_s3
from workbook.cli.archive_store import OpenStore
from workbook.cli.quarter_comparison import complete_archive
from workbook.cli.upload_folder import upload_folder
from workbook.snapshots.remote_store import RemoteStore, SnapshotExistsError, StoreWriteError
from workbook.snapshots.seal import verify_snapshot
from workbook.topics.registry import TOPICS

NAME = "2014-Q2/r1"


@pytest.fixture
def store(tmp_path):
    """An archive in a folder, with a snapshot."""
    write_snapshot(tmp_path / "store", "2014-Q2", [TOPICS["digital_inclusion"]])
    return tmp_path / "store"


@pytest.fixture
def remote(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    with serve_s3():
        yield RemoteStore(f"s3://{make_bucket()}/snapshots")


def test_only_what_follows_the_snapshot_is_missing(store, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("workbook.cli.archive_store.write_archive_site", interrupt)
    with pytest.raises(RuntimeError, match=r"^Interrupted\. The snapshot is complete\.") as stopped:
        complete_archive(OpenStore(store), store / NAME, TOPICS)
    assert "use workbook compare and workbook archive" in str(stopped.value)


@pytest.mark.parametrize("signal_name", ["SIGINT", "SIGTERM"])
def test_a_snapshot_whose_upload_is_interrupted_is_kept(store, remote, monkeypatch, signal_name):
    def stop_before_the_manifest(*arguments, copy=RemoteStore._copy_files):
        copy(*arguments)
        os.kill(os.getpid(), getattr(signal, signal_name))

    monkeypatch.setattr(RemoteStore, "_copy_files", stop_before_the_manifest)
    with pytest.raises(StoreWriteError, match=r"^Interrupted\. The sealed snapshot is kept in "):
        OpenStore(store, remote).publish_snapshot(store / NAME)
    [kept] = upload_folder().glob(f"*/{NAME}")
    assert verify_snapshot(NAME, kept).mismatches == ()
    assert remote.list_snapshots() == []
    assert not [path for path in remote.list_files() if path.endswith(".claim")]


def test_a_snapshot_that_the_store_holds_already_is_not_kept(store, remote):
    opened = OpenStore(store, remote)
    assert opened.publish_snapshot(store / NAME) == f"{remote.label}/{NAME}"
    with pytest.raises(SnapshotExistsError, match="use --revise REASON"):
        opened.publish_snapshot(store / NAME)
    assert not upload_folder().exists()
