"""The quarterly report: the topics' results, changes between quarters, claims and sentences."""

import math
import re
from collections import Counter

import pytest

from tests.topics.quarterly_report.four_topics import (
    REPORTED_CHARTS,
    REPORTED_TOPICS,
    run_alone,
    run_report,
    topic,
)
from workbook.periods import last_day_of_quarter, shift_quarter
from workbook.scenario import ScenarioError
from workbook.text.dates import format_month
from workbook.topics.quarterly_report.indicators import REPORT_INDICATORS
from workbook.topics.take_up import topic as take_up

QUARTERS = ("2014-Q2", "2014-Q3", "2013-Q4", "2013-Q1")


@pytest.fixture(scope="module")
def outcomes_by_quarter():
    return {quarter: run_report(quarter=quarter) for quarter in QUARTERS}


@pytest.fixture(scope="module")
def default_outcome(outcomes_by_quarter):
    return outcomes_by_quarter["2014-Q2"]


@pytest.fixture(scope="module")
def topic_outcomes():
    """The topics on their own, for each quarter and the one before."""
    every = {*QUARTERS, *(shift_quarter(quarter, -1) for quarter in QUARTERS)}
    outcomes_alone = {}
    for quarter in every:
        for reported_topic in REPORTED_TOPICS:
            try:
                outcomes_alone[reported_topic.name, quarter] = run_alone(
                    reported_topic.name, quarter
                )
            except ScenarioError:
                outcomes_alone[reported_topic.name, quarter] = None
    return outcomes_alone


class TestParts:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_each_part_equals_the_topics_own_outcome(
        self, outcomes_by_quarter, topic_outcomes, quarter
    ):
        for reported_topic in REPORTED_TOPICS:
            part, own_value = (
                outcomes_by_quarter[quarter].part_outcomes[reported_topic.name],
                topic_outcomes[reported_topic.name, quarter],
            )
            if own_value is None:
                assert part.headline == f"No data by {format_month(last_day_of_quarter(quarter))}."
                continue
            assert part.headline == own_value.headline
            assert [i.as_dict() for i in part.indicators] == [
                i.as_dict() for i in own_value.indicators
            ]
            *notes, counted_changes = part.warnings_and_notes
            own_notes = list(own_value.warnings_and_notes)
            assert notes[len(notes) - len(own_notes) :] == own_notes
            assert " since " in counted_changes

    def test_every_topic_is_a_part(self, default_outcome):
        assert list(default_outcome.part_outcomes) == list(REPORTED_CHARTS)

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_the_first_three_indicators_are_named_after_their_topic(
        self, outcomes_by_quarter, topic_outcomes, quarter
    ):
        for reported_topic in REPORTED_TOPICS:
            own_outcome = topic_outcomes[reported_topic.name, quarter]
            for indicator in own_outcome.indicators[:3] if own_outcome else ():
                result = outcomes_by_quarter[quarter][f"{reported_topic.name}.{indicator.name}"]
                assert (result.value, result.unit, result.low) == (
                    indicator.value,
                    indicator.unit,
                    indicator.low,
                )
        assert len(outcomes_by_quarter[quarter].indicators) == (
            len(REPORT_INDICATORS) + 3 * len(REPORTED_TOPICS)
        )

    def test_chart_tables_are_the_topics_own(self, default_outcome, topic_outcomes):
        for name, table in REPORTED_CHARTS.items():
            reported = default_outcome.table(table)
            assert reported is default_outcome.part_outcomes[name].table(table)
            assert reported.frame.equals(topic_outcomes[name, "2014-Q2"].frame(table))


class TestChanges:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_every_indicator_is_compared_with_the_quarter_before(
        self, outcomes_by_quarter, topic_outcomes, quarter
    ):
        table = outcomes_by_quarter[quarter].frame("compared").set_index("name")
        for reported_topic in REPORTED_TOPICS:
            now, then = (
                topic_outcomes[reported_topic.name, when]
                for when in (quarter, shift_quarter(quarter, -1))
            )
            for indicator in now.indicators if now else ():
                row = table.loc[f"{reported_topic.name}.{indicator.name}"]
                before = then[indicator.name].value if then else None
                assert same_value(row["value"], indicator.value)
                assert same_value(row["before"], before)
                both = (
                    not math.isnan(row["before"] + row["value"]) and row["change"] != "list changed"
                )
                assert same_value(row["difference"], row["value"] - row["before"] if both else None)

    def test_the_kind_of_each_change(self, default_outcome):
        result = default_outcome.frame("compared").set_index("name")["change"]
        assert result["take_up.take_up"] == "list changed"
        assert result["take_up.target_quarter"] == "not known"
        # the number of people at the start was published in April 2014
        assert result["digital_inclusion.people_excluded"] == "first figure"
        assert result["savings.npv"] == "cannot change"
        assert result["savings.published_saving"] == "not updated"
        assert result["delivery.people_trained"] == "not updated"
        assert result["delivery.exemplars_live"] == "first figure"
        assert result["delivery.commitments_off_course"] == "first figure"
        assert result["delivery.median_months_to_live"] == "not known"

    def test_take_up_is_compared_like_for_like(self, default_outcome):
        rows = default_outcome.frame("changes").set_index("indicator")
        assert rows.iloc[0].tolist() == [
            "Digital take-up", "71.1%", "71.6%", "up 0.5 points", "better",
        ]  # fmt: skip
        assert rows.index[0] == "Take-up in 41 services at unchanged mix"
        for label in (
            "Take-up, all services that report",
            "Take-up, same services in both years",
            "Services that reported",
        ):
            assert rows.loc[label, "change"] == "different services"
            assert rows.loc[label].isna()["verdict"]

    @pytest.mark.parametrize(
        ("quarter", "moved", "said"),
        [("2014-Q2", 0.005, "rose 0.5 points"), ("2015-Q1", 0.023, "rose 2.3 points")],
    )
    def test_a_change_in_reporting_services_does_not_change_take_up(self, quarter, moved, said):
        apart = take_up.run(quarter=quarter, compare_with=shift_quarter(quarter, -1))
        assert apart["change_within"].value == pytest.approx(moved, abs=5e-4)
        outcome = run_report(quarter=quarter)
        sentence = outcome.part_outcomes["take_up"].warnings_and_notes[1]
        assert f" services {said} between the years to " in sentence
        assert apart.headline.startswith(sentence)
        assert outcome.headline.endswith(sentence)

    def test_comparable_figures_give_the_difference(self):
        rows = run_report(quarter="2014-Q3").frame("changes").set_index("indicator")
        assert rows.loc["Exemplar services live, by the dashboard", "change"] == "up 3"
        assert rows.loc["Exemplar services live, by the dashboard", "verdict"] == "better"

    def test_the_columns_name_the_quarters(self, default_outcome):
        columns = default_outcome.table("changes").columns
        assert (columns["then"].label, columns["now"].label) == ("March 2014", "June 2014")

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_note_and_indicator_give_the_same_count(self, outcomes_by_quarter, quarter):
        outcome = outcomes_by_quarter[quarter]
        moved = outcome.frame("compared")["change"].isin(["risen", "fallen", "changed"]).sum()
        assert outcome["indicators_changed"].value == moved
        month = format_month(last_day_of_quarter(shift_quarter(quarter, -1)))
        count = {0: "(all are|it is) the same", 1: "(one|it) changed"}.get(
            moved, f"({moved}|all) changed"
        )
        assert re.search(
            rf"indicators? ha(s|ve) new comparable data since {month}: {count}"
            rf"|No indicator (could have changed|can be compared) since {month}\."
            rf"|No indicator has new comparable data since {month}\."
            r"|No figure used here is newer than [^.]+\.",
            outcome.notes[0],
        )

    def test_any_earlier_quarter_can_be_compared_with(self):
        outcome = run_report(quarter="2014-Q2", previous_quarter="2013-Q2")
        rows = outcome.frame("compared").set_index("name")
        alone = run_alone("take_up", "2013-Q2")
        assert rows.loc["take_up.take_up", "before"] == alone["take_up"].value
        assert outcome.headline.endswith(" between the years to June 2013 and 2014.")

    def test_a_topic_without_an_earlier_outcome_is_noted(self, outcomes_by_quarter):
        outcome = outcomes_by_quarter["2013-Q1"]
        assert outcome.notes[-1] == (
            "Digital inclusion and Digital take-up have no figures for December 2012 to compare"
            " with."
        )
        assert outcome["take_up.take_up"].note == "Not known in December 2012"


class TestSentences:
    def test_the_headline(self, default_outcome, outcomes_by_quarter):
        assert default_outcome.headline == (
            "91 published figures: 69 unsettled, 4 confirmed, 14 only consistent,"
            " 4 contradicted. At unchanged mix, take-up in 41 services rose 0.5 points between the"
            " years to March and June 2014."
        )
        assert len({outcome.headline for outcome in outcomes_by_quarter.values()}) == len(QUARTERS)

    def test_without_a_like_for_like_change_the_headline_counts_indicators(self):
        assert run_report(quarter="2021-Q4").headline == (
            "91 published figures: 67 unsettled, 4 confirmed, 14 only consistent,"
            " 4 contradicted, 2 not met. No figure used here is newer than 2020."
        )

    @pytest.mark.parametrize("quarter", ["2014-Q2", "2015-Q1", "2021-Q4"])
    def test_the_counts_of_the_headline_add_up_to_all_figures(self, quarter):
        total, *counts = map(
            int, re.findall(r"\d+", run_report(quarter=quarter).headline.partition(".")[0])
        )
        assert sum(counts) == total == 91

    def test_a_quarter_without_new_data_dates_the_newest_figures(self):
        outcome = run_report(quarter="2021-Q4")
        assert outcome.notes[0] == (
            "No figure used here is newer than 2020. The latest figures are for 2020 (digital"
            " inclusion), September 2017 (digital take-up) and March 2015 (savings and delivery)."
        )
        assert outcome.recent_changes == ("No figure used here is newer than 2020.",)
        assert outcome["savings.probability_npv_positive"].explanation == (
            "the target year, 2018-19, has ended; the same in September 2021"
        )
        for name in ("people_excluded", "gap_to_target"):
            assert outcome[f"digital_inclusion.{name}"].note == (
                "the survey estimate for 2018 was 11.3 million; rests on assumptions and earlier"
                " figures, the same as in September 2021"
            )

    def test_a_later_table_is_new_even_if_no_indicator_rests_on_it(self):
        """The survey estimate for 2018 changes no indicator of digital inclusion."""
        outcome = run_report(quarter="2018-Q4")
        assert outcome.notes[0] == "No indicator has new comparable data since September 2018."

    def test_a_topic_dates_its_own_newest_figure(self):
        parts = run_report(quarter="2021-Q4").part_outcomes
        for name, newest in (("take_up", "September 2017"), ("delivery", "March 2015")):
            note = parts[name].warnings_and_notes[-1]
            assert note.startswith(f"No figure used here is newer than {newest}.")

    def test_overlapping_years_and_lists_of_services_are_named(self):
        outcome = run_report(quarter="2015-Q1")
        assert outcome.notes[0] == (
            "At unchanged mix, take-up in 39 services rose 2.3 points between the years to December"
            " 2014 and March 2015. The two years share 9 months. Across all services that report,"
            " it went from 77.9% to 77.5%, because the list of services changed. 3 indicators have"
            " new comparable data since December 2014: one changed and 2 are the same. 30 had no"
            " new data."
        )
        assert outcome.recent_changes[1] == (
            "Delivery: Exemplar services live, by the dashboard: 8 (list read on 31 December 2014)"
            " and 15 (list last updated on 27 March 2015), up 7."
        )
        assert outcome["claims_not_reproduced"].note == (
            "2 state one plan not met; 1 is not defined by the report"
        )

    def test_the_first_note_says_what_changed(self, default_outcome):
        kinds = Counter(default_outcome.frame("compared")["change"])
        moved = kinds["risen"] + kinds["fallen"] + kinds["changed"]
        same, not_updated = kinds["calculated again and the same"], kinds["not updated"]
        assert (moved, same) == (1, 1)  # a second identity provider joined in May
        assert default_outcome.notes[0] == (
            "At unchanged mix, take-up in 41 services rose 0.5 points between the years to March"
            " and June 2014. The two years share 9 months. Across all services that report, it went"
            " from 71.1% to 72.1%, on a different list of services. 2 indicators have new"
            " comparable data since March 2014: one changed and 1 is the same."
            f" {not_updated} had no new data."
        )
        assert (
            f"Unchanged: {same} calculated again and the same, {not_updated} not updated and"
            f" {kinds['cannot change']} resting on assumptions and earlier figures. Not comparable:"
            f" {kinds['list changed']} cover other services, commitments or"
            f" years, {kinds['first figure']} appear for the first time and {kinds['not known']}"
            " have no figure in either quarter."
        ) in default_outcome.notes
        assert moved + same + not_updated + kinds["cannot change"] + kinds["list changed"] + kinds[
            "first figure"
        ] + kinds["not known"] == len(default_outcome.frame("compared"))

    def test_the_next_notes_name_what_is_contradicted(self, default_outcome):
        _, *contradicted, undefined, promise, consistent, _, first_known, reports = (
            default_outcome.notes
        )
        assert len(contradicted) == default_outcome["claims_contradicted"].value
        assert undefined.startswith("Not checkable: 60% of sales by volume")
        assert contradicted[1] == (
            "Contradicted: 60% of sales by value are with small firms. Recalculated: 54.0%. Late"
            " returns cannot explain the difference."
        )
        assert contradicted[-1].startswith("Contradicted: the strategy is 18 months old")
        assert "with repeated rows counted once it is 60%" in undefined.lower()
        assert promise.startswith("Not checkable, but two figures conflict: the aim for 2020")
        assert consistent == (
            "12 figures agree only with the report’s own figures, and 2 with its figures and other"
            " data (answer to a Parliamentary question, April 2014). They are not confirmed. 8 of"
            " them only repeat a figure printed elsewhere in it."
        )
        assert first_known == ("Digital inclusion has no figures for March 2014 to compare with.")
        assert reports.endswith("Government Digital Strategy quarterly progress report, July 2014.")

    def test_notes_of_indicators_describe_their_change(self, default_outcome):
        assert (
            default_outcome["take_up.take_up_matched"].note
            == "A different set of services gave 68.7% for the year to March 2014"
        )
        assert default_outcome["savings.npv"].note == (
            "if take-up reaches 82% by 2018-19; rests on assumptions and earlier figures, the same"
            " as in March 2014"
        )
        assert default_outcome["indicators_changed"].note == (
            f"of 2 with new comparable data, among {len(default_outcome.frame('compared'))}"
            " indicators; like-for-like changes are not among them"
        )
        assert default_outcome["delivery.exemplars_live"].note == "Not known in March 2014"
        assert default_outcome["delivery.commitments_on_course"].note == (
            "of 11; not known in March 2014"
        )

    def test_topic_notes_describe_what_changed(self, default_outcome, outcomes_by_quarter):
        part = default_outcome.part_outcomes["take_up"]
        headline, first_note, *_, last_note = part.warnings_and_notes
        assert headline == part.headline
        assert last_note.startswith("No indicator can be compared since March 2014. Not compara")
        assert first_note == (
            "At unchanged mix, take-up in 41 services rose 0.5 points between the years to March"
            " and June 2014."
        )
        inclusion = outcomes_by_quarter["2014-Q3"].part_outcomes["digital_inclusion"]
        count = len(
            [indicator for indicator in inclusion.indicators if indicator.value is not None]
        )
        assert inclusion.warnings_and_notes[-1] == (
            f"No indicator could have changed since June 2014. Unchanged: {count} resting on"
            " assumptions and earlier figures."
        )

    def test_a_quarter_without_publications_has_no_changes(self):
        outcome = run_report(quarter="2019-Q4")
        assert outcome["indicators_changed"].value == 0
        assert outcome.frame("changes").empty
        assert set(outcome.frame("compared")["change"]) == {
            "not updated",
            "cannot change",
            "not known",
        }


class TestClaims:
    def test_every_published_figure_has_a_verdict_and_a_finding(self, default_outcome):
        table = default_outcome.frame("claims")
        assert table["id"].is_unique
        verdicts, kinds = (table[name].value_counts() for name in ("verdict", "kind"))
        assert len(table) == 91
        for name, expected in (
            ("claims_confirmed", kinds["confirmed by other data"]),
            ("claims_consistent", kinds["consistent within the report"]),
            ("claims_contradicted", kinds["contradicted"]),
            (
                "claims_reproduced",
                verdicts["reproduced"] + verdicts["reproduced within rounding"],
            ),
            ("claims_not_reproduced", verdicts["not reproduced"]),
            ("claims_contradicted", len(default_outcome.frame("refuted"))),
            ("claims_not_checkable", verdicts["not checkable"]),
            ("claims_unsettled", kinds["not checkable"] + kinds["within revisions"]),
        ):
            assert default_outcome[name].value == expected, name

    def test_four_figures_are_contradicted(self, default_outcome):
        """18 months, a third, 60% by value, and full-time student finance."""
        refuted = default_outcome.frame("refuted")
        contradicted = refuted.loc[refuted["kind"] == "contradicted", "id"]
        assert set(contradicted) == {"C02", "C70", "C75", "C11"}

    def test_sections_add_up_to_all_figures(self, default_outcome):
        counts = default_outcome.frame("sections").set_index("section").sum()
        assert counts.sum() == 91
        assert counts["contradicted"] == default_outcome["claims_contradicted"].value

    def test_a_figure_not_reproduced_has_its_working(self, default_outcome):
        refuted = default_outcome.frame("refuted").set_index("printed_as")
        assert refuted.loc["a third", "because"] == "17,232 ÷ 13,668 − 1 = 26.1%"

    def test_a_plan_can_be_checked_when_it_is_due(self, default_outcome, outcomes_by_quarter):
        before, after = (
            report.frame("claims").set_index("id").loc["C12"]
            for report in (default_outcome, outcomes_by_quarter["2014-Q3"])
        )
        assert (before["verdict"], after["verdict"]) == ("not checkable", "not reproduced")
        assert after["kind"] == "plan not met"
        assert before["because"] == (
            "Missing: the outcome (not checkable yet: due in September 2014)"
        )
        assert "July to September 2014: 3" in after["because"]
        plans = [
            note for note in outcomes_by_quarter["2014-Q3"].notes if note.startswith("Plan not met")
        ]
        assert plans == [
            (
                "Plan not met (stated twice): four more services were to go live by the end of"
                " September 2014. By the dashboard’s milestones 3 did."
            )
        ]

    def test_a_list_after_the_quarter_is_not_used(self, default_outcome, outcomes_by_quarter):
        """The list of 18 July is known in the third quarter only."""
        kinds = [
            report.frame("claims").set_index("id").loc[["C27", "C28"], "kind"].tolist()
            for report in (default_outcome, outcomes_by_quarter["2014-Q3"])
        ]
        assert kinds == [["not checkable"] * 2] * 2

    def test_trends_are_listed_by_every_way_to_measure_them(self, default_outcome):
        """The published records of these two services alone make the cost rise or fall."""
        trends = default_outcome.frame("trends")
        take_up, costs = (
            trends[trends["trend"] == name]
            for name in ("Digital take-up rises", "Cost per transaction falls")
        )
        assert set(take_up["holds"]) == {"yes"}
        assert set(costs["holds"]) == {"yes", "no"}
        by_laspeyres = costs[costs["measure"] == "Laspeyres index"].set_index(
            ["year_end", "left_out"]
        )["size"]
        assert by_laspeyres["June 2014", "no service"] == pytest.approx(-0.136, abs=5e-4)
        assert by_laspeyres["March 2014", "PAYE transactions"] == pytest.approx(0.0356, abs=5e-5)
        assert by_laspeyres[
            "June 2014",
            (
                "Stamp Duty Reserve Tax transactions, PAYE transactions and Budgeting Loans"
                " applications"
            ),
        ] == pytest.approx(0.0017, abs=5e-5)

    def test_before_the_report_there_are_no_figures_to_check(self, outcomes_by_quarter):
        outcome = outcomes_by_quarter["2013-Q4"]
        assert outcome.frame("claims").empty
        assert outcome.frame("trends").empty
        assert outcome["claims_not_checkable"].value is None
        assert outcome["claims_contradicted"].value is None
        assert outcome.headline.endswith(
            "No report with figures to check had been published by then."
        )


class TestErrors:
    @pytest.mark.parametrize("previous", ["2014-Q2", "2015-Q1"])
    def test_the_quarter_compared_with_must_be_earlier(self, previous):
        with pytest.raises(
            ScenarioError, match="must be earlier than the quarter of the report, 2014-Q2"
        ):
            topic.Scenario(previous_quarter=previous)

    def test_a_quarter_without_data_of_a_required_topic(self):
        with pytest.raises(
            ScenarioError, match='quarter is "2011-Q1": no selected service'
        ) as result:
            run_report(quarter="2011-Q1")
        assert [problem.name for problem in result.value.problems] == ["quarter"]


def same_value(cell, value):
    """Whether a numeric cell equals a value; NaN stands for a value that is not a number."""
    if value is None or isinstance(value, str):
        return math.isnan(cell)
    return cell == pytest.approx(value, rel=1e-12)


class TestRecentChanges:
    def test_like_for_like_change_comes_first_and_the_unchanged_are_counted_last(
        self, default_outcome
    ):
        first, *_, last = default_outcome.recent_changes
        assert first.startswith("At unchanged mix, take-up in 41 services rose 0.5 points")
        assert last == (
            "2 indicators have new comparable data since March 2014: one changed and 1 is the same."
            " 2 had no new data."
        )

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_only_comparable_values_are_changes(self, outcomes_by_quarter, quarter):
        for sentence in outcomes_by_quarter[quarter].recent_changes:
            assert "not known" not in sentence
            assert "different services" not in sentence
