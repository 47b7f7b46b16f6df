"""Tests of the G-Cloud sales file: made-up releases of it, and the published one."""

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
real = pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published original is not here")

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
OURS = ["return_id", "month", "framework", "lot", "sector", "supplier_size", "sales"]
PLACES = {"month": 5, "framework": 1, "lot": 2, "supplier_size": 9, "sales": 7}


def published_returns(*changes):
    """Rows of the published file, each as the first but for its identifier and these cells."""
    rows = [[str(number), *ROW] for number in range(1, len(changes) + 1)]
    for row, change in zip(rows, changes, strict=True):
        row[6] += f" {row[0]}"
        for name, cell in change.items():
            row[PLACES[name]] = cell
    return [HEADER, *rows]


def read_report(rows, encoding="utf-8"):
    return read_table_file(gcloud_sales_schema, to_csv(rows).encode(encoding), "given.csv")


def issue_lines(problems):
    return [(p.row, p.column, p.message) for p in problems]


def without_columns(rows, *names):
    """The rows without the columns of these headers."""
    kept = [position for position, name in enumerate(rows[0]) if name not in names]
    return [[row[at] for at in kept] for row in rows]


def with_headers(rows, **names):
    """The rows with these headers in place of the published ones."""
    return [[names.get(name, name) for name in rows[0]], *rows[1:]]


class TestAsPublished:
    def test_a_return_in_our_columns_without_the_names_of_firms(self):
        report = read_report(published_returns({}))
        assert (report.errors, report.warnings) == ((), ())
        assert list(report.frame) == OURS
        row = ["1", "2013-05", "G-Cloud", "3", "Health", "small", 1350.0]
        assert report.frame.to_numpy().tolist() == [row]

    def test_a_large_firm(self):
        report = read_report(published_returns({"supplier_size": "Large"}))
        assert report.frame["supplier_size"].tolist() == ["other"]
        assert not report.warnings

    def test_credits_stay_and_are_told_once(self):
        report = read_report(published_returns({}, {"sales": "-20.5"}, {"sales": "-3"}))
        assert report.frame["sales"].tolist() == [1350, -20.5, -3]
        assert not report.errors
        output = (
            "-20.5 is a credit, kept and subtracted (2 cells of this column, this is the first)"
        )
        assert issue_lines(report.warnings) == [(3, "EvidencedSpend", output)]

    def test_rows_that_repeat_but_for_the_identifier_stay_and_are_told_once(self):
        rows = published_returns({}, {}, {}, {})
        for row in rows[2:]:
            row[6] = rows[2][6]
        report = read_report(rows)
        assert len(report.frame) == 4
        output = (
            "the row repeats another apart from the identifier. It is kept: returns may be equal"
            " (2 rows, this is the first)"
        )
        assert issue_lines(report.warnings) == [(4, None, output)]

    def test_one_such_row(self):
        rows = published_returns({}, {})
        rows[2][6] = rows[1][6]
        output = (
            "the row repeats another apart from the identifier. It is kept: returns may be equal"
        )
        assert issue_lines(read_report(rows).warnings) == [(3, None, output)]

    def test_rows_for_two_customers_are_not_alike(self):
        rows = published_returns({}, {})
        rows[2][6], rows[2][4] = rows[1][6], "Parks"
        assert not read_report(rows).warnings

    def test_the_same_identifier_twice(self):
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
    def test_a_month_printed_otherwise_is_read_and_told(self, printed):
        report = read_report(published_returns({"month": "2013-04-01"}, {"month": printed}))
        assert not report.errors
        assert report.frame["month"].tolist() == ["2013-04", "2013-05"]
        assert issue_lines(report.warnings) == [(3, "ReturnMonth", f"{printed} is read as 2013-05")]

    def test_one_as_our_table_has_it_is_nothing_odd(self):
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
    def test_one_that_cannot_be_read_is_an_error_and_the_rest_is_checked(self, printed):
        report = read_report(published_returns({"month": printed}, {"sales": "many"}, {}))
        assert issue_lines(report.errors) == [
            (2, "ReturnMonth", f'"{printed}" must be a month such as 2014-06'),
            (3, "EvidencedSpend", '"many" is not a number'),
        ]
        assert len(report.frame) == 3

    def test_days_are_first_where_one_shows_it(self):
        report = read_report(published_returns({"month": "05/01/2013"}, {"month": "17/01/2013"}))
        assert not report.errors
        assert report.frame["month"].tolist() == ["2013-01", "2013-01"]

    def test_a_form_that_is_common_is_told_once(self):
        days = [{"month": f"01/{month:02}/2013"} for month in range(1, 13)]
        report = read_report(published_returns(*days))
        output = "01/01/2013 is read as 2013-01 (12 cells of this column, this is the first)"
        assert issue_lines(report.warnings) == [(2, "ReturnMonth", output)]
        assert report.frame["month"].tolist() == [f"2013-{month:02}" for month in range(1, 13)]

    @given(day=st.dates(), form=st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %Y", "%Y%m"]))
    def test_the_month_of_any_day(self, day, form):
        day = day.replace(year=1900 + day.year % 200)
        report = read_report(published_returns({"month": day.strftime(form)}))
        assert report.frame["month"].tolist() == [f"{day:%Y-%m}"]


class TestFrameworksLotsSizes:
    @pytest.mark.parametrize(
        ("printed", "meant"),
        [
            ("G-Cloud ii", "G-Cloud 2"),
            ("G-Cloud II", "G-Cloud 2"),
            ("GCloud 2", "G-Cloud 2"),
            ("G Cloud ll", "G-Cloud 2"),
            ("G-CLOUD (iii)", "G-Cloud 3"),
            ("G-Cloud IV", "G-Cloud 4"),
            ("G-Cloud 1", "G-Cloud"),
            ("G-Cloud i", "G-Cloud"),
            ("gcloud", "G-Cloud"),
            ("GCloud11", "G-Cloud 11"),
        ],
    )
    def test_a_framework_spelt_otherwise(self, printed, meant):
        report = read_report(published_returns({"framework": printed}))
        assert report.frame["framework"].tolist() == [meant]
        assert issue_lines(report.warnings) == [(2, "Framework", f"{printed} is read as {meant}")]

    @pytest.mark.parametrize("printed", ["G-Cloud", "G-Cloud 5", "Digital Services", "G-Cloud IIX"])
    def test_one_that_is_spelt_so_or_is_another(self, printed):
        report = read_report(published_returns({"framework": printed}))
        assert report.frame["framework"].tolist() == [printed]
        assert (report.errors, report.warnings) == ((), ())

    @pytest.mark.parametrize(
        ("printed", "meant"),
        [
            ("Lot 4", "4"),
            ("4 - Specialist Cloud Services", "4"),
            ("Specialist Cloud Services", "4"),
            ("Infrastructure as a Service", "1"),
            ("PaaS", "2"),
            ("Lot 3: SaaS", "3"),
        ],
    )
    def test_a_lot_called_otherwise(self, printed, meant):
        report = read_report(published_returns({"lot": printed}))
        assert report.frame["lot"].tolist() == [meant]
        output = f"{printed} is read as {meant}"
        assert issue_lines(report.warnings) == [(2, "LotDescription", output)]

    @pytest.mark.parametrize("printed", ["12", "Cloud hosting", "3 and 4"])
    def test_a_lot_that_is_another_stays(self, printed):
        assert read_report(published_returns({"lot": printed})).frame["lot"].tolist() == [printed]

    @pytest.mark.parametrize(
        ("printed", "meant"),
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
    def test_a_size_told_otherwise(self, printed, meant):
        report = read_report(published_returns({"supplier_size": printed}))
        assert report.frame["supplier_size"].tolist() == [meant]
        assert issue_lines(report.warnings) == [(2, "SMEorLarge", f"{printed} is read as {meant}")]

    def test_a_size_that_is_none(self):
        report = read_report(
            published_returns({}, {"supplier_size": "huge"}, {"supplier_size": ""})
        )
        assert issue_lines(report.errors) == [
            (3, "SMEorLarge", '"huge" must be one of small, other'),
            (4, "SMEorLarge", "is blank: a value is required"),
        ]


class TestAmounts:
    @pytest.mark.parametrize(
        ("printed", "meant"),
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
    def test_one_written_otherwise_is_read_and_told(self, printed, meant):
        report = read_report(published_returns({}, {"sales": printed}))
        assert not report.errors
        assert report.frame["sales"].tolist() == [1350, float(meant)]
        result = issue_lines(report.warnings)
        assert (3, "EvidencedSpend", f"{printed} is read as {meant}") in result
        assert len(result) == (2 if "-" in meant else 1)

    @pytest.mark.parametrize("printed", ["-20", "0", "36.955", ".5", "1350."])
    def test_a_plain_number_is_nothing_odd_but_for_a_credit(self, printed):
        report = read_report(published_returns({"sales": printed}))
        assert report.frame["sales"].tolist() == [float(printed)]
        assert not [result for result in report.warnings if "is read as" in result.message]

    @pytest.mark.parametrize(
        "printed", ["1,35", "1.350,20", "12O", "(20", "(-20)", "-20-", "$20", "12 34", "1e999"]
    )
    def test_one_that_cannot_be_read_is_an_error(self, printed):
        report = read_report(published_returns({"sales": printed}, {}))
        ((row, column, message),) = issue_lines(report.errors)
        assert (row, column) == (2, "EvidencedSpend")
        assert message.startswith(f'"{printed}" is not a number')
        assert math.isnan(report.frame["sales"][0])
        assert report.frame["sales"][1] == 1350

    def test_one_that_is_blank(self):
        report = read_report(published_returns({"sales": " "}))
        output = "is blank: write 0 where nothing was sold"
        assert issue_lines(report.errors) == [(2, "EvidencedSpend", output)]

    def test_each_manner_of_writing_that_is_common_is_told_once(self):
        pounds = [{"sales": f"£{number},000"} for number in range(1, 8)]
        report = read_report(published_returns(*pounds, {"sales": "(5)"}))
        output = "£1,000 is read as 1000 (7 cells of this column, this is the first)"
        assert (2, "EvidencedSpend", output) in issue_lines(report.warnings)
        assert (9, "EvidencedSpend", "(5) is read as -5") in issue_lines(report.warnings)

    @given(st.integers(-(10**12), 10**12).map(lambda pence: pence / 100))
    def test_any_amount_in_pounds_and_brackets(self, pounds):
        printed = f"(£{-pounds:,.2f})" if pounds < 0 else f"£{pounds:,.2f}"
        report = read_report(published_returns({"sales": printed}))
        assert not report.errors
        assert report.frame["sales"].tolist() == [pounds]


class TestColumns:
    GONE = (
        ("EvidencedSpend", "sales"),
        ("ReturnMonth", "month"),
        ("SMEorLarge", "supplier_size"),
        ("ID", "return_id"),
        ("Framework", "framework"),
        ("LotDescription", "lot"),
        ("Sector", "sector"),
    )

    @staticmethod
    def missing_column_message(name, head=""):
        """What is said of a column that is gone, by our name and by the file's own."""
        theirs = "" if head.lower() in {name, ""} else f' ("{head}" in the published file)'
        return (1, name, f'required column "{name}"{theirs} is missing')

    @pytest.mark.parametrize(("head", "name"), GONE)
    def test_one_that_is_gone_is_an_error_and_the_rest_is_checked(self, head, name):
        rows = published_returns({"month": "2013-O5-01"}, {"framework": "GCloud 2", "lot": "Lot 4"})
        report = read_report(without_columns(rows, head))
        assert issue_lines(report.errors) == [self.missing_column_message(name, head)]
        assert list(report.frame) == [column for column in OURS if column != name]
        assert len(report.frame) == 2
        expected = {"month", "framework", "lot"} - {name}
        assert {result.column for result in report.warnings} == {
            HEADER[PLACES[name]] for name in expected
        }

    def test_three_of_them_with_a_cell_that_cannot_be_read(self):
        rows = without_columns(
            published_returns({}, {}), "EvidencedSpend", "ReturnMonth", "SMEorLarge"
        )
        rows[2][0] = ""
        assert issue_lines(read_report(rows).errors) == [
            self.missing_column_message("month", "ReturnMonth"),
            self.missing_column_message("sales", "EvidencedSpend"),
            self.missing_column_message("supplier_size", "SMEorLarge"),
            (3, "ID", "is blank: a value is required"),
        ]

    def test_another_order(self):
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
    def test_one_called_otherwise_in_a_way_that_is_known(self, published, printed):
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
    def test_one_called_in_a_way_that_is_not(self, published, printed, name):
        report = read_report(with_headers(published_returns({}), **{published: printed}))
        expected = [(1, printed, f'is read as column "{name}"')]
        left = [(1, printed, "unrecognised column, ignored")]
        assert issue_lines(report.warnings) == (expected if name else left)
        assert len(report.errors) == (0 if name else 1)

    def test_two_that_could_be_it(self):
        rows = with_headers(
            published_returns({}), EvidencedSpend="Invoiced spend", SupplierName="Charge paid"
        )
        report = read_report(rows)
        assert issue_lines(report.errors) == [
            self.missing_column_message("sales", "EvidencedSpend")
        ]
        assert [result.column for result in report.warnings] == ["Charge paid", "Invoiced spend"]

    def test_one_more_is_told_and_left_out(self):
        rows = [
            [*row, cell]
            for row, cell in zip(published_returns({}), ["Colour", "blue"], strict=True)
        ]
        output = "unrecognised column, ignored"
        assert issue_lines(read_report(rows).warnings) == [(1, "Colour", output)]

    def test_one_that_is_there_twice(self):
        rows = [
            [*row, cell] for row, cell in zip(published_returns({}), ["Sector", "x"], strict=True)
        ]
        assert issue_lines(read_report(rows).errors) == [
            (1, "Sector", "repeats the name of another column")
        ]

    def test_a_file_of_something_else(self):
        report = read_report([["ID", "Month", "Colour"], ["1", "2013-05", "blue"]])
        assert {result.message for result in report.errors} == {
            f'required column "{name}" is missing' for name in OURS if name != "month"
        }

    def test_a_header_of_very_many_columns_is_no_such_file(self):
        wide = [f"spend of {number}" for number in range(5_000)]
        report = read_report([[*HEADER, *wide], ["1", *ROW, *["" for _ in wide]]])
        assert report.errors


class TestFiles:
    ROWS = published_returns(
        {}, {"sales": "-20.5", "month": "2014-06-01", "supplier_size": "Large"}
    )

    @pytest.mark.parametrize("format_", WRITERS)
    def test_any_format(self, format_):
        report = read_table_file(gcloud_sales_schema, WRITERS[format_](self.ROWS), "given")
        assert not report.errors
        assert report.frame["return_id"].tolist() == ["1", "2"]
        assert report.frame["month"].tolist() == ["2013-05", "2014-06"]
        assert report.frame["lot"].tolist() == ["3", "3"]
        assert report.frame["supplier_size"].tolist() == ["small", "other"]
        assert report.frame["sales"].tolist() == [1350, -20.5]

    @pytest.mark.parametrize(
        ("encoding", "said"),
        [
            ("utf-8", None),
            ("utf-8-sig", None),
            ("cp1252", "Windows-1252"),
            ("mac_roman", "Mac Roman"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16"),
        ],
    )
    @pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
    def test_any_encoding_and_any_end_of_line(self, encoding, said, ends):
        rows = published_returns({"sales": "£1,350"}, {})
        rows[1][6] = "Users’ “mail” – phase two"
        text = to_csv(rows).replace("\r\n", ends)
        report = read_table_file(gcloud_sales_schema, text.encode(encoding), "given.csv")
        assert not report.errors
        assert report.frame["sales"].tolist() == [1350, 1350]
        actual = [warning.message for warning in report.warnings]
        assert "£1,350 is read as 1350" in actual
        assert [f"is not in UTF-8: the file is read as {said}"] * bool(said) == [
            message for message in actual if "UTF-8" in message
        ]
        alone = ends == "\r" and "16" not in encoding
        assert alone == any("carriage returns" in message for message in actual)

    def test_parquet_with_numbers_and_days_in_place_of_text(self):
        head, *body = self.ROWS
        published = pd.DataFrame(body, columns=head)
        typed = published.astype({"ID": int, "LotDescription": float, "EvidencedSpend": float})
        typed["ReturnMonth"] = pd.to_datetime(typed["ReturnMonth"])
        report = read_table_file(gcloud_sales_schema, typed.to_parquet(), "given")
        assert not report.errors
        assert report.frame.equals(read_report(self.ROWS).frame)

    @pytest.mark.parametrize("write", [as_csv, as_parquet])
    def test_what_is_written_reads_back_the_same(self, write):
        frame = read_report(self.ROWS).frame
        again = read_table_file(gcloud_sales_schema, write(gcloud_sales_schema, frame), "ours")
        assert not again.errors
        assert again.frame.equals(frame)

    def test_a_mark_of_utf_16_is_not_a_part_of_the_first_header(self):
        content = codecs.BOM_UTF16_BE + to_csv(self.ROWS).encode("utf-16-be")
        assert not read_table_file(gcloud_sales_schema, content, "given").errors


@cache
def read_published():
    """The report on the published file."""
    return read_table_file(gcloud_sales_schema, PUBLISHED.read_bytes(), PUBLISHED.name)


@real
class TestPublished:
    def test_every_row_is_there(self):
        report = read_published()
        assert not report.errors
        assert len(report.frame) == 13_492
        assert report.frame["month"].min() == "2012-04"
        assert report.frame["month"].max() == "2014-06"
        assert report.frame["sector"].nunique() == 9

    def test_what_is_odd_in_it_is_told_in_four_lines(self):
        report = read_published()
        assert [(result.row, result.column) for result in report.warnings] == [
            (None, None),
            (44, None),
            (170, "CustomerName"),
            (542, "EvidencedSpend"),
        ]
        ends, repeats, encoding, credits_ = (found.message for found in report.warnings)
        assert "carriage returns alone" in ends
        assert repeats.startswith("1,389 rows")
        assert encoding.endswith("Mac Roman")
        assert "(250 cells" in credits_

    def test_it_reads_the_same_in_another_encoding(self):
        text = PUBLISHED.read_bytes().decode("mac_roman").replace("\r", "\r\n")
        for encoding in ("utf-8", "utf-16"):
            again = read_table_file(gcloud_sales_schema, text.encode(encoding), "given.csv")
            assert not again.errors
            assert again.frame.equals(read_published().frame)
