"""Tests of reading Transactions Explorer files: examples and the published releases."""

import pandas as pd
import pytest

from tests.importers.table_files import (
    MEASURES,
    PUBLISHED_FOLDER,
    PUBLISHED_KEY_COLUMNS,
    WINDOW_TITLES,
    published_header,
    published_rows,
    to_csv,
)
from workbook.importers import read_table_file
from workbook.importers.merge_release import merge_release
from workbook.tables.rolling_windows import SINGLE_WINDOW_MESSAGE
from workbook.topics.take_up.data import take_up_table

requires_published_files = pytest.mark.skipif(
    not PUBLISHED_FOLDER.is_dir(), reason="the published originals are not here"
)
FACTS = PUBLISHED_FOLDER.parents[1] / "facts" / "take_up.csv"
LATEST = "transaction-volumes.csv"
SECOND, THIRD = WINDOW_TITLES["2014-03"], WINDOW_TITLES["2014-06"]


def read_report(rows):
    return read_table_file(take_up_table, to_csv(rows).encode(), "given.csv")


def read_release(name):
    return read_table_file(take_up_table, (PUBLISHED_FOLDER / name).read_bytes(), name)


def issue_lines(issues):
    return [(issue.row, issue.column, issue.message) for issue in issues]


def with_headers(rows, **names):
    """Return the rows with headers replaced; names are an underscore and a column index."""
    header = list(rows[0])
    for position, name in names.items():
        header[int(position[1:])] = name
    return [header, *rows[1:]]


def with_column(rows, *column):
    """Return the rows with one more column."""
    return [[*row, cell] for row, cell in zip(rows, column, strict=True)]


def example_service(name="Renewals"):
    """Return a service with every figure, all of them different."""
    return [name, "90", "50", "3", "100", "80", "2.5", "120", "96", "2"]


class TestHeaders:
    @pytest.mark.parametrize(
        "printed",
        [
            f"{THIRD} volume",
            f"  {THIRD}  :  Volume ",
            "JULY 2013 TO JUNE 2014: VOLUME",
            "July 2013 – June 2014: volume",
            "Jul 2013 - Jun 2014: total transactions",
            "Number of transactions, July 2013 to June 2014",
            "2013-07 to 2014-06: vol",
            "Jul 13 to Jun 14: volume",
            "Year to June 2014: volume",
            "12 months ending June 2014: transactions",
        ],
    )
    def test_a_window_in_another_form_is_read(self, printed):
        report = read_report(with_headers(published_rows(example_service()), _9=printed))
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == []
        assert report.frame["window_end"].tolist() == ["2013-12", "2014-03", "2014-06"]
        assert report.frame["volume"].tolist() == [90, 100, 120]

    @pytest.mark.parametrize(
        ("position", "printed", "message"),
        [
            ("_10", "July 2013 to Juhe 2014: digital volume", "Juhe 2014 is read as June 2014"),
            ("_9", "July 2013 to June 2014: voulme", "is read as volume"),
            (
                "_9",
                "June 2014: volume",
                "only one month is named: read as July 2013 to June 2014",
            ),
        ],
    )
    def test_a_misprinted_header_is_read_with_a_warning(self, position, printed, message):
        report = read_report(with_headers(published_rows(example_service()), **{position: printed}))
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == [(1, printed, message)]
        assert report.frame["volume"].tolist() == [90, 100, 120]
        assert report.frame["digital_volume"].tolist() == [50, 80, 96]

    def test_a_window_of_two_years_is_read_as_the_missing_twelve_months(self):
        ambiguous_window = "January 2014 to December 2015"
        later_windows = {
            "2015-06": "July 2014 to June 2015",
            "2015-12": "January 2015 to December 2015",
        }
        spans = {**WINDOW_TITLES, "2014-12": ambiguous_window, **later_windows}
        report = read_report(
            published_rows([*example_service(), *["130", "97", "1"] * 3], spans=spans)
        )
        assert issue_lines(report.errors) == []
        assert report.frame["window_end"].tolist() == [
            *WINDOW_TITLES,
            "2014-12",
            "2015-06",
            "2015-12",
        ]
        message = "the printed window lasts 24 months: read as January 2014 to December 2014"
        assert {message for _, _, message in issue_lines(report.warnings)} == {message}
        assert len(report.warnings) == 3

    def test_a_window_of_the_wrong_length_is_read_if_only_one_window_fits(self):
        spans = {
            **WINDOW_TITLES,
            "x": "July 2013 to September 2014",
            "2014-12": "January 2014 to December 2014",
        }
        report = read_report(
            published_rows(
                [*example_service(), *["130", "97", "1"], *["140", "98", "1"]], spans=spans
            )
        )
        assert issue_lines(report.errors) == []
        assert report.frame["window_end"].tolist() == [*WINDOW_TITLES, "2014-09", "2014-12"]

    def test_an_ambiguous_window_is_an_error(self):
        spans = {**WINDOW_TITLES, "x": "January 2014 to December 2015"}
        report = read_report(published_rows([*example_service(), "130", "97", "1"], spans=spans))
        message = "the window lasts 24 months: it is not clear which 12 are meant"
        assert {message for _, _, message in issue_lines(report.errors)} == {message}
        assert len(report.frame) == 3

    def test_a_window_that_ends_before_it_starts_is_an_error(self):
        printed = "June 2014 to July 2013: volume"
        report = read_report(with_headers(published_rows(example_service()), _9=printed))
        message = "the window ends before it starts: June 2014 to July 2013"
        assert issue_lines(report.errors) == [(1, printed, message)]
        assert report.frame["digital_volume"].tolist() == [50, 80, 96]

    def test_an_unreadable_window_is_an_error(self):
        printed = "Xyzzy 2013 to Plugh 2014: volume"
        report = read_report(with_headers(published_rows(example_service()), _9=printed))
        message = "the window cannot be read: write it as April 2013 to March 2014"
        assert issue_lines(report.errors) == [(1, printed, message)]
        assert report.frame["volume"].fillna(-1).tolist() == [90, 100, -1]

    def test_five_quarters_give_two_windows(self):
        quarters = ("2014 Q1", "2014-Q2", "Q3 2014", "2014Q4", "Q1 2015")
        header = [
            f"{quarter}: {name}" for quarter in quarters for name in ("volume", "digital volume")
        ]
        counts = ["1,000", "1", "2000", "2", "3000", "3", "4000", "4", "5000", "5"]
        rows = [[*PUBLISHED_KEY_COLUMNS, *header], ["Ministry", "Agency", "Renewals", *counts]]
        report = read_report(rows)
        assert report.errors == ()
        assert report.frame["window_end"].tolist() == ["2014-12", "2015-03"]
        assert report.frame["volume"].tolist() == [10_000, 14_000]
        assert report.frame["digital_volume"].tolist() == [10, 14]

    def test_too_few_quarters_are_the_only_error(self):
        header = [f"{quarter} Vol." for quarter in ("2014-Q1", "2014-Q2")]
        header += [f"{quarter} Digital vol." for quarter in ("2014-Q1", "2014-Q2")]
        rows = [[*PUBLISHED_KEY_COLUMNS, *header], ["Ministry", "Agency", "Renewals", *"1234"]]
        message = "the file has 2 quarters: 5 successive quarters are needed for 2"
        assert issue_lines(read_report(rows).errors) == [
            (None, None, f"{message} twelve-month windows")
        ]

    def test_a_quarter_among_windows_is_an_error(self):
        rows = with_column(published_rows(example_service()), "2014-Q2: volume", "1")
        message = "is one quarter, but other columns are windows of twelve months"
        assert (1, "2014-Q2: volume", message) in issue_lines(read_report(rows).errors)

    def test_a_repeated_window_is_an_error(self):
        report = read_report(
            with_headers(published_rows(example_service()), _9=f"{SECOND}: total transactions")
        )
        message = f'has the same window and measure as column "{SECOND}: volume"'
        assert issue_lines(report.errors) == [(1, f"{SECOND}: total transactions", message)]

    def test_a_file_with_a_single_window_is_an_error(self):
        report = read_report(
            published_rows(example_service()[:4], spans={"2013-12": WINDOW_TITLES["2013-12"]})
        )
        assert issue_lines(report.errors) == [
            (1, f"{WINDOW_TITLES['2013-12']}: volume", SINGLE_WINDOW_MESSAGE)
        ]
        assert len(report.frame) == 1

    def test_a_window_that_overlaps_no_other_window_is_an_error(self):
        spans = {**WINDOW_TITLES, "2020-03": "April 2019 to March 2020"}
        report = read_report(published_rows([*example_service(), "1", "1", "1"], spans=spans))
        message = "window of 12 months that overlaps no other: check its date"
        assert issue_lines(report.errors) == [(1, "April 2019 to March 2020: volume", message)]

    @pytest.mark.parametrize(
        ("printed", "measure"),
        [
            ("online volume", "digital_volume"),
            ("digital volume (revised)", "digital_volume"),
            ("unit cost (£)", "cost_per_transaction"),
            ("assisted digital volume", "assisted_volume"),
        ],
    )
    def test_a_measure_with_an_unknown_name_is_matched_with_a_warning(self, printed, measure):
        measures = [MEASURES[0], printed, "x"]
        report = read_report(
            published_rows(example_service(), header=published_header(measures=measures))
        )
        headers = sorted(f"{span}: {printed}" for span in WINDOW_TITLES.values())
        assert [
            header_cell for header_cell in issue_lines(report.warnings) if header_cell[1] in headers
        ] == [(1, header, f"is read as {measure}") for header in headers]
        assert report.frame[measure].tolist() == [50, 80, 96]

    @pytest.mark.parametrize(
        "measure",
        [
            "non-digital volume",
            "Non digital volume",
            "offline volume",
            "paper volume",
            "telephone transactions",
            "volume by post",
            "face to face volume",
            "annual cost",
            "total cost (£)",
            "cost of digital transactions",
        ],
    )
    def test_a_different_measure_with_a_similar_name_is_ignored(self, measure):
        printed = f"{THIRD}: {measure}"
        report = read_report(
            with_headers(published_rows(example_service()), _10=printed, _11=f"{SECOND}: {measure}")
        )
        assert issue_lines(report.errors) == []
        message = "unrecognised column, ignored"
        assert (1, printed, message) in issue_lines(report.warnings)
        assert report.frame["digital_volume"].fillna(-1).tolist() == [50, 80, -1]
        assert report.frame["cost_per_transaction"].fillna(-1).tolist() == [3, 2.5, -1]

    def test_a_header_without_a_readable_window_is_an_error(self):
        rows = [
            [*PUBLISHED_KEY_COLUMNS, "Xyzzy 2013: volume"],
            ["Ministry", "Agency", "Renewals", "1"],
        ]
        message = "the window cannot be read: write it as April 2013 to March 2014"
        assert issue_lines(read_report(rows).errors) == [(1, "Xyzzy 2013: volume", message)]

    def test_columns_without_a_window_are_ignored_with_a_warning(self):
        rows = with_column(published_rows(example_service()), "Latest volume", "1")
        message = "unrecognised column, ignored"
        assert issue_lines(read_report(rows).warnings) == [(1, "Latest volume", message)]

    @pytest.mark.parametrize(
        "ignored_column", ["URL", "Other notes", "Customer type", "Agency Abbreviation"]
    )
    def test_known_columns_that_are_not_needed_have_no_warning(self, ignored_column):
        assert (
            read_report(
                with_column(published_rows(example_service()), ignored_column, "x")
            ).warnings
            == ()
        )

    @pytest.mark.parametrize(
        "names",
        [
            ["Dept", "Agency", "Service name"],
            ["Department", "Organisation", "Service"],
            ["DEPARTMENT", " body / agency ", "Transaction Name"],
            ["Department Abbreviation", "Agency Abbreviation", "Name of service"],
        ],
    )
    def test_alternative_names_of_key_columns_are_read(self, names):
        header = [*names, *published_header()[len(PUBLISHED_KEY_COLUMNS) :]]
        report = read_report(published_rows(example_service(), header=header))
        assert (report.errors, report.warnings) == ((), ())
        assert report.frame["organisation"].tolist() == ["Agency"] * 3

    def test_a_misprinted_column_name_is_read_with_a_warning(self):
        report = read_report(with_headers(published_rows(example_service()), _2="Name of servce"))
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == [
            (1, "Name of servce", 'is read as column "service"')
        ]

    def test_a_file_without_service_names_is_an_error(self):
        report = read_report(with_headers(published_rows(example_service()), _2="Number"))
        assert (1, "service", 'required column "service" is missing') in issue_lines(report.errors)


class TestRows:
    def test_two_services_with_the_same_name_in_one_organisation_are_an_error(self):
        report = read_report(
            published_rows(example_service(), example_service("Fines"), example_service())
        )
        message = '"Renewals" of Agency is already in row 2'
        assert issue_lines(report.errors) == [(4, "Name of service", message)]
        assert report.frame["service"].tolist() == ["Renewals"] * 3 + ["Fines"] * 3

    def test_service_names_that_differ_only_in_repeated_spaces_are_the_same(self):
        report = read_report(
            published_rows(
                example_service("Pay  tax"), example_service("Fines"), example_service("Pay tax")
            )
        )
        message = '"Pay tax" of Agency is already in row 2'
        assert issue_lines(report.errors) == [(4, "Name of service", message)]

    def test_service_names_that_differ_only_in_case_are_a_warning(self):
        report = read_report(published_rows(example_service(), example_service("RENEWALS")))
        message = 'differs only in case, spaces or punctuation from "Renewals" (row 2)'
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == [(3, "Name of service", message)]

    def test_a_service_without_a_name_is_an_error(self):
        report = read_report(published_rows(example_service(), example_service("")))
        message = "is blank: a value is required"
        assert issue_lines(report.errors) == [(3, "Name of service", message)]

    def test_line_breaks_in_a_cell_are_read_as_spaces(self):
        assert set(
            read_report(published_rows(example_service("Blue \r\n badge\nrenewals "))).frame[
                "service"
            ]
        ) == {"Blue badge renewals"}

    def test_rows_without_figures_are_ignored_with_a_warning(self):
        report = read_report(
            published_rows(example_service(), ["None", *[""] * 9], ["Nil", *[""] * 9])
        )
        message = "row without a figure in any window, ignored (2 rows, this is the first)"
        assert issue_lines(report.warnings) == [(3, None, message)]

    def test_a_blank_cell_is_missing_and_a_zero_is_zero(self):
        frame = read_report(
            published_rows(["Renewals", "0", "", "", "", "", "4", "1", "0", "0"])
        ).frame
        assert frame["volume"].fillna(-1).tolist() == [0, -1, 1]
        assert frame["digital_volume"].fillna(-1).tolist() == [-1, -1, 0]
        assert frame["cost_per_transaction"].fillna(-1).tolist() == [-1, 4, 0]


@requires_published_files
class TestReleases:
    @pytest.mark.parametrize(
        ("name", "rows", "windows", "warnings"),
        [
            ("transaction-volumes.2015-07-08.csv", 4416, 8, 10),
            ("transaction-volumes.2017-07-18.csv", 9030, 16, 23),
            (LATEST, 11227, 21, 30),
        ],
    )
    def test_a_published_release_is_read_without_errors(self, name, rows, windows, warnings):
        report = read_release(name)
        assert report.errors == ()
        assert len(report.frame) == rows
        assert report.frame["window_end"].nunique() == windows
        assert len(report.warnings) == warnings

    @pytest.mark.parametrize(
        ("name", "total"),
        [
            ("transaction-volumes.2015-07-08.csv", 1_525_586_041),
            ("transaction-volumes.2017-07-18.csv", 1_519_596_657),
            (LATEST, 1_509_878_140),
        ],
    )
    def test_the_total_volume_of_july_2013_to_june_2014_is_as_published(self, name, total):
        frame = read_release(name).frame
        assert frame.loc[frame["window_end"] == "2014-06", "volume"].sum() == total

    def test_misprinted_headers_in_a_release_are_warnings(self):
        issues = issue_lines(read_release("transaction-volumes.2017-07-18.csv").warnings)
        header_issues = [issue_line for issue_line in issues if issue_line[0] == 1]
        printed = "January 2014 to December 2015"
        message = "the printed window lasts 24 months: read as January 2014 to December 2014"
        assert header_issues == [
            (1, f"{printed}: cost per transaction (£)", message),
            (1, f"{printed}: digital volume", message),
            (1, f"{printed}: volume", message),
            (1, "July 2015 to Juhe 2016: digital volume", "Juhe 2016 is read as June 2016"),
        ]

    def test_the_columns_of_latest_figures_are_warnings(self):
        issues = issue_lines(read_release("transaction-volumes.2015-07-08.csv").warnings)
        assert [column for row, column, _ in issues if row == 1] == [
            "Latest cost per transaction (£)",
            "Latest digital volume",
            "Latest volume",
        ]

    def test_the_six_cells_with_a_digital_volume_above_the_volume_are_warnings(self):
        excess_digital = [
            issue
            for issue in read_release(LATEST).warnings
            if "is more than the volume" in issue.message
        ]
        assert [(issue.row, issue.column, issue.value) for issue in excess_digital] == [
            (101, "January 2015 to December 2015: digital volume", "3080"),
            (158, "January 2015 to December 2015: digital volume", "295"),
            (527, "January 2016 to December 2016: digital volume", "92"),
            (527, "October 2015 to September 2016: digital volume", "92"),
            (607, "July 2015 to June 2016: digital volume", "9836799"),
            (607, "October 2015 to September 2016: digital volume", "9969649"),
        ]

    def test_a_missing_value_marker_in_a_release_is_kept(self):
        report = read_release(LATEST)
        message = "[not provided] is a marker for missing. It is kept (139 rows, this is the first)"
        assert (146, "Business model", message) in issue_lines(report.warnings)
        assert "[not provided]" in set(report.frame["funding"])

    def test_the_bundled_table_matches_the_release_for_its_services(self):
        """Compare windows that have a volume, for the 46 services in the bundled table."""
        bundled = take_up_table.check_csv(
            (PUBLISHED_FOLDER.parents[1] / "facts" / "take_up.csv").read_bytes()
        ).frame
        frame = read_release(LATEST).frame
        frame = frame[frame["volume"].notna() & (frame["window_end"] >= "2013-03")]
        names = ["organisation", "service"]
        is_bundled_service = frame.set_index(names).index.isin(bundled.set_index(names).index)
        result = merge_release(take_up_table, bundled, frame[is_bundled_service])
        assert (result.added_rows, result.dropped_rows, result.changes, result.new_periods) == (
            (),
            (),
            (),
            (),
        )
        assert len(bundled) == len(frame[is_bundled_service]) == 815

    def test_the_bundled_table_matches_the_published_facts(self):
        bundled = take_up_table.load_table("2017-Q4")
        facts = pd.read_csv(FACTS)
        figures = ["volume", "digital_volume", "cost_per_transaction"]
        for name in facts.columns.difference(figures):
            assert bundled[name].astype(object).equals(facts[name].astype(object))
        for name in figures:
            assert bundled[name].astype(float).equals(facts[name].astype(float))
