"""Tests of the Transactions Explorer's file: made-up releases of it, and the published ones."""

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

real = pytest.mark.skipif(
    not PUBLISHED_FOLDER.is_dir(), reason="the published originals are not here"
)
FACTS = PUBLISHED_FOLDER.parents[1] / "facts" / "take_up.csv"
LATEST = "transaction-volumes.csv"
SECOND, THIRD = WINDOW_TITLES["2014-03"], WINDOW_TITLES["2014-06"]


def read_report(rows):
    return read_table_file(take_up_table, to_csv(rows).encode(), "given.csv")


def read_release(name):
    return read_table_file(take_up_table, (PUBLISHED_FOLDER / name).read_bytes(), name)


def issue_lines(problems):
    return [(p.row, p.column, p.message) for p in problems]


def with_headers(rows, **names):
    """The rows with printed headers, given by their place, in place of others."""
    head = list(rows[0])
    for place, name in names.items():
        head[int(place[1:])] = name
    return [head, *rows[1:]]


def with_column(rows, *column):
    """The rows with one more column."""
    return [[*row, cell] for row, cell in zip(rows, column, strict=True)]


def example_service(name="Renewals"):
    """A service with every figure; each differs from the others."""
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
    def test_a_window_printed_otherwise_is_read_as_it_is_meant(self, printed):
        report = read_report(with_headers(published_rows(example_service()), _9=printed))
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == []
        assert report.frame["window_end"].tolist() == ["2013-12", "2014-03", "2014-06"]
        assert report.frame["volume"].tolist() == [90, 100, 120]

    @pytest.mark.parametrize(
        ("place", "printed", "said"),
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
    def test_a_misprint_is_reported_with_how_it_was_read(self, place, printed, said):
        report = read_report(with_headers(published_rows(example_service()), **{place: printed}))
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == [(1, printed, said)]
        assert report.frame["volume"].tolist() == [90, 100, 120]
        assert report.frame["digital_volume"].tolist() == [50, 80, 96]

    def test_a_span_of_two_years_is_the_twelve_months_that_no_other_column_has(self):
        doubtful = "January 2014 to December 2015"
        later = {"2015-06": "July 2014 to June 2015", "2015-12": "January 2015 to December 2015"}
        spans = {**WINDOW_TITLES, "2014-12": doubtful, **later}
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
        text = "the printed window lasts 24 months: read as January 2014 to December 2014"
        assert {message for _, _, message in issue_lines(report.warnings)} == {text}
        assert len(report.warnings) == 3

    def test_a_span_that_fits_one_place_between_its_neighbours(self):
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

    def test_a_span_that_could_be_two_windows(self):
        spans = {**WINDOW_TITLES, "x": "January 2014 to December 2015"}
        report = read_report(published_rows([*example_service(), "130", "97", "1"], spans=spans))
        text = "the window lasts 24 months: it is not clear which 12 are meant"
        assert {message for _, _, message in issue_lines(report.errors)} == {text}
        assert len(report.frame) == 3

    def test_a_window_that_ends_before_it_starts(self):
        printed = "June 2014 to July 2013: volume"
        report = read_report(with_headers(published_rows(example_service()), _9=printed))
        text = "the window ends before it starts: June 2014 to July 2013"
        assert issue_lines(report.errors) == [(1, printed, text)]
        assert report.frame["digital_volume"].tolist() == [50, 80, 96]

    def test_a_window_that_cannot_be_read_at_all(self):
        printed = "Xyzzy 2013 to Plugh 2014: volume"
        report = read_report(with_headers(published_rows(example_service()), _9=printed))
        text = "the window cannot be read: write it as April 2013 to March 2014"
        assert issue_lines(report.errors) == [(1, printed, text)]
        assert report.frame["volume"].fillna(-1).tolist() == [90, 100, -1]

    def test_the_same_window_twice(self):
        report = read_report(
            with_headers(published_rows(example_service()), _9=f"{SECOND}: total transactions")
        )
        text = f'has the same window and measure as column "{SECOND}: volume"'
        assert issue_lines(report.errors) == [(1, f"{SECOND}: total transactions", text)]

    def test_a_file_of_one_window(self):
        report = read_report(
            published_rows(example_service()[:4], spans={"2013-12": WINDOW_TITLES["2013-12"]})
        )
        assert issue_lines(report.errors) == [
            (1, f"{WINDOW_TITLES['2013-12']}: volume", SINGLE_WINDOW_MESSAGE)
        ]
        assert len(report.frame) == 1

    def test_a_window_that_overlaps_no_other(self):
        spans = {**WINDOW_TITLES, "2020-03": "April 2019 to March 2020"}
        report = read_report(published_rows([*example_service(), "1", "1", "1"], spans=spans))
        text = "window of 12 months that overlaps no other: check its date"
        assert issue_lines(report.errors) == [(1, "April 2019 to March 2020: volume", text)]

    @pytest.mark.parametrize(
        ("printed", "measure"),
        [
            ("online volume", "digital_volume"),
            ("digital volume (revised)", "digital_volume"),
            ("unit cost (£)", "cost_per_transaction"),
            ("assisted digital volume", "assisted_volume"),
        ],
    )
    def test_a_measure_by_a_name_that_is_not_known_is_told(self, printed, measure):
        measures = [MEASURES[0], printed, "x"]
        report = read_report(
            published_rows(example_service(), head=published_header(measures=measures))
        )
        headers = sorted(f"{span}: {printed}" for span in WINDOW_TITLES.values())
        assert [
            header_cell for header_cell in issue_lines(report.warnings) if header_cell[1] in headers
        ] == [(1, each, f"is read as {measure}") for each in headers]
        assert report.frame[measure].tolist() == [50, 80, 96]

    @pytest.mark.parametrize(
        "other",
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
    def test_the_opposite_of_a_measure_is_not_read_as_it(self, other):
        printed = f"{THIRD}: {other}"
        report = read_report(
            with_headers(published_rows(example_service()), _10=printed, _11=f"{SECOND}: {other}")
        )
        assert issue_lines(report.errors) == []
        text = "unrecognised column, ignored"
        assert (1, printed, text) in issue_lines(report.warnings)
        assert report.frame["digital_volume"].fillna(-1).tolist() == [50, 80, -1]
        assert report.frame["cost_per_transaction"].fillna(-1).tolist() == [3, 2.5, -1]

    def test_a_header_in_which_no_window_can_be_read_is_no_published_files(self):
        rows = [
            [*PUBLISHED_KEY_COLUMNS, "Xyzzy 2013: volume"],
            ["Ministry", "Agency", "Renewals", "1"],
        ]
        errors = {column for _, column, _ in issue_lines(read_report(rows).errors)}
        assert {"window_end", "volume", "digital_volume"} <= errors

    def test_columns_of_no_window_are_told_and_left_out(self):
        rows = with_column(published_rows(example_service()), "Latest volume", "1")
        text = "unrecognised column, ignored"
        assert issue_lines(read_report(rows).warnings) == [(1, "Latest volume", text)]

    @pytest.mark.parametrize(
        "needless", ["URL", "Other notes", "Customer type", "Agency Abbreviation"]
    )
    def test_columns_that_are_understood_and_not_needed_are_no_oddity(self, needless):
        assert (
            read_report(with_column(published_rows(example_service()), needless, "x")).warnings
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
    def test_columns_that_describe_a_service_by_other_names(self, names):
        head = [*names, *published_header()[len(PUBLISHED_KEY_COLUMNS) :]]
        report = read_report(published_rows(example_service(), head=head))
        assert (report.errors, report.warnings) == ((), ())
        assert report.frame["organisation"].tolist() == ["Agency"] * 3

    def test_a_misprinted_name_of_a_column(self):
        report = read_report(with_headers(published_rows(example_service()), _2="Name of servce"))
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == [
            (1, "Name of servce", 'is read as column "service"')
        ]

    def test_a_file_without_the_services_names(self):
        report = read_report(with_headers(published_rows(example_service()), _2="Number"))
        assert (1, "service", 'required column "service" is missing') in issue_lines(report.errors)


class TestRows:
    def test_two_services_of_one_name_in_one_organisation(self):
        report = read_report(
            published_rows(example_service(), example_service("Fines"), example_service())
        )
        text = '"Renewals" of Agency is already in row 2'
        assert issue_lines(report.errors) == [(4, "Name of service", text)]
        assert report.frame["service"].tolist() == ["Renewals"] * 3 + ["Fines"] * 3

    def test_runs_of_spaces_do_not_tell_services_apart(self):
        report = read_report(
            published_rows(
                example_service("Pay  tax"), example_service("Fines"), example_service("Pay tax")
            )
        )
        text = '"Pay tax" of Agency is already in row 2'
        assert issue_lines(report.errors) == [(4, "Name of service", text)]

    def test_two_names_that_differ_in_case_alone(self):
        report = read_report(published_rows(example_service(), example_service("RENEWALS")))
        text = 'differs only in case or spaces from "Renewals" (row 2)'
        assert issue_lines(report.errors) == []
        assert issue_lines(report.warnings) == [(3, "Name of service", text)]

    def test_a_service_without_a_name(self):
        report = read_report(published_rows(example_service(), example_service("")))
        text = "is blank: a value is required"
        assert issue_lines(report.errors) == [(3, "Name of service", text)]

    def test_line_feeds_inside_a_cell(self):
        assert set(
            read_report(published_rows(example_service("Blue \r\n badge\nrenewals "))).frame[
                "service"
            ]
        ) == {"Blue badge renewals"}

    def test_a_row_without_figures(self):
        report = read_report(
            published_rows(example_service(), ["None", *[""] * 9], ["Nil", *[""] * 9])
        )
        text = "row without a figure in any window, ignored (2 rows, this is the first)"
        assert issue_lines(report.warnings) == [(3, None, text)]

    def test_blank_is_not_reported_and_zero_is_zero(self):
        frame = read_report(
            published_rows(["Renewals", "0", "", "", "", "", "4", "1", "0", "0"])
        ).frame
        assert frame["volume"].fillna(-1).tolist() == [0, -1, 1]
        assert frame["digital_volume"].fillna(-1).tolist() == [-1, -1, 0]
        assert frame["cost_per_transaction"].fillna(-1).tolist() == [-1, 4, 0]


@real
class TestReleases:
    @pytest.mark.parametrize(
        ("name", "rows", "windows", "oddities"),
        [
            ("transaction-volumes.2015-07-08.csv", 4416, 8, 10),
            ("transaction-volumes.2017-07-18.csv", 9030, 16, 23),
            (LATEST, 11227, 21, 30),
        ],
    )
    def test_it_is_read_without_an_error(self, name, rows, windows, oddities):
        report = read_release(name)
        assert report.errors == ()
        assert len(report.frame) == rows
        assert report.frame["window_end"].nunique() == windows
        assert len(report.warnings) == oddities

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

    def test_misprinted_headers_are_told(self):
        text = issue_lines(read_release("transaction-volumes.2017-07-18.csv").warnings)
        of_headers = [issue_line for issue_line in text if issue_line[0] == 1]
        printed = "January 2014 to December 2015"
        read_as = "the printed window lasts 24 months: read as January 2014 to December 2014"
        assert of_headers == [
            (1, f"{printed}: cost per transaction (£)", read_as),
            (1, f"{printed}: digital volume", read_as),
            (1, f"{printed}: volume", read_as),
            (1, "July 2015 to Juhe 2016: digital volume", "Juhe 2016 is read as June 2016"),
        ]

    def test_the_latest_columns_are_told(self):
        text = issue_lines(read_release("transaction-volumes.2015-07-08.csv").warnings)
        assert [column for row, column, _ in text if row == 1] == [
            "Latest cost per transaction (£)",
            "Latest digital volume",
            "Latest volume",
        ]

    def test_the_six_cells_with_more_digital_than_all(self):
        above = [p for p in read_release(LATEST).warnings if "is more than the volume" in p.message]
        assert [(p.row, p.column, p.value) for p in above] == [
            (101, "January 2015 to December 2015: digital volume", "3080"),
            (158, "January 2015 to December 2015: digital volume", "295"),
            (527, "January 2016 to December 2016: digital volume", "92"),
            (527, "October 2015 to September 2016: digital volume", "92"),
            (607, "July 2015 to June 2016: digital volume", "9836799"),
            (607, "October 2015 to September 2016: digital volume", "9969649"),
        ]

    def test_the_marker_for_missing_is_kept(self):
        report = read_release(LATEST)
        text = "[not provided] is a marker for missing. It is kept (139 rows, this is the first)"
        assert (146, "Business model", text) in issue_lines(report.warnings)
        assert "[not provided]" in set(report.frame["funding"])

    def test_the_held_table_is_what_the_release_has_of_its_services(self):
        """Only a window with a volume is among the 46 services' held rows."""
        bundled = take_up_table.check_csv(
            (PUBLISHED_FOLDER.parents[1] / "facts" / "take_up.csv").read_bytes()
        ).frame
        frame = read_release(LATEST).frame
        frame = frame[frame["volume"].notna() & (frame["window_end"] >= "2013-03")]
        names = ["organisation", "service"]
        ours = frame.set_index(names).index.isin(bundled.set_index(names).index)
        result = merge_release(take_up_table, bundled, frame[ours])
        assert (result.added_rows, result.dropped_rows, result.changes, result.new_periods) == (
            (),
            (),
            (),
            (),
        )
        assert len(bundled) == len(frame[ours]) == 815

    def test_the_shipped_table_is_the_facts_as_published(self):
        shipped = take_up_table.load_table("2017-Q4")
        facts = pd.read_csv(FACTS)
        figures = ["volume", "digital_volume", "cost_per_transaction"]
        for name in facts.columns.difference(figures):
            assert shipped[name].astype(object).equals(facts[name].astype(object))
        for name in figures:
            assert shipped[name].astype(float).equals(facts[name].astype(float))
