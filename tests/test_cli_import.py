"""Tests of ``workbook check`` and ``workbook import`` on files as they are found."""

import csv
import json
from pathlib import Path

import pytest

from tests.importers.table_files import PUBLISHED_FOLDER, WRITERS, published_rows, tidy_rows, to_csv
from workbook.cli import main
from workbook.exports.datapackage import build_datapackage
from workbook.importers import make_template, read_table_file
from workbook.resources import resource_folder
from workbook.tables import sha256
from workbook.topics.take_up.data import service_kpis_table, take_up_table

MARCH = ["Renewals", "2014-03", "100", "80", "2.5"]
JUNE = ["Renewals", "2014-06", "120", "90", ""]
FINES = ["Fines", "2014-06", "7", "", "31"]
NEXT = ["Renewals", "2014-09", "130", "95", ""]
RELEASE = PUBLISHED_FOLDER / "transaction-volumes.csv"


@pytest.fixture
def run_command(tmp_path, monkeypatch, capsys):
    """Run a command in a folder of its own; its status, output and error."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        with pytest.raises(SystemExit) as left:
            main(list(words))
        return left.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def data_folder(tmp_path):
    """A folder that holds two windows of the table."""
    shelf = tmp_path / "data"
    shelf.mkdir()
    content = to_csv(tidy_rows(MARCH, JUNE, FINES)).replace("\r\n", "\n")
    (shelf / "take_up.csv").write_bytes(content.encode())
    (shelf / "datapackage.json").write_text(build_datapackage([take_up_table], shelf))
    return shelf


def write_file(tmp_path, *rows, name="given.csv"):
    """Write the rows as a tidy file to bring."""
    (tmp_path / name).write_bytes(to_csv(tidy_rows(*rows)).encode())
    return name


def bundled_rows(data):
    """Service, window and volume of every held row, which must be whole and recorded."""
    frame = take_up_table.load_table("2100-Q4", data)
    return [*zip(frame["service"], frame["window_end"], frame["volume"], strict=True)]


def folder_contents(shelf):
    return {path.name: path.read_bytes() for path in shelf.iterdir()}


class TestCheck:
    @pytest.mark.parametrize(
        ("content", "place"),
        [
            (
                to_csv(tidy_rows(MARCH, [*JUNE[:2], "#REF!", "1", ""])).encode(),
                "row 3, column volume: ",
            ),
            (
                to_csv(tidy_rows(MARCH, [*JUNE[:2], "40,000", "1", ""])).encode(),
                "row 3, column volume: ",
            ),
            (to_csv(tidy_rows(MARCH)).encode(), "row 2, column window_end: "),
            (
                to_csv(tidy_rows(["Café", *MARCH[1:]], JUNE)).encode("cp1252"),
                "row 2, column service: ",
            ),
            (b"", "given.csv: the file is empty"),
            (b"PK\x03\x04", "given.csv: the file is a damaged zip archive"),
        ],
    )
    def test_bad_input_is_refused_with_its_place(self, run_command, tmp_path, content, place):
        (tmp_path / "given.csv").write_bytes(content)
        status, output, errors = run_command("check", "given.csv", "--table", "take_up")
        assert status == 2
        assert f"error: {place}" in output
        whole = "" if place.startswith("given.csv") else " is not a valid take_up table"
        assert errors.startswith(f"given.csv{whole}: ")

    @pytest.mark.parametrize("format_", WRITERS)
    def test_a_format_is_told_by_what_the_file_holds(self, run_command, tmp_path, format_):
        (tmp_path / "given").write_bytes(WRITERS[format_](tidy_rows(MARCH, JUNE)))
        status, output, errors = run_command("check", "given", "--table", "take_up")
        assert (status, errors) == (0, "")
        assert output == "take_up: 2 rows, 0 errors and 0 warnings\n"

    def test_oddities_are_reported_and_let_it_pass(self, run_command, tmp_path):
        file_name = write_file(tmp_path, MARCH, [*JUNE[:2], "1", "2", ""])
        status, output, _ = run_command("check", file_name, "--table", "take_up", "--json")
        [oddity] = json.loads(output)["oddities"]
        assert status == 0
        assert (oddity["row"], oddity["column"], oddity["value"]) == (3, "digital_volume", "2")

    @pytest.mark.skipif(not RELEASE.is_file(), reason="the published originals are not here")
    def test_the_published_file(self, run_command):
        status, output, errors = run_command("check", str(RELEASE), "--table", "take_up")
        assert (status, errors) == (0, "")
        assert output.endswith("take_up: 11,227 rows, 0 errors and 30 warnings\n")


class TestWrite:
    def test_a_published_file_becomes_our_table_with_its_source(self, run_command, tmp_path):
        published = to_csv(
            published_rows(["Renewals", "", "", "", "100", "80", "2.5", "120", "90", ""])
        )
        (tmp_path / "given.csv").write_bytes(published.encode())
        status, output, _ = run_command("import", "given.csv", "--as", "take_up", "-o", "ours.csv")
        assert status == 0
        assert output.endswith("Written: ours.csv (2 rows)\n")
        source = f"given.csv, SHA-256 {sha256(published.encode())[:12]}"
        assert (tmp_path / "ours.csv").read_text().splitlines()[1:] == [
            f'Ministry,Agency,Renewals,Registering,Taxpayers,2014-03,100,80,2.5,"{source}"',
            f'Ministry,Agency,Renewals,Registering,Taxpayers,2014-06,120,90,,"{source}"',
        ]

    def test_as_parquet(self, run_command, tmp_path):
        file_name = write_file(tmp_path, MARCH, JUNE)
        assert run_command("import", file_name, "--as", "take_up", "-o", "ours.parquet")[0] == 0
        report = read_table_file(take_up_table, (tmp_path / "ours.parquet").read_bytes(), "ours")
        assert report.errors == ()
        assert report.frame["volume"].tolist() == [100, 120]

    def test_a_file_with_errors_writes_nothing(self, run_command, tmp_path):
        file_name = write_file(tmp_path, MARCH, [*JUNE[:2], "-1", "", ""])
        status, _, errors = run_command("import", file_name, "--as", "take_up", "-o", "ours.csv")
        assert status == 2
        assert "-1 must not be negative" in errors
        assert not (tmp_path / "ours.csv").exists()

    def test_another_file_of_that_name_is_not_lost(self, run_command, tmp_path):
        file_name = write_file(tmp_path, MARCH, JUNE)
        (tmp_path / "ours.csv").write_text("dear")
        status, _, errors = run_command("import", file_name, "--as", "take_up", "-o", "ours.csv")
        assert (status, (tmp_path / "ours.csv").read_text()) == (2, "dear")
        assert "ours.csv already exists with other content" in errors

    def test_the_same_again_changes_nothing(self, run_command, tmp_path):
        words = ("import", write_file(tmp_path, MARCH, JUNE), "--as", "take_up", "-o", "ours.csv")
        assert run_command(*words)[0] == 0
        status, output, _ = run_command(*words)
        assert status == 0
        assert output.endswith("ours.csv already has this content. Nothing was written.\n")

    @pytest.mark.parametrize(
        ("where", "said"),
        [
            (["-o", "ours.xlsx"], "its name must end in .csv or .parquet"),
            ([], "either -o FILE or --into FOLDER"),
            (["-o", "a.csv", "--into", "data"], "either -o FILE or --into FOLDER"),
            (
                ["-o", "no/ours.csv"],
                "no/ours.csv cannot be written: there is no folder no",
            ),
        ],
    )
    def test_a_place_that_it_cannot_go_to(self, run_command, tmp_path, where, said):
        file_name = write_file(tmp_path, MARCH, JUNE)
        status, _, errors = run_command("import", file_name, "--as", "take_up", *where)
        assert status == 2
        assert said in errors

    def test_where_it_cannot_be_written_what_was_asked_is_named(self, run_command, tmp_path):
        file_name, target = write_file(tmp_path, MARCH, JUNE), f"{'x' * 300}.csv"
        status, _, errors = run_command("import", file_name, "--as", "take_up", "-o", target)
        assert status == 1
        assert errors.startswith(f"{target}: ")

    def test_nothing_in_it_can_be_run_by_a_spreadsheet(self, run_command, tmp_path):
        file_name = write_file(
            tmp_path, ["=HYPERLINK(1)", *MARCH[1:]], ["-Fines", *JUNE[1:]], name="=a.csv"
        )
        status, output, _ = run_command("import", file_name, "--as", "take_up", "-o", "ours.csv")
        assert status == 0
        assert 'row 2, column service: begins with "=": a spreadsheet may run' in output
        rows = [*csv.reader((tmp_path / "ours.csv").read_text().splitlines())]
        assert [row[2] for row in rows[1:]] == ["'=HYPERLINK(1)", "'-Fines"]
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


class TestBring:
    def import_file(self, command, file_name, *more):
        return command("import", file_name, "--as", "take_up", "--into", "data", *more)

    def test_the_next_quarter(self, run_command, data_folder, tmp_path):
        status, output, _ = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert status == 0
        assert "New period: 2014-09 (1 row)" in output
        assert "No longer reported in 2014-09: 1 (Agency, Fines)" in output
        assert bundled_rows(data_folder) == [
            ("Renewals", "2014-03", 100),
            ("Renewals", "2014-06", 120),
            ("Renewals", "2014-09", 130),
            ("Fines", "2014-06", 7),
        ]

    def test_a_part_of_a_release_takes_nothing_away(self, run_command, data_folder, tmp_path):
        before = folder_contents(data_folder)
        file_name = write_file(
            tmp_path, ["Others", "2014-03", "1", "1", ""], ["Others", "2014-06", "1", "1", ""]
        )
        status, _, errors = self.import_file(run_command, file_name, "--revise", "a correction")
        assert status == 2
        assert "lacks 3 of the 3 rows of take_up for the same periods" in errors
        assert folder_contents(data_folder) == before

    @pytest.mark.usefixtures("data_folder")
    def test_columns_that_the_file_lacks_are_told(self, run_command, tmp_path):
        head, *rows = tidy_rows(NEXT)
        lacking = [[*row[:3], *row[5:8]] for row in (head, *rows)]
        (tmp_path / "given.csv").write_text(to_csv(lacking))
        _, output, _ = self.import_file(run_command, "given.csv")
        absent = "Columns not in the file, left blank: function, funding, cost_per_transaction"
        assert absent in output.splitlines()

    @pytest.mark.usefixtures("data_folder")
    def test_of_a_file_with_every_column_nothing_is_left_blank(self, run_command, tmp_path):
        assert "left blank" not in self.import_file(run_command, write_file(tmp_path, NEXT))[1]

    def test_what_a_spreadsheet_would_run_is_held_so_that_it_is_not(
        self, run_command, data_folder, tmp_path
    ):
        file_name = write_file(tmp_path, ["=1+1", *NEXT[1:]])
        assert self.import_file(run_command, file_name)[0] == 0
        assert bundled_rows(data_folder)[-1] == ("'=1+1", "2014-09", 130)
        status, output, _ = self.import_file(run_command, file_name)
        assert status == 0
        assert "No changes" in output

    def test_held_rows_stay_as_they_are_written(self, run_command, data_folder, tmp_path):
        before = (data_folder / "take_up.csv").read_text().splitlines()
        self.import_file(run_command, write_file(tmp_path, NEXT))
        after = (data_folder / "take_up.csv").read_text().splitlines()
        assert [line.removesuffix(",") for line in after if "2014-09" not in line][1:] == before[1:]

    def test_the_same_again_changes_nothing(self, run_command, data_folder, tmp_path):
        file_name = write_file(tmp_path, NEXT)
        self.import_file(run_command, file_name)
        before = folder_contents(data_folder)
        status, output, _ = self.import_file(run_command, file_name)
        assert (status, folder_contents(data_folder)) == (0, before)
        assert "No changes" in output

    def test_a_revision_wants_a_reason(self, run_command, data_folder, tmp_path):
        before = folder_contents(data_folder)
        file_name = write_file(tmp_path, [*JUNE[:2], "125", "90", ""], FINES, NEXT)
        status, output, errors = self.import_file(run_command, file_name)
        assert (status, folder_contents(data_folder)) == (2, before)
        assert "Revised in existing periods: 1 cell" in output
        assert "Agency, Renewals, 2014-06: volume 120 → 125" in output
        assert "give a reason with --revise REASON" in errors

    def test_a_revision_with_a_reason_is_recorded(self, run_command, data_folder, tmp_path):
        old = sha256((data_folder / "take_up.csv").read_bytes())
        file_name = write_file(tmp_path, [*JUNE[:2], "125", "90", ""])
        status, output, _ = self.import_file(
            run_command, file_name, "--revise", "corrected by the agency"
        )
        assert status == 0
        assert "Rows dropped from existing periods: 1 (Agency, Fines, 2014-06)" in output
        assert bundled_rows(data_folder) == [
            ("Renewals", "2014-03", 100),
            ("Renewals", "2014-06", 125),
        ]
        [resource] = json.loads((data_folder / "datapackage.json").read_text())["resources"]
        assert resource["revisions"] == [
            {
                "reason": "corrected by the agency",
                "file": "given.csv",
                "from": old,
                "to": sha256((data_folder / "take_up.csv").read_bytes()),
            }
        ]

    def test_a_blank_reason_is_none(self, run_command, data_folder, tmp_path):
        before = folder_contents(data_folder)
        file_name = write_file(tmp_path, [*JUNE[:2], "125", "90", ""])
        assert self.import_file(run_command, file_name, "--revise", " ")[0] == 2
        assert folder_contents(data_folder) == before

    def test_a_window_far_from_all_others_is_refused(self, run_command, data_folder, tmp_path):
        before = folder_contents(data_folder)
        status, _, errors = self.import_file(
            run_command, write_file(tmp_path, ["Renewals", "2020-06", "1", "", ""])
        )
        assert (status, folder_contents(data_folder)) == (2, before)
        assert "window of 12 months that overlaps no other" in errors

    def test_a_held_table_that_was_changed_by_hand_is_refused(
        self, run_command, data_folder, tmp_path
    ):
        path = data_folder / "take_up.csv"
        path.write_text(path.read_text().replace("120", "121"))
        before = folder_contents(data_folder)
        status, _, errors = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert (status, folder_contents(data_folder)) == (2, before)
        assert "the checksum of take_up.csv is" in errors

    def test_a_folder_without_that_table(self, run_command, tmp_path):
        (tmp_path / "data").mkdir()
        status, _, errors = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert status == 2
        assert "data must contain take_up.csv and datapackage.json" in errors

    def test_a_table_that_is_held_nowhere(self, run_command, tmp_path):
        (tmp_path / "kpis.csv").write_text(make_template(service_kpis_table))
        status, _, errors = run_command(
            "import", "kpis.csv", "--as", "service_kpis", "--into", "data"
        )
        assert status == 2
        assert "service_kpis is not a bundled table" in errors

    def test_where_the_record_cannot_be_written_the_table_is_as_it_was(
        self, run_command, data_folder, tmp_path, monkeypatch
    ):
        before, replace = folder_contents(data_folder), Path.replace

        def failing(path, target):
            if target.name == "datapackage.json":
                raise OSError(28, "No space left on device", str(target))
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", failing)
        status, _, errors = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert (status, folder_contents(data_folder)) == (1, before)
        assert "no space left on device" in errors

    @pytest.mark.skipif(not RELEASE.is_file(), reason="the published originals are not here")
    def test_the_whole_release_into_the_shipped_table(self, run_command, tmp_path):
        (tmp_path / "data").mkdir()
        shipped = (resource_folder("data") / "take_up.csv").read_bytes()
        (tmp_path / "data" / "take_up.csv").write_bytes(shipped)
        package = build_datapackage([take_up_table], tmp_path / "data")
        (tmp_path / "data" / "datapackage.json").write_text(package)
        status, output, _ = self.import_file(run_command, str(RELEASE), "--revise", "all services")
        assert status == 0
        assert "new: 2012-03, 2012-12" in output
        assert "changed in" not in output
        assert len(bundled_rows(tmp_path / "data")) == 11227
