"""Several files are written as one change: all of them or none."""

import pytest

from workbook.cli.new_files import NewFiles


def test_files_and_their_folders_are_written(tmp_path):
    with NewFiles() as files:
        files.write_all([(tmp_path / "a" / "b" / "c.txt", "text\n")])
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"text\n"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_part_way_leaves_no_files(tmp_path, error):
    (tmp_path / "kept").mkdir()
    (tmp_path / "record.json").write_text("before")

    def change_and_fail():
        with NewFiles() as files:
            files.write_all([(tmp_path / "kept" / "new" / "a.txt", ""), (tmp_path / "b.txt", "")])
            (tmp_path / "kept" / "new" / "__pycache__").mkdir()
            files.replace(tmp_path / "record.json", "after")
            raise error

    with pytest.raises(error):
        change_and_fail()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "record.json"]
    assert (tmp_path / "record.json").read_text() == "before"


def test_a_file_changed_by_another_command_is_restored(tmp_path):
    (tmp_path / "golden.csv").write_text("before")

    def change_and_fail():
        with NewFiles() as files:
            files.keep_for_restoring([tmp_path / "golden.csv"])
            (tmp_path / "golden.csv").write_text("after")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        change_and_fail()
    assert (tmp_path / "golden.csv").read_text() == "before"


def test_an_existing_file_is_never_overwritten(tmp_path):
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"a\.txt already exists"), NewFiles() as files:
        files.write_all([(tmp_path / "new.txt", ""), (tmp_path / "a.txt", "")])
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert not (tmp_path / "new.txt").exists()
