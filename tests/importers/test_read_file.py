"""Tests of reading uploaded and published files in every format and encoding."""

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
VALID_ROWS = tidy_rows(
    ["Renewals", "2014-03", "100", "80", "2.5"],
    ["Renewals", "2014-06", "120", "90", ""],
)
PUBLISHED_ROWS = published_rows(["Renewals", "", "", "", "100", "80", "2.5", "120", "90", ""])


def read_issues(rows, table=take_up_table, **options):
    """Return the errors and warnings of a file, each as row, column, value and message."""
    content = rows if isinstance(rows, bytes) else to_csv(rows).encode()
    report = read_table_file(table, content, "given.csv", **options)
    return tuple(
        [(issue.row, issue.column, issue.value, issue.message) for issue in issues]
        for issues in (report.errors, report.warnings)
    )


def with_cell(rows, row, column, cell):
    """Return the rows with one cell replaced; rows are numbered as in a spreadsheet."""
    changed_rows = [list(row_cells) for row_cells in rows]
    changed_rows[row - 1][changed_rows[0].index(column)] = cell
    return changed_rows


class TestFormats:
    @pytest.mark.parametrize("format_", WRITERS)
    @pytest.mark.parametrize("rows", [VALID_ROWS, PUBLISHED_ROWS], ids=["tidy", "wide"])
    def test_every_format_gives_the_same_rows(self, format_, rows):
        report = read_table_file(take_up_table, WRITERS[format_](rows), "given")
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2014-03", "2014-06"]
        assert report.frame["volume"].tolist() == [100, 120]
        assert report.frame["digital_volume"].tolist() == [80, 90]
        assert report.frame["cost_per_transaction"].fillna(-1).tolist() == [2.5, -1]
        assert report.frame["service"].tolist() == ["Renewals", "Renewals"]

    @pytest.mark.parametrize("format_", WRITERS)
    def test_every_format_gives_an_error_at_the_same_row_and_column(self, format_):
        content = WRITERS[format_](with_cell(VALID_ROWS, 3, "volume", "-7"))
        errors, _ = read_issues(content)
        assert errors == [(3, "volume", "-7", "-7 must not be negative")]

    def test_every_format_gives_the_same_column_types(self):
        column_types = {
            str(read_table_file(take_up_table, WRITERS[file_format](VALID_ROWS), "x").frame.dtypes)
            for file_format in WRITERS
        }
        assert len(column_types) == 1

    def test_numbers_in_parquet_are_read_as_numbers(self):
        frame = read_table_file(take_up_table, to_csv(VALID_ROWS).encode(), "x").frame
        file = io.BytesIO()
        frame.to_parquet(file)
        assert read_table_file(take_up_table, file.getvalue(), "x").frame.equals(frame)

    def test_a_month_that_a_spreadsheet_stored_as_a_date_is_read_as_a_month(self):
        frame = pd.DataFrame(VALID_ROWS[1:], columns=VALID_ROWS[0])
        dates = pd.to_datetime(frame["window_end"])
        numbers = frame[["volume", "digital_volume", "cost_per_transaction"]].replace("", "0")
        file = io.BytesIO()
        frame.assign(window_end=dates, **numbers.astype(float)).to_parquet(file)
        read_again = read_table_file(take_up_table, file.getvalue(), "x")
        assert read_again.errors == ()
        assert read_again.frame["window_end"].tolist() == ["2014-03", "2014-06"]

    def test_the_sheet_that_matches_the_table_is_read_and_the_others_are_a_warning(self):
        errors, warnings = read_issues(to_ods(Notes=[["About"], ["x"]], Data=VALID_ROWS))
        assert errors == []
        assert warnings == [
            (None, None, None, 'sheet "Data" is read. Other sheets are ignored: "Notes"')
        ]

    def test_a_column_name_in_another_case_is_recognised_with_a_warning(self):
        rows = [[name.replace("_", " ").title() for name in VALID_ROWS[0]], *VALID_ROWS[1:]]
        errors, warnings = read_issues(rows)
        assert errors == []
        assert (1, "Digital Volume", "Digital Volume", 'is read as column "digital_volume"') in (
            warnings
        )

    def test_a_warning_names_a_row_where_a_key_column_is_missing(self):
        rows = [
            ["department", "service", "window_end", "volume", "digital_volume"],
            ["Home Office", "Visas", "2014-03", "1", "1"],
            ["HOME OFFICE", "Visas", "2014-06", "1", "1"],
        ]
        errors, warnings = read_issues(rows)
        message = 'required column "organisation" is missing'
        assert errors == [(1, "organisation", None, message)]
        assert [(row, text) for row, _, _, text in warnings] == [
            (3, 'is another spelling of "Home Office" (row 2)')
        ]

    @pytest.mark.parametrize("start", ["\n", "\n\n"])
    def test_blank_rows_before_the_header_are_ignored(self, start):
        content = f"{start}{to_csv(VALID_ROWS)}".replace("Renewals", "Renewals|old").encode()
        assert read_issues(content) == ([], [])

    def test_a_parquet_column_of_lists_is_an_error(self):
        file = io.BytesIO()
        pd.DataFrame({"volume": [[1, 2]]}).to_parquet(file)
        [(*_, message)], _ = read_issues(file.getvalue())
        assert 'column "volume" holds values of type list' in message


class TestUnreadableFiles:
    @pytest.mark.parametrize(
        ("content", "expected"),
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
            (
                b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
                "the file is protected by a password: save it without one",
            ),
            (
                b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"),
                "the file is a Word document: save the table in it as XLSX or CSV UTF-8",
            ),
            (b"\x7fELF\0\xff", "binary"),
            (b"department,service\n", "no rows below a header"),
        ],
    )
    def test_a_file_of_another_kind_is_an_error_that_names_its_kind(self, content, expected):
        [(row, column, value, message)], _ = read_issues(content)
        assert (row, column, value) == (None, None, None)
        assert message.startswith("given.csv: ")
        assert expected in message

    def test_an_error_for_a_zip_archive_names_the_file_in_it(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("figures.csv", "a,b")
        [(*_, message)], _ = read_issues(file.getvalue())
        assert "the file is a zip archive that contains figures.csv: unpack it" in message

    @pytest.mark.parametrize(
        ("part", "kind"),
        [("word/document.xml", "a Word document"), ("ppt/presentation.xml", "a presentation")],
    )
    def test_a_document_of_another_program_is_named(self, part, kind):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(part, "<x/>")
        [(*_, message)], _ = read_issues(file.getvalue())
        advice = "save the table in it as XLSX or CSV UTF-8"
        assert message == f"given.csv: the file is {kind}: {advice}"

    def test_a_spreadsheet_that_unpacks_to_too_many_bytes_is_an_error(self, monkeypatch):
        monkeypatch.setattr("workbook.importers.formats.spreadsheets.MAXIMUM_UNPACKED_BYTES", 100)
        [(*_, message)], _ = read_issues(to_xlsx_bytes(VALID_ROWS))
        assert "the spreadsheet unpacks to more than" in message

    @pytest.mark.parametrize("far", [(1048576, "XFD"), (1048576, "E"), (400, "XFD")])
    def test_a_spreadsheet_that_extends_over_too_many_cells_is_an_error(self, far):
        row, letters = far
        [(*_, message)], _ = read_issues(
            build_xlsx(f'<row><c r="A1"><v>1</v></c><c r="{letters}{row}"><v/></c></row>')
        )
        assert "cells, and the limit is 5,000,000: delete cells" in message

    def test_cells_without_references_count_towards_the_limit(self):
        row = f'<row r="1000000">{"<c><v>1</v></c>" * 6}</row>'
        [(*_, message)], _ = read_issues(build_xlsx(f'<row><c r="A1"><v>1</v></c></row>{row}'))
        assert "extends over 6,000,000 cells" in message

    def test_rows_without_references_count_towards_the_limit(self):
        first = '<row r="1048575"><c r="XFD1"><v>1</v></c></row>'
        [(*_, message)], _ = read_issues(build_xlsx(f"{first}<row><c><v>1</v></c></row>"))
        assert "extends over 17,179,869,184 cells" in message

    def test_the_limit_applies_to_a_sheet_with_any_file_name_and_unknown_elements(self):
        first, last = (
            f'<row><c r="{reference}"><v>1</v></c></row>' for reference in ("XFD1", "A1048576")
        )
        [(*_, message)], _ = read_issues(build_xlsx(f"{first}<table></table>{last}", sheet="s.dat"))
        assert "the limit is 5,000,000" in message

    def test_a_sheet_that_is_not_valid_xml_is_an_error(self):
        [(*_, message)], _ = read_issues(build_xlsx("<row><c><v>1</c></row>"))
        assert "the spreadsheet is damaged" in message

    def test_a_blank_cell_with_a_style_does_not_count_towards_the_limit(self):
        coloured = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
        [(*_, message)], _ = read_issues(build_xlsx(f"<row><c><v>1</v></c></row>{coloured}"))
        assert message == "given.csv: the file has no rows below a header"

    @pytest.mark.parametrize(
        ("rows", "columns"), [("1000000", "1000"), ("6000000", "1"), ("x", "1")]
    )
    def test_repeated_cells_count_towards_the_limit(self, rows, columns):
        [(*_, message)], _ = read_issues(ods_with_repeats(rows, columns, "<text:p>a</text:p>"))
        assert "the limit is 5,000,000" in message

    def test_repeated_blank_cells_do_not_count_towards_the_limit(self):
        [(*_, message)], _ = read_issues(ods_with_repeats("1048576", "16384", ""))
        assert message == "given.csv: the file has no rows below a header"

    def test_the_limit_applies_to_all_sheets_together(self, monkeypatch):
        monkeypatch.setattr("workbook.importers.formats.spreadsheets.MAXIMUM_CELLS", 30)
        [(*_, message)], _ = read_issues(to_ods(One=VALID_ROWS, Two=VALID_ROWS))
        assert "extends over 54 cells" in message

    def test_a_parquet_file_with_too_many_repeated_rows_is_an_error(self):
        frame = pd.DataFrame({"volume": [1] * 100_000})
        file = io.BytesIO()
        frame.to_parquet(file)
        [(*_, message)], _ = read_issues(file.getvalue())
        assert "has 100,000 rows in " in message
        assert message.endswith("so its rows are all the same: remove the repetitions")

    def test_a_spreadsheet_with_only_a_header_is_an_error(self):
        [(*_, message)], _ = read_issues(to_xlsx_bytes([["volume"]]))
        assert message == "given.csv: the file has no rows below a header"


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "message"),
        [
            ("#REF!", '"#REF!" is not a whole number: leave the cell blank if there is no figure'),
            ("-", '"-" is not a whole number: leave the cell blank if there is no figure'),
            ("n/a", '"n/a" is not a whole number: leave the cell blank if there is no figure'),
            ("40,00", '"40,00" is not a whole number: write 40.00'),
            ("1234*", '"1234*" is not a whole number: write 1234 without the footnote mark'),
            (
                "1234 [1]",
                '"1234 [1]" is not a whole number: write 1234 without the footnote mark',
            ),
            ("-5", "-5 must not be negative"),
        ],
    )
    @pytest.mark.parametrize("shape", ["tidy", "wide"])
    def test_an_invalid_count_is_an_error_with_its_row_and_column(self, cell, message, shape):
        window = f"{WINDOW_TITLES['2014-06']}: digital volume"
        row, column, rows = (
            (3, "digital_volume", VALID_ROWS) if shape == "tidy" else (2, window, PUBLISHED_ROWS)
        )
        errors, _ = read_issues(with_cell(rows, row, column, cell))
        assert errors == [(row, column, cell, message)]

    def test_every_error_and_warning_is_reported_at_once(self):
        rows = with_cell(
            with_cell(VALID_ROWS, 2, "volume", "#REF!"), 3, "cost_per_transaction", "£5 each"
        )
        errors, warnings = read_issues([*rows, ["x", "y"]])
        assert [(row, column) for row, column, *_ in errors] == [
            (2, "volume"),
            (3, "cost_per_transaction"),
            (4, None),
        ]
        message = "is reported without the volume"
        assert warnings == [(2, "digital_volume", "80", message)]

    def test_a_missing_value_marker_in_a_number_column_is_read_as_missing(self):
        rows = with_cell(with_cell(VALID_ROWS, 2, "volume", "[x]"), 3, "volume", "[x]")
        report = read_table_file(take_up_table, to_csv(rows).encode(), "x")
        assert report.errors == ()
        assert report.frame["volume"].isna().all()
        assert (
            report.warnings[1].row,
            report.warnings[1].column,
            report.warnings[1].value,
        ) == (2, "volume", "[x]")
        message = "[x] is treated as missing (2 cells of this column, this is the first)"
        assert report.warnings[1].message == message

    def test_a_missing_value_marker_in_a_text_column_is_kept_with_a_warning(self):
        report = read_table_file(
            take_up_table,
            to_csv(with_cell(VALID_ROWS, 3, "funding", "[not provided]")).encode(),
            "x",
        )
        assert report.errors == ()
        assert report.frame["funding"].tolist()[1] == "[not provided]"
        assert [str(warning) for warning in report.warnings] == [
            "row 3, column funding: [not provided] is a marker for missing. It is kept"
        ]

    def test_a_digital_volume_above_the_volume_is_kept_with_a_warning(self):
        report = read_table_file(
            take_up_table, to_csv(with_cell(VALID_ROWS, 3, "digital_volume", "121")).encode(), "x"
        )
        assert report.errors == ()
        assert report.frame["digital_volume"].tolist() == [80, 121]
        assert [str(warning) for warning in report.warnings] == [
            "row 3, column digital_volume: 121 is more than the volume (120)"
        ]

    def test_a_service_name_in_two_organisations_is_a_warning(self):
        _, warnings = read_issues(with_cell(VALID_ROWS, 3, "organisation", "Board"))
        message = 'is in "Board" here and in "Agency" in row 2: treated as two'
        assert warnings == [(3, "service", "Renewals", message)]

    def test_service_names_that_differ_only_in_case_or_spaces_are_a_warning(self):
        _, warnings = read_issues(with_cell(VALID_ROWS, 3, "service", "re newals"))
        message = 'differs only in case, spaces or punctuation from "Renewals" (row 2)'
        assert warnings == [(3, "service", "re newals", message)]

    def test_repeated_spaces_in_a_name_are_read_as_one(self):
        rows = with_cell(VALID_ROWS, 3, "service", "Renewals  of   badges")
        report = read_table_file(take_up_table, to_csv(rows).encode(), "x")
        assert (report.errors, report.warnings) == ((), ())
        assert report.frame["service"].tolist()[1] == "Renewals of badges"

    def test_a_service_name_with_a_semicolon_is_a_warning(self):
        _, warnings = read_issues(with_cell(VALID_ROWS, 3, "service", "Apply; renew"))
        message = '";" separates the names in a list: it is shown as ","'
        assert warnings == [(3, "service", "Apply; renew", message)]
        assert read_issues(with_cell(VALID_ROWS, 3, "function", "Apply; renew")) == ([], [])

    @pytest.mark.parametrize("first_character", ["=", "+", "-", "@"])
    @pytest.mark.parametrize("column", ["service", "funding"])
    def test_text_that_starts_like_a_formula_is_a_warning(self, first_character, column):
        cell = f"{first_character}1+1"
        errors, warnings = read_issues(with_cell(VALID_ROWS, 3, column, cell))
        assert errors == []
        message = f'begins with "{first_character}": a spreadsheet may run it as a formula'
        assert warnings == [(3, column, cell, message)]

    def test_a_repeated_formula_is_reported_once_at_its_first_row(self):
        rows = [[*row[:4], "=1", *row[5:]] for row in VALID_ROWS[1:]]
        _, warnings = read_issues([VALID_ROWS[0], *rows])
        assert [(row, column) for row, column, *_ in warnings] == [(2, "funding")]

    @pytest.mark.parametrize("column", ["service", "volume", "window_end", "department"])
    @pytest.mark.parametrize("start", ["=", "[x"])
    def test_a_message_quotes_only_the_beginning_of_a_long_cell(self, column, start):
        errors, warnings = read_issues(with_cell(VALID_ROWS, 3, column, f"{start}{'x' * 100_000}]"))
        *_, value, message = next(
            warning for warning in errors + warnings if warning[2].endswith("…")
        )
        assert value == f"{start}{'x' * 60}"[:59] + "…"
        assert len(message) < 200

    def test_a_repeated_key_is_an_error(self):
        errors, _ = read_issues([*VALID_ROWS, VALID_ROWS[1]])
        message = "repeats the organisation, service and window_end of row 2"
        assert errors == [(4, "organisation", "Agency", message)]

    def test_only_the_first_1000_errors_of_a_kind_are_listed(self):
        rows = [
            [*VALID_ROWS[1][:2], f"Service {n}", *VALID_ROWS[1][3:6], "-1", "", ""]
            for n in range(1200)
        ]
        errors, _ = read_issues([VALID_ROWS[0], *rows, VALID_ROWS[2]])
        assert len(errors) == 1001
        message = "and 200 more cells of this column with the same issue, from here on"
        assert errors[-1] == (1002, "volume", "-1", message)


class TestWindows:
    def test_a_file_with_a_single_window_is_an_error(self):
        errors, _ = read_issues(VALID_ROWS[:2])
        assert errors == [(2, "window_end", "2014-03", SINGLE_WINDOW_MESSAGE)]
        assert "workbook import --into can add a single window" in SINGLE_WINDOW_MESSAGE

    def test_a_window_that_overlaps_no_other_window_is_an_error(self):
        errors, _ = read_issues([*VALID_ROWS, [*VALID_ROWS[1][:5], "2020-06", "1", "", ""]])
        message = "window of 12 months that overlaps no other: check its date"
        assert errors == [(4, "window_end", "2020-06", message)]

    @pytest.mark.parametrize(
        "ends",
        [
            ("2012-03", "2013-03", "2014-03"),
            ("2010-03", "2012-03", "2014-03"),
            ("2012-03", "2013-03", "2013-06", "2013-09"),
        ],
        ids=["every year", "every second year", "yearly, then quarterly"],
    )
    def test_windows_that_are_published_once_a_year_are_accepted(self, ends):
        rows = [[*VALID_ROWS[1][:5], end, "100", "50", ""] for end in ends]
        assert read_issues([VALID_ROWS[0], *rows]) == ([], [])

    def test_a_partial_table_may_have_a_single_window(self):
        assert read_issues(VALID_ROWS[:2], is_partial=True) == ([], [])

    def test_a_table_without_rolling_windows_may_have_a_single_period(self):
        names = list(service_kpis_table.schema.columns)
        row = ["Agency", "Renewals", "2014-06", *["1"] * (len(names) - 3)]
        row[names.index("started")] = "5"
        assert read_issues([names, row], service_kpis_table) == ([], [])

    @pytest.mark.parametrize("month", ["2014", "2014-Q2", "2014-13", "Whitsun 2014"])
    def test_a_window_end_that_is_not_a_month_is_an_error(self, month):
        errors, _ = read_issues(with_cell(VALID_ROWS, 3, "window_end", month))
        assert (3, "window_end", month, f'"{month}" must be a month such as 2014-06') in errors


class TestEncodings:
    NAME = "Driver’s licence"
    PUBLISHED_ROWS = published_rows([NAME, "", "", "", "100", "80", "2.5", "120", "90", ""])

    @pytest.mark.parametrize(
        ("encoding", "encoding_name"),
        [
            ("cp1252", "Windows-1252"),
            ("mac_roman", "Mac Roman"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16"),
            ("utf-16-be", "UTF-16"),
        ],
    )
    def test_a_published_file_in_another_encoding_is_read_with_a_warning(
        self, encoding, encoding_name
    ):
        report = read_table_file(take_up_table, to_csv(self.PUBLISHED_ROWS).encode(encoding), "x")
        assert report.errors == ()
        assert set(report.frame["service"]) == {self.NAME}
        first = report.warnings[0]
        assert (first.row, first.column) == (
            1,
            f"{WINDOW_TITLES['2013-12']}: cost per transaction (£)",
        )
        assert first.message == f"is not in UTF-8: the file is read as {encoding_name}"

    @pytest.mark.parametrize(
        "name",
        [
            "Driver’s “full” licence – renewals",
            "Café\N{NO-BREAK SPACE}licences",
            "Fees above £5… paid",
        ],
    )
    @pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
    def test_windows_1252_and_mac_roman_are_distinguished(self, name, encoding):
        rows = published_rows([name, "", "", "", "100", "80", "2.5", "120", "90", ""])
        report = read_table_file(take_up_table, to_csv(rows).encode(encoding), "x")
        assert set(report.frame["service"]) == {name.replace("\N{NO-BREAK SPACE}", " ")}

    @pytest.mark.parametrize(
        ("encoding", "encoding_name"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")]
    )
    def test_a_tidy_file_in_another_encoding_is_an_error(self, encoding, encoding_name):
        rows = with_cell(with_cell(VALID_ROWS, 3, "service", self.NAME), 2, "volume", "-1")
        errors, _ = read_issues(to_csv(rows).encode(encoding))
        assert errors == [
            (2, "volume", "-1", "-1 must not be negative"),
            (
                3,
                "service",
                self.NAME,
                f"is not in UTF-8 but probably in {encoding_name}: save the file as CSV UTF-8",
            ),
        ]

    @pytest.mark.skipif(not G_CLOUD.is_file(), reason="the published originals are not here")
    def test_the_published_g_cloud_file_is_detected_as_mac_roman(self):
        assert guess_encoding(G_CLOUD.read_bytes()) == "mac_roman"

    def test_lines_that_end_in_carriage_returns_alone_are_read_with_a_warning(self):
        report = read_table_file(
            take_up_table, to_csv(self.PUBLISHED_ROWS).replace("\r\n", "\r").encode(), "x"
        )
        assert report.errors == ()
        assert len(report.frame) == 2
        assert str(report.warnings[0]).startswith("lines end in carriage returns only")


class TestHeader:
    def test_an_unknown_column_in_a_tidy_table_is_ignored_with_a_warning(self):
        extra = "volume 2013 as first published"
        rows = [[*VALID_ROWS[0], extra], *([*row, "1"] for row in VALID_ROWS[1:])]
        errors, warnings = read_issues(rows)
        message = "unrecognised column, ignored"
        assert (errors, warnings) == ([], [(1, extra, extra, message)])

    def test_a_missing_column_is_an_error(self):
        errors, _ = read_issues(
            [
                [name for name in row if name]
                for row in [published_header()[1:], PUBLISHED_ROWS[1][1:]]
            ]
        )
        assert (1, "department", None, 'required column "department" is missing') in errors
