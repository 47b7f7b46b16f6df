"""Tests of departments' own files: titles above the header, dates, amounts and own headings."""

import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from tests.importers.table_files import build_xlsx, tidy_rows, to_csv, to_ods
from workbook.exports.spreadsheet import to_xlsx
from workbook.exports.xlsx_to_ods import xlsx_to_ods
from workbook.importers import read_table_file
from workbook.importers.corrections import NO_CORRECTIONS, Corrections
from workbook.importers.headings import parse_headings
from workbook.importers.quarterly_counts import quarter_end
from workbook.result_table import Column, ResultTable
from workbook.tables.issue_groups import format_rows, issue_lines
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.data import inclusion_observed_table
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.take_up.data import take_up_table

CASES = Path(__file__).parents[2].parent / "shared" / "cases"
ROWS = tidy_rows(
    ["Renewals", "2014-03", "100", "80", "2.5"],
    ["Renewals", "2014-06", "120", "90", ""],
)
ACCEPTED = Corrections(accept_readings=True)


def read_rows(rows, corrections=NO_CORRECTIONS, table=take_up_table, **options):
    """Return the report on rows as a CSV file."""
    return read_table_file(table, to_csv(rows).encode(), "own.csv", corrections, **options)


def messages(issues):
    """Return the issues as they are printed."""
    return [str(issue) for issue in issues]


def to_xlsx_file(**sheets):
    """Return sheets of rows of Python values as an XLSX file."""
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def with_cells(column, *cells):
    """Return the two rows with other cells in a column."""
    at = ROWS[0].index(column)
    header, *body = [list(row) for row in ROWS]
    for row, cell in zip(body, cells, strict=True):
        row[at] = cell
    return [header, *body]


class TestHeader:
    TITLE = (["Table 3: Transactions"], ["This worksheet contains one table."], [])

    @pytest.mark.parametrize(
        "write",
        [
            lambda rows: to_csv(rows).encode(),
            lambda rows: to_ods(Data=rows),
            lambda rows: to_xlsx_file(Data=rows),
        ],
        ids=["csv", "ods", "xlsx"],
    )
    def test_the_header_below_a_title_is_found_with_a_warning(self, write):
        report = read_table_file(take_up_table, write([*self.TITLE, *ROWS]), "own")
        assert report.errors == ()
        assert messages(report.warnings) == ["header read from row 4"]
        assert report.frame["volume"].tolist() == [100, 120]

    def test_an_error_below_a_title_names_the_row_of_the_file(self):
        report = read_rows([*self.TITLE, *with_cells("volume", "many", "1")])
        assert messages(report.errors) == ['row 5, column volume: "many" is not a whole number']

    def test_the_sheet_with_the_table_is_read_and_the_cover_named(self):
        content = to_xlsx_file(Cover=[["About"], ["x"]], Table_1=[*self.TITLE, *ROWS])
        report = read_table_file(take_up_table, content, "own.xlsx")
        assert report.errors == ()
        assert messages(report.warnings) == [
            'sheet "Table_1" is read. Other sheets are ignored: "Cover"',
            "header read from row 4",
        ]

    @pytest.mark.parametrize("convert", [bytes, xlsx_to_ods], ids=["xlsx", "ods"])
    def test_a_table_in_the_layout_of_our_own_exports_is_read_back(self, convert):
        rows = read_rows(ROWS).frame
        labels = {
            name: Column(column.title) for name, column in take_up_table.schema.columns.items()
        }
        table = ResultTable("services", "Transactions by service", rows, labels)
        outcome = topic.run(draws=100)
        content = convert(to_xlsx(topic, outcome, [table]))
        report = read_table_file(take_up_table, content, "exported")
        assert report.errors == ()
        columns = ["service", "window_end", "volume", "digital_volume", "cost_per_transaction"]
        assert report.frame[columns].astype("object").equals(rows[columns].astype("object"))
        assert any(line.startswith("header read from row") for line in messages(report.warnings))

    def test_two_header_rows_are_joined(self):
        header, *body = ROWS
        upper = [*header[:6], "Counts", "", "Cost"]
        lower = ["", "", "", "", "", "", "Transactions", "Digital transactions", ""]
        report = read_rows([upper, lower, *body])
        assert report.errors == ()
        assert messages(report.warnings)[0] == "header read from rows 1 and 2"
        assert report.frame["digital_volume"].tolist() == [80, 90]

    def test_a_group_heading_is_put_before_the_heading_below_it(self):
        header = [
            "department",
            "organisation",
            "service",
            "April 2012 to March 2013",
            "",
            "July 2012 to June 2013",
            "",
        ]
        below = ["", "", "", "volume", "digital volume", "volume", "digital volume"]
        report = read_rows([header, below, ["D", "O", "S", "100", "60", "110", "70"]])
        assert report.errors == ()
        assert report.frame["digital_volume"].tolist() == [60, 70]

    def test_a_line_that_names_the_delimiter_is_skipped(self):
        content = b"sep=;\n" + to_csv(ROWS, ";").encode()
        report = read_table_file(take_up_table, content, "own.csv")
        assert report.errors == ()
        assert messages(report.warnings) == ["header read from row 2"]

    def test_unknown_headings_below_a_title_are_the_unmatched_ones(self):
        rows = [["My figures"], [], ["Agency X", "Thing", "Count", "When"], ["a", "b", "1", "c"]]
        report = read_rows(rows)
        assert report.unmatched_headings == ("Agency X", "Thing", "Count", "When")
        assert "volume" in report.unmatched_columns

    def test_a_file_without_a_header_gives_the_missing_columns(self):
        report = read_rows([["a", "b"], ["1", "2"]])
        assert 'required column "volume" is missing' in messages(report.errors)


class TestReadings:
    @pytest.mark.parametrize(
        ("column", "cells", "expected", "warnings"),
        [
            (
                "window_end",
                ("Mar-14", "Jun-14"),
                ["2014-03", "2014-06"],
                [
                    "row 2, column window_end: Mar-14 is read as 2014-03",
                    "row 3, column window_end: Jun-14 is read as 2014-06",
                ],
            ),
            (
                "window_end",
                ("2014-03-31", "30 June 2014"),
                ["2014-03", "2014-06"],
                [
                    "row 2, column window_end: 2014-03-31 is read as 2014-03",
                    "row 3, column window_end: 30 June 2014 is read as 2014-06",
                ],
            ),
            (
                "cost_per_transaction",
                ("£4.20", "£1,000"),
                [4.2, 1000.0],
                [
                    "row 2, column cost_per_transaction: £4.20 is read as 4.20",
                    "row 3, column cost_per_transaction: £1,000 is read as 1000",
                ],
            ),
            (
                "volume",
                ("1 000", "1\xa0234\u202f567"),
                [1000, 1234567],
                [
                    "row 2, column volume: 1 000 is read as 1000",
                    "row 3, column volume: 1 234 567 is read as 1234567",
                ],
            ),
            (
                "volume",
                ("61,090", "100"),
                [61090, 100],
                ["row 2, column volume: 61,090 is read as 61090"],
            ),
        ],
    )
    def test_a_certain_reading_is_taken_with_a_warning(self, column, cells, expected, warnings):
        report = read_rows(with_cells(column, *cells))
        assert report.errors == ()
        assert report.frame[column].tolist() == expected
        reading = [line for line in messages(report.warnings) if "is read as" in line]
        assert reading == warnings

    @pytest.mark.parametrize(
        ("column", "cell", "advice", "reading", "value"),
        [
            ("cost_per_transaction", "3,50", "write 3.50", "is read as 3.50", 3.5),
            ("cost_per_transaction", "1,234", "write 1234", "is read as 1234", 1234),
            ("volume", "4.28m", "write 4280000 in full", "is read as 4280000", 4280000),
            ("volume", "618[1]", "write 618 without the footnote mark", "is read as 618", 618),
            (
                "volume",
                "<5",
                "leave the cell blank if a small number is withheld",
                "is treated as missing",
                None,
            ),
            *(
                (
                    "volume",
                    marker,
                    "leave the cell blank if there is no figure",
                    "is treated as missing",
                    None,
                )
                for marker in ("NaN", "***", "z", "c", "x", "..", "n/a")
            ),
        ],
    )
    def test_another_reading_is_advice_until_it_is_accepted(
        self, column, cell, advice, reading, value
    ):
        kind = "a number" if column == "cost_per_transaction" else "a whole number"
        rows = with_cells(column, cell, "100")
        refused = read_rows(rows)
        assert messages(refused.errors) == [
            f'row 2, column {column}: "{cell}" is not {kind}: {advice}'
        ]
        assert refused.suggestions == 1
        accepted = read_rows(rows, ACCEPTED)
        assert accepted.errors == ()
        assert accepted.suggestions == 0
        assert f"row 2, column {column}: {cell} {reading}" in messages(accepted.warnings)
        first = accepted.frame[column].iloc[0]
        assert pd.isna(first) if value is None else first == value

    @pytest.mark.parametrize(
        ("cell", "ending"),
        [
            ("63%", ": give the count, not the percentage"),
            ("-", ": leave the cell blank if there is no figure"),
            ("nil", ": leave the cell blank if there is no figure"),
            ("#REF!", ": leave the cell blank if there is no figure"),
            ("many", ""),
            ("1,5", ""),
        ],
    )
    def test_what_may_be_nought_or_has_no_reading_is_never_accepted(self, cell, ending):
        report = read_rows(with_cells("volume", cell, "100"), ACCEPTED)
        assert messages(report.errors) == [
            f'row 2, column volume: "{cell}" is not a whole number{ending}'
        ]
        assert report.suggestions == 0

    def test_a_percentage_is_read_in_a_column_of_shares(self):
        rows = [
            ["measure", "population", "period", "people", "share", "sample_size", "source"],
            ["lacks basic digital skills", "UK adults", "2014-04", "11000000", "21%", "", "Ours"],
        ]
        report = read_rows(rows, table=inclusion_observed_table)
        assert report.errors == ()
        assert report.frame["share"].tolist() == [0.21]
        assert "row 2, column share: 21% is read as 0.21" in messages(report.warnings)

    def test_real_dates_of_a_spreadsheet_are_read_once_for_the_column(self):
        days = pd.date_range("2012-03-31", periods=8, freq="QE")
        header = ["department", "organisation", "service", "window_end", "volume", "digital_volume"]
        rows = [header, *(["D", "O", "S", day.to_pydatetime(), 100, 50] for day in days)]
        report = read_table_file(take_up_table, to_xlsx_file(Data=rows), "dates.xlsx")
        assert report.errors == ()
        assert report.frame["window_end"].tolist()[:2] == ["2012-03", "2012-06"]
        assert messages(report.warnings) == [
            (
                "row 2, column window_end: 2012-03-31 is read as 2012-03"
                " (8 cells of this column, this is the first)"
            )
        ]

    def test_an_error_cell_of_a_spreadsheet_is_an_error_as_in_csv(self):
        text = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ROWS[0][:7])
        cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ROWS[1][:6])
        body = f'<row r="1">{text}</row><row r="2">{cells}<c r="G2" t="e"><v>#REF!</v></c></row>'
        report = read_table_file(take_up_table, build_xlsx(body), "own.xlsx")
        assert 'row 2, column volume: "#REF!" is not a whole number: leave the cell blank if' in (
            " ".join(messages(report.errors))
        )


class TestDays:
    """Days in the columns ``opened`` and ``closed`` of consultations."""

    def read(self, *days, **options):
        rows = [["id", "title", "opened", "closed"]]
        rows += [[f"c{n}", f"Title {n}", *pair] for n, pair in enumerate(days)]
        return read_rows(rows, table=consultations_schema, **options)

    @pytest.mark.parametrize(
        "cell",
        [
            "2014-01-31 00:00:00",
            "2014-01-31T00:00:00Z",
            "2014-01-31T00:00:00.000+00:00",
            "2014/01/31",
            "31/01/2014",
            "01/31/2014",
            "31 January 2014",
            "31/01/2014 00:00",
        ],
    )
    def test_a_day_with_one_meaning_is_read_with_a_warning(self, cell):
        report = self.read((cell, "2014-03-31"))
        assert report.errors == ()
        assert report.frame["opened"].tolist() == ["2014-01-31"]
        assert messages(report.warnings) == [f"row 2, column opened: {cell} is read as 2014-01-31"]

    @pytest.mark.parametrize("cell", ["2014-01-31 10:30:00", "31/02/2014", "Jan-14", "20140131"])
    def test_another_text_is_no_day_and_has_no_advice(self, cell):
        report = self.read((cell, "2014-03-31"), corrections=ACCEPTED)
        assert messages(report.errors) == [
            f'row 2, column opened: "{cell}" must be a day such as 2026-06-30'
        ]
        assert report.suggestions == 0

    def test_the_order_that_is_not_certain_is_advice_until_it_is_accepted(self):
        days = ("01/02/2014", "2014-03-31")
        report = self.read(days)
        assert messages(report.errors) == [
            (
                'row 2, column opened: "01/02/2014" must be a day such as 2026-06-30:'
                " write 2014-02-01, if the day comes first"
            )
        ]
        assert report.suggestions == 1
        accepted = self.read(days, corrections=ACCEPTED)
        assert accepted.errors == ()
        assert accepted.frame["opened"].tolist() == ["2014-02-01"]

    @pytest.mark.parametrize(
        ("closed", "opened"), [("31/03/2014", "2014-02-01"), ("03/31/2014", "2014-01-02")]
    )
    def test_another_column_of_days_settles_the_order(self, closed, opened):
        report = self.read(("01/02/2014", closed))
        assert report.errors == ()
        assert report.frame["opened"].tolist() == [opened]

    def test_days_that_contradict_each_other_settle_nothing(self):
        report = self.read(("01/02/2014", "31/03/2014"), ("2014-01-01", "03/31/2014"))
        assert report.suggestions == 1
        assert report.frame["closed"].tolist() == ["2014-03-31", "2014-03-31"]

    def test_cells_with_other_advice_are_not_called_alike(self):
        days = ["01/02/2014", "Jan-14", "02/03/2014", "Feb-14"]
        assert issue_lines(self.read(*((day, "2014-05-01") for day in days)).errors) == [
            (
                'rows 2 and 4, column opened: "01/02/2014" must be a day such as 2026-06-30: write'
                " 2014-02-01, if the day comes first (row 2; the others alike)"
            ),
            (
                'rows 3 and 5, column opened: "Jan-14" must be a day such as 2026-06-30 (row 3;'
                " the others alike)"
            ),
        ]


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["Café\xa0renewals", "Cafe\u0301 renewals", "Café\u200b renewals", "Café\u2009renewals"],
    )
    def test_names_that_look_the_same_are_one(self, name):
        report = read_rows(with_cells("service", "Café renewals", name))
        assert report.frame["service"].tolist() == ["Café renewals"] * 2
        assert report.warnings == ()

    def test_a_control_character_is_replaced_with_a_warning(self):
        report = read_rows(with_cells("service", "Badge\x0brenewals", "Badge renewals"))
        assert report.frame["service"].tolist() == ["Badge renewals"] * 2
        assert messages(report.warnings) == [
            "row 2, column service: has a control character, which is replaced by a space"
        ]

    @pytest.mark.parametrize(
        ("column", "first", "second"),
        [
            ("service", "Driver's badge", "Driver’s badge"),
            ("service", "Badge - renewals", "Badge – renewals"),
            ("organisation", "Forest Agency", "Forest agency"),
        ],
    )
    def test_another_spelling_is_a_warning(self, column, first, second):
        report = read_rows(with_cells(column, first, second))
        message = f'differs only in case, spaces or punctuation from "{first}" (row 2)'
        assert f"row 3, column {column}: {message}" in messages(report.warnings)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Department for Countryside", "Department for countryside"),
            ("Department for Transport", "DfT"),
            ("HM Revenue & Customs", "HM Revenue and Customs"),
        ],
    )
    def test_another_spelling_of_a_department_is_a_warning(self, first, second):
        report = read_rows(with_cells("department", first, second))
        assert f'row 3, column department: is another spelling of "{first}" (row 2)' in (
            messages(report.warnings)
        )

    def test_a_line_feed_in_a_heading_is_escaped_in_messages(self):
        rows = [[*ROWS[0], "Remarks\nof the team"], *([*row, "x"] for row in ROWS[1:])]
        assert messages(read_rows(rows).warnings) == [
            "row 1, column Remarks\\nof the team: unrecognised column, ignored"
        ]

    def test_a_column_without_a_heading_is_named_by_its_position(self):
        rows = [[*ROWS[0], ""], *([*row, "x"] for row in ROWS[1:])]
        assert messages(read_rows(rows).warnings) == [
            "row 1, column 10 (no heading): unrecognised column, ignored"
        ]


class TestHeadings:
    OWN = (
        "Ministry",
        "Agency",
        "Service name",
        "",
        "",
        "Period",
        "Total transactions",
        "Digital transactions",
        "Cost",
    )
    MAPPING = (
        "Ministry=department",
        "Agency=organisation",
        "Service name=service",
        "Total transactions=volume",
    )

    def test_own_headings_are_mapped_and_titles_recognised(self):
        corrections = Corrections(headings=parse_headings(take_up_table, self.MAPPING))
        report = read_rows([self.OWN, *ROWS[1:]], corrections)
        assert report.errors == ()
        assert report.frame["volume"].tolist() == [100, 120]
        assert report.frame["cost_per_transaction"].fillna(0).tolist() == [2.5, 0]
        assert 'row 1, column Total transactions: is read as column "volume"' in (
            messages(report.warnings)
        )

    def test_without_a_map_the_report_names_what_does_not_match(self):
        report = read_rows([self.OWN, *ROWS[1:]])
        assert report.unmatched_columns == ("department", "organisation", "service", "volume")
        assert report.unmatched_headings == (
            "Ministry",
            "Agency",
            "Service name",
            "Total transactions",
        )

    @pytest.mark.parametrize(
        ("setting", "message"),
        [
            (
                "Total",
                (
                    '--map "Total" is incomplete: write HEADING=COLUMN, such as'
                    ' "Total transactions=volume"'
                ),
            ),
            ("Total=volum", 'take_up has no column "volum". Did you mean "volume"?'),
        ],
    )
    def test_an_invalid_map_is_refused(self, setting, message):
        with pytest.raises(ValueError) as error:  # noqa: PT011  the message is compared
            parse_headings(take_up_table, [setting])
        assert str(error.value) == message


class TestQuarters:
    HEADER = (
        "department",
        "organisation",
        "service",
        "quarter",
        "volume",
        "digital_volume",
        "cost_per_transaction",
    )

    def rows(self, *quarters):
        return [self.HEADER, *(["D", "O", "S", *cells] for cells in quarters)]

    COUNTS = (
        ("2013-Q1", "100", "10", "2"),
        ("2013-Q2", "200", "30", "2"),
        ("Q3 2013", "300", "50", "4"),
        ("2013 Q4", "400", "70", "4"),
        ("2014-Q1", "100", "90", "2"),
    )

    def test_four_quarters_are_added_to_a_window_and_said(self):
        report = read_rows(self.rows(*self.COUNTS))
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2013-12", "2014-03"]
        assert report.frame["volume"].tolist() == [1000, 1000]
        assert report.frame["digital_volume"].tolist() == [160, 240]
        assert report.frame["cost_per_transaction"].tolist() == [3.4, 3.4]
        assert (
            "quarterly counts: four quarters are added to each twelve-month window"
            " (5 quarters give 2 windows)"
        ) in messages(report.warnings)

    def test_a_window_with_a_blank_quarter_is_blank(self):
        blank = (*self.COUNTS[:1], ("2013-Q2", "200", "", "2"), *self.COUNTS[2:])
        report = read_rows(self.rows(*blank))
        assert report.frame["volume"].tolist() == [1000, 1000]
        assert report.frame["digital_volume"].isna().tolist() == [True, True]

    def test_months_below_the_heading_quarter_are_quarters(self):
        months = ("2013-03", "2013-06", "Sep-13", "2013-12", "2014-03")
        counts = [(month, *cells[1:]) for month, cells in zip(months, self.COUNTS, strict=True)]
        report = read_rows(self.rows(*counts))
        assert report.frame["volume"].tolist() == [1000, 1000]

    def test_a_heading_can_be_mapped_to_the_quarter(self):
        rows = self.rows(*self.COUNTS)
        rows[0] = [*self.HEADER[:3], "Reporting date", *self.HEADER[4:]]
        headings = parse_headings(take_up_table, ["Reporting date=quarter"])
        report = read_rows(rows, Corrections(headings=headings))
        assert report.frame["volume"].tolist() == [1000, 1000]

    def test_too_few_quarters_are_an_error(self):
        report = read_rows(self.rows(*self.COUNTS[:4]))
        assert messages(report.errors) == [
            "the file has 4 quarters: 5 successive quarters are needed for 2 twelve-month windows"
        ]

    def test_figures_that_vary_as_quarters_do_are_never_taken_silently(self):
        months = [
            f"{year}-{month}" for year in (2012, 2013, 2014) for month in ("03", "06", "09", "12")
        ]
        counts = [100, 200, 300, 400, 102, 204, 306, 408, 104, 208, 312, 416]
        rows = tidy_rows(
            *(
                ["S", end, str(count), str(count // 2), ""]
                for end, count in zip(months, counts, strict=True)
            )
        )
        [warning] = messages(read_rows(rows).warnings)
        assert warning == (
            "the figures to 2014-12 vary as counts of quarters do: by 50% from one quarter to the"
            " next and by 2% in a year. They are read as windows of twelve months. If they are"
            ' quarters, name the column "quarter"'
        )

    @pytest.mark.parametrize(
        ("counts", "change"),
        [
            ((100_000, 310_000, 120_000, 90_000, 100_000, 320_000), "61%"),
            ((100_000, 310_000, 120_000), "136%"),
            ((100_000, 104_000, 109_000, 111_000, 120_000, 124_000), ""),
        ],
    )
    def test_few_quarters_are_told_by_their_changes_alone(self, counts, change):
        months = ("2013-03", "2013-06", "2013-09", "2013-12", "2014-03", "2014-06")
        rows = tidy_rows(
            *(["S", end, str(count), "1", ""] for end, count in zip(months, counts, strict=False))
        )
        warnings = messages(read_rows(rows).warnings)
        assert [line for line in warnings if "vary as counts of quarters do" in line] == [
            (
                f"the figures to {months[len(counts) - 1]} vary as counts of quarters do: by"
                f" {change} from one quarter to the next. They are read as windows of twelve"
                ' months. If they are quarters, name the column "quarter"'
            )
        ] * bool(change)

    @pytest.mark.parametrize(
        ("text", "month"),
        [
            ("2014-Q2", "2014-06"),
            ("Q2 2014", "2014-06"),
            ("Q1 2012/13", "2012-06"),
            ("Q4 2012-13", "2013-03"),
            ("2012/13 Q3", "2012-12"),
            ("2012-2013 Q3", "2012-12"),
            ("Q4 1999/2000", "2000-03"),
            ("Q1 2012/14", None),
            ("Q5 2012/13", None),
        ],
    )
    def test_spellings_of_a_quarter(self, text, month):
        assert quarter_end(text) == month

    def test_quarters_of_financial_years_are_read_with_a_warning(self):
        names = ("Q1 2012/13", "Q2 2012/13", "Q3 2012/13", "Q4 2012/13", "Q1 2013/14")
        counts = [(name, *cells[1:]) for name, cells in zip(names, self.COUNTS, strict=True)]
        report = read_rows(self.rows(*counts))
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2013-03", "2013-06"]
        assert (
            '"Q1 2012/13" is read as a quarter of the financial year: April 2012 to June 2012'
            " (5 quarters, this is the first)"
        ) in messages(report.warnings)

    def test_a_heading_with_a_quarter_of_a_financial_year_is_read_with_a_warning(self):
        names = ("Q1 2012/13", "Q2 2012/13", "Q3 2012/13", "Q4 2012/13", "Q1 2013/14")
        header = [*self.HEADER[:3], *(f"{name}: volume" for name in names)]
        header += [f"{name}: digital volume" for name in names]
        report = read_rows([header, ["D", "O", "S", *["100"] * 5, *["50"] * 5]])
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2013-03", "2013-06"]
        note = "is a quarter of the financial year: read as April 2012 to June 2012"
        assert any(note in line for line in messages(report.warnings))

    def test_a_single_further_quarter_says_what_the_file_must_hold(self):
        report = read_rows(self.rows(*self.COUNTS[:1]), is_partial=True)
        assert messages(report.errors) == [
            (
                "the file has 1 quarter: 4 successive quarters are needed for 1 twelve-month"
                " window. Put the three quarters before each new one into the file too"
            )
        ]
        report = read_rows(self.rows(*self.COUNTS[:4]), is_partial=True)
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2013-12"]


class TestRenamedServices:
    @pytest.mark.parametrize(
        ("old", "new", "volume", "warned"),
        [
            ("Renew a fishing permit", "Get a fishing permit", "104", True),
            ("Renew a fishing permit", "Get a fishing permit", "900", True),
            ("Renew a fishing permit", "Report a dead badger", "104", True),
            ("Renew a fishing permit", "Report a dead badger", "900", False),
        ],
    )
    def test_one_that_ends_where_another_begins_is_a_warning(self, old, new, volume, warned):
        rows = tidy_rows(
            [old, "2014-03", "100", "80", ""],
            [new, "2014-06", volume, "90", ""],
            ["Fines", "2014-03", "5", "1", ""],
            ["Fines", "2014-06", "5", "1", ""],
        )
        difference = f"{abs(int(volume) / 100 - 1):.0%}"
        expected = (
            f'"{new}" begins in 2014-06, where "{old}" ends (Agency, figures {difference} apart):'
            " if they are one service, give both one name"
        )
        assert messages(read_rows(rows).warnings) == ([expected] if warned else [])

    def test_a_new_name_can_be_said_to_be_the_one_before(self):
        rows = tidy_rows(
            ["Renewals", "2014-03", "100", "80", ""], ["Get one", "2014-06", "104", "90", ""]
        )
        report = read_rows(rows, Corrections(same_names={"Get one": "Renewals"}))
        assert report.frame["service"].tolist() == ["Renewals"] * 2
        assert messages(report.warnings) == ['"Get one" is read as "Renewals", its name before']


class TestLines:
    def test_errors_of_one_kind_are_one_line_with_their_rows(self):
        rows = tidy_rows(
            *(
                ["S", f"20{year:02d}-03", "n/a" if year != 3 else "5", "1", ""]
                for year in range(1, 9)
            )
        )
        assert issue_lines(read_rows(rows, is_partial=True).errors) == [
            (
                'rows 2, 3 and 5 to 9, column volume: "n/a" is not a whole number: leave the cell'
                " blank if there is no figure"
            )
        ]

    @pytest.mark.parametrize(
        ("rows", "text"),
        [([4], "4"), ([4, 5], "4 and 5"), ([4, 9, *range(13, 41)], "4, 9 and 13 to 40")],
    )
    def test_rows_are_written_as_ranges(self, rows, text):
        assert format_rows(rows) == text


@pytest.mark.skipif(not CASES.is_dir(), reason="the folder of example inputs is not here")
class TestCases:
    @pytest.mark.parametrize(
        "name",
        [
            "18-cover-first.xlsx",
            "18-sep-line.csv",
            "18-title-rows.csv",
            "18-title-rows.xlsx",
            "18-two-header-rows.xlsx",
        ],
    )
    def test_a_header_in_another_row_is_found(self, name):
        report = read_table_file(take_up_table, (CASES / name).read_bytes(), name)
        assert report.errors == ()
        assert len(report.frame) == 4
        assert any(line.startswith("header read from row") for line in messages(report.warnings))

    @pytest.mark.parametrize(
        ("name", "error"), [("04-error-cell.xlsx", "#REF!"), ("04-error-cell.ods", "#DIV/0!")]
    )
    def test_an_error_cell_is_an_error(self, name, error):
        [issue] = read_table_file(take_up_table, (CASES / name).read_bytes(), name).errors
        assert issue.value == error

    @pytest.mark.parametrize("kind", ["nbsp", "nfd", "zwsp"])
    def test_names_that_look_the_same_are_one_service(self, kind):
        name = f"08-same-looking-{kind}.csv"
        report = read_table_file(take_up_table, (CASES / name).read_bytes(), name)
        assert report.frame["service"].nunique() == 2
