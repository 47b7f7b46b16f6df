"""A run that is sent to another machine is the same there."""

import pickle

import pytest

from tests.snapshots.example_topic import snapshot_job
from workbook.resources import resource_folder
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.portable_run import PortableRun, read_files, write_files
from workbook.snapshots.topic_work import describe_work
from workbook.topics.take_up import topic as take_up


def send(run, folder):
    """The run as it arrives in another folder."""
    folder.mkdir()
    return pickle.loads(pickle.dumps(PortableRun.pack(run))).unpack(folder)


def test_a_run_with_a_user_s_file_arrives_with_the_file(tmp_path):
    file = tmp_path / "July {1} release.csv"
    file.write_bytes((resource_folder("data") / "take_up.csv").read_bytes())
    scenario = take_up.Scenario(data=str(file))
    [run] = prepare_snapshot("2014-Q2", [(take_up, scenario)], tmp_path / "store").runs
    before = describe_work(run)
    sent = send(run, tmp_path / "worker")
    file.unlink()
    assert describe_work(sent) == before
    assert sent.topic is take_up
    assert str(tmp_path / "worker") in str(sent.files["data"])


def test_a_topic_that_is_not_registered_arrives_with_its_notebook(tmp_path):
    [run] = snapshot_job(tmp_path, people=7).runs
    sent = send(run, tmp_path / "worker")
    assert sent.notebook.read_bytes() == run.notebook.read_bytes()
    assert sent.scenario == run.scenario
    assert describe_work(sent) == describe_work(run)


def test_files_are_written_as_they_were_read(tmp_path):
    contents = {"report.html": b"<p>", "tables/path.csv": b"\0\r\n"}
    write_files(tmp_path / "small", contents)
    assert read_files(tmp_path / "small") == contents
    assert read_files(tmp_path / "missing") == {}
    with pytest.raises(FileExistsError):
        write_files(tmp_path / "small", contents)
