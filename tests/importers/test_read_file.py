"""Reading files as they are found: any format and encoding, and what is refused."""

import io
import zipfile

import pandas as pd
import pytest

from tests.importers.table_files import (
    PUBLISHED_FOLDER,
    WINDOW_TITLES,
    WRITERS,
    build_xlsx,
    ods_with_repeats,
    published_header,
    published_rows,
    tidy_rows,
    to_csv,
    to_ods,
    to_xlsx_bytes,
)
from workbook.importers import read_table_file
from workbook.importers.formats.encodings import guess_encoding
from workbook.tables.rolling_windows import SINGLE_WINDOW_MESSAGE
from workbook.topics.take_up.data import service_kpis_table, take_up_table

G_CLOUD = PUBLISHED_FOLDER.parent / "g_cloud" / "g-cloud-spend-2014-07-14.csv"
GOOD = tidy_rows(
    ["Renewals", "2014-03", "100", "80", "2.5"],
    ["Renewals", "2014-06", "120", "90", ""],
)
WIDE = published_rows(["Renewals", "", "", "", "100", "80", "2.5", "120", "90", ""])


def read_issues(rows, table=take_up_table, **options):
    """Errors and oddities of a file, each as row, column, value and message."""
    content = rows if isinstance(rows, bytes) else to_csv(rows).encode()
    report = read_table_file(table, content, "given.csv", **options)
    return tuple(
        [(p.row, p.column, p.value, p.message) for p in problems]
        for problems in (report.errors, report.warnings)
    )


def with_cell(rows, row, column, cell):
    """The rows with another cell in a row (as a spreadsheet counts) and column."""
    other = [list(row_cells) for row_cells in rows]
    other[row - 1][other[0].index(column)] = cell
    return other


class TestAnyFormat:
    @pytest.mark.parametrize("format_", WRITERS)
    @pytest.mark.parametrize("rows", [GOOD, WIDE], ids=["tidy", "wide"])
    def test_the_same_rows_come_out(self, format_, rows):
        report = read_table_file(take_up_table, WRITERS[format_](rows), "given")
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2014-03", "2014-06"]
        assert report.frame["volume"].tolist() == [100, 120]
        assert report.frame["digital_volume"].tolist() == [80, 90]
        assert report.frame["cost_per_transaction"].fillna(-1).tolist() == [2.5, -1]
        assert report.frame["service"].tolist() == ["Renewals", "Renewals"]

    @pytest.mark.parametrize("format_", WRITERS)
    def test_the_place_of_an_error_is_the_same(self, format_):
        content = WRITERS[format_](with_cell(GOOD, 3, "volume", "-7"))
        errors, _ = read_issues(content)
        assert errors == [(3, "volume", "-7", "-7 must not be negative")]

    def test_columns_are_kept_in_the_same_kinds(self):
        kinds = {
            str(read_table_file(take_up_table, WRITERS[file_format](GOOD), "x").frame.dtypes)
            for file_format in WRITERS
        }
        assert len(kinds) == 1

    def test_numbers_in_parquet_are_numbers(self):
        frame = read_table_file(take_up_table, to_csv(GOOD).encode(), "x").frame
        file = io.BytesIO()
        frame.to_parquet(file)
        assert read_table_file(take_up_table, file.getvalue(), "x").frame.equals(frame)

    def test_a_month_that_a_spreadsheet_made_a_date_is_a_month(self):
        frame = pd.DataFrame(GOOD[1:], columns=GOOD[0])
        dates = pd.to_datetime(frame["window_end"])
        numbers = frame[["volume", "digital_volume", "cost_per_transaction"]].replace("", "0")
        file = io.BytesIO()
        frame.assign(window_end=dates, **numbers.astype(float)).to_parquet(file)
        read_again = read_table_file(take_up_table, file.getvalue(), "x")
        assert read_again.errors == ()
        assert read_again.frame["window_end"].tolist() == ["2014-03", "2014-06"]

    def test_of_several_sheets_the_one_that_fits_is_read(self):
        errors, oddities = read_issues(to_ods(Notes=[["About"], ["x"]], Data=GOOD))
        assert errors == []
        assert oddities == [
            (None, None, None, 'sheet "Data" is read. Other sheets are ignored: "Notes"')
        ]

    def test_names_of_columns_written_otherwise(self):
        rows = [[name.replace("_", " ").title() for name in GOOD[0]], *GOOD[1:]]
        errors, oddities = read_issues(rows)
        assert errors == []
        assert (1, "Digital Volume", "Digital Volume", 'is read as column "digital_volume"') in (
            oddities
        )

    @pytest.mark.parametrize("start", ["\n", "\n\n"])
    def test_blank_rows_before_the_header_change_nothing(self, start):
        content = f"{start}{to_csv(GOOD)}".replace("Renewals", "Renewals|old").encode()
        assert read_issues(content) == ([], [])

    def test_a_parquet_file_with_lists_in_a_column(self):
        file = io.BytesIO()
        pd.DataFrame({"volume": [[1, 2]]}).to_parquet(file)
        [(*_, message)], _ = read_issues(file.getvalue())
        assert 'column "volume" holds values of type list' in message


class TestNoTable:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "the file is empty"),
            (b" \r\n", "the file is empty"),
            (b"%PDF-1.7 ...", "a PDF"),
            (b"\x89PNG\r\n\x1a\n", "a picture"),
            (b"<!doctype html><p>", "a web page"),
            (b"\x1f\x8b\x08\x00", "compressed"),
            (b"PK\x03\x04 and no more", "a damaged zip archive"),
            (b"PAR1 and no more PAR1", "the Parquet file cannot be read"),
            (b"\xd0\xcf\x11\xe0 and no more", "an old spreadsheet (XLS): save it as XLSX"),
            (b"\x7fELF\0\xff", "binary"),
            (b"department,service\n", "no rows below a header"),
        ],
    )
    def test_what_it_is_instead_is_said(self, content, said):
        [(row, column, value, message)], _ = read_issues(content)
        assert (row, column, value) == (None, None, None)
        assert message.startswith("given.csv: ")
        assert said in message

    def test_a_zip_called_csv_says_what_it_holds(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("figures.csv", "a,b")
        [(*_, message)], _ = read_issues(file.getvalue())
        assert "the file is a zip archive that contains figures.csv: unpack it" in message

    def test_a_spreadsheet_that_would_fill_the_memory(self, monkeypatch):
        monkeypatch.setattr("workbook.importers.formats.spreadsheets.MAXIMUM_UNPACKED_BYTES", 100)
        [(*_, message)], _ = read_issues(to_xlsx_bytes(GOOD))
        assert "the spreadsheet unpacks to more than" in message

    @pytest.mark.parametrize("far", [(1048576, "XFD"), (1048576, "E"), (400, "XFD")])
    def test_a_spreadsheet_whose_cells_stand_far_apart(self, far):
        row, letters = far
        [(*_, message)], _ = read_issues(
            build_xlsx(f'<row><c r="A1"><v>1</v></c><c r="{letters}{row}"><v/></c></row>')
        )
        assert "cells, and the limit is 5,000,000: delete cells" in message

    def test_a_cell_that_is_far_by_the_cells_before_it(self):
        row = f'<row r="1000000">{"<c><v>1</v></c>" * 6}</row>'
        [(*_, message)], _ = read_issues(build_xlsx(f'<row><c r="A1"><v>1</v></c></row>{row}'))
        assert "extends over 6,000,000 cells" in message

    def test_a_row_that_is_far_by_the_row_before_it(self):
        first = '<row r="1048575"><c r="XFD1"><v>1</v></c></row>'
        [(*_, message)], _ = read_issues(build_xlsx(f"{first}<row><c><v>1</v></c></row>"))
        assert "extends over 17,179,869,184 cells" in message

    def test_a_sheet_by_any_name_and_with_what_no_sheet_has(self):
        first, last = (
            f'<row><c r="{reference}"><v>1</v></c></row>' for reference in ("XFD1", "A1048576")
        )
        [(*_, message)], _ = read_issues(build_xlsx(f"{first}<table></table>{last}", sheet="s.dat"))
        assert "the limit is 5,000,000" in message

    def test_a_sheet_that_is_no_xml(self):
        [(*_, message)], _ = read_issues(build_xlsx("<row><c><v>1</c></row>"))
        assert "the spreadsheet is damaged" in message

    def test_a_cell_that_is_only_coloured_is_not_far(self):
        coloured = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
        [(*_, message)], _ = read_issues(build_xlsx(f"<row><c><v>1</v></c></row>{coloured}"))
        assert message == "given.csv: the file has no rows below a header"

    @pytest.mark.parametrize(
        ("rows", "columns"), [("1000000", "1000"), ("6000000", "1"), ("x", "1")]
    )
    def test_a_spreadsheet_that_repeats_what_it_holds(self, rows, columns):
        [(*_, message)], _ = read_issues(ods_with_repeats(rows, columns, "<text:p>a</text:p>"))
        assert "the limit is 5,000,000" in message

    def test_blank_cells_may_be_repeated_to_the_last(self):
        [(*_, message)], _ = read_issues(ods_with_repeats("1048576", "16384", ""))
        assert message == "given.csv: the file has no rows below a header"

    def test_all_sheets_together(self, monkeypatch):
        monkeypatch.setattr("workbook.importers.formats.spreadsheets.MAXIMUM_CELLS", 30)
        [(*_, message)], _ = read_issues(to_ods(One=GOOD, Two=GOOD))
        assert "extends over 54 cells" in message

    def test_a_parquet_file_with_more_rows_than_bytes(self):
        frame = pd.DataFrame({"volume": [1] * 100_000})
        file = io.BytesIO()
        frame.to_parquet(file)
        [(*_, message)], _ = read_issues(file.getvalue())
        assert "has 100,000 rows in " in message
        assert message.endswith("so its rows are all the same: remove the repetitions")

    def test_a_spreadsheet_without_rows(self):
        [(*_, message)], _ = read_issues(to_xlsx_bytes([["volume"]]))
        assert message == "given.csv: the file has no rows below a header"


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            ("#REF!", '"#REF!" is not a whole number: leave the cell blank if there is no figure'),
            ("-", '"-" is not a whole number: leave the cell blank if there is no figure'),
            ("n/a", '"n/a" is not a whole number: leave the cell blank if there is no figure'),
            ("40,000", '"40,000" is not a whole number: write 40000'),
            ("1234*", '"1234*" is not a whole number: write 1234 without the footnote mark'),
            (
                "1234 [1]",
                '"1234 [1]" is not a whole number: write 1234 without the footnote mark',
            ),
            ("-5", "-5 must not be negative"),
        ],
    )
    @pytest.mark.parametrize("shape", ["tidy", "wide"])
    def test_a_count_that_is_none(self, cell, said, shape):
        window = f"{WINDOW_TITLES['2014-06']}: digital volume"
        row, column, rows = (3, "digital_volume", GOOD) if shape == "tidy" else (2, window, WIDE)
        errors, _ = read_issues(with_cell(rows, row, column, cell))
        assert errors == [(row, column, cell, said)]

    def test_the_rest_of_the_report_is_still_made(self):
        rows = with_cell(with_cell(GOOD, 2, "volume", "#REF!"), 3, "cost_per_transaction", "£5")
        errors, oddities = read_issues([*rows, ["x", "y"]])
        assert [(row, column) for row, column, *_ in errors] == [
            (2, "volume"),
            (3, "cost_per_transaction"),
            (4, None),
        ]
        message = "is reported without the volume"
        assert oddities == [(2, "digital_volume", "80", message)]

    def test_a_marker_for_missing_is_read_as_not_reported(self):
        rows = with_cell(with_cell(GOOD, 2, "volume", "[x]"), 3, "volume", "[x]")
        report = read_table_file(take_up_table, to_csv(rows).encode(), "x")
        assert report.errors == ()
        assert report.frame["volume"].isna().all()
        assert (
            report.warnings[1].row,
            report.warnings[1].column,
            report.warnings[1].value,
        ) == (2, "volume", "[x]")
        text = "[x] is treated as missing (2 cells of this column, this is the first)"
        assert report.warnings[1].message == text

    def test_a_marker_in_text_is_kept_as_published(self):
        report = read_table_file(
            take_up_table, to_csv(with_cell(GOOD, 3, "funding", "[not provided]")).encode(), "x"
        )
        assert report.errors == ()
        assert report.frame["funding"].tolist()[1] == "[not provided]"
        assert [str(oddity) for oddity in report.warnings] == [
            "row 3, column funding: [not provided] is a marker for missing. It is kept"
        ]

    def test_digital_above_volume_is_odd_and_kept(self):
        report = read_table_file(
            take_up_table, to_csv(with_cell(GOOD, 3, "digital_volume", "121")).encode(), "x"
        )
        assert report.errors == ()
        assert report.frame["digital_volume"].tolist() == [80, 121]
        assert [str(oddity) for oddity in report.warnings] == [
            "row 3, column digital_volume: 121 is more than the volume (120)"
        ]

    def test_one_name_in_two_organisations(self):
        _, oddities = read_issues(with_cell(GOOD, 3, "organisation", "Board"))
        text = 'is in "Board" here and in "Agency" in row 2: treated as two'
        assert oddities == [(3, "service", "Renewals", text)]

    def test_two_names_that_differ_in_case_or_spaces(self):
        _, oddities = read_issues(with_cell(GOOD, 3, "service", "re newals"))
        text = 'differs only in case or spaces from "Renewals" (row 2)'
        assert oddities == [(3, "service", "re newals", text)]

    def test_runs_of_spaces_inside_a_name_are_one_space(self):
        rows = with_cell(GOOD, 3, "service", "Renewals  of   badges")
        report = read_table_file(take_up_table, to_csv(rows).encode(), "x")
        assert (report.errors, report.warnings) == ((), ())
        assert report.frame["service"].tolist()[1] == "Renewals of badges"

    def test_a_name_with_the_sign_between_names(self):
        _, oddities = read_issues(with_cell(GOOD, 3, "service", "Apply; renew"))
        text = '";" separates the names in a list: it is shown as ","'
        assert oddities == [(3, "service", "Apply; renew", text)]
        assert read_issues(with_cell(GOOD, 3, "function", "Apply; renew")) == ([], [])

    @pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
    @pytest.mark.parametrize("column", ["service", "funding"])
    def test_a_text_that_a_spreadsheet_would_run(self, sign, column):
        cell = f"{sign}1+1"
        errors, oddities = read_issues(with_cell(GOOD, 3, column, cell))
        assert errors == []
        text = f'begins with "{sign}": a spreadsheet may run it as a formula'
        assert oddities == [(3, column, cell, text)]

    def test_a_text_that_stands_in_many_rows_is_told_where_it_first_stands(self):
        rows = [[*row[:4], "=1", *row[5:]] for row in GOOD[1:]]
        _, oddities = read_issues([GOOD[0], *rows])
        assert [(row, column) for row, column, *_ in oddities] == [(2, "funding")]

    @pytest.mark.parametrize("column", ["service", "volume", "window_end", "department"])
    @pytest.mark.parametrize("begins", ["=", "[x"])
    def test_of_a_long_cell_the_beginning_is_quoted(self, column, begins):
        errors, oddities = read_issues(with_cell(GOOD, 3, column, f"{begins}{'x' * 100_000}]"))
        *_, value, message = next(
            warning for warning in errors + oddities if warning[2].endswith("…")
        )
        assert value == f"{begins}{'x' * 60}"[:59] + "…"
        assert len(message) < 200

    def test_the_same_key_twice(self):
        errors, _ = read_issues([*GOOD, GOOD[1]])
        text = "repeats the organisation, service and window_end of row 2"
        assert errors == [(4, "organisation", "Agency", text)]

    def test_very_many_errors_are_not_all_listed(self):
        rows = [[*GOOD[1][:2], f"Service {n}", *GOOD[1][3:6], "-1", "", ""] for n in range(1200)]
        errors, _ = read_issues([GOOD[0], *rows, GOOD[2]])
        assert len(errors) == 1001
        text = "and 200 more cells of this column with the same issue, from here on"
        assert errors[-1] == (1002, "volume", "-1", text)


class TestWindows:
    def test_a_file_of_one_window(self):
        errors, _ = read_issues(GOOD[:2])
        assert errors == [(2, "window_end", "2014-03", SINGLE_WINDOW_MESSAGE)]
        assert "workbook import --into can add a single window" in SINGLE_WINDOW_MESSAGE

    def test_a_window_that_overlaps_no_other(self):
        errors, _ = read_issues([*GOOD, [*GOOD[1][:5], "2020-06", "1", "", ""]])
        text = "window of 12 months that overlaps no other: check its date"
        assert errors == [(4, "window_end", "2020-06", text)]

    def test_a_part_of_a_table_may_have_one_window(self):
        assert read_issues(GOOD[:2], is_partial=True) == ([], [])

    def test_a_table_without_overlapping_windows_may_have_one_period(self):
        names = list(service_kpis_table.schema.columns)
        row = ["Agency", "Renewals", "2014-06", *["1"] * (len(names) - 3)]
        assert read_issues([names, row], service_kpis_table) == ([], [])

    @pytest.mark.parametrize("month", ["2014", "2014-Q2", "2014-06-30", "June 2014", "2014-13"])
    def test_a_window_ends_in_a_month(self, month):
        errors, _ = read_issues(with_cell(GOOD, 3, "window_end", month))
        assert (3, "window_end", month, f'"{month}" must be a month such as 2014-06') in errors


class TestEncodings:
    NAME = "Driver’s licence"
    WIDE = published_rows([NAME, "", "", "", "100", "80", "2.5", "120", "90", ""])

    @pytest.mark.parametrize(
        ("encoding", "called"),
        [
            ("cp1252", "Windows-1252"),
            ("mac_roman", "Mac Roman"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16"),
            ("utf-16-be", "UTF-16"),
        ],
    )
    def test_a_published_file_is_read_in_any(self, encoding, called):
        report = read_table_file(take_up_table, to_csv(self.WIDE).encode(encoding), "x")
        assert report.errors == ()
        assert set(report.frame["service"]) == {self.NAME}
        first = report.warnings[0]
        assert (first.row, first.column) == (
            1,
            f"{WINDOW_TITLES['2013-12']}: cost per transaction (£)",
        )
        assert first.message == f"is not in UTF-8: the file is read as {called}"

    @pytest.mark.parametrize(
        "name",
        [
            "Driver’s “full” licence – renewals",
            "Café\N{NO-BREAK SPACE}licences",
            "Fees above £5… paid",
        ],
    )
    @pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
    def test_the_two_old_encodings_are_told_apart(self, name, encoding):
        rows = published_rows([name, "", "", "", "100", "80", "2.5", "120", "90", ""])
        report = read_table_file(take_up_table, to_csv(rows).encode(encoding), "x")
        assert set(report.frame["service"]) == {name}

    @pytest.mark.parametrize(
        ("encoding", "called"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")]
    )
    def test_a_file_of_ones_own_is_wanted_in_utf_8(self, encoding, called):
        rows = with_cell(with_cell(GOOD, 3, "service", self.NAME), 2, "volume", "-1")
        errors, _ = read_issues(to_csv(rows).encode(encoding))
        assert errors == [
            (2, "volume", "-1", "-1 must not be negative"),
            (
                3,
                "service",
                self.NAME,
                f"is not in UTF-8 but probably in {called}: save the file as CSV UTF-8",
            ),
        ]

    @pytest.mark.skipif(not G_CLOUD.is_file(), reason="the published originals are not here")
    def test_a_published_file_of_an_old_macintosh(self):
        assert guess_encoding(G_CLOUD.read_bytes()) == "mac_roman"

    def test_lines_that_end_in_carriage_returns_alone(self):
        report = read_table_file(
            take_up_table, to_csv(self.WIDE).replace("\r\n", "\r").encode(), "x"
        )
        assert report.errors == ()
        assert len(report.frame) == 2
        assert str(report.warnings[0]).startswith("lines end in carriage returns only")


class TestHeader:
    def test_a_tidy_table_is_tidy_whatever_it_has_besides(self):
        extra = "volume 2013 as first published"
        rows = [[*GOOD[0], extra], *([*row, "1"] for row in GOOD[1:])]
        errors, oddities = read_issues(rows)
        text = "unrecognised column, ignored"
        assert (errors, oddities) == ([], [(1, extra, extra, text)])

    def test_a_missing_column(self):
        errors, _ = read_issues(
            [[name for name in row if name] for row in [published_header()[1:], WIDE[1][1:]]]
        )
        assert (1, "department", None, 'required column "department" is missing') in errors
