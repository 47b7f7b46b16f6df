"""The bundled facts of the July 2014 report, and the figures that come from other tables."""

import csv

import pandas as pd
import pytest

from tests import ROOT
from tests.topics.quarterly_report.claims.claim_tables import (
    check_bundled,
    claim_tables,
    exemplar_milestones_frame,
    exemplar_phases_frame,
)
from workbook.claims.figures import collect_figures
from workbook.topics.quarterly_report.claims.july_2014 import JULY_2014_REPORT

FACTS = ROOT.parent / "shared" / "facts" / "report_2014_q2.csv"


def collect_report_figures(tables):
    return collect_figures(JULY_2014_REPORT, tables)


class TestFacts:
    def test_the_bundled_table_has_no_errors_and_no_warnings(self):
        result = check_bundled(JULY_2014_REPORT.facts)
        assert (result.errors, result.warnings) == ((), ())

    @pytest.mark.skipif(not FACTS.is_file(), reason="the collected facts lie outside the project")
    def test_every_collected_fact_is_bundled_with_its_value(self):
        frame = claim_tables()["report_facts"].set_index("id")
        for fact in csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines()):
            ours = frame[frame.index.str.match(f"{fact['id']}[a-z]?$")]
            scale = 100 if "%" in fact["unit"] else 1
            printed = {float(part) for part in fact["value"].split("/")}
            assert printed <= {round(scale * our, 9) for our in ours["value"]}, fact["id"]

    def test_a_quarter_has_only_facts_whose_period_had_ended(self):
        frame = claim_tables()["report_facts"]
        early = set(JULY_2014_REPORT.facts.filter_to_quarter(frame, "2014-Q1")["id"])
        now = set(JULY_2014_REPORT.facts.filter_to_quarter(frame, "2014-Q2")["id"])
        assert {"F01", "F11", "F37", "F38"} <= early
        assert not {"F56", "F57", "F34"} & early
        assert {"F56", "F57", "F34"} <= now
        assert {*frame["id"]} - now == {"F25", "F26a", "F26b"}


class TestOtherTables:
    def test_exemplars_by_phase_number_and_month(self):
        result = collect_report_figures(claim_tables())
        phase = {name: result[f"exemplars.{name}"].value for name in (
            "discovery_2014_06", "alpha_2014_06", "beta_2014_06", "live_2014_06", "live_2014_09",
            "services", "went_live_2014_q1", "went_live_2014_q2")}  # fmt: skip
        assert list(phase.values()) == [1, 5, 17, 3, 6, 25, 0, 2]

    def test_a_figure_from_after_the_quarter_has_no_value(self):
        seen = exemplar_phases_frame()[lambda frame: frame["as_of"] < "2014-07"]
        result = collect_report_figures(
            {"exemplar_phases": seen, "exemplar_milestones": exemplar_milestones_frame()[:0]},
        )
        assert result["exemplars.live_2014_06"].value == 3
        assert result["exemplars.live_2014_09"].value is None
        assert result["exemplars.live_2014_09"].reason == (
            "Exemplar services live on 30 September 2014, from the dashboard’s history: "
            "the table exemplar_phases does not have it for this quarter"
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
        result = collect_report_figures({"gcloud_sales": sales})
        assert result["gcloud.returns"].value == 3
        assert result["gcloud.small_returns"].value == 2
        assert result["gcloud.sales"].value == pytest.approx(0, abs=1e-16)
        assert collect_report_figures({"gcloud_sales": sales[:1]})["gcloud.sales"].value is None

    def test_a_figure_that_a_table_has_twice_has_no_value(self):
        twice = pd.concat([claim_tables()["inclusion_observed"]] * 2)
        assert (
            collect_report_figures({"inclusion_observed": twice})["inclusion.people_2014"].value
            is None
        )

    def test_a_table_without_a_column_is_named_with_the_column(self):
        frame = pd.DataFrame({"month": ["2014-04"], "returns": [1]})
        figures = collect_report_figures({"gcloud_totals": frame})
        assert figures["gcloud.sales"].reason.endswith(
            'the table gcloud_totals has no column "supplier_size"'
        )

    def test_without_tables_every_figure_names_the_missing_table(self):
        figures = collect_report_figures({})
        assert {figure.value for figure in figures.values()} == {None}
        assert figures["gcloud.sales"].reason.endswith("the table gcloud_totals is not available")
