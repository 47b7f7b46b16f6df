"""The command ``new-topic`` writes a complete topic, or nothing and one error."""

import subprocess

import pytest

from workbook.cli import main, new_topic
from workbook.cli.topic_names import TopicNames, check_topic_name

UNUSED_NAME = "zz_example"
"""A topic name that is not used in this checkout."""


@pytest.fixture
def create_topic(capsys, tmp_path, monkeypatch):
    """Run ``new-topic`` in an empty folder; returns its exit code, output and error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["new-topic", *map(str, arguments)])
        return stopped.value.code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("savings", 'There is already a topic "savings"'),
        ("commitments", 'There is already a table "commitments"'),
        ("Broadband", "lower-case letters"),
        ("broadband vouchers", "lower-case letters"),
        ("broadband-vouchers", "lower-case letters"),
        ("2014_vouchers", "a letter first"),
        ("vouchers_", "single underscores"),
        ("", "lower-case letters"),
        ("a" * 25, "at most 24"),
        ("zürich", "lower-case letters"),
        ("../vouchers", "lower-case letters"),
        ("class", "Python uses it"),
        ("json", "Python uses it"),
        ("pandas", "taken by an installed package"),
        ("health", "or a page"),
        ("tests", "taken by an installed package"),
    ],
)
@pytest.mark.parametrize("in_folder", [False, True])
def test_an_invalid_name_is_rejected(create_topic, tmp_path, name, reason, in_folder):
    status, output, errors = create_topic(name, *(["package"] if in_folder else []))
    assert (status, output) == (2, "")
    assert reason in errors
    assert errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_empty_is_rejected(create_topic, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("")
    status, _, errors = create_topic(UNUSED_NAME, "mine")
    assert (status, errors) == (
        2,
        "mine is not an empty folder: choose an empty or a new one.\n",
    )
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_a_file_in_place_of_a_folder_is_rejected(create_topic, tmp_path):
    (tmp_path / "mine").write_text("")
    assert create_topic(UNUSED_NAME, "mine")[0] == 2


def test_a_folder_without_a_parent_is_rejected(create_topic, tmp_path):
    status, _, errors = create_topic(UNUSED_NAME, "far/away")
    assert (status, errors) == (2, "far/away cannot be written: there is no folder far.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_within_the_project_is_rejected(create_topic):
    folder = new_topic.PACKAGE.parent / UNUSED_NAME
    status, _, errors = create_topic(UNUSED_NAME, folder)
    assert status == 2
    assert "is in the workbook's own project" in errors
    assert not folder.exists()


def test_a_folder_is_required_without_a_project(create_topic, tmp_path, monkeypatch):
    monkeypatch.setattr(new_topic, "PACKAGE", tmp_path / "site-packages" / "workbook")
    status, _, errors = create_topic(UNUSED_NAME)
    assert status == 2
    assert errors == (
        "The workbook is installed without its project. Give a folder for the new topic: "
        "workbook new-topic zz_example FOLDER.\n"
    )


def test_a_failure_part_way_leaves_no_files(create_topic, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device", "datapackage.json")

    monkeypatch.setattr(new_topic, "build_datapackage", fail)
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "new"):
        status, _, errors = create_topic(UNUSED_NAME, folder)
        assert (status, errors) == (1, "datapackage.json: no space left on device.\n")
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_other_names_are_derived_from_the_topic_name():
    names = TopicNames("broadband_vouchers", "broadband_vouchers")
    assert (names.title, names.scenario, names.distribution) == (
        "Broadband vouchers",
        "BroadbandVouchersScenario",
        "broadband-vouchers",
    )


def test_a_valid_name_is_accepted():
    check_topic_name(UNUSED_NAME)


def test_the_output_for_a_package_gives_the_next_command(create_topic, tmp_path):
    status, output, errors = create_topic(UNUSED_NAME, "mine")
    assert (status, errors) == (0, "")
    assert output == (
        "Written: mine\nNext: pip install --no-deps --no-build-isolation --editable mine\n"
    )
    assert not list(tmp_path.rglob("__pycache__"))


@pytest.mark.parametrize("name", ["abcdefghijklmnopqrstuvwx", "a", "x_1"])
def test_the_files_pass_ruff_for_any_name(create_topic, tmp_path, name):
    assert create_topic(name, "mine")[::2] == (0, "")
    for command in (["check"], ["format", "--diff"]):
        completed = subprocess.run(
            [new_topic.sys.executable, "-m", "ruff", *command, "--no-cache", tmp_path / "mine"],
            check=False,
            capture_output=True,
            text=True,
        )
        assert completed.returncode == 0, completed.stdout
