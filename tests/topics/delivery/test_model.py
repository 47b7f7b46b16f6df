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
from workbook.topics.delivery import topic
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
    "commitments_not_known": 10,
    "commitments_met": 0,
    "commitments_missed": 0,
    "commitments_total": 11,
    "measures_total": 48,
    "events_total": 148,
    "exemplars_total": 25,
    "sites_planned": 65,
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
        assert sum(counted) == len(default_outcome.frame("commitments")) == 11
        assert default_outcome["commitments_on_course"].note == "of 11"
        assert default_outcome["commitments_off_course"].note == (
            "of 11; would be missed at recent rates"
        )
        later = evaluate_example(quarter="2015-Q1")
        assert later["commitments_off_course"].note == "of 11; missed (due September 2014)"
        assert (later["commitments_missed"].value, later["commitments_met"].value) == (1, 0)

    def test_the_first_screen_has_a_tile_for_each_kind(self, default_outcome):
        tiles = [default_outcome[name] for name in topic.first_screen.indicators]
        assert [(tile.label, tile.value, tile.note) for tile in tiles] == [
            ("Commitments: targets with a date", 11, "1 off track and 10 unknown"),
            ("Progress measures: figures without a target", 48, "46 with a known value"),
            (
                "Events: done, under way or planned",
                148,
                "91 done, 43 under way and 14 planned",
            ),
        ]

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
            "3 of 25 services are live, and only 2 had been followed to 27 months"
        )
        assert median.label == "Median months from the end of discovery to live"
        followed = evaluate_example(quarter="2014-Q4")
        months = followed.frame("services")["months"]
        assert (months >= 27).sum() == 5
        assert followed["median_months_to_live"].value == 27

    def test_the_label_of_an_earlier_figure_gives_its_month(self, default_outcome):
        later_on = evaluate_example(quarter="2014-Q3")
        assert later_on["dashboards"].label.endswith("(June 2014)")
        assert not default_outcome["dashboards"].label.endswith(")")
        for name in ("mobile_share", "gcloud_suppliers", "gcloud_services", "identity_providers"):
            assert default_outcome[name].label.endswith("(May 2014)")
        for name in ("gcloud_sales", "gcloud_small_sales_share", "framework_call_offs"):
            assert default_outcome[name].label.endswith("(April 2014)")
        assert later_on["exemplars_live_recounted"].label == (
            "Exemplar services live, by the dashboard"
        )

    @pytest.mark.parametrize("quarter", ["2014-Q2", "2015-Q1"])
    def test_figures_of_several_months_and_targets_name_them(self, quarter):
        outcome = evaluate_example(quarter=quarter)
        assert {
            name: outcome[name].label for name in ("people_trained", "hires", "sites_target")
        } == {
            "people_trained": (
                "People trained by NHS Widening Participation, 8 months to March 2014"
            ),
            "hires": (
                "People hired into interim or senior posts with the recruitment hub’s help,"
                " April to June 2014"
            ),
            "sites_target": "Target for websites on GOV.UK by December 2014: more than",
        }

    def test_the_published_share_of_small_firms_stands_beside_the_returned_one(
        self, default_outcome
    ):
        assert default_outcome["gcloud_small_sales_share"].note == (
            "as published; suppliers’ returns give 54% by value"
        )
        returned = evaluate_example(returns=returns_table(*EXAMPLE_SALES))
        assert returned["gcloud_small_sales_share"].note == ""

    def test_a_figure_not_published_yet_is_missing_with_a_reason(self):
        before = evaluate_example(quarter="2014-Q1")
        assert before["people_trained"].value == 59_000
        assert before["identity_providers"].value == 1
        assert before["hires"].value is None
        assert before["hires"].missing_reason == "nothing was published by March 2014"
        for name in ("commitments_on_course", "commitments_off_course", "commitments_not_known"):
            assert before[name].value is None
            assert before[name].missing_reason == "no commitment was published by March 2014"

    def test_a_median_not_reached_gives_the_number_live(self):
        median = evaluate_example(quarter="2014-Q1")["median_months_to_live"]
        assert (median.value, median.formatted_value) == (None, "not reached")
        assert median.missing_reason == "1 of 25 services is live"

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
            ("progress_measures", "period"),
            ("events", "period"),
        ):
            assert all(period_end(period) <= day for period in outcome.frame(table)[column])


class TestCommitments:
    @pytest.mark.parametrize("quarter", ["2014-Q2", "2014-Q4", "2015-Q1"])
    def test_programmes_add_up_to_all_rows(self, quarter):
        outcome = evaluate_example(quarter=quarter)
        summed = outcome.frame("programmes").drop(columns="programme").sum()
        statuses = ["missed", "off_track", "unknown", "on_track", "met"]
        assert summed["commitments"] == summed[statuses].sum() == 11
        assert (summed["measures"], summed["events"]) == (48, 148)
        assert outcome["commitments_off_course"].value == summed["missed"] + summed["off_track"]

    def test_the_progress_table_has_every_commitment(self, default_outcome):
        rows = default_outcome.frame("progress").set_index("id")
        assert len(rows) == 11
        assert rows.loc["D06", "of_target"] == pytest.approx(3 / 7)
        assert pd.isna(rows.loc["D14", "of_target"])  # counting begins in July
        assert pd.isna(rows.loc["D12", "of_target"])

    def test_a_row_without_a_department_belongs_to_all_of_government(self, default_outcome):
        commitments = default_outcome.frame("commitments").set_index("id")
        assert commitments.loc["D06", "department"] == "All of government"
        assert commitments.loc["D06", "organisation"] == "All of government"
        assert commitments.loc["D75", "organisation"] == "Driver and Vehicle Licensing Agency"
        events = default_outcome.frame("events").set_index("event")
        hosting = events.loc["Hold a supplier day for the Crown Hosting Service"]
        assert pd.isna(hosting["department"])
        assert hosting["organisation"] == "Crown Hosting Service"

    @pytest.mark.parametrize(
        ("table", "name", "stands"),
        [
            (
                "commitments",
                "D06",
                "Exemplar services live: 3 in June 2014.",
            ),
            (
                "commitments",
                "D55",
                "New versions released: no figure published.",
            ),
            (
                "commitments",
                "D14",
                (
                    "Agency websites moved since July 2014: not begun in June 2014. 50 were moved"
                    " in the quarter before."
                ),
            ),
            ("progress_measures", "D40", "2 in May 2014, up from 1 in February 2014."),
            ("progress_measures", "D19", "Over 300 in June 2014."),
            ("progress_measures", "D16", "24% in May 2014. No earlier share is published."),
            (
                "progress_measures",
                "D46",
                (
                    "17,232 in May 2014, up from 13,668 before. The report gives no date for the"
                    " number before."
                ),
            ),
            (
                "progress_measures",
                "D81",
                (
                    "No figure is published. Described as rising from December 2013 to March 2014."
                    " The copy of the report held gives no figure."
                ),
            ),
            ("events", "D60", "Done in April 2014."),
            ("events", "D41", "Planned in June 2014. Date as published: “shortly”."),
            ("events", "D65", "Planned in June 2014. No date is published. Agreed."),
            ("events", "D67", "Done by June 2014. No date is published."),
        ],
    )
    def test_the_latest_position_says_what_is_known_and_missing(
        self, default_outcome, table, name, stands
    ):
        assert default_outcome.frame(table).set_index("id").loc[name, "stands"] == stands

    @pytest.mark.parametrize("quarter", QUARTERS)
    @pytest.mark.parametrize("table", ["commitments", "progress_measures", "events"])
    def test_the_latest_position_is_in_whole_sentences(self, quarter, table):
        for message in evaluate_example(quarter=quarter).frame(table)["stands"]:
            assert message.endswith(".")
            assert "nan" not in message

    def test_both_filters_apply_at_once(self):
        chosen = {"programme": "Digital capability", "department": "HM Revenue & Customs"}
        outcome = evaluate_example(**chosen)
        assert outcome.frame("commitments").empty
        assert outcome.frame("progress_measures")["id"].tolist() == ["D33", "D34", "D35"]
        assert outcome.frame("events")["event"].tolist() == [
            "Recruit apprentices to work in digital",
            "Set up a digital engagement team",
        ]

    def test_the_transition_is_a_path_from_known_numbers_to_the_target(self, default_outcome):
        rows = default_outcome.frame("transition")[["basis", "month", "websites"]]
        assert rows.to_numpy().tolist() == [
            ["moved", "2014-03", 0],
            ["moved", "2014-06", 50],
            ["planned", "2014-09", 115],
            ["target", "2014-12", 300],
        ]

    def test_a_series_has_every_known_value(self, default_outcome):
        series = default_outcome.frame("series")
        assert series.groupby("id")["value"].agg(list).to_dict() == {
            "D18": [1, 1.04],
            "D40": [1, 2],
            "D46": [13_668, 17_232],
        }
        assert series.set_index("id").loc["D40", "of_highest"].tolist() == [0.5, 1]


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
            "Government set 11 digital targets with dates: 1 is off track and 10 cannot be judged"
            " yet. The report counts 3 of 25 exemplar services live on 30 June 2014."
        )

    def test_the_headline_follows_the_quarter_and_the_filters(self):
        assert evaluate_example(quarter="2015-Q1").headline == (
            "Government set 11 digital targets with dates: 1 was missed and 10 cannot be judged"
            " yet. The dashboard counts 15 of 25 exemplar services live on 27 March 2015."
        )
        assert evaluate_example(quarter="2012-Q1").headline == (
            "Government had published no digital target with a date by 31 March 2012. Milestones"
            " count none of 3 exemplar services live on 31 March 2012."
        )
        assert evaluate_example(programme="Digital Services Framework").headline == (
            "1 of 11 digital targets is selected: it cannot be judged yet."
        )

    def test_a_target_that_was_due_is_missed(self):
        before, after = (evaluate_example(quarter=quarter) for quarter in ("2014-Q2", "2014-Q3"))
        assert "1 is off track and 10 cannot be judged" in before.headline
        assert "1 was missed and 10 cannot" in after.headline
        assert any(note.startswith("Missed: take 4 more of the 25") for note in after.notes)
        exemplars = evaluate_example(quarter="2015-Q1", programme="Exemplar services").headline
        assert "3 of 11 digital targets are selected: 1 was missed and 2 cannot" in exemplars

    def test_targets_without_an_outcome_are_told_from_those_ahead(self):
        assert (
            "10 targets cannot be judged. For 9 that were due, this workbook holds no outcome. To"
            " judge the other we need its current value and more than one quarter’s rate."
        ) in evaluate_example(quarter="2015-Q1").notes

    def test_old_information_is_dated(self):
        notes = evaluate_example(quarter="2021-Q4").notes
        assert (
            "The latest report held is the Government Digital Strategy quarterly progress report,"
            " July 2014, with figures to June 2014. Later figures come only from the dashboard. No"
            " information on commitments or services after March 2015 is held."
        ) in notes

    def test_a_selection_does_not_change_the_latest_report(self):
        outcome = evaluate_example(quarter="2014-Q3", department="Department of Health")
        assert set(outcome.frame("progress_measures")["period"]) == {"2014-03"}
        assert (
            "The latest report held is the Government Digital Strategy quarterly progress report,"
            " July 2014, with figures to June 2014. No information on commitments or services"
            " after June 2014 is held."
        ) in outcome.notes

    def test_a_value_of_the_dashboard_has_the_day_of_its_last_update(self):
        outcome = evaluate_example(quarter="2021-Q4")
        live = outcome.frame("progress_measures").set_index("id").loc["D05"]
        assert (live["value"], live["period"]) == (15, "2015-03-27")

    def test_the_default_notes(self, default_outcome):
        description = "\n".join(default_outcome.notes)
        assert "48 progress measures have no target, so they have no status." in description
        assert "148 events: 91 done, 43 under way and 14 planned." in description
        assert (
            "last updated on 12 June 2014 has 26 entries for 25 numbered services. These are"
            " 1 in discovery, 5 in alpha, 17 in beta and 3 live."
        ) in description
        assert "For 30 June 2014, a table explains why the sources differ." in default_outcome.notes
        assert (
            "10 targets cannot be judged. To judge one we need its current value and more than one"
            " quarter’s rate."
        ) in description
        assert description.count("Off track:") == 1
        assert "Only 2 services were still followed at the median of 27 months" in description
        # 26 with milestones, of which employment tribunals have none of discovery
        assert (
            "Times to live cover 25 of 26 services with dated milestones: one has no" in description
        )
        assert (
            "Student finance counts as live from January 2014, by the Government Digital Strategy"
            " quarterly progress report, July 2014. The dashboard’s list has the service live. Its"
            " milestones have the service as a whole in beta from January 2014, and not live. They"
            " have single products live: part-time loans from October 2012."
        ) in default_outcome.notes
        assert (
            "G-Cloud sales to April 2014: the report says £175 million, with 60% “by volume and"
            " value” with small firms. In suppliers’ returns (Cabinet Office, G-Cloud sales, July"
            " 2014), small firms have 54% of £177.6 million, and 58% of the rows."
        ) in default_outcome.notes
        assert "Upload the published file of returns" in description

    def test_notes_compare_the_median_with_that_of_completed_services(self):
        notes = "\n".join(evaluate_example(quarter="2015-Q1").notes)
        assert (
            "By milestones to February 2015, the estimated median time to live is 27 months (95%"
            " confidence interval: 22 months, no upper limit yet). If milestones are recorded late,"
            " this is too long."
        ) in notes
        assert "By February 2015, 9 were live, after 22 months at the median." in notes
        assert (
            "The dashboard has 15 live on 27 March 2015. Here 5 of the other 6 count as not yet"
            " live in February 2015, and one has no dated discovery."
        ) in notes
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


def test_a_department_leaves_out_the_figures_of_others():
    outcome = evaluate_example(department="Ministry of Justice")
    assert "mobile_share" in outcome.left_out
    assert "exemplars_live_recounted" not in outcome.left_out
    assert evaluate_example(programme="Digital capability").left_out == frozenset()
