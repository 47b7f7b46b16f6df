"""The table of consultations: its published rows, its errors and its warnings."""

import io
from datetime import date

import openpyxl
import pytest

from workbook.importers import make_template, read_table_file
from workbook.importers.write_file import as_csv
from workbook.resources import resource_folder
from workbook.topics.policymaking.data import consultations_schema

BUNDLED = resource_folder("data") / "consultations.csv"
VALID = {"id": "a", "title": "Wood fires", "opened": "2014-04-01", "closed": "2014-06-24"}


def check(*rows):
    """Report on rows that differ from a valid consultation in these cells."""
    rows = [VALID | {"id": f"c{number}"} | row for number, row in enumerate(rows, start=2)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return consultations_schema.check_csv("\n".join(",".join(line) for line in lines).encode())


def errors_of(*rows):
    return [(issue.row, issue.column, issue.message) for issue in check(*rows).errors]


def warnings_of(*rows):
    report = check(*rows)
    assert not report.errors
    return [(issue.row, issue.column, issue.message) for issue in report.warnings]


class TestBundledRows:
    def test_the_consultations_that_the_report_names_have_no_dates_and_no_counts(self):
        report = consultations_schema.check_csv(BUNDLED.read_bytes())
        assert (report.errors, report.warnings) == ((), ())
        assert len(report.frame) == 4
        known = report.frame.notna().all()
        assert list(report.frame.columns[known]) == [
            "id",
            "title",
            "organisation",
            "department",
            "source",
        ]
        assert set(report.frame["source"]) == set(consultations_schema.sources)

    def test_the_file_has_every_column_in_the_order_of_the_schema(self):
        header = BUNDLED.read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == list(consultations_schema.schema.columns)


class TestTemplate:
    def test_the_template_is_valid(self):
        report = consultations_schema.check_csv(make_template(consultations_schema).encode())
        assert (report.errors, report.warnings) == ((), ())
        assert list(report.frame) == list(consultations_schema.schema.columns)

    def test_only_four_columns_are_required(self):
        report = check({})
        assert (report.errors, list(report.frame)) == ((), list(VALID))
        dateless = check({"opened": "", "closed": ""})
        assert (dateless.errors, dateless.warnings) == ((), ())


class TestErrors:
    def test_a_consultation_that_closes_before_it_opens(self):
        message = (
            "2014-03-31 is before the consultation opens (2014-04-01): write the opening date or a"
            " later one"
        )
        assert errors_of({"closed": "2014-03-31"}) == [(2, "closed", message)]
        assert errors_of({"closed": "2014-04-01"}) == []

    @pytest.mark.parametrize("day", ["2216-12-16", "2100-01-01", "1899-12-31", "0014-06-24"])
    def test_a_date_in_an_implausible_year(self, day):
        message = (
            f"{day} is a placeholder or a slip: write the date, or leave the cell blank if it is"
            " not known"
        )
        names = ["opened", "closed", "feedback_published", "outcome_published"]
        for name in names:
            assert (2, name, message) in errors_of({name: day})
        assert errors_of({"closed": "2099-12-31"}) == []

    def test_a_placeholder_gives_no_second_error_for_the_dates_beside_it(self):
        row = {"closed": "2216-12-16", "outcome_published": "2014-09-01"}
        assert [column for _, column, _ in errors_of(row)] == ["closed"]

    @pytest.mark.parametrize("name", ["feedback_published", "outcome_published"])
    def test_an_answer_before_the_closing_date(self, name):
        message = (
            "2014-06-23 is before the consultation closes (2014-06-24): write the closing date or a"
            " later one"
        )
        assert errors_of({name: "2014-06-23"}) == [(2, name, message)]
        assert errors_of({name: "2014-06-24"}) == []

    @pytest.mark.parametrize("day", ["24 June 2014", "2014/06/24", "2014-06", "2014-06-31"])
    def test_a_date_that_is_no_day(self, day):
        message = f'"{day}" must be a day such as 2026-06-30'
        assert errors_of({"closed": day}) == [(2, "closed", message)]

    def test_a_negative_count(self):
        message = (
            "-1 must not be negative: write 0 for none, or leave the cell blank if it is not known"
        )
        for name in ("responses", "responses_paper", "proposals"):
            assert errors_of({name: "-1"}) == [(2, name, message)]

    def test_a_count_in_thousands_is_told_in_full(self):
        message = '"1.2k" is not a whole number: write 1200 in full'
        assert errors_of({"responses": "1.2k"}) == [(2, "responses", message)]

    def test_more_proposals_changed_than_made(self):
        row = {"proposals": "3", "proposals_changed": "4"}
        assert errors_of(row) == [(2, "proposals_changed", "4 is more than the proposals (3)")]

    def test_a_consultation_twice(self):
        message = 'repeats the id of row 2, "Wood fires"'
        assert errors_of({"id": "a"}, {"id": "a"}) == [(3, "id", message)]
        assert not check({"id": "a"}, {"id": "a"}).warnings

    def test_an_answer_that_is_denied(self):
        message = "is no, but outcome_published is 2014-09-01: write yes, or leave the cell blank"
        row = {"answered": "no", "outcome_published": "2014-09-01"}
        assert errors_of(row) == [(2, "answered", message)]
        assert errors_of({"answered": "perhaps"}) == [
            (2, "answered", '"perhaps" must be one of yes, no, or blank')
        ]

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "www.gov.uk", "https://x.uk/<b>"])
    def test_a_link_that_is_no_web_address(self, link):
        message = f'"{link}" must be an address that begins with https:// or http://'
        assert errors_of({"link": link}) == [(2, "link", message)]


class TestWarnings:
    def test_the_same_title_and_dates_under_another_id(self):
        message = (
            "is also the title of row 2, with the same dates: delete one of the rows if it is one"
            " consultation"
        )
        assert warnings_of({}, {"title": "Wood Fires"}) == [(3, "title", message)]
        assert warnings_of({}, {"closed": "2014-06-25"}) == []

    def test_channels_that_add_up_to_more_than_all_responses(self):
        message = "10 is fewer than the 11 responses of all channels"
        counts = {"responses_online": "8", "responses_event": "3"}
        assert warnings_of({"responses": "10"} | counts) == [(2, "responses", message)]
        assert warnings_of({"responses": "11"} | counts) == []
        assert warnings_of({"responses": ""} | counts) == []

    def test_channels_that_are_all_blank_are_not_compared(self):
        row = {"responses": "-1", "responses_online": "", "responses_paper": ""}
        report = check(row)
        assert [issue.column for issue in report.errors] == ["responses"]
        assert report.warnings == ()

    def test_html_in_a_title_is_removed(self):
        row = {"title": "<b>Wood</b> &amp; coal<script>"}
        message = 'holds HTML, which is removed: read as "Wood & coal"'
        assert warnings_of(row) == [(2, "title", message)]
        report = check(row)
        assert report.frame["title"].tolist() == ["Wood & coal"]
        written = as_csv(consultations_schema, report.frame)
        assert not consultations_schema.check_csv(written).warnings

    @pytest.mark.parametrize(
        ("title", "text"),
        [
            ("<script>alert(1)</script><b>Best</b>", "Best"),
            ("<SCRIPT>if (a<b) x()</SCRIPT >Best", "Best"),
            ("Wood<style>b {}</style>land", "Woodland"),
            ("Wood fires</p><p>and coal<br/>smoke", "Wood fires and coal smoke"),
            ("&lt;script&gt;alert(1)&lt;/script&gt;Best", "Best"),
        ],
    )
    def test_scripts_are_removed_with_their_content_and_blocks_part_words(self, title, text):
        assert check({"title": title}).frame["title"].tolist() == [text]

    def test_a_title_of_nothing_but_html_is_blank(self):
        assert errors_of({"title": "<img src=x>"}) == [
            (2, "title", "is blank: a value is required")
        ]


def test_the_first_of_a_month_in_a_spreadsheet_stays_a_day():
    spreadsheet = openpyxl.Workbook()
    spreadsheet.active.append(list(VALID))
    spreadsheet.active.append(["a", "Wood fires", date(2014, 4, 1), date(2014, 6, 24)])
    file = io.BytesIO()
    spreadsheet.save(file)
    report = read_table_file(consultations_schema, file.getvalue(), "given.xlsx")
    assert (report.errors, report.warnings) == ((), ())
    assert report.frame.to_numpy().tolist() == [["a", *[*VALID.values()][1:]]]


def test_a_table_as_json_is_read_with_our_column_names():
    content = b'[{"id": "a", "title": "A", "opened": "2014-04-01", "closed": null, "responses": 7}]'
    report = read_table_file(consultations_schema, content, "given.json")
    assert (report.errors, report.warnings) == ((), ())
    row = report.frame.iloc[0]
    assert (row["opened"], row["responses"]) == ("2014-04-01", 7)
    assert report.frame["closed"].isna().all()
