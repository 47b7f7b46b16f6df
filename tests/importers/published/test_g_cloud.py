"""Tests of reading G-Cloud sales files: examples and the published file."""

import codecs
import math
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import ROOT
from tests.importers.table_files import WRITERS, to_csv
from workbook.importers import read_table_file
from workbook.importers.write_file import as_csv, as_parquet
from workbook.topics.delivery.gcloud.data import gcloud_sales_schema

PUBLISHED = ROOT.parent / "shared" / "real" / "g_cloud" / "g-cloud-spend-2014-07-14.csv"
requires_published_file = pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="the published original is not here"
)

HEADER = [
    "ID",
    "Framework",
    "LotDescription",
    "SupplierName",
    "CustomerName",
    "ReturnMonth",
    "ProjectNameAndDescription",
    "EvidencedSpend",
    "Sector",
    "SMEorLarge",
]
ROW = ["G-Cloud", "3", "Cumulus Ltd", "Works", "2013-05-01", "Mail", "1350", "Health", "SME"]
TABLE_COLUMNS = ["return_id", "month", "framework", "lot", "sector", "supplier_size", "sales"]
COLUMN_INDEXES = {"month": 5, "framework": 1, "lot": 2, "supplier_size": 9, "sales": 7}


def published_returns(*changes):
    """Return rows of a published file that differ in their identifiers and these cells."""
    rows = [[str(number), *ROW] for number in range(1, len(changes) + 1)]
    for row, change in zip(rows, changes, strict=True):
        row[6] += f" {row[0]}"
        for name, cell in change.items():
            row[COLUMN_INDEXES[name]] = cell
    return [HEADER, *rows]


def read_report(rows, encoding="utf-8"):
    return read_table_file(gcloud_sales_schema, to_csv(rows).encode(encoding), "given.csv")


def issue_lines(issues):
    return [(issue.row, issue.column, issue.message) for issue in issues]


def without_columns(rows, *names):
    """Return the rows without the columns that have these headers."""
    kept_indexes = [position for position, name in enumerate(rows[0]) if name not in names]
    return [[row[index] for index in kept_indexes] for row in rows]


def with_headers(rows, **names):
    """Return the rows with some of the published headers replaced."""
    return [[names.get(name, name) for name in rows[0]], *rows[1:]]


class TestReturns:
    def test_a_return_is_read_without_supplier_and_customer_names(self):
        report = read_report(published_returns({}))
        assert (report.errors, report.warnings) == ((), ())
        assert list(report.frame) == TABLE_COLUMNS
        row = ["1", "2013-05", "G-Cloud", "3", "Health", "small", 1350.0]
        assert report.frame.to_numpy().tolist() == [row]

    def test_a_large_supplier_is_read_as_other(self):
        report = read_report(published_returns({"supplier_size": "Large"}))
        assert report.frame["supplier_size"].tolist() == ["other"]
        assert not report.warnings

    def test_credits_are_kept_and_reported_in_one_warning(self):
        report = read_report(published_returns({}, {"sales": "-20.5"}, {"sales": "-3"}))
        assert report.frame["sales"].tolist() == [1350, -20.5, -3]
        assert not report.errors
        message = (
            "-20.5 is a credit, kept and subtracted (2 cells of this column, this is the first)"
        )
        assert issue_lines(report.warnings) == [(3, "EvidencedSpend", message)]

    def test_repeated_returns_are_kept_and_reported_in_one_warning(self):
        rows = published_returns({}, {}, {}, {})
        for row in rows[2:]:
            row[6] = rows[2][6]
        report = read_report(rows)
        assert len(report.frame) == 4
        message = (
            "the row repeats another apart from the identifier. It is kept: returns may be equal"
            " (2 rows, this is the first)"
        )
        assert issue_lines(report.warnings) == [(4, None, message)]

    def test_a_single_repeated_return_is_a_warning(self):
        rows = published_returns({}, {})
        rows[2][6] = rows[1][6]
        message = (
            "the row repeats another apart from the identifier. It is kept: returns may be equal"
        )
        assert issue_lines(read_report(rows).warnings) == [(3, None, message)]

    def test_returns_for_different_customers_are_not_repeated(self):
        rows = published_returns({}, {})
        rows[2][6], rows[2][4] = rows[1][6], "Parks"
        assert not read_report(rows).warnings

    def test_a_repeated_identifier_is_an_error(self):
        rows = published_returns({}, {}, {})
        rows[3][0] = "1"
        report = read_report(rows)
        assert issue_lines(report.errors) == [(4, "ID", "repeats the return_id of row 2")]
        assert len(report.frame) == 3


class TestMonths:
    @pytest.mark.parametrize(
        "printed",
        [
            "2013-O5-01",
            "2O13-05-01",
            "2013-05-0l",
            "20l3-05-01",
            "2013-05-Ol",
            "2013-05-01x",
            "01/05/2013",
            "1/5/2013",
            "01.05.13",
            "O1/05/2013",
            "17/05/2013",
            "May 2013",
            "MAY-13",
            "1 May 2013",
            "01-May-2013",
            "1st May 2013",
            "Mai 2013",
            "May 2O13",
            "2013-05-17",
            "2013/05/01",
            "2013-5-1",
            "2013–05–01",
            "201305",
            "20130501",
            "05/2013",
            "2013-05-01 00:00:00",
            "2013-05-01T00:00:00Z",
        ],
    )
    def test_a_month_in_another_form_is_read_with_a_warning(self, printed):
        report = read_report(published_returns({"month": "2013-04-01"}, {"month": printed}))
        assert not report.errors
        assert report.frame["month"].tolist() == ["2013-04", "2013-05"]
        assert issue_lines(report.warnings) == [(3, "ReturnMonth", f"{printed} is read as 2013-05")]

    def test_a_month_in_the_form_of_the_table_has_no_warning(self):
        report = read_report(published_returns({"month": "2013-05"}))
        assert (report.errors, report.warnings) == ((), ())

    @pytest.mark.parametrize(
        "printed",
        [
            "2013-13-01",
            "2013-02-30",
            "13/13/2013",
            "Plugh 2013",
            "2013",
            "soon",
            "41395",
            "2013-May-05 to 2013-06",
            "May 2013 June 2013",
            "05/01/2013",
        ],
    )
    def test_an_invalid_month_is_an_error_and_other_rows_are_checked(self, printed):
        report = read_report(published_returns({"month": printed}, {"sales": "many"}, {}))
        assert issue_lines(report.errors) == [
            (2, "ReturnMonth", f'"{printed}" must be a month such as 2014-06'),
            (3, "EvidencedSpend", '"many" is not a number'),
        ]
        assert len(report.frame) == 3

    def test_days_come_before_months_where_one_date_shows_it(self):
        report = read_report(published_returns({"month": "05/01/2013"}, {"month": "17/01/2013"}))
        assert not report.errors
        assert report.frame["month"].tolist() == ["2013-01", "2013-01"]

    def test_months_in_the_same_form_are_reported_in_one_warning(self):
        days = [{"month": f"01/{month:02}/2013"} for month in range(1, 13)]
        report = read_report(published_returns(*days))
        message = "01/01/2013 is read as 2013-01 (12 cells of this column, this is the first)"
        assert issue_lines(report.warnings) == [(2, "ReturnMonth", message)]
        assert report.frame["month"].tolist() == [f"2013-{month:02}" for month in range(1, 13)]

    @given(day=st.dates(), form=st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %Y", "%Y%m"]))
    def test_the_month_of_any_date_is_read(self, day, form):
        day = day.replace(year=1900 + day.year % 200)
        report = read_report(published_returns({"month": day.strftime(form)}))
        assert report.frame["month"].tolist() == [f"{day:%Y-%m}"]


class TestFrameworksLotsAndSizes:
    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("G-Cloud ii", "G-Cloud 2"),
            ("G-Cloud II", "G-Cloud 2"),
            ("GCloud 2", "G-Cloud 2"),
            ("G-Cloud Services II", "G-Cloud 2"),
            ("G Cloud ll", "G-Cloud 2"),
            ("G-CLOUD (iii)", "G-Cloud 3"),
            ("G-Cloud IV", "G-Cloud 4"),
            ("G-Cloud 1", "G-Cloud"),
            ("G-Cloud i", "G-Cloud"),
            ("gcloud", "G-Cloud"),
            ("GCloud11", "G-Cloud 11"),
        ],
    )
    def test_a_framework_in_another_spelling_is_read_with_a_warning(self, printed, expected):
        report = read_report(published_returns({"framework": printed}))
        assert report.frame["framework"].tolist() == [expected]
        assert issue_lines(report.warnings) == [
            (2, "Framework", f"{printed} is read as {expected}")
        ]

    @pytest.mark.parametrize("printed", ["G-Cloud", "G-Cloud 5", "Digital Services", "G-Cloud IIX"])
    def test_a_known_or_unknown_framework_is_kept_without_a_warning(self, printed):
        report = read_report(published_returns({"framework": printed}))
        assert report.frame["framework"].tolist() == [printed]
        assert (report.errors, report.warnings) == ((), ())

    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("Lot 4", "4"),
            ("4 - Specialist Cloud Services", "4"),
            ("Specialist Cloud Services", "4"),
            ("Infrastructure as a Service", "1"),
            ("PaaS", "2"),
            ("Lot 3: SaaS", "3"),
        ],
    )
    def test_a_lot_with_another_name_is_read_with_a_warning(self, printed, expected):
        report = read_report(published_returns({"lot": printed}))
        assert report.frame["lot"].tolist() == [expected]
        message = f"{printed} is read as {expected}"
        assert issue_lines(report.warnings) == [(2, "LotDescription", message)]

    @pytest.mark.parametrize("printed", ["12", "Cloud hosting", "3 and 4"])
    def test_an_unknown_lot_is_kept(self, printed):
        assert read_report(published_returns({"lot": printed})).frame["lot"].tolist() == [printed]

    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("sme", "small"),
            ("Small", "small"),
            ("Medium", "small"),
            ("micro-enterprise", "small"),
            ("non-SME", "other"),
            ("Not an SME", "other"),
            ("LARGE", "other"),
            ("Large enterprise", "other"),
        ],
    )
    def test_a_supplier_size_in_other_words_is_read_with_a_warning(self, printed, expected):
        report = read_report(published_returns({"supplier_size": printed}))
        assert report.frame["supplier_size"].tolist() == [expected]
        assert issue_lines(report.warnings) == [
            (2, "SMEorLarge", f"{printed} is read as {expected}")
        ]

    def test_an_invalid_or_blank_supplier_size_is_an_error(self):
        report = read_report(
            published_returns({}, {"supplier_size": "huge"}, {"supplier_size": ""})
        )
        assert issue_lines(report.errors) == [
            (3, "SMEorLarge", '"huge" must be one of small, other'),
            (4, "SMEorLarge", "is blank: a value is required"),
        ]


class TestAmounts:
    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("£1,350.20", "1350.20"),
            ("1,234,567", "1234567"),
            ("£ 12", "12"),
            ("1 234.50", "1234.50"),
            ("1\N{NO-BREAK SPACE}234.50", "1234.50"),
            ("12.50 GBP", "12.50"),
            ("(20.50)", "-20.50"),
            ("(£1,020.50)", "-1020.50"),
            ("£(20)", "-20"),
            ("-£20", "-20"),
            ("£-20", "-20"),
            ("−20", "-20"),
            ("20-", "-20"),
        ],
    )
    def test_an_amount_in_another_form_is_read_with_a_warning(self, printed, expected):
        report = read_report(published_returns({}, {"sales": printed}))
        assert not report.errors
        assert report.frame["sales"].tolist() == [1350, float(expected)]
        result = issue_lines(report.warnings)
        assert (
            3,
            "EvidencedSpend",
            f"{printed} is read as {expected}".replace("\xa0", " "),
        ) in result
        assert len(result) == (2 if "-" in expected else 1)

    @pytest.mark.parametrize("printed", ["-20", "0", "36.955", ".5", "1350."])
    def test_a_plain_number_is_read_without_a_warning_about_its_form(self, printed):
        report = read_report(published_returns({"sales": printed}))
        assert report.frame["sales"].tolist() == [float(printed)]
        assert not [result for result in report.warnings if "is read as" in result.message]

    @pytest.mark.parametrize(
        "printed", ["1,35", "1.350,20", "12O", "(20", "(-20)", "-20-", "$20", "12 34", "1e999"]
    )
    def test_an_invalid_amount_is_an_error(self, printed):
        report = read_report(published_returns({"sales": printed}, {}))
        ((row, column, message),) = issue_lines(report.errors)
        assert (row, column) == (2, "EvidencedSpend")
        assert message.startswith(f'"{printed}" is not a number')
        assert math.isnan(report.frame["sales"][0])
        assert report.frame["sales"][1] == 1350

    def test_a_blank_amount_is_an_error(self):
        report = read_report(published_returns({"sales": " "}))
        message = "is blank: write 0 where nothing was sold"
        assert issue_lines(report.errors) == [(2, "EvidencedSpend", message)]

    def test_amounts_in_the_same_form_are_reported_in_one_warning(self):
        pounds = [{"sales": f"£{number},000"} for number in range(1, 8)]
        report = read_report(published_returns(*pounds, {"sales": "(5)"}))
        message = "£1,000 is read as 1000 (7 cells of this column, this is the first)"
        assert (2, "EvidencedSpend", message) in issue_lines(report.warnings)
        assert (9, "EvidencedSpend", "(5) is read as -5") in issue_lines(report.warnings)

    @given(st.integers(-(10**12), 10**12).map(lambda pence: pence / 100))
    def test_any_amount_in_pounds_or_brackets_is_read(self, pounds):
        printed = f"(£{-pounds:,.2f})" if pounds < 0 else f"£{pounds:,.2f}"
        report = read_report(published_returns({"sales": printed}))
        assert not report.errors
        assert report.frame["sales"].tolist() == [pounds]


class TestColumns:
    REMOVED_COLUMNS = (
        ("EvidencedSpend", "sales"),
        ("ReturnMonth", "month"),
        ("Framework", "framework"),
        ("LotDescription", "lot"),
    )

    @staticmethod
    def missing_column_message(name, header=""):
        """Return the error for a missing column, with its name in the published file."""
        published_name = (
            "" if header.lower() in {name, ""} else f' ("{header}" in the published file)'
        )
        return (1, name, f'required column "{name}"{published_name} is missing')

    @pytest.mark.parametrize(("header", "name"), REMOVED_COLUMNS)
    def test_a_missing_column_is_an_error_and_other_columns_are_checked(self, header, name):
        rows = published_returns({"month": "2013-O5-01"}, {"framework": "GCloud 2", "lot": "Lot 4"})
        report = read_report(without_columns(rows, header))
        assert issue_lines(report.errors) == [self.missing_column_message(name, header)]
        assert list(report.frame) == [column for column in TABLE_COLUMNS if column != name]
        assert len(report.frame) == 2
        expected = {"month", "framework", "lot"} - {name}
        assert {result.column for result in report.warnings} == {
            HEADER[COLUMN_INDEXES[name]] for name in expected
        }

    def test_a_file_without_the_columns_that_some_figures_need_is_read(self):
        rows = without_columns(published_returns({}, {}), "ID", "Sector", "SMEorLarge")
        report = read_report(rows)
        assert report.errors == ()
        assert list(report.frame) == ["month", "framework", "lot", "sales"]

    def test_the_owner_is_not_asked_to_map_a_published_file(self):
        report = read_report(without_columns(published_returns({}, {}), "EvidencedSpend"))
        assert (report.unmatched_columns, report.unmatched_headings) == ((), ())

    def test_several_missing_columns_and_a_blank_cell_are_all_errors(self):
        rows = without_columns(
            published_returns({}, {}), "EvidencedSpend", "ReturnMonth", "SMEorLarge"
        )
        rows[2][0] = ""
        assert issue_lines(read_report(rows).errors) == [
            self.missing_column_message("month", "ReturnMonth"),
            self.missing_column_message("sales", "EvidencedSpend"),
            (3, "ID", "is blank: a value is required"),
        ]

    def test_columns_may_be_in_any_order(self):
        rows = [row[::-1] for row in published_returns({}, {"sales": "-5"})]
        report = read_report(rows)
        assert not report.errors
        assert report.frame["sales"].tolist() == [1350, -5]
        assert report.frame["lot"].tolist() == ["3", "3"]

    @pytest.mark.parametrize(
        ("published", "printed"),
        [
            ("ID", "Return ID"),
            ("ReturnMonth", "Month"),
            ("ReturnMonth", " return month "),
            ("LotDescription", "Lot Number"),
            ("SMEorLarge", "SME / Large"),
            ("SMEorLarge", "SME"),
            ("EvidencedSpend", "Evidenced Spend (£)"),
            ("EvidencedSpend", "Total Charge (ex VAT)"),
            ("Sector", "Customer Sector"),
        ],
    )
    def test_a_known_alternative_column_name_is_read_without_a_warning(self, published, printed):
        report = read_report(with_headers(published_returns({}), **{published: printed}))
        assert (report.errors, report.warnings) == ((), ())
        assert (
            report.frame.to_numpy().tolist()
            == read_report(published_returns({})).frame.to_numpy().tolist()
        )

    @pytest.mark.parametrize(
        ("published", "printed", "name"),
        [
            ("ReturnMonth", "Month of spend return", None),
            ("ReturnMonth", "ReturMonth", "month"),
            ("LotDescription", "Lot of the catalogue", "lot"),
            ("SMEorLarge", "Supplier SME status", "supplier_size"),
            ("EvidencedSpend", "Invoiced spend", "sales"),
            ("EvidencedSpend", "Spend inc VAT", None),
            ("EvidencedSpend", "Forecast spend", None),
        ],
    )
    def test_an_unknown_column_name_is_matched_or_ignored_with_a_warning(
        self, published, printed, name
    ):
        report = read_report(with_headers(published_returns({}), **{published: printed}))
        expected = [(1, printed, f'is read as column "{name}"')]
        unrecognised = [(1, printed, "unrecognised column, ignored")]
        assert issue_lines(report.warnings) == (expected if name else unrecognised)
        assert len(report.errors) == (0 if name else 1)

    def test_two_columns_that_could_match_are_both_ignored(self):
        rows = with_headers(
            published_returns({}), EvidencedSpend="Invoiced spend", SupplierName="Charge paid"
        )
        report = read_report(rows)
        assert issue_lines(report.errors) == [
            self.missing_column_message("sales", "EvidencedSpend")
        ]
        assert [result.column for result in report.warnings] == ["Charge paid", "Invoiced spend"]

    def test_an_additional_column_is_ignored_with_a_warning(self):
        rows = [
            [*row, cell]
            for row, cell in zip(published_returns({}), ["Colour", "blue"], strict=True)
        ]
        message = "unrecognised column, ignored"
        assert issue_lines(read_report(rows).warnings) == [(1, "Colour", message)]

    def test_a_repeated_column_is_an_error(self):
        rows = [
            [*row, cell] for row, cell in zip(published_returns({}), ["Sector", "x"], strict=True)
        ]
        assert issue_lines(read_report(rows).errors) == [
            (1, "Sector", "repeats the name of another column")
        ]

    def test_a_file_of_other_data_has_an_error_for_each_missing_column(self):
        report = read_report([["ID", "Month", "Colour"], ["1", "2013-05", "blue"]])
        assert {result.message for result in report.errors} == {
            f'required column "{name}" is missing' for name in ("framework", "lot", "sales")
        }

    def test_a_header_of_very_many_columns_is_an_error(self):
        extra_columns = [f"spend of {number}" for number in range(5_000)]
        report = read_report([[*HEADER, *extra_columns], ["1", *ROW, *["" for _ in extra_columns]]])
        assert report.errors


class TestFiles:
    ROWS = published_returns(
        {}, {"sales": "-20.5", "month": "2014-06-01", "supplier_size": "Large"}
    )

    @pytest.mark.parametrize("format_", WRITERS)
    def test_every_format_gives_the_same_rows(self, format_):
        report = read_table_file(gcloud_sales_schema, WRITERS[format_](self.ROWS), "given")
        assert not report.errors
        assert report.frame["return_id"].tolist() == ["1", "2"]
        assert report.frame["month"].tolist() == ["2013-05", "2014-06"]
        assert report.frame["lot"].tolist() == ["3", "3"]
        assert report.frame["supplier_size"].tolist() == ["small", "other"]
        assert report.frame["sales"].tolist() == [1350, -20.5]

    @pytest.mark.parametrize(
        ("encoding", "encoding_name"),
        [
            ("utf-8", None),
            ("utf-8-sig", None),
            ("cp1252", "Windows-1252"),
            ("mac_roman", "Mac Roman"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16"),
        ],
    )
    @pytest.mark.parametrize("line_ending", ["\r\n", "\n", "\r"])
    def test_any_encoding_and_line_ending_is_read(self, encoding, encoding_name, line_ending):
        rows = published_returns({"sales": "£1,350"}, {})
        rows[1][6] = "Users’ “mail” – phase two"
        text = to_csv(rows).replace("\r\n", line_ending)
        report = read_table_file(gcloud_sales_schema, text.encode(encoding), "given.csv")
        assert not report.errors
        assert report.frame["sales"].tolist() == [1350, 1350]
        messages = [warning.message for warning in report.warnings]
        assert "£1,350 is read as 1350" in messages
        assert [f"is not in UTF-8: the file is read as {encoding_name}"] * bool(encoding_name) == [
            message for message in messages if "UTF-8" in message
        ]
        carriage_returns_only = line_ending == "\r" and "16" not in encoding
        assert carriage_returns_only == any("carriage returns" in message for message in messages)

    def test_parquet_with_numbers_and_dates_is_read(self):
        header, *cells = self.ROWS
        published = pd.DataFrame(cells, columns=header)
        typed_frame = published.astype(
            {"ID": int, "LotDescription": float, "EvidencedSpend": float}
        )
        typed_frame["ReturnMonth"] = pd.to_datetime(typed_frame["ReturnMonth"])
        report = read_table_file(gcloud_sales_schema, typed_frame.to_parquet(), "given")
        assert not report.errors
        assert report.frame.equals(read_report(self.ROWS).frame)

    @pytest.mark.parametrize("write", [as_csv, as_parquet])
    def test_an_imported_table_reads_back_the_same_after_writing(self, write):
        frame = read_report(self.ROWS).frame
        read_again = read_table_file(gcloud_sales_schema, write(gcloud_sales_schema, frame), "ours")
        assert not read_again.errors
        assert read_again.frame.equals(frame)

    def test_a_utf_16_byte_order_mark_is_not_part_of_the_first_header(self):
        content = codecs.BOM_UTF16_BE + to_csv(self.ROWS).encode("utf-16-be")
        assert not read_table_file(gcloud_sales_schema, content, "given").errors


@cache
def read_published():
    """Return the report on the published file."""
    return read_table_file(gcloud_sales_schema, PUBLISHED.read_bytes(), PUBLISHED.name)


@requires_published_file
class TestPublishedFile:
    def test_every_row_of_the_published_file_is_read(self):
        report = read_published()
        assert not report.errors
        assert len(report.frame) == 13_492
        assert report.frame["month"].min() == "2012-04"
        assert report.frame["month"].max() == "2014-06"
        assert report.frame["sector"].nunique() == 9

    def test_the_published_file_has_four_warnings(self):
        report = read_published()
        assert [(result.row, result.column) for result in report.warnings] == [
            (None, None),
            (44, None),
            (170, "CustomerName"),
            (542, "EvidencedSpend"),
        ]
        line_ending, repeats, encoding, credits_ = (warning.message for warning in report.warnings)
        assert "carriage returns only" in line_ending
        assert "(1,389 rows" in repeats
        assert encoding.endswith("Mac Roman")
        assert "(250 cells" in credits_

    def test_the_published_file_reads_the_same_in_another_encoding(self):
        text = PUBLISHED.read_bytes().decode("mac_roman").replace("\r", "\r\n")
        for encoding in ("utf-8", "utf-16"):
            read_again = read_table_file(gcloud_sales_schema, text.encode(encoding), "given.csv")
            assert not read_again.errors
            assert read_again.frame.equals(read_published().frame)
