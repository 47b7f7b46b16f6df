"""Tests of the Transactions Explorer's file: made-up releases of it, and the published ones."""

import pandas as pd
import pytest

from tests.importers.files import DESCRIBED, MEASURES, REAL, SPANS, csv_of, header, wide
from workbook.importers import read
from workbook.importers.merging import difference
from workbook.tables.windows import ONLY
from workbook.topics.take_up.tables import take_up

real = pytest.mark.skipif(not REAL.is_dir(), reason="the published originals are not here")
FACTS = REAL.parents[1] / "facts" / "take_up.csv"
LATEST = "transaction-volumes.csv"
SECOND, THIRD = SPANS["2014-03"], SPANS["2014-06"]


def reported(rows):
    return read(take_up, csv_of(rows).encode(), "given.csv")


def released(name):
    return read(take_up, (REAL / name).read_bytes(), name)


def lines(problems):
    return [(p.row, p.column, p.message) for p in problems]


def renamed(rows, **names):
    """The rows with printed headers, given by their place, in place of others."""
    head = list(rows[0])
    for place, name in names.items():
        head[int(place[1:])] = name
    return [head, *rows[1:]]


def beside(rows, *column):
    """The rows with one more column."""
    return [[*row, cell] for row, cell in zip(rows, column, strict=True)]


def a_service(name="Renewals"):
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
        report = reported(renamed(wide(a_service()), _9=printed))
        assert lines(report.errors) == []
        assert lines(report.oddities) == []
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
        report = reported(renamed(wide(a_service()), **{place: printed}))
        assert lines(report.errors) == []
        assert lines(report.oddities) == [(1, printed, said)]
        assert report.frame["volume"].tolist() == [90, 100, 120]
        assert report.frame["digital_volume"].tolist() == [50, 80, 96]

    def test_a_span_of_two_years_is_the_twelve_months_that_no_other_column_has(self):
        doubtful = "January 2014 to December 2015"
        later = {"2015-06": "July 2014 to June 2015", "2015-12": "January 2015 to December 2015"}
        spans = {**SPANS, "2014-12": doubtful, **later}
        report = reported(wide([*a_service(), *["130", "97", "1"] * 3], spans=spans))
        assert lines(report.errors) == []
        assert report.frame["window_end"].tolist() == [*SPANS, "2014-12", "2015-06", "2015-12"]
        said = "the window printed lasts 24 months: read as January 2014 to December 2014"
        assert {message for _, _, message in lines(report.oddities)} == {said}
        assert len(report.oddities) == 3

    def test_a_span_that_fits_one_place_between_its_neighbours(self):
        spans = {
            **SPANS,
            "x": "July 2013 to September 2014",
            "2014-12": "January 2014 to December 2014",
        }
        report = reported(
            wide([*a_service(), *["130", "97", "1"], *["140", "98", "1"]], spans=spans)
        )
        assert lines(report.errors) == []
        assert report.frame["window_end"].tolist() == [*SPANS, "2014-09", "2014-12"]

    def test_a_span_that_could_be_two_windows(self):
        spans = {**SPANS, "x": "January 2014 to December 2015"}
        report = reported(wide([*a_service(), "130", "97", "1"], spans=spans))
        said = "the window lasts 24 months, and which 12 are meant is open"
        assert {message for _, _, message in lines(report.errors)} == {said}
        assert len(report.frame) == 3

    def test_a_window_that_ends_before_it_starts(self):
        printed = "June 2014 to July 2013: volume"
        report = reported(renamed(wide(a_service()), _9=printed))
        said = "the window ends before it starts: June 2014 to July 2013"
        assert lines(report.errors) == [(1, printed, said)]
        assert report.frame["digital_volume"].tolist() == [50, 80, 96]

    def test_a_window_that_cannot_be_read_at_all(self):
        printed = "Xyzzy 2013 to Plugh 2014: volume"
        report = reported(renamed(wide(a_service()), _9=printed))
        said = "the window cannot be read: write it as April 2013 to March 2014"
        assert lines(report.errors) == [(1, printed, said)]
        assert report.frame["volume"].fillna(-1).tolist() == [90, 100, -1]

    def test_the_same_window_twice(self):
        report = reported(renamed(wide(a_service()), _9=f"{SECOND}: total transactions"))
        said = f"its window and measure are those of the column {SECOND}: volume"
        assert lines(report.errors) == [(1, f"{SECOND}: total transactions", said)]

    def test_a_file_of_one_window(self):
        report = reported(wide(a_service()[:4], spans={"2013-12": SPANS["2013-12"]}))
        assert lines(report.errors) == [(1, f"{SPANS['2013-12']}: volume", ONLY)]
        assert len(report.frame) == 1

    def test_a_window_that_overlaps_no_other(self):
        spans = {**SPANS, "2020-03": "April 2019 to March 2020"}
        report = reported(wide([*a_service(), "1", "1", "1"], spans=spans))
        said = "its window of 12 months overlaps no other: is its date right?"
        assert lines(report.errors) == [(1, "April 2019 to March 2020: volume", said)]

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
        report = reported(wide(a_service(), head=header(measures=measures)))
        headers = sorted(f"{span}: {printed}" for span in SPANS.values())
        assert [each for each in lines(report.oddities) if each[1] in headers] == [
            (1, each, f"is read as {measure}") for each in headers
        ]
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
        report = reported(renamed(wide(a_service()), _10=printed, _11=f"{SECOND}: {other}"))
        assert lines(report.errors) == []
        said = "this column is not understood and was left out"
        assert (1, printed, said) in lines(report.oddities)
        assert report.frame["digital_volume"].fillna(-1).tolist() == [50, 80, -1]
        assert report.frame["cost_per_transaction"].fillna(-1).tolist() == [3, 2.5, -1]

    def test_a_header_in_which_no_window_can_be_read_is_no_published_files(self):
        rows = [[*DESCRIBED, "Xyzzy 2013: volume"], ["Ministry", "Agency", "Renewals", "1"]]
        errors = {column for _, column, _ in lines(reported(rows).errors)}
        assert {"window_end", "volume", "digital_volume"} <= errors

    def test_columns_of_no_window_are_told_and_left_out(self):
        rows = beside(wide(a_service()), "Latest volume", "1")
        said = "this column is not understood and was left out"
        assert lines(reported(rows).oddities) == [(1, "Latest volume", said)]

    @pytest.mark.parametrize(
        "needless", ["URL", "Other notes", "Customer type", "Agency Abbreviation"]
    )
    def test_columns_that_are_understood_and_not_needed_are_no_oddity(self, needless):
        assert reported(beside(wide(a_service()), needless, "x")).oddities == ()

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
        head = [*names, *header()[len(DESCRIBED) :]]
        report = reported(wide(a_service(), head=head))
        assert (report.errors, report.oddities) == ((), ())
        assert report.frame["organisation"].tolist() == ["Agency"] * 3

    def test_a_misprinted_name_of_a_column(self):
        report = reported(renamed(wide(a_service()), _2="Name of servce"))
        assert lines(report.errors) == []
        assert lines(report.oddities) == [(1, "Name of servce", "is read as the service")]

    def test_a_file_without_the_services_names(self):
        report = reported(renamed(wide(a_service()), _2="Number"))
        assert (1, "service", "the column service is missing") in lines(report.errors)


class TestRows:
    def test_two_services_of_one_name_in_one_organisation(self):
        report = reported(wide(a_service(), a_service("Fines"), a_service()))
        said = "'Renewals' of Agency stands in row 2 already"
        assert lines(report.errors) == [(4, "Name of service", said)]
        assert report.frame["service"].tolist() == ["Renewals"] * 3 + ["Fines"] * 3

    def test_runs_of_spaces_do_not_tell_services_apart(self):
        report = reported(wide(a_service("Pay  tax"), a_service("Fines"), a_service("Pay tax")))
        said = "'Pay tax' of Agency stands in row 2 already"
        assert lines(report.errors) == [(4, "Name of service", said)]

    def test_two_names_that_differ_in_case_alone(self):
        report = reported(wide(a_service(), a_service("RENEWALS")))
        said = "differs only in case or spaces from 'Renewals' (row 2)"
        assert lines(report.errors) == []
        assert lines(report.oddities) == [(3, "Name of service", said)]

    def test_a_service_without_a_name(self):
        report = reported(wide(a_service(), a_service("")))
        said = "is blank: a value is needed"
        assert lines(report.errors) == [(3, "Name of service", said)]

    def test_line_feeds_inside_a_cell(self):
        assert set(reported(wide(a_service("Blue \r\n badge\nrenewals "))).frame["service"]) == {
            "Blue badge renewals"
        }

    def test_a_row_without_figures(self):
        report = reported(wide(a_service(), ["None", *[""] * 9], ["Nil", *[""] * 9]))
        said = "the row has no figure in any window and was left out (2 rows, this one first)"
        assert lines(report.oddities) == [(3, None, said)]

    def test_blank_is_not_reported_and_zero_is_zero(self):
        frame = reported(wide(["Renewals", "0", "", "", "", "", "4", "1", "0", "0"])).frame
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
        report = released(name)
        assert report.errors == ()
        assert len(report.frame) == rows
        assert report.frame["window_end"].nunique() == windows
        assert len(report.oddities) == oddities

    @pytest.mark.parametrize(
        ("name", "total"),
        [
            ("transaction-volumes.2015-07-08.csv", 1_525_586_041),
            ("transaction-volumes.2017-07-18.csv", 1_519_596_657),
            (LATEST, 1_509_878_140),
        ],
    )
    def test_the_total_volume_of_july_2013_to_june_2014_is_as_published(self, name, total):
        frame = released(name).frame
        assert frame.loc[frame["window_end"] == "2014-06", "volume"].sum() == total

    def test_misprinted_headers_are_told(self):
        said = lines(released("transaction-volumes.2017-07-18.csv").oddities)
        of_headers = [each for each in said if each[0] == 1]
        printed = "January 2014 to December 2015"
        read_as = "the window printed lasts 24 months: read as January 2014 to December 2014"
        assert of_headers == [
            (1, f"{printed}: cost per transaction (£)", read_as),
            (1, f"{printed}: digital volume", read_as),
            (1, f"{printed}: volume", read_as),
            (1, "July 2015 to Juhe 2016: digital volume", "Juhe 2016 is read as June 2016"),
        ]

    def test_the_latest_columns_are_told(self):
        said = lines(released("transaction-volumes.2015-07-08.csv").oddities)
        assert [column for row, column, _ in said if row == 1] == [
            "Latest cost per transaction (£)",
            "Latest digital volume",
            "Latest volume",
        ]

    def test_the_six_cells_with_more_digital_than_all(self):
        above = [p for p in released(LATEST).oddities if "is more than the volume" in p.message]
        assert [(p.row, p.column, p.value) for p in above] == [
            (101, "January 2015 to December 2015: digital volume", "3080"),
            (158, "January 2015 to December 2015: digital volume", "295"),
            (527, "January 2016 to December 2016: digital volume", "92"),
            (527, "October 2015 to September 2016: digital volume", "92"),
            (607, "July 2015 to June 2016: digital volume", "9836799"),
            (607, "October 2015 to September 2016: digital volume", "9969649"),
        ]

    def test_the_marker_for_missing_is_kept(self):
        report = released(LATEST)
        said = "[not provided] means missing, and is kept (139 rows, this one first)"
        assert (146, "Business model", said) in lines(report.oddities)
        assert "[not provided]" in set(report.frame["funding"])

    def test_the_held_table_is_what_the_release_has_of_its_services(self):
        """Only a window with a volume is among the 46 services' held rows."""
        held = take_up.check((REAL.parents[1] / "facts" / "take_up.csv").read_bytes()).frame
        frame = released(LATEST).frame
        frame = frame[frame["volume"].notna() & (frame["window_end"] >= "2013-03")]
        names = ["organisation", "service"]
        ours = frame.set_index(names).index.isin(held.set_index(names).index)
        found = difference(take_up, held, frame[ours])
        assert (found.added, found.dropped, found.changes, found.periods) == ((), (), (), ())
        assert len(held) == len(frame[ours]) == 815

    def test_the_shipped_table_is_the_facts_as_published(self):
        shipped = take_up.load("2017-Q4")
        facts = pd.read_csv(FACTS)
        figures = ["volume", "digital_volume", "cost_per_transaction"]
        for name in facts.columns.difference(figures):
            assert shipped[name].astype(object).equals(facts[name].astype(object))
        for name in figures:
            assert shipped[name].astype(float).equals(facts[name].astype(float))
