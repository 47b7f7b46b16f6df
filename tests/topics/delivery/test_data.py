"""The tables of delivery: collected facts with their sources, errors and warnings."""

import csv
from datetime import datetime

import pytest

from tests import ROOT
from tests.topics.delivery.bundled_tables import ROW_TABLES, check_bundled, load_bundled
from workbook.importers import make_template, read_table_file
from workbook.resources import resource_folder
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.events.data import events_schema
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)
from workbook.topics.delivery.measures.data import progress_measures_schema

FACTS = ROOT.parent / "shared" / "facts"
needs_facts = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the folder of facts is not beside the checkout"
)
PHASES = "as_of,updated,number,title,printed_title,department,phase,source"
HEADER = (
    "id,programme,department,organisation,commitment,measure,unit,sense,target,target_date,value,"
    "period,source"
)
LINE = "{0},P,,,Move 300 websites,Moved,count,{1},{2},{3},,2014-06,S"
EVENTS = "id,programme,department,organisation,event,state,date,period,source"
MEASURES = "id,indicator,programme,department,organisation,measure,unit,value,period,source"
MILESTONES = "number,title,phase,state,month,as_of,source"


def fact_rows(name):
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report_facts():
    """The facts of the report by identifier."""
    path = resource_folder("data") / "report_facts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def issue_lines(table, header, *lines):
    report = table.check_csv("\n".join([header, *lines]).encode())
    return (
        [(issue.row, issue.column, issue.message) for issue in report.errors],
        [(each.row, each.column, each.message) for each in report.warnings],
    )


@needs_facts
class TestFacts:
    def test_the_lists_equal_the_collected_facts(self):
        names = ["as_of", "number", "printed_title", "department", "phase"]
        ours = load_bundled(exemplar_phases_schema)[names].astype(str).to_numpy().tolist()
        theirs = [name.replace("printed_", "") for name in names]
        assert ours == [[row[name] for name in theirs] for row in fact_rows("exemplar_phases")]

    def test_the_milestones_equal_the_collected_facts(self):
        names = ["number", "title", "phase", "state", "month"]
        dated = load_bundled(exemplar_milestones_schema)
        from_dashboard = dated["source"].str.startswith("GDS transformation dashboard")
        ours = dated.loc[from_dashboard, names].astype(str).to_numpy().tolist()
        facts = fact_rows("exemplar_milestones")
        for row in facts:  # published as Mar 2015 and as March 2015
            word, year = row["month"].split()
            row["month"] = f"{year}-{datetime.strptime(word[:3], '%b').month:02d}"  # noqa: DTZ007
        assert ours == [[row[name] for name in names] for row in facts]

    def test_a_service_has_the_same_title_in_both_tables(self):
        lists, dated = (
            load_bundled(exemplar_phases_schema),
            load_bundled(exemplar_milestones_schema),
        )
        assert set(lists["title"]) == set(dated["title"])
        assert len(set(lists["title"])) == 26


class TestBundled:
    @pytest.mark.parametrize(
        "table", [exemplar_phases_schema, exemplar_milestones_schema, *ROW_TABLES]
    )
    def test_every_row_has_a_source(self, table):
        assert not check_bundled(table).errors
        assert load_bundled(table)["source"].str.len().gt(10).all()

    def test_a_shared_number_is_a_warning(self):
        message = "is also the number of Criminal record check"
        for table in (exemplar_phases_schema, exemplar_milestones_schema):
            (actual,) = [
                warning for warning in check_bundled(table).warnings if warning.column == "number"
            ]
            assert actual.message.startswith(message)

    def test_warnings_on_the_milestones(self):
        actual = [
            (warning.row, warning.column)
            for warning in check_bundled(exemplar_milestones_schema).warnings
        ]
        assert actual == [
            (74, "phase"),  # vehicle management: alpha after beta
            (76, "state"),  # planned for months that had passed
            (85, "month"),  # completed in March 2015 in a list of February
            (94, "state"),
            (100, "state"),
            (121, "number"),
            (139, "title"),  # employment tribunals: never had a discovery
            (155, "state"),
            (156, "state"),
        ]

    def test_measures_repeat_the_values_of_their_facts(self):
        facts = report_facts()
        measures = load_bundled(progress_measures_schema).dropna(subset=["rests_on", "value"])
        assert len(measures) > 40
        for row in measures.to_dict("records"):
            fact = facts[row["rests_on"].split()[0]]
            is_index = row["id"] == "D18"  # the rise since a quarter, as a share of that quarter
            assert row["value"] == pytest.approx(float(fact["value"]) + is_index), row["id"]
            assert row["period"] == fact["period"], row["id"]

    @pytest.mark.parametrize("table", [commitments_schema, progress_measures_schema])
    def test_every_fact_that_a_row_rests_on_exists(self, table):
        for rests_on in load_bundled(table)["rests_on"].dropna():
            facts = [name for name in rests_on.split() if not name.startswith("exemplars.")]
            assert set(facts) <= set(report_facts()), rests_on

    def test_targets_equal_the_facts(self):
        fact = {name: float(row["value"]) for name, row in report_facts().items()}
        assert load_bundled(commitments_schema).set_index("id")["target"].to_dict() == {
            "D06": fact["F09"] + fact["F10"],
            "D07": fact["F14"],
            "D11": fact["F04"],
            "D12": fact["F03"],
            "D13": fact["F82"],
            "D14": fact["F15"],
            "D78": fact["F33"],
            **dict.fromkeys(("D55", "D73", "D74", "D75"), 1),
        }

    def test_an_identifier_belongs_to_one_table(self):
        identifiers = [set(load_bundled(table)["id"]) for table in ROW_TABLES]
        assert sum(map(len, identifiers)) == len(set.union(*identifiers)) == 11 + 48 + 148

    def test_2014_q2_sees_nothing_of_july(self):
        assert set(load_bundled(exemplar_phases_schema, "2014-Q2")["as_of"]) == {"2014-06-30"}
        assert load_bundled(exemplar_milestones_schema, "2014-Q2")["month"].max() == "2014-06"
        assert load_bundled(events_schema, "2014-Q2")["period"].max() == "2014-06"
        assert load_bundled(commitments_schema, "2014-Q1").empty
        known = load_bundled(progress_measures_schema, "2014-Q1")["indicator"].dropna()
        assert set(known) == {"identity_providers", "people_trained"}


class TestInvalid:
    def test_an_unknown_phase_is_an_error(self):
        errors, _ = issue_lines(
            exemplar_phases_schema,
            PHASES,
            "2014-06-30,,1,A,A,D,live,S",
            "2014-06-30,,2,B,B,D,gamma,S",
        )
        assert errors == [
            (3, "phase", '"gamma" must be one of discovery, alpha, beta, public, live')
        ]

    def test_a_milestone_has_no_public_phase(self):
        errors, _ = issue_lines(
            exemplar_milestones_schema, MILESTONES, "1,A,public,completed,2014-05,2015-02,S"
        )
        assert errors == [(2, "phase", '"public" must be one of discovery, alpha, beta, live')]

    def test_a_repeated_service_does_not_stop_other_checks(self):
        errors, _ = issue_lines(
            exemplar_phases_schema,
            PHASES,
            "2014-06-30,,1,A,A,D,live,S",
            "2014-06-30,,2,A,A again,D,beta,S",
            "2014-06,,3,B,B,D,done,S",
        )
        assert [error[:2] for error in errors] == [(3, "as_of"), (4, "phase")]
        assert "row 2" in errors[0][2]

    def test_two_services_with_one_number_are_only_a_warning(self):
        errors, odd = issue_lines(
            exemplar_phases_schema,
            PHASES,
            "2014-06-30,,1,A,A,D,live,S",
            "2014-06-30,,1,B,B,D,beta,S",
            "2014-09-30,,1,B,B,D,beta,S",
        )
        assert errors == []
        assert odd == [(3, "number", "is also the number of A (row 2): counted as two services")]

    def test_a_list_is_not_updated_after_its_day(self):
        errors, _ = issue_lines(
            exemplar_phases_schema,
            PHASES,
            "2014-06-30,2014-06-30,1,A,A,D,live,S",
            "2014-06-30,2014-07-18,2,B,B,D,beta,S",
        )
        assert errors == [(3, "updated", "2014-07-18 is after the list’s day, 2014-06-30")]

    @pytest.mark.parametrize(
        ("target", "date", "column"), [("", "2014-12", "target"), ("300", "", "target_date")]
    )
    def test_a_commitment_has_a_target_and_a_date(self, target, date, column):
        errors, _ = issue_lines(
            commitments_schema, HEADER, LINE.format("W1", "at least", target, date)
        )
        assert errors == [
            (
                2,
                column,
                (
                    "is blank: a commitment has a target and a date. Move a figure without a target"
                    " to progress_measures, and something that is done or not to events"
                ),
            )
        ]

    @pytest.mark.parametrize(
        ("sense", "message"),
        [
            ("", "is blank: a value is required"),
            ("around", '"around" must be one of at least, more than, fewer than'),
        ],
    )
    def test_a_target_has_a_sense(self, sense, message):
        errors, _ = issue_lines(
            commitments_schema, HEADER, LINE.format("W1", sense, "300", "2014-12")
        )
        assert errors == [(2, "sense", message)]

    def test_a_commitment_has_one_row_for_a_month(self):
        line = LINE.format("W1", "at least", "300", "2014-12")
        errors, _ = issue_lines(
            commitments_schema, HEADER, line, line.replace("2014-06", "2014-09"), line
        )
        assert errors == [(4, "id", "repeats the id and period of row 2")]

    def test_a_commitment_begins_with_what_is_to_be_done(self):
        line = LINE.format("W1", "at least", "300", "2014-12")
        errors, odd = issue_lines(
            commitments_schema, HEADER, line.replace("Move 300", "300"), line.replace("W1", "W2")
        )
        assert errors == []
        assert odd == [
            (
                2,
                "commitment",
                (
                    "begins with “300”: begin with what is to be done, such as Move 300 websites to"
                    " GOV.UK by December 2014"
                ),
            )
        ]

    def test_the_earlier_layout_gets_one_clear_message(self):
        earlier = (
            "id,kind,indicator,programme,department,commitment,measure,unit,sense,target,"
            "target_date,value,period,previous,added,rests_on,reported,source\n"
            "D01,figure,,P,,Services,Services,count,,,,4,2014-06,,,F17,,S\n"
        )
        report = read_table_file(commitments_schema, earlier.encode(), "ours.csv")
        first = report.errors[0]
        assert (first.row, first.column) == (1, "kind")
        assert first.message == (
            "this is the earlier layout, in which one table had every kind of row. There are now"
            " three tables. Keep commitments that have a target and a date here, move figures to"
            " progress_measures and events to events, and leave this column out"
        )

    def test_an_indicator_has_one_row_for_a_period(self):
        line = "M{0},{1},P,,,M,count,{0},{2},S"
        errors, _ = issue_lines(
            progress_measures_schema,
            MEASURES,
            line.format(1, "dashboards", "2014-06"),
            line.format(2, "dashboards", "2014-06"),
            line.format(3, "dashboards", "2014-09"),
            line.format(4, "", "2014-06"),
            line.format(5, "", "2014-06"),
        )
        assert errors == [
            (
                3,
                "indicator",
                (
                    "dashboards has another row for 2014-06: values are not added, so name the "
                    "indicator in one row"
                ),
            )
        ]

    def test_a_measure_is_not_negative_and_has_a_unit(self):
        errors, _ = issue_lines(progress_measures_schema, MEASURES, "M1,,P,,,M,tons,-1,2014-06,S")
        assert errors == [
            (2, "unit", '"tons" must be one of count, people, share, GBP, months'),
            (2, "value", "-1 must not be negative"),
        ]

    def test_an_event_has_a_state(self):
        errors, _ = issue_lines(events_schema, EVENTS, "E1,P,,,Launch it,finished,,2014-06,S")
        assert errors == [(2, "state", '"finished" must be one of planned, under way, done')]

    def test_an_event_that_is_done_is_not_ahead(self):
        line = "E{0},P,,,Launch it,{1},2014-09,2014-06,S"
        errors, _ = issue_lines(
            events_schema, EVENTS, line.format(1, "planned"), line.format(2, "done")
        )
        assert errors == [
            (
                3,
                "date",
                (
                    "2014-09 is after the period, 2014-06: an event that is done has happened by"
                    " then"
                ),
            )
        ]

    @pytest.mark.parametrize("table", ROW_TABLES)
    def test_a_template_is_valid(self, table):
        report = table.check_csv(make_template(table).encode())
        assert (report.errors, report.warnings) == ((), ())

    def test_a_milestone_of_two_services_is_a_warning(self):
        errors, odd = issue_lines(
            exemplar_milestones_schema,
            MILESTONES,
            "1,A,live,completed,2014-05,2015-02,S",
            "1,B,live,completed,2014-05,2015-02,S",
        )
        assert errors == []
        assert (
            3,
            "month",
            "is also the month of A (row 2): a milestone belongs to one service",
        ) in odd

    def test_a_repeated_milestone_is_an_error(self):
        line = "1,A,beta,completed,2014-05,2015-02,S"
        errors, _ = issue_lines(exemplar_milestones_schema, MILESTONES, line, line)
        assert [error[0] for error in errors] == [3]

    def test_an_unknown_state_is_an_error(self):
        errors, _ = issue_lines(
            exemplar_milestones_schema, MILESTONES, "1,A,beta,begun,2014-05,2015-02,S"
        )
        assert errors == [(2, "state", '"begun" must be one of completed, planned')]

    def test_a_missing_column_does_not_stop_other_checks(self):
        errors, odd = issue_lines(
            exemplar_milestones_schema, "number,title,phase", "1,A,gamma", "1,B,beta"
        )
        assert odd == [(3, "number", "is also the number of A (row 2): counted as two services")]
        assert (2, "phase", '"gamma" must be one of discovery, alpha, beta, live') in errors
