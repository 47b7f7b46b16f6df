"""The tables of delivery: collected facts with their sources, errors and warnings."""

import csv
from datetime import datetime

import pytest

from tests import ROOT
from tests.topics.delivery.bundled_tables import check_bundled, load_bundled
from workbook.resources import resource_folder
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)

FACTS = ROOT.parent / "shared" / "facts"
needs_facts = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the folder of facts is not beside the checkout"
)
PHASES = "as_of,updated,number,title,printed_title,department,phase,source"
HEADER = "id,programme,commitment,measure,unit,sense,target,period,source"
MILESTONES = "number,title,phase,state,month,as_of,source"


def fact_rows(name):
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
        "table", [exemplar_phases_schema, exemplar_milestones_schema, commitments_schema]
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

    def test_commitments_repeat_the_values_of_their_facts(self):
        with (resource_folder("data") / "report_facts.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            facts = {row["id"]: row for row in csv.DictReader(file)}
        for row in load_bundled(commitments_schema).dropna(subset=["rests_on"]).to_dict("records"):
            ids = [
                fact_id
                for fact_id in row["rests_on"].split()
                if not fact_id.startswith("exemplars.")
            ]
            assert set(ids) <= set(facts), row["id"]
            if row["value"] == row["value"] and row["id"] != "D37":
                assert float(facts[ids[0]]["value"]) == row["value"], row["id"]
                assert facts[ids[0]]["period"] == row["period"], row["id"]

    def test_targets_equal_the_facts(self):
        with (resource_folder("data") / "report_facts.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            fact = {row["id"]: float(row["value"]) for row in csv.DictReader(file)}
        target = load_bundled(commitments_schema).set_index("id")["target"].dropna().to_dict()
        assert {name: target.pop(name) for name in ("D55", "D73", "D74", "D75", "D76", "D77")} == (
            dict.fromkeys(("D55", "D73", "D74", "D75", "D76", "D77"), 1)
        )
        assert target == {
            "D04": fact["F05"],
            "D06": fact["F09"] + fact["F10"],
            "D07": fact["F14"],
            "D11": fact["F04"],
            "D12": fact["F03"],
            "D13": 1,
            "D14": fact["F15"],
            "D22": 1,
            "D24": 1,
            "D29": fact["F35"],
            "D30": fact["F36"],
            "D37": fact["F47"],
        }

    def test_every_target_has_a_sense_and_only_targets_do(self):
        result = load_bundled(commitments_schema)
        assert (result["target"].notna() == result["sense"].notna()).all()
        assert result.loc[result["target_date"].notna(), "target"].notna().all()

    def test_2014_q2_sees_nothing_of_july(self):
        assert set(load_bundled(exemplar_phases_schema, "2014-Q2")["as_of"]) == {"2014-06-30"}
        assert load_bundled(exemplar_milestones_schema, "2014-Q2")["month"].max() == "2014-06"
        assert len(load_bundled(commitments_schema, "2014-Q2")) == 77
        assert load_bundled(commitments_schema, "2014-Q1")["indicator"].tolist() == [
            "people_trained"
        ]


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

    def test_only_a_commitment_has_a_target(self):
        header = "id,kind,programme,commitment,measure,unit,sense,target,period,source"
        line = "D{0},{1},P,C,M,count,{2},{3},2014-06,S"
        errors, _ = issue_lines(
            commitments_schema,
            header,
            line.format(1, "commitment", "at least", "7"),
            line.format(2, "figure", "at least", "7"),
            line.format(3, "event", "", ""),
        )
        assert [error for error in errors if error[0] > 1] == [
            (3, "kind", "is figure, but the row has a target: only a commitment has one")
        ]

    def test_an_indicator_has_one_row_for_a_period(self):
        header = "id,kind,indicator,programme,commitment,measure,unit,value,period,source"
        line = "D{0},figure,{1},P,C,M,count,{0},{2},S"
        errors, _ = issue_lines(
            commitments_schema,
            header,
            line.format(1, "dashboards", "2014-06"),
            line.format(2, "dashboards", "2014-06"),
            line.format(3, "dashboards", "2014-09"),
            line.format(4, "", "2014-06"),
            line.format(5, "", "2014-06"),
        )
        assert [error for error in errors if error[0] > 1] == [
            (
                3,
                "indicator",
                (
                    "dashboards has another row for 2014-06: values are not added, so name the "
                    "indicator in one row"
                ),
            )
        ]

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

    @pytest.mark.parametrize(
        ("sense", "target", "said"),
        [
            ("", "25", "is blank: the target 25 needs a sense, such as at least"),
            ("at least", "", "at least has no target: give the target, or leave this blank"),
        ],
    )
    def test_target_and_sense_need_each_other(self, sense, target, said):
        line = "D{0},P,C,M,count,{1},{2},2014-06,S"
        errors, odd = issue_lines(
            commitments_schema,
            HEADER,
            line.format(1, "", ""),
            line.format(2, sense, target),
            line.format(3, "at least", "7"),
        )
        assert [error for error in errors if error[0] > 1] == [(3, "sense", said)]
        assert odd == []

    def test_missing_target_columns_give_no_row_errors(self):
        errors, _ = issue_lines(commitments_schema, "id,target", "D1,25")
        assert not [error for error in errors if error[0] > 1]

    def test_a_missing_column_does_not_stop_other_checks(self):
        errors, odd = issue_lines(
            exemplar_milestones_schema, "number,title,phase", "1,A,gamma", "1,B,beta"
        )
        assert odd == [(3, "number", "is also the number of A (row 2): counted as two services")]
        assert (2, "phase", '"gamma" must be one of discovery, alpha, beta, live') in errors
