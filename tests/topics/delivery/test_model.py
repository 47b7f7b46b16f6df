"""The model of delivery: published figures, totals, what a quarter can see, and sentences."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import ROOT
from tests.topics.delivery.examples import EXAMPLE_SALES, evaluate_example, returns_table
from workbook.importers import read_table_file
from workbook.periods import last_day_of_quarter, period_end, shift_quarter
from workbook.topics.delivery.exemplars import ALL_SERVICES_MEDIAN, COMPLETED_ONLY_MEDIAN
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES
from workbook.topics.delivery.gcloud.data import gcloud_sales_schema
from workbook.topics.delivery.gcloud.reconciliation import CUMULATIVE_RETURNED, RETURNED_SALES

FILE = ROOT.parent / "shared" / "real" / "g_cloud" / "g-cloud-spend-2014-07-14.csv"
real = pytest.mark.skipif(not FILE.is_file(), reason="the published original is not here")

PUBLISHED = {
    "exemplars_discovery": 0,
    "exemplars_alpha": 4,
    "exemplars_beta": 18,
    "exemplars_live": 3,
    "exemplars_live_recounted": 3,
    "median_months_to_live": None,
    "sites_moved": 50,
    "sites_target": 300,
    "mobile_share": 0.24,
    "tablet_share": 0.12,
    "service_assessments": 16,
    "charter_signatories": 52,
    "people_trained": 59_000,
    "gcloud_suppliers": 1_518,
    "gcloud_small_supplier_share": 0.88,
    "gcloud_services": 17_232,
    "gcloud_sales": 175_000_000,
    "gcloud_small_sales_share": 0.6,
    "framework_call_offs": 9,
    "framework_value": 2_300_000,
    "identity_providers": 2,
    "hires": 18,
    "dashboards": 18,
    "commitments_on_course": 0,
    "commitments_off_course": 1,
    "commitments_not_known": 21,
}
MONTHS = st.sampled_from(["2014-03", "2014-04"])
SIZES = st.sampled_from(["small", "other"])
QUARTERS = [f"{year}-Q{n}" for year in range(2012, 2019) for n in range(1, 5)]


@pytest.fixture(scope="module")
def default_outcome():
    return evaluate_example()


@pytest.fixture(scope="module")
def published_returns():
    """The published file, read once."""
    return read_table_file(gcloud_sales_schema, FILE.read_bytes(), FILE.name).frame


def indicator_values(outcome):
    return {indicator.name: indicator.value for indicator in outcome.indicators}


def median_by_account(quarter):
    table = evaluate_example(quarter=quarter).frame("medians").set_index("account")
    return {name: table.loc[name, "median"] for name in table.index}


class TestIndicators:
    def test_indicators_equal_the_published_figures(self, default_outcome):
        assert indicator_values(default_outcome) == PUBLISHED

    def test_counts_by_status_add_up_to_all_commitments(self, default_outcome):
        counted = [
            default_outcome[f"commitments_{status_name}"].value for status_name in _STATUS_NAMES
        ]
        table = default_outcome.frame("commitments")
        assert sum(counted) == (table["kind"] == "commitment").sum() == 22
        assert default_outcome["commitments_off_course"].note == "of 22"

    def test_services_live_come_first(self, default_outcome):
        assert default_outcome.indicators[0].name == "exemplars_live"

    def test_new_dashboards_are_not_added_to_those_there_are(self, default_outcome):
        assert (
            "82 new overview dashboards, and 37 new content" in default_outcome["dashboards"].note
        )

    def test_a_number_that_is_not_published_says_how_it_follows(self, default_outcome):
        discovery = default_outcome["exemplars_discovery"]
        assert "as published" not in discovery.label
        assert discovery.note == (
            "not published: 25 services less 4 in alpha, 18 in beta and 3 live"
        )

    def test_the_dashboard_list_carries_the_day_of_its_last_update(self, default_outcome):
        assert (
            default_outcome["exemplars_live_recounted"].note == "list last updated on 12 June 2014"
        )
        december = evaluate_example(quarter="2014-Q4")["exemplars_live_recounted"].note
        assert december == "list read on 31 December 2014"

    def test_a_median_with_fewer_than_five_at_risk_is_not_given(self, default_outcome):
        median = default_outcome["median_months_to_live"]
        assert (median.value, median.formatted_value) == (None, "too few to say")
        assert median.missing_reason == (
            "only 3 of 25 are live, and only 2 had been followed to 27 months"
        )
        assert median.label == "Median months from the end of discovery to live"
        followed = evaluate_example(quarter="2014-Q4")
        months = followed.frame("services")["months"]
        assert (months >= 27).sum() == 5
        assert followed["median_months_to_live"].value == 27

    def test_the_label_of_an_earlier_figure_gives_its_month(self, default_outcome):
        later_on = evaluate_example(quarter="2014-Q3")
        assert default_outcome["people_trained"].label.endswith("(March 2014)")
        assert later_on["hires"].label.endswith("(June 2014)")
        assert later_on["exemplars_live_recounted"].label == (
            "Exemplar services live, as listed on the dashboard"
        )

    def test_a_figure_not_published_yet_is_missing_with_a_reason(self):
        before = evaluate_example(quarter="2014-Q1")
        assert before["people_trained"].value == 59_000
        assert before["hires"].value is None
        assert before["hires"].missing_reason == "nothing was published by March 2014"
        for name in ("commitments_on_course", "commitments_off_course", "commitments_not_known"):
            assert before[name].value is None
            assert before[name].missing_reason == "no commitment was published by March 2014"

    def test_a_median_not_reached_gives_the_number_live(self):
        median = evaluate_example(quarter="2014-Q1")["median_months_to_live"]
        assert (median.value, median.formatted_value) == (None, "not reached")
        assert median.missing_reason == "only 1 of 25 is live"

    def test_a_figure_outside_the_selection_is_missing_with_a_reason(self):
        outcome = evaluate_example(programme="G-Cloud")
        assert outcome["gcloud_suppliers"].value == 1_518
        assert (
            outcome["hires"].missing_reason == "not part of the selected departments and programmes"
        )

    def test_a_department_has_its_own_services_and_not_the_government_counts(self):
        outcome = evaluate_example(department="Ministry of Justice")
        assert outcome["exemplars_live_recounted"].value == 1
        assert outcome["exemplars_live"].value is None


_STATUS_NAMES = ("on_course", "off_course", "not_known")


class TestExemplars:
    def test_three_sources_give_the_phases_in_june_2014(self, default_outcome):
        rows = default_outcome.frame("accounts")[[*EXEMPLAR_PHASES, "services"]].to_numpy().tolist()
        assert rows == [[0, 4, 18, 3, 25], [1, 5, 17, 3, 26], [2, 6, 15, 3, 26]]

    def test_the_differences_between_sources_are_explained(self, default_outcome):
        description = " ".join(default_outcome.frame("differences")["difference"])
        assert "share number 20" in description
        assert "in discovery, a phase that the report does not publish" in description

    @pytest.mark.parametrize(("quarter", "alone"), [("2014-Q2", 27), ("2015-Q1", 22)])
    def test_medians_of_all_services_and_of_completed_services(self, quarter, alone):
        assert median_by_account(quarter) == {ALL_SERVICES_MEDIAN: 27, COMPLETED_ONLY_MEDIAN: alone}

    def test_the_survival_curve_of_june_2014(self, default_outcome):
        table = default_outcome.frame("survival")
        assert table["months"].iloc[0] == 0
        assert table["at_risk"].iloc[0] == 25
        done = table[table["completed"] > 0]
        assert done["months"].tolist() == [22, 27, 28]
        # Five at risk at 22 months, two at 27, one at 28: 4 in 5, half of that, none
        assert done["at_risk"].tolist() == [5, 2, 1]
        assert done["survival"].tolist() == pytest.approx([4 / 5, 2 / 5, 0])
        assert done["survival_completed"].tolist() == pytest.approx([2 / 3, 1 / 3, 0])

    def test_services_in_the_latest_phase_come_first(self, default_outcome):
        titles = default_outcome.frame("exemplars")["title"].drop_duplicates().tolist()
        assert titles[:3] == ["Student finance", "Lasting power of attorney", "Register to vote"]
        assert titles == default_outcome.frame("services")["title"].tolist()

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_a_quarter_sees_only_periods_that_had_ended(self, quarter):
        outcome, day = evaluate_example(quarter=quarter), last_day_of_quarter(quarter)
        for table, column in (
            ("exemplars", "end"),
            ("accounts", "as_of"),
            ("commitments", "period"),
        ):
            assert all(period_end(period) <= day for period in outcome.frame(table)[column])


class TestCommitments:
    @pytest.mark.parametrize("quarter", ["2014-Q2", "2014-Q4", "2015-Q1"])
    def test_programmes_add_up_to_all_commitments(self, quarter):
        outcome = evaluate_example(quarter=quarter)
        summed = outcome.frame("programmes").drop(columns="programme").sum()
        assert summed["commitments"] == summed[list(_STATUS_NAMES)].sum() == 22
        assert summed["commitments"] + summed["followed"] == 77
        assert [
            outcome[f"commitments_{status_name}"].value for status_name in _STATUS_NAMES
        ] == summed[list(_STATUS_NAMES)].tolist()

    def test_the_progress_table_has_the_commitments_with_a_target(self, default_outcome):
        rows = default_outcome.frame("progress").set_index("id")
        assert len(rows) == 18
        assert rows.loc["D06", "of_target"] == pytest.approx(3 / 7)
        assert pd.isna(rows.loc["D14", "of_target"])  # counting begins in July
        assert pd.isna(rows.loc["D12", "of_target"])

    def test_a_commitment_without_a_department_belongs_to_all_of_government(self, default_outcome):
        table = default_outcome.frame("commitments").set_index("id")["department"]
        assert table["D04"] == "All of government"
        assert table["D33"] == "HM Revenue & Customs"

    @pytest.mark.parametrize(
        ("name", "stands"),
        [
            ("D04", "Services live: 3 in June 2014."),
            ("D14", "Sites moved from July 2014: not begun in June 2014. 50 were moved in"),
            ("D40", "Identity providers: 2 in May 2014, rising."),
            ("D16", "Share of visits: 24% in May 2014."),
            (
                "D47",
                "Sales to date: £175.0 million in April 2014. To be increased. The amount is not",
            ),
            ("D60", "APIs in use: no figure published. In use since April 2014."),
        ],
    )
    def test_the_latest_position_includes_the_report_text(self, default_outcome, name, stands):
        result = default_outcome.frame("commitments").set_index("id")["stands"]
        assert result[name].startswith(stands)

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_the_latest_position_is_in_whole_sentences(self, quarter):
        for message in evaluate_example(quarter=quarter).frame("commitments")["stands"]:
            assert message.endswith(".")
            assert "nan" not in message

    def test_both_filters_apply_at_once(self):
        chosen = {"programme": "Digital capability", "department": "HM Revenue & Customs"}
        table = evaluate_example(**chosen).frame("commitments")
        assert table["id"].tolist() == ["D33", "D34", "D35"]


class TestSales:
    def test_without_a_file_published_sales_are_compared_with_bundled_totals(self, default_outcome):
        printed, returned = default_outcome.frame("sales").to_dict("records")
        assert {printed["month"], returned["month"]} == {"2014-04"}
        assert (printed["sales"], printed["small_sales"]) == (175e6, 105e6)
        assert (returned["sales"], returned["returns"]) == (177_580_755.73, 10_914)
        assert returned["small_sales"] == pytest.approx(95_868_700.90)
        accounts = default_outcome.frame("sales_accounts")
        assert accounts["sales"].tolist() == [175e6, 177_580_755.73]
        assert accounts["small_sales_share"].tolist() == pytest.approx([0.6, 0.53986], abs=5e-6)
        assert accounts["small_returns_share"].tolist() == pytest.approx([0.6, 0.58017], abs=5e-6)

    def test_returns_are_added_up_to_the_month_of_the_published_sales(self):
        outcome = evaluate_example(returns=returns_table(*EXAMPLE_SALES))
        assert outcome["gcloud_sales"].value == 1_000
        assert outcome["gcloud_small_sales_share"].value == pytest.approx(0.6)

    def test_returns_are_added_up_to_the_latest_month_in_another_quarter(self):
        outcome = evaluate_example(returns=returns_table(*EXAMPLE_SALES), quarter="2014-Q3")
        assert outcome["gcloud_sales"].value == 2_000
        assert outcome["gcloud_sales"].label.endswith("(May 2014)")

    def test_published_and_returned_sales_are_compared(self):
        table = evaluate_example(returns=returns_table(*EXAMPLE_SALES)).frame("sales_accounts")
        assert table["month"].tolist() == ["2014-04", "2014-04", "2014-05"]
        assert table["sales"].tolist() == [175e6, 1_000, 2_000]
        assert table["small_returns_share"].tolist() == pytest.approx([0.6, 3 / 4, 3 / 5])

    def test_only_months_that_had_ended_are_shown(self):
        table = evaluate_example(returns=returns_table(*EXAMPLE_SALES), quarter="2014-Q1").frame(
            "sales"
        )
        assert table["month"].tolist() == ["2014-02", "2014-03"]
        assert table["sales"].tolist() == [600, 300]

    def test_credits_that_exceed_sales_give_no_share(self):
        share = evaluate_example(returns=returns_table(("2014-04", "small", -1.0)))[
            "gcloud_small_sales_share"
        ]
        assert (share.value, share.missing_reason) == (None, "credits equal or exceed sales")

    def test_a_file_of_later_months_is_noted(self):
        outcome = evaluate_example(returns=returns_table(("2015-01", "small", 1.0)))
        assert outcome["gcloud_sales"].value == 175_000_000
        assert any("has no month that had ended" in note for note in outcome.notes)

    def test_pounds_are_exact_to_the_penny(self):
        whole = evaluate_example().frame("sales").set_index("account").loc[CUMULATIVE_RETURNED]
        assert whole["small_sales"] == 95_868_700.90
        assert whole["other_sales"] == 81_712_054.83

    @given(st.lists(st.tuples(MONTHS, SIZES), min_size=1))
    @settings(deadline=None, max_examples=25)
    def test_small_and_other_firms_add_up(self, sizes):
        sold = [(month, size, index + 0.5) for index, (month, size) in enumerate(sizes)]
        table = evaluate_example(returns=returns_table(*sold)).frame("sales")
        money = table[["sales", "small_sales", "other_sales"]]
        pd.testing.assert_frame_equal(money, money.round(2), check_exact=True)
        parts = table["small_sales"] + table["other_sales"]
        assert parts.tolist() == pytest.approx(table["sales"].tolist())

    @real
    def test_the_published_file_to_the_penny(self, published_returns):
        outcome = evaluate_example(returns=published_returns)
        assert outcome["gcloud_sales"].value == 177_580_755.73
        assert outcome["gcloud_small_sales_share"].value == pytest.approx(0.53986, abs=5e-6)
        by_volume = outcome.frame("sales_accounts").set_index("account")["small_returns_share"]
        assert by_volume[RETURNED_SALES] == pytest.approx(0.58017, abs=5e-6)

    @real
    def test_the_published_file_by_year(self, published_returns):
        table = evaluate_example(returns=published_returns).frame("sales")
        by_year = table.groupby(table["month"].str[:4])["sales"].sum()
        assert (by_year["2012"] / 1e6, by_year["2013"] / 1e6) == pytest.approx(
            (7.10, 87.3), abs=0.05
        )


class TestSentences:
    def test_the_default_headline(self, default_outcome):
        assert default_outcome.headline == (
            "3 of 25 exemplar services were live on 30 June 2014, too few to say how long it "
            "takes. Of 22 commitments, 18 have a published target: none is on track, one is off "
            "track and 17 cannot be judged."
        )

    def test_the_headline_follows_the_quarter_and_the_filters(self):
        assert evaluate_example(quarter="2015-Q1").headline.startswith(
            "15 of 25 exemplar services were live on the dashboard’s list last updated on "
            "27 March 2015. By milestones to February 2015, counting services still under way, "
            "half take 27 months or more from the end of discovery to live (95% confidence "
            "interval: 22 months, no upper limit yet)."
        )
        assert evaluate_example(quarter="2012-Q1").headline == (
            "None of 3 exemplar services was live on 31 March 2012 by dated milestones. No "
            "commitment had been reported by 31 March 2012."
        )
        assert evaluate_example(programme="G-Cloud").headline == (
            "The one commitment has no published target."
        )

    def test_a_target_that_was_due_is_missed(self):
        before, after = (evaluate_example(quarter=quarter) for quarter in ("2014-Q2", "2014-Q3"))
        assert "one is off track and 17 cannot be judged" in before.headline
        assert "none is on track, one was missed and 17 cannot be judged" in after.headline
        assert any(note.startswith("Missed: Take 4 more exemplar") for note in after.notes)
        exemplars = evaluate_example(quarter="2015-Q1", programme="Exemplar services").headline
        assert "All 4 commitments have a published target" in exemplars

    def test_the_default_notes(self, default_outcome):
        description = "\n".join(default_outcome.notes)
        assert "4 of 22 commitments have no published target" in description
        assert "also follows 55 figures and events" in description
        assert (
            "last updated on 12 June 2014 has 25 services: 5 in alpha, 17 in beta and 3 live"
        ) in description
        assert description.count("Off track:") == 1
        assert "when only 2 services were still followed" in description
        # 26 with milestones, of which employment tribunals have none of discovery
        assert "durations cover 25 of 26 services with dated milestones: one has no" in description
        assert "Student finance counts as live from January 2014, by the Government" in description
        assert "Upload the published file of returns" in description

    def test_notes_compare_the_median_with_that_of_completed_services(self):
        notes = "\n".join(evaluate_example(quarter="2015-Q1").notes)
        assert "9 services that went live took 22 months at the median" in notes
        assert "Counting the 16 still under way, the median is 27" in notes
        assert "Milestones are known to February 2015. By these, 9 services were live" in notes

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_headline_and_notes_are_whole_sentences_in_every_quarter(self, quarter):
        outcome = evaluate_example(quarter=quarter)
        for message in (outcome.headline, *outcome.notes):
            assert message[0].isupper() or message[0].isdigit()
            assert message.endswith(".")
            assert not re.search(r"\bnan\b|\bNone\b (?!of)|  ", message)

    def test_a_later_quarter_sees_no_less(self, default_outcome):
        after = evaluate_example(quarter=shift_quarter("2014-Q2", 1))
        assert len(after.frame("exemplars")) >= len(default_outcome.frame("exemplars"))
