"""The bundled facts of the July 2014 report, and the figures that come from other tables."""

import csv
import math

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

GCLOUD = ROOT.parent / "shared" / "real" / "g_cloud" / "g-cloud-spend-2014-07-14.csv"
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
        values = {
            name: result[f"exemplars.{name}"].value
            for name in (
                *("alpha_before", "alpha_after", "beta_before", "beta_after"),
                *("live_before", "live_after", "services"),
                *("went_live_2014_q2", "went_live_2014_q3", "patents_live_2014_07"),
                *("assessed_live_2014_07", "student_finance_live_2014_q1"),
                *("passports_beta_2014_07",),
            )
        }
        assert list(values.values()) == [5, 4, 17, 17, 3, 4, 25, 2, 3, 1, 2, 0, 1]

    def test_a_list_has_the_day_on_which_it_was_last_updated(self):
        result = collect_report_figures(claim_tables())
        assert result["exemplars.alpha_before"].data.endswith("list of 12 June 2014")
        assert result["exemplars.alpha_after"].data.endswith("list of 18 July 2014")

    def test_a_milestone_that_the_report_is_the_source_of_does_not_confirm_it(self):
        milestones = exemplar_milestones_frame()
        of_report = milestones["source"] == JULY_2014_REPORT.title
        by_dashboard = milestones.assign(
            source=milestones["source"].where(~of_report, milestones["source"][0])
        )
        values = [
            collect_report_figures({"exemplar_milestones": frame})[
                "exemplars.student_finance_live_2014_q1"
            ].value
            for frame in (milestones, by_dashboard)
        ]
        assert values == [0, 1]

    def test_the_live_products_of_student_finance_are_named(self):
        figure = collect_report_figures(claim_tables())["exemplars.student_finance_live_2014_q1"]
        assert figure.remark == (
            "The dashboard’s live milestones of student finance are of part-time loans (October"
            " 2012)."
        )

    def test_a_figure_from_after_the_quarter_has_no_value(self):
        lists, milestones = exemplar_phases_frame(), exemplar_milestones_frame()
        result = collect_report_figures(
            {
                "exemplar_phases": lists[lists["as_of"] < "2014-07"],
                "exemplar_milestones": milestones[milestones["month"] < "2014-07"],
            },
        )
        assert result["exemplars.live_before"].value == 3
        assert result["exemplars.live_after"].value is None
        assert result["exemplars.live_after"].reason == (
            "Exemplar services live by the dashboard’s list after the end of June 2014: "
            "the table of exemplar phases does not have it for this quarter"
        )
        assert result["exemplars.went_live_2014_q2"].value == 2
        assert result["exemplars.went_live_2014_q3"].value is None
        assert result["exemplars.assessed_live_2014_07"].value is None
        assert result["exemplars.passports_beta_2014_07"].value is None

    @pytest.mark.skipif(not GCLOUD.is_file(), reason="the published file lies outside the project")
    def test_sales_to_march_are_those_of_the_published_file(self):
        """Cumulative sales and returns to March 2014, counted from the file itself."""
        rows = pd.read_csv(GCLOUD, encoding="mac_roman", dtype=str)
        rows = rows[rows["ReturnMonth"] < "2014-04"]
        sales = rows["EvidencedSpend"].str.replace("[£, ]", "", regex=True).astype(float)
        small = rows["SMEorLarge"] == "SME"
        facts = claim_tables()["report_facts"].set_index("id")["value"]
        assert facts["F87"] == pytest.approx(math.fsum(sales), abs=0.005)
        assert facts["F88"] == pytest.approx(math.fsum(sales[small]), abs=0.005)
        assert (facts["F89"], facts["F90"]) == (len(rows), small.sum())

    def test_the_rounding_of_the_inputs_gives_a_range_of_the_share(self):
        """(11.0 ∓ 0.05 m) × (12.6% ∓ 0.05 points) ÷ (6.4 ± 0.05 m)."""
        result = collect_report_figures(claim_tables())
        assert result["inclusion.lowest_share_2014"].value == pytest.approx(
            10.95 * 0.1255 / 6.45, rel=1e-12
        )
        assert result["inclusion.highest_share_2014"].value == pytest.approx(
            11.05 * 0.1265 / 6.35, rel=1e-12
        )

    def test_each_row_of_sales_is_counted(self):
        sales = pd.DataFrame(
            {
                "month": ["2014-03", "2014-04", "2014-04", "2014-05"],
                "supplier_size": ["small", "other", "small", "small"],
                "sales": [0.1, 0.2, -0.3, 1.0],
            }
        )
        result = collect_report_figures({"gcloud_sales": sales})
        assert result["gcloud.rows"].value == 3
        assert result["gcloud.small_rows"].value == 2
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
        for figure, column in (("sales", "sales"), ("small_sales", "supplier_size")):
            assert figures[f"gcloud.{figure}"].reason.endswith(
                f'the table gcloud_totals has no column "{column}"'
            )
        assert figures["gcloud.rows"].value == 1

    def test_without_tables_every_figure_names_the_missing_table(self):
        figures = collect_report_figures({})
        assert {figure.value for figure in figures.values()} == {None}
        assert {figure.remark for figure in figures.values()} == {""}
        assert figures["gcloud.sales"].reason.endswith("the table gcloud_totals is not available")
