"""The command that verifies snapshots."""

import json

import pytest

from tests.snapshots.example_topic import snapshot_job
from workbook.cli import main
from workbook.snapshots.snapshot import make_snapshot

pytestmark = pytest.mark.slow

FILES = 15


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    make_snapshot(snapshot_job(folder))
    return folder / "store"


@pytest.fixture
def changed_store(store):
    """The archive while one file of it is changed."""
    path = store / "2014-Q2" / "r1" / "small" / "indicators.csv"
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    yield store
    path.write_bytes(content)


@pytest.fixture
def verify(capsys):
    """Run the command; its status, and what it printed on standard output and error."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["verify", *map(str, arguments)])
        return ended.value.code, *capsys.readouterr()

    return run


@pytest.mark.parametrize("name", [["2014-Q2"], ["2014-Q2/r1"], []])
def test_a_snapshot_as_it_was_sealed_is_status_0(verify, store, name):
    expected = f"2014-Q2/r1: {FILES} files are as sealed.\n"
    assert verify(*name, f"--store={store}") == (0, expected, "")


def test_a_folder_needs_no_archive(verify, store):
    status, printed, _ = verify(store / "2014-Q2" / "r1")
    assert (status, printed) == (0, f"2014-Q2/r1: {FILES} files are as sealed.\n")


@pytest.mark.parametrize("name", [["2014-Q2"], []])
def test_a_changed_file_is_status_1_and_is_named(verify, changed_store, name):
    sentence = "2014-Q2/r1: small/indicators.csv was changed after it was sealed.\n"
    assert verify(*name, f"--store={changed_store}") == (1, sentence, "")


def test_json_has_the_report_of_one_snapshot_or_a_list(verify, changed_store):
    record = {
        "snapshot": "2014-Q2/r1",
        "files": FILES,
        "mismatches": [
            {"file": "small/indicators.csv", "problem": "was changed after it was sealed"}
        ],
    }
    option = f"--store={changed_store}"
    status, printed, _ = verify("2014-Q2", option, "--json")
    assert (status, json.loads(printed)) == (1, record)
    status, printed, _ = verify(option, "--json")
    assert (status, json.loads(printed)) == (1, [record])


def test_a_snapshot_that_does_not_exist_is_status_2(verify, store):
    status, _, error = verify("2014-Q4", f"--store={store}")
    assert (status, error) == (2, f"2014-Q4 is not in {store}. It has 2014-Q2/r1.\n")


def test_an_archive_without_a_snapshot_is_status_2(verify, tmp_path):
    status, _, error = verify(f"--store={tmp_path}")
    message = f"There is no snapshot in {tmp_path}. Name the archive with --store.\n"
    assert (status, error) == (2, message)
