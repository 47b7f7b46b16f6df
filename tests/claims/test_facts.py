"""The facts of the report as they are held, and the figures read from tables."""

import csv

import pandas as pd
import pytest

from tests import ROOT
from tests.claims.claim_tables import (
    check_bundled,
    claim_tables,
    exemplar_milestones_frame,
    exemplar_phases_frame,
)
from workbook.claims import collect_figures, report_facts

FACTS = ROOT.parent / "shared" / "facts" / "report_2014_q2.csv"
GOOD = {
    "id": "F01",
    "section": "A",
    "measure": "B",
    "value": "4",
    "unit": "count",
    "period_printed": "May",
    "period": "2014-05",
    "qualifier": "",
    "source": "R",
}
HEADER = ",".join(GOOD)


def fact_row(**other):
    return ",".join((GOOD | other).values())


def check_facts(*rows):
    return report_facts.check_csv("\n".join([HEADER, *rows]).encode())


class TestHeld:
    def test_it_has_no_errors_and_no_oddities(self):
        result = check_bundled(report_facts)
        assert (result.errors, result.warnings) == ((), ())

    @pytest.mark.skipif(not FACTS.is_file(), reason="the collected facts lie outside the project")
    def test_every_collected_fact_is_held_with_its_value(self):
        frame = claim_tables()["report_facts"].set_index("id")
        for fact in csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines()):
            ours = frame[frame.index.str.match(f"{fact['id']}[a-z]?$")]
            scale = 100 if "%" in fact["unit"] else 1
            printed = {float(part) for part in fact["value"].split("/")}
            assert printed <= {round(scale * our, 9) for our in ours["value"]}, fact["id"]

    def test_a_quarter_sees_only_what_had_ended_or_was_stated(self):
        frame = claim_tables()["report_facts"]
        early = set(report_facts.filter_to_quarter(frame, "2014-Q1")["id"])
        now = set(report_facts.filter_to_quarter(frame, "2014-Q2")["id"])
        assert {"F01", "F11", "F37", "F38"} <= early
        assert not {"F56", "F57", "F34"} & early
        assert {"F56", "F57", "F34"} <= now
        assert {*frame["id"]} - now == {"F25", "F26a", "F26b"}


class TestBad:
    def test_two_values_in_a_cell(self):
        (problem,) = check_facts(fact_row(), fact_row(id="F02", value="4 / 5")).errors
        assert (problem.row, problem.column, problem.value) == (3, "value", "4 / 5")

    def test_a_fact_twice(self):
        (problem,) = check_facts(fact_row(), fact_row(id="F02"), fact_row(value="5")).errors
        assert (problem.row, problem.column) == (4, "id")
        assert problem.message == "repeats the key of row 2 (id)"

    def test_neither_value_is_taken_and_the_others_are(self):
        result = collect_figures(
            {"report_facts": check_facts(fact_row(), fact_row(id="F02"), fact_row(value="5")).frame}
        )
        assert (result["F01"].value, result["F01"].reason) == (None, "F01 has two values")
        assert result["F02"].value == 4

    def test_a_value_that_cannot_be_read_is_none(self):
        result = collect_figures(
            {"report_facts": check_facts(fact_row(value="4 / 5"), fact_row(id="")).frame}
        )
        assert (result["F01"].value, result["F01"].reason) == (None, "F01 has no value")

    @pytest.mark.parametrize(
        ("cells", "column"),
        [({"id": "G1"}, "id"), ({"unit": "%"}, "unit"), ({"qualifier": "some"}, "qualifier"),
         ({"period": "May"}, "period")],
    )  # fmt: skip
    def test_a_bad_cell(self, cells, column):
        (problem,) = check_facts(fact_row(**cells)).errors
        assert (problem.row, problem.column) == (2, column)


class TestRead:
    def test_exemplars_by_phase_number_and_month(self):
        result = collect_figures(claim_tables())
        phase = {name: result[f"exemplars.{name}"].value for name in (
            "discovery_2014_06", "alpha_2014_06", "beta_2014_06", "live_2014_06", "live_2014_09",
            "services", "went_live_2014_q1", "went_live_2014_q2")}  # fmt: skip
        assert list(phase.values()) == [1, 5, 17, 3, 6, 25, 0, 2]

    def test_what_the_quarter_does_not_see_has_no_value(self):
        seen = exemplar_phases_frame()[lambda frame: frame["as_of"] < "2014-07"]
        result = collect_figures(
            {"exemplar_phases": seen, "exemplar_milestones": exemplar_milestones_frame()[:0]}
        )
        assert result["exemplars.live_2014_06"].value == 3
        assert result["exemplars.live_2014_09"].value is None
        assert result["exemplars.live_2014_09"].reason == (
            "Exemplars live on 30 September 2014, by the dashboard’s history: "
            "what is known of the table exemplar_phases does not have it"
        )
        assert result["exemplars.went_live_2014_q2"].value is None

    def test_sales_row_by_row_count_as_a_return_each(self):
        sales = pd.DataFrame(
            {
                "month": ["2014-03", "2014-04", "2014-04", "2014-05"],
                "supplier_size": ["small", "other", "small", "small"],
                "sales": [0.1, 0.2, -0.3, 1.0],
            }
        )
        result = collect_figures({"gcloud_sales": sales})
        assert result["gcloud.returns"].value == 3
        assert result["gcloud.small_returns"].value == 2
        assert result["gcloud.sales"].value == pytest.approx(0, abs=1e-16)
        assert collect_figures({"gcloud_sales": sales[:1]})["gcloud.sales"].value is None

    def test_one_that_is_in_a_table_twice_has_no_value(self):
        twice = pd.concat([claim_tables()["inclusion_observed"]] * 2)
        assert collect_figures({"inclusion_observed": twice})["inclusion.people_2014"].value is None
