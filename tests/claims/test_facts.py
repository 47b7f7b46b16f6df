"""The facts of the report as they are held, and the figures read from tables."""

import csv

import pandas as pd
import pytest

from tests import ROOT
from tests.claims.held import held, milestones, phases, read
from workbook.claims import figures, report_facts

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


def row(**other):
    return ",".join((GOOD | other).values())


def report(*rows):
    return report_facts.check("\n".join([HEADER, *rows]).encode())


class TestHeld:
    def test_it_has_no_errors_and_no_oddities(self):
        found = read(report_facts)
        assert (found.errors, found.oddities) == ((), ())

    @pytest.mark.skipif(not FACTS.is_file(), reason="the collected facts lie outside the project")
    def test_every_collected_fact_is_held_with_its_value(self):
        frame = held()["report_facts"].set_index("id")
        for fact in csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines()):
            ours = frame[frame.index.str.match(f"{fact['id']}[a-z]?$")]
            scale = 100 if "%" in fact["unit"] else 1
            printed = {float(part) for part in fact["value"].split("/")}
            assert printed <= {round(scale * each, 9) for each in ours["value"]}, fact["id"]

    def test_a_quarter_sees_only_what_had_ended_or_was_stated(self):
        frame = held()["report_facts"]
        early = set(report_facts.visible(frame, "2014-Q1")["id"])
        now = set(report_facts.visible(frame, "2014-Q2")["id"])
        assert {"F01", "F11", "F37", "F38"} <= early
        assert not {"F56", "F57", "F34"} & early
        assert {"F56", "F57", "F34"} <= now
        assert {*frame["id"]} - now == {"F25", "F26a", "F26b"}


class TestBad:
    def test_two_values_in_a_cell(self):
        (problem,) = report(row(), row(id="F02", value="4 / 5")).errors
        assert (problem.row, problem.column, problem.value) == (3, "value", "4 / 5")

    def test_a_fact_twice(self):
        (problem,) = report(row(), row(id="F02"), row(value="5")).errors
        assert (problem.row, problem.column) == (4, "id")
        assert problem.message == "repeats the key of row 2 (id)"

    def test_neither_value_is_taken_and_the_others_are(self):
        found = figures({"report_facts": report(row(), row(id="F02"), row(value="5")).frame})
        assert (found["F01"].value, found["F01"].reason) == (None, "F01 has two values")
        assert found["F02"].value == 4

    def test_a_value_that_cannot_be_read_is_none(self):
        found = figures({"report_facts": report(row(value="4 / 5"), row(id="")).frame})
        assert (found["F01"].value, found["F01"].reason) == (None, "F01 has no value")

    @pytest.mark.parametrize(
        ("cells", "column"),
        [({"id": "G1"}, "id"), ({"unit": "%"}, "unit"), ({"qualifier": "some"}, "qualifier"),
         ({"period": "May"}, "period")],
    )  # fmt: skip
    def test_a_bad_cell(self, cells, column):
        (problem,) = report(row(**cells)).errors
        assert (problem.row, problem.column) == (2, column)


class TestRead:
    def test_exemplars_by_phase_number_and_month(self):
        found = figures(held())
        phase = {name: found[f"exemplars.{name}"].value for name in (
            "discovery_2014_06", "alpha_2014_06", "beta_2014_06", "live_2014_06", "live_2014_09",
            "services", "went_live_2014_q1", "went_live_2014_q2")}  # fmt: skip
        assert list(phase.values()) == [1, 5, 17, 3, 6, 25, 0, 2]

    def test_what_the_quarter_does_not_see_has_no_value(self):
        seen = phases()[lambda frame: frame["as_of"] < "2014-07"]
        found = figures({"exemplar_phases": seen, "exemplar_milestones": milestones()[:0]})
        assert found["exemplars.live_2014_06"].value == 3
        assert found["exemplars.live_2014_09"].value is None
        assert found["exemplars.live_2014_09"].reason == (
            "Exemplars live on 30 September 2014, by the dashboard’s history: "
            "what is known of the table exemplar_phases does not have it"
        )
        assert found["exemplars.went_live_2014_q2"].value is None

    def test_sales_row_by_row_count_as_a_return_each(self):
        sales = pd.DataFrame(
            {
                "month": ["2014-03", "2014-04", "2014-04", "2014-05"],
                "supplier_size": ["small", "other", "small", "small"],
                "sales": [0.1, 0.2, -0.3, 1.0],
            }
        )
        found = figures({"gcloud_sales": sales})
        assert found["gcloud.returns"].value == 3
        assert found["gcloud.small_returns"].value == 2
        assert found["gcloud.sales"].value == pytest.approx(0, abs=1e-16)
        assert figures({"gcloud_sales": sales[:1]})["gcloud.sales"].value is None

    def test_one_that_is_in_a_table_twice_has_no_value(self):
        twice = pd.concat([held()["inclusion_observed"]] * 2)
        assert figures({"inclusion_observed": twice})["inclusion.people_2014"].value is None
