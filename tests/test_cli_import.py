"""Tests of ``workbook check`` and ``workbook import`` on uploaded and published files."""

import csv
import json
import os
import stat
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
    """Run a command in an empty folder; returns its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(list(arguments))
        return stopped.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def data_folder(tmp_path):
    """Return a data folder with two windows of the table."""
    folder = tmp_path / "data"
    folder.mkdir()
    content = to_csv(tidy_rows(MARCH, JUNE, FINES)).replace("\r\n", "\n")
    (folder / "take_up.csv").write_bytes(content.encode())
    (folder / "datapackage.json").write_text(build_datapackage([take_up_table], folder))
    return folder


def write_file(tmp_path, *rows, name="given.csv"):
    """Write the rows as a tidy file to import."""
    (tmp_path / name).write_bytes(to_csv(tidy_rows(*rows)).encode())
    return name


def bundled_rows(data):
    """Return service, window and volume of every row in the bundled table, which must be valid."""
    frame = take_up_table.load_table("2100-Q4", data)
    return [*zip(frame["service"], frame["window_end"], frame["volume"], strict=True)]


def folder_contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class TestCheck:
    @pytest.mark.parametrize(
        ("content", "location"),
        [
            (
                to_csv(tidy_rows(MARCH, [*JUNE[:2], "#REF!", "1", ""])).encode(),
                "row 3, column volume: ",
            ),
            (
                to_csv(tidy_rows(MARCH, [*JUNE[:2], "40,00", "1", ""])).encode(),
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
    def test_an_invalid_file_is_rejected_with_row_and_column(
        self, run_command, tmp_path, content, location
    ):
        (tmp_path / "given.csv").write_bytes(content)
        status, output, errors = run_command("check", "given.csv", "--table", "take_up")
        assert status == 2
        assert f"error: {location}" in output
        rejected_part = "" if location.startswith("given.csv") else " is not a valid take_up table"
        assert errors.startswith(f"given.csv{rejected_part}: ")

    @pytest.mark.parametrize("format_", WRITERS)
    def test_the_format_is_detected_from_the_content(self, run_command, tmp_path, format_):
        (tmp_path / "given").write_bytes(WRITERS[format_](tidy_rows(MARCH, JUNE)))
        status, output, errors = run_command("check", "given", "--table", "take_up")
        assert (status, errors) == (0, "")
        assert output == "take_up: 2 rows, 0 errors and 0 warnings\n"

    def test_warnings_are_reported_and_the_file_is_accepted(self, run_command, tmp_path):
        file_name = write_file(tmp_path, MARCH, [*JUNE[:2], "1", "2", ""])
        status, output, _ = run_command("check", file_name, "--table", "take_up", "--json")
        [warning] = json.loads(output)["oddities"]
        assert status == 0
        assert (warning["row"], warning["column"], warning["value"]) == (3, "digital_volume", "2")

    @pytest.mark.skipif(not RELEASE.is_file(), reason="the published originals are not here")
    def test_the_published_file_is_valid(self, run_command):
        status, output, errors = run_command("check", str(RELEASE), "--table", "take_up")
        assert (status, errors) == (0, "")
        assert output.endswith("take_up: 11,227 rows, 0 errors and 30 warnings\n")


class TestImportToFile:
    def test_a_published_file_is_converted_with_its_source(self, run_command, tmp_path):
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

    def test_a_table_is_written_as_parquet(self, run_command, tmp_path):
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

    def test_an_existing_file_is_not_overwritten(self, run_command, tmp_path):
        file_name = write_file(tmp_path, MARCH, JUNE)
        (tmp_path / "ours.csv").write_text("dear")
        status, _, errors = run_command("import", file_name, "--as", "take_up", "-o", "ours.csv")
        assert (status, (tmp_path / "ours.csv").read_text()) == (2, "dear")
        assert "ours.csv already exists with other content" in errors

    def test_importing_the_same_file_again_changes_nothing(self, run_command, tmp_path):
        arguments = (
            "import",
            write_file(tmp_path, MARCH, JUNE),
            "--as",
            "take_up",
            "-o",
            "ours.csv",
        )
        assert run_command(*arguments)[0] == 0
        status, output, _ = run_command(*arguments)
        assert status == 0
        assert output.endswith("ours.csv already has this content. Nothing was written.\n")

    @pytest.mark.parametrize(
        ("options", "message"),
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
    def test_an_invalid_destination_is_an_error(self, run_command, tmp_path, options, message):
        file_name = write_file(tmp_path, MARCH, JUNE)
        status, _, errors = run_command("import", file_name, "--as", "take_up", *options)
        assert status == 2
        assert message in errors

    def test_an_error_in_writing_names_the_destination(self, run_command, tmp_path):
        file_name, target = write_file(tmp_path, MARCH, JUNE), f"{'x' * 300}.csv"
        status, _, errors = run_command("import", file_name, "--as", "take_up", "-o", target)
        assert status == 1
        assert errors.startswith(f"{target}: ")

    def test_formulas_are_escaped_in_the_written_file(self, run_command, tmp_path):
        file_name = write_file(
            tmp_path, ["=HYPERLINK(1)", *MARCH[1:]], ["-Fines", *JUNE[1:]], name="=a.csv"
        )
        status, output, _ = run_command("import", file_name, "--as", "take_up", "-o", "ours.csv")
        assert status == 0
        assert 'row 2, column service: begins with "=": a spreadsheet may run' in output
        rows = [*csv.reader((tmp_path / "ours.csv").read_text().splitlines())]
        assert [row[2] for row in rows[1:]] == ["'=HYPERLINK(1)", "'-Fines"]
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


class TestImportIntoFolder:
    def import_file(self, command, file_name, *options):
        return command("import", file_name, "--as", "take_up", "--into", "data", *options)

    def test_a_new_period_is_added(self, run_command, data_folder, tmp_path):
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

    def test_an_import_that_lacks_most_existing_rows_is_rejected(
        self, run_command, data_folder, tmp_path
    ):
        before = folder_contents(data_folder)
        file_name = write_file(
            tmp_path, ["Others", "2014-03", "1", "1", ""], ["Others", "2014-06", "1", "1", ""]
        )
        status, _, errors = self.import_file(run_command, file_name, "--revise", "a correction")
        assert status == 2
        assert "lacks 3 of the 3 rows of take_up for the same periods" in errors
        assert folder_contents(data_folder) == before

    @pytest.mark.usefixtures("data_folder")
    def test_columns_missing_from_the_file_are_reported(self, run_command, tmp_path):
        head, *rows = tidy_rows(NEXT)
        shortened_rows = [[*row[:3], *row[5:8]] for row in (head, *rows)]
        (tmp_path / "given.csv").write_text(to_csv(shortened_rows))
        _, output, _ = self.import_file(run_command, "given.csv")
        expected_line = (
            "Columns not in the file, left blank: function, funding, cost_per_transaction"
        )
        assert expected_line in output.splitlines()

    @pytest.mark.usefixtures("data_folder")
    def test_a_file_with_every_column_reports_no_missing_columns(self, run_command, tmp_path):
        assert "left blank" not in self.import_file(run_command, write_file(tmp_path, NEXT))[1]

    def test_formulas_are_escaped_in_the_bundled_table(self, run_command, data_folder, tmp_path):
        file_name = write_file(tmp_path, ["=1+1", *NEXT[1:]])
        assert self.import_file(run_command, file_name, "--new", "'=1+1")[0] == 0
        assert bundled_rows(data_folder)[-1] == ("'=1+1", "2014-09", 130)
        status, output, _ = self.import_file(run_command, file_name)
        assert status == 0
        assert "No changes" in output

    def test_existing_rows_are_unchanged(self, run_command, data_folder, tmp_path):
        before = (data_folder / "take_up.csv").read_text().splitlines()
        self.import_file(run_command, write_file(tmp_path, NEXT))
        after = (data_folder / "take_up.csv").read_text().splitlines()
        assert [line.removesuffix(",") for line in after if "2014-09" not in line][1:] == before[1:]

    def test_importing_the_same_file_again_changes_nothing(
        self, run_command, data_folder, tmp_path
    ):
        file_name = write_file(tmp_path, NEXT)
        self.import_file(run_command, file_name)
        before = folder_contents(data_folder)
        status, output, _ = self.import_file(run_command, file_name)
        assert (status, folder_contents(data_folder)) == (0, before)
        assert "No changes" in output

    def test_a_revision_without_a_reason_is_rejected(self, run_command, data_folder, tmp_path):
        before = folder_contents(data_folder)
        file_name = write_file(tmp_path, [*JUNE[:2], "125", "90", ""], FINES, NEXT)
        status, output, errors = self.import_file(run_command, file_name)
        assert (status, folder_contents(data_folder)) == (2, before)
        assert "Revised in existing periods: 1 cell" in output
        assert "Agency, Renewals, 2014-06: volume 120 → 125" in output
        assert "give a reason with --revise REASON. Nothing was written." in errors

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

    def test_a_blank_reason_is_rejected(self, run_command, data_folder, tmp_path):
        before = folder_contents(data_folder)
        file_name = write_file(tmp_path, [*JUNE[:2], "125", "90", ""])
        assert self.import_file(run_command, file_name, "--revise", " ")[0] == 2
        assert folder_contents(data_folder) == before

    def test_a_window_that_overlaps_no_other_window_is_rejected(
        self, run_command, data_folder, tmp_path
    ):
        before = folder_contents(data_folder)
        status, _, errors = self.import_file(
            run_command, write_file(tmp_path, ["Renewals", "2020-06", "1", "", ""])
        )
        assert (status, folder_contents(data_folder)) == (2, before)
        assert "window of 12 months that overlaps no other" in errors

    def test_a_bundled_table_that_was_changed_by_hand_is_rejected(
        self, run_command, data_folder, tmp_path
    ):
        path = data_folder / "take_up.csv"
        path.write_text(path.read_text().replace("120", "121"))
        before = folder_contents(data_folder)
        status, _, errors = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert (status, folder_contents(data_folder)) == (2, before)
        assert "the checksum of take_up.csv is" in errors

    def test_a_folder_with_the_table_and_no_record_is_rejected(self, run_command, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "take_up.csv").write_text("department\n")
        status, _, errors = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert status == 2
        assert "data must contain take_up.csv and datapackage.json" in errors

    def test_a_table_is_begun_in_a_new_folder_and_continued(self, run_command, tmp_path):
        status, output, _ = self.import_file(run_command, write_file(tmp_path, MARCH, JUNE))
        assert status == 0
        assert "Begun: data/take_up.csv (2 rows)" in output
        [resource] = json.loads((tmp_path / "data/datapackage.json").read_text())["resources"]
        assert resource["name"] == "take_up"
        status, output, _ = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert status == 0
        assert "New period: 2014-09 (1 row)" in output

    def test_a_table_cannot_be_begun_with_one_window(self, run_command, tmp_path):
        status, _, errors = self.import_file(run_command, write_file(tmp_path, JUNE))
        assert status == 2
        assert "is the only window: two are needed to measure a change" in errors
        assert not (tmp_path / "data").exists()

    def test_headings_are_remembered_for_the_next_file(self, run_command, tmp_path):
        def write_own(*rows):
            header, *body = tidy_rows(*rows)
            header[header.index("volume")] = "All visits"
            (tmp_path / "own.csv").write_text(to_csv([header, *body]))

        write_own(MARCH, JUNE)
        status, output, _ = self.import_file(run_command, "own.csv")
        assert status == 2
        assert (
            'Headings not recognised: "All visits". To name the column of one:'
            ' --map "HEADING=volume"'
        ) in output
        assert self.import_file(run_command, "own.csv", "--map", "All visits=volume")[0] == 0
        write_own(NEXT)
        status, output, _ = self.import_file(run_command, "own.csv")
        assert status == 0
        assert "New period: 2014-09 (1 row)" in output
        [resource] = json.loads((tmp_path / "data/datapackage.json").read_text())["resources"]
        assert resource["headings"] == {"All visits": "volume"}

    def test_a_service_that_may_be_renamed_is_confirmed_once_and_kept(
        self, run_command, data_folder, tmp_path
    ):
        before = folder_contents(data_folder)
        name = write_file(
            tmp_path,
            ["Get a renewal", *NEXT[1:]],
            ["Fines", "2014-09", "8", "", "31"],
        )
        status, _, errors = self.import_file(run_command, name)
        assert (status, folder_contents(data_folder)) == (2, before)
        assert (
            '"Get a renewal" begins in 2014-09, where "Renewals" ends (Agency, figures 8% apart).'
            ' If they are one service, add --same "Get a renewal=Renewals".'
            ' If not, add --new "Get a renewal". Nothing was written.'
        ) in errors
        status, output, _ = self.import_file(run_command, name, "--same", "Get a renewal=Renewals")
        assert status == 0
        assert '"Get a renewal" is read as "Renewals", its name before' in output
        assert ("Renewals", "2014-09", 130) in bundled_rows(data_folder)
        later = write_file(
            tmp_path,
            ["Get a renewal", "2014-12", "140", "99", ""],
            ["Fines", "2014-12", "8", "", "31"],
        )
        assert self.import_file(run_command, later)[0] == 0
        assert ("Renewals", "2014-12", 140) in bundled_rows(data_folder)

    def test_a_service_can_be_said_to_be_new(self, run_command, data_folder, tmp_path):
        name = write_file(tmp_path, ["Get a renewal", *NEXT[1:]])
        assert self.import_file(run_command, name, "--new", "Get a renewal")[0] == 0
        assert ("Get a renewal", "2014-09", 130) in bundled_rows(data_folder)

    @pytest.mark.parametrize(
        ("option", "answer", "message"),
        [
            ("--same", "Get a renwal=Renewals", 'file has no service "Get a renwal". Did you mean'),
            ("--new", "Get a renwal", 'file has no service "Get a renwal". Did you mean'),
            ("--same", "Get a renewal=Renewal", 'table has no service "Renewal". Did you mean'),
        ],
    )
    def test_a_misspelt_service_in_an_answer_is_refused(
        self, run_command, data_folder, tmp_path, option, answer, message
    ):
        before = folder_contents(data_folder)
        name = write_file(tmp_path, ["Get a renewal", *NEXT[1:]])
        status, output, errors = self.import_file(run_command, name, option, answer)
        assert (status, folder_contents(data_folder)) == (2, before)
        assert f"the {message}" in errors
        assert "New period" not in output

    @pytest.mark.usefixtures("data_folder")
    def test_an_incomplete_answer_is_refused(self, run_command, tmp_path):
        status, _, errors = self.import_file(
            run_command, write_file(tmp_path, NEXT), "--same", "Get a renewal"
        )
        assert status == 2
        assert '--same "Get a renewal" is incomplete: write NEW=OLD' in errors

    def test_suggested_readings_are_used_on_request(self, run_command, tmp_path):
        name = write_file(tmp_path, [*MARCH[:2], "4k", *MARCH[3:]], JUNE)
        arguments = ("import", name, "--as", "take_up", "-o", "ours.csv")
        status, output, _ = run_command(*arguments)
        assert status == 2
        assert "To use the suggested readings of 1 cell: --accept-readings" in output
        status, output, _ = run_command(*arguments, "--accept-readings")
        assert status == 0
        assert "row 2, column volume: 4k is read as 4000" in output
        assert ",4000," in (tmp_path / "ours.csv").read_text()

    def test_a_table_that_nobody_publishes_is_begun_and_continued(self, run_command, tmp_path):
        template = make_template(service_kpis_table)
        (tmp_path / "first.csv").write_text(template)
        command = ("import", "first.csv", "--as", "service_kpis", "--into", "ours")
        status, output, _ = run_command(*command)
        assert status == 0
        assert "Begun: ours/service_kpis.csv (1 row)" in output
        (tmp_path / "first.csv").write_text(template.replace("2014-06", "2014-09"))
        status, output, _ = run_command(*command)
        assert status == 0
        assert "2014-09" in (tmp_path / "ours" / "service_kpis.csv").read_text()
        assert "2014-06" in (tmp_path / "ours" / "service_kpis.csv").read_text()
        status, output, _ = run_command(
            "run", "take_up", "--set", "kpi_data=ours/service_kpis.csv", "--json"
        )
        assert status == 0

    def test_a_failure_to_write_the_data_package_restores_the_table(
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

    @pytest.mark.skipif(os.name == "nt", reason="files have no group")
    def test_a_link_and_the_mode_of_the_file_that_it_leads_to_are_kept(
        self, run_command, data_folder, tmp_path
    ):
        table, shared = data_folder / "take_up.csv", tmp_path / "shared.csv"
        table.rename(shared)
        shared.chmod(0o664)
        table.symlink_to(shared)
        status, *_ = self.import_file(run_command, write_file(tmp_path, NEXT))
        assert status == 0
        assert table.is_symlink()
        assert stat.S_IMODE(shared.stat().st_mode) == 0o664
        assert "2014-09" in shared.read_text()

    @pytest.mark.skipif(not RELEASE.is_file(), reason="the published originals are not here")
    def test_the_whole_release_is_imported_into_the_bundled_table(self, run_command, tmp_path):
        (tmp_path / "data").mkdir()
        bundled_content = (resource_folder("data") / "take_up.csv").read_bytes()
        (tmp_path / "data" / "take_up.csv").write_bytes(bundled_content)
        package = build_datapackage([take_up_table], tmp_path / "data")
        (tmp_path / "data" / "datapackage.json").write_text(package)
        status, output, _ = self.import_file(run_command, str(RELEASE), "--revise", "all services")
        assert status == 0
        assert "New periods: 2012-03, 2012-12 (658 rows)" in output
        assert "Revised in" not in output
        assert len(bundled_rows(tmp_path / "data")) == 11227
