"""Tests of opening a bundled table, a registered table or a file by its path."""

import os
import sys

import pytest

from tests.importers.table_files import tidy_rows, to_csv
from workbook.exports.datapackage import build_datapackage
from workbook.importers import open_table, table_names
from workbook.importers.catalogue import read_table_bytes
from workbook.tables import TableError
from workbook.topics.take_up.data import service_kpis_table, take_up_table

GOOD = tidy_rows(
    ["Renewals", "2014-03", "100", "80", "2.5"], ["Renewals", "2014-06", "120", "90", ""]
)


@pytest.fixture
def data_folder(tmp_path):
    """Return a folder with the bundled table and one that the operator registered."""
    registered_folder = tmp_path / "registered" / "take_up"
    registered_folder.mkdir(parents=True)
    (tmp_path / "take_up.csv").write_text(to_csv(GOOD))
    (registered_folder / "mine.csv").write_text(
        to_csv([GOOD[0], *([*row[:6], "7", "", ""] for row in GOOD[1:])])
    )
    (registered_folder / "a note.txt").write_text("not a table")
    (tmp_path / "datapackage.json").write_text(build_datapackage([take_up_table], tmp_path))
    return tmp_path


def loaded_volumes(where, data):
    return open_table(take_up_table, where, data).frame["volume"].tolist()


class TestTableNames:
    def test_the_bundled_table_comes_before_registered_tables(self, data_folder):
        assert table_names(take_up_table, data_folder) == ["take_up", "mine"]

    def test_a_table_that_is_only_uploaded_has_no_names(self, data_folder):
        assert table_names(service_kpis_table, data_folder) == []

    def test_a_registered_table_does_not_replace_the_bundled_table_of_the_same_name(
        self, data_folder
    ):
        (data_folder / "registered" / "take_up" / "take_up.csv").write_text("x")
        assert table_names(take_up_table, data_folder) == ["take_up", "mine"]


class TestOpenTable:
    def test_the_bundled_table_is_opened_by_its_name(self, data_folder):
        assert loaded_volumes("take_up", data_folder) == [100, 120]

    def test_a_registered_table_is_opened_by_its_name(self, data_folder):
        assert loaded_volumes("mine", data_folder) == [7, 7]

    def test_a_file_is_opened_by_its_path(self, data_folder, tmp_path):
        (tmp_path / "other").mkdir()
        path = tmp_path / "other" / "given.txt"
        path.write_text(to_csv(GOOD))
        assert loaded_volumes(str(path), data_folder) == [100, 120]

    @pytest.mark.parametrize(
        "where", ["", "no/file.csv", "..", "/", "mine.csv", "x" * 5000, "a\0b/c"]
    )
    def test_an_unknown_name_is_an_error_that_lists_the_choices(self, data_folder, where):
        with pytest.raises(ValueError, match=r"Choose from: take_up; mine|Did you mean .mine."):
            open_table(take_up_table, where, data_folder)

    def test_a_bundled_table_with_the_wrong_checksum_is_rejected(self, data_folder):
        (data_folder / "take_up.csv").write_text(to_csv(GOOD).replace("120", "121"))
        with pytest.raises(TableError, match=r"the checksum of take_up\.csv is"):
            open_table(take_up_table, "take_up", data_folder)

    def test_an_invalid_file_is_rejected_with_every_error(self, data_folder):
        path = data_folder / "registered" / "take_up" / "mine.csv"
        path.write_text(to_csv(GOOD).replace("100", "-1").replace("120", "n/a"))
        with pytest.raises(TableError) as caught:
            open_table(take_up_table, "mine", data_folder)
        assert [error.row for error in caught.value.problems] == [2, 3]

    def test_an_invalid_file_of_a_path_is_named_with_the_command_that_lists_its_errors(
        self, tmp_path, data_folder
    ):
        path = tmp_path / "our own.csv"
        path.write_text(to_csv(GOOD).replace("100", "-1").replace("120", "n/a"))
        with pytest.raises(TableError) as caught:
            open_table(take_up_table, str(path), data_folder)
        assert caught.value.summary == (
            f"{path} is not a valid take_up table: 2 errors. First: row 2, column volume: -1 must"
            " not be negative. To list every error, run"
            f" \"workbook check '{path}' --table take_up\""
        )

    def test_a_changed_file_is_read_again(self, data_folder):
        path = data_folder / "registered" / "take_up" / "mine.csv"
        before = loaded_volumes("mine", data_folder)
        path.write_text(to_csv(GOOD))
        assert (before, loaded_volumes("mine", data_folder)) == ([7, 7], [100, 120])

    def test_changing_a_returned_frame_does_not_change_the_cached_table(self, data_folder):
        frame = open_table(take_up_table, "mine", data_folder).frame
        frame["volume"] = 0
        assert loaded_volumes("mine", data_folder) == [7, 7]

    def test_the_bytes_of_a_table_are_those_of_its_file(self, data_folder):
        assert (
            read_table_bytes(take_up_table, "take_up", data_folder)
            == (data_folder / "take_up.csv").read_bytes()
        )

    @pytest.mark.skipif(sys.platform != "linux", reason="file names are text there")
    def test_a_file_name_that_is_no_text_is_an_error(self, tmp_path):
        path = tmp_path / os.fsdecode(b"caf\xe9.csv")
        path.write_text(to_csv(GOOD))
        with pytest.raises(ValueError, match="cannot be read") as caught:
            open_table(take_up_table, str(path))
        assert (
            str(caught.value) == r"caf\xe9.csv cannot be read: its name is not in UTF-8. Rename it"
        )
