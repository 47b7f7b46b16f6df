"""The quarterly report: the topics' results, changes between quarters, claims and sentences."""

import math
from collections import Counter

import pytest

from tests.topics.quarterly_report.four_topics import REPORTED_CHARTS, REPORTED_TOPICS, topic
from workbook.periods import last_day_of_quarter, shift_quarter
from workbook.scenario import ScenarioError
from workbook.text.dates import format_month
from workbook.topics.quarterly_report.indicators import REPORT_INDICATORS
from workbook.topics.take_up import topic as take_up

QUARTERS = ("2014-Q2", "2014-Q3", "2013-Q4", "2013-Q1")


@pytest.fixture(scope="module")
def outcomes_by_quarter():
    return {quarter: topic.run(quarter=quarter) for quarter in QUARTERS}


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
                outcomes_alone[reported_topic.name, quarter] = reported_topic.run(quarter=quarter)
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
            assert (
                part.warnings_and_notes[
                    len(part.warnings_and_notes) - len(own_value.warnings_and_notes) :
                ]
                == own_value.warnings_and_notes
            )

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
            "Digital take-up", "71.1%", "72.1%", "up 1.0 points", "better",
        ]  # fmt: skip
        assert rows.index[0] == "Take-up of the 41 services that reported in both"
        for label in (
            "Take-up, all services that report",
            "Take-up, same services in both years",
            "Services that reported",
        ):
            assert rows.loc[label, "change"] == "different services"
            assert rows.loc[label].isna()["verdict"]

    @pytest.mark.parametrize(
        ("quarter", "moved", "said"),
        [("2015-Q1", 0.027, "up 2.7 points"), ("2016-Q1", 0.0005, "up by less than is shown")],
    )
    def test_a_change_in_reporting_services_does_not_change_take_up(self, quarter, moved, said):
        apart = take_up.run(quarter=quarter, compare_with=shift_quarter(quarter, -1))
        parts = ("change_within", "change_mix", "change_interaction")
        assert sum(apart[name].value for name in parts) == pytest.approx(moved, abs=5e-4)
        remarks = topic.run(quarter=quarter).part_outcomes["take_up"].warnings_and_notes
        assert remarks[1].endswith(
            f"{apart['take_up_matched'].formatted_value} in"
            f" {format_month(last_day_of_quarter(quarter))}, {said}."
        )

    def test_comparable_figures_give_the_difference(self):
        rows = topic.run(quarter="2014-Q3").frame("changes").set_index("indicator")
        assert rows.loc["Exemplar services live, as listed on the dashboard", "change"] == "up 3"
        assert rows.loc["Exemplar services live, as listed on the dashboard", "verdict"] == "better"

    def test_the_columns_name_the_quarters(self, default_outcome):
        columns = default_outcome.table("changes").columns
        assert (columns["then"].label, columns["now"].label) == ("March 2014", "June 2014")

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_headline_and_tile_give_the_same_count(self, outcomes_by_quarter, quarter):
        outcome = outcomes_by_quarter[quarter]
        moved = outcome.frame("compared")["change"].isin(["risen", "fallen", "changed"]).sum()
        assert outcome["indicators_changed"].value == moved
        month = format_month(last_day_of_quarter(quarter))
        assert f"In the quarter to {month}, {moved or 'none'} of " in outcome.headline

    def test_any_earlier_quarter_can_be_compared_with(self):
        outcome = topic.run(quarter="2014-Q2", previous_quarter="2013-Q2")
        rows = outcome.frame("compared").set_index("name")
        alone = take_up.run(quarter="2013-Q2")
        assert rows.loc["take_up.take_up", "before"] == alone["take_up"].value
        assert "changed since June 2013" in outcome.headline

    def test_a_topic_without_an_earlier_outcome_is_noted(self, outcomes_by_quarter):
        outcome = outcomes_by_quarter["2013-Q1"]
        assert outcome.notes[-1] == (
            "There is nothing from December 2012 to compare with for Digital inclusion and Digital "
            "take-up."
        )
        assert outcome["take_up.take_up"].note == "Not known in December 2012"


class TestSentences:
    def test_the_headline(self, default_outcome, outcomes_by_quarter):
        assert default_outcome.headline.startswith("In the quarter to June 2014, ")
        assert default_outcome.headline.endswith(
            " Of the 91 published figures, 7 are confirmed by other data, 12 are only consistent"
            " within the report and 6 are contradicted. 66 cannot be checked."
        )
        kinds = Counter(default_outcome.frame("compared")["change"])
        moved = kinds["risen"] + kinds["fallen"] + kinds["changed"]
        same = [kinds["measured and the same"], kinds["not updated"], kinds["cannot change"]]
        assert f" {moved or 'none'} of {moved + sum(same)} comparable" in default_outcome.headline
        assert (
            f"Unchanged: {same[0]} measured again and the same, {same[1]} not updated and {same[2]}"
            f" resting on assumptions alone. Not comparable: {kinds['list changed']} cover other"
            f" services or commitments and {kinds['first figure']} appear for the first time."
        ) == default_outcome.notes[0]
        assert (
            "Take-up of the 41 services that reported in both: 71.1% in March 2014 and 72.1% in"
            " June 2014, up 1.0 points."
        ) in default_outcome.headline
        assert len({outcome.headline for outcome in outcomes_by_quarter.values()}) == len(QUARTERS)

    def test_notes_give_each_topics_headline(self, default_outcome):
        _, *answers, first_known, reports = default_outcome.notes
        assert [note.split(":")[0] for note in answers] == [
            reported_topic.title for reported_topic in REPORTED_TOPICS
        ]
        assert (
            first_known == "There is nothing from March 2014 to compare with for Digital inclusion."
        )
        assert reports.endswith("Government Digital Strategy quarterly progress report, July 2014.")

    def test_notes_of_indicators_describe_their_change(self, default_outcome):
        assert (
            default_outcome["take_up.take_up_matched"].note
            == "68.7% in March 2014, different services"
        )
        assert default_outcome["savings.npv"].note == (
            "Rests on assumptions alone, the same as in March 2014"
        )
        assert default_outcome["delivery.exemplars_live"].note == "Not known in March 2014"
        assert default_outcome["delivery.commitments_on_course"].note == (
            "of 22; not known in March 2014"
        )

    def test_topic_notes_describe_what_changed(self, default_outcome, outcomes_by_quarter):
        services = "Take-up of the 41 services that reported in both"
        first_note, second_note = default_outcome.part_outcomes["take_up"].warnings_and_notes[:2]
        assert first_note.startswith("No indicator can be compared since March 2014. Not compara")
        assert second_note == (
            f"{services}: 71.1% in March 2014 and 72.1% in June 2014, up 1.0 points."
        )
        inclusion = outcomes_by_quarter["2014-Q3"].part_outcomes["digital_inclusion"]
        count = len(
            [indicator for indicator in inclusion.indicators if indicator.value is not None]
        )
        assert inclusion.warnings_and_notes[0] == (
            f"None of {count} comparable indicators has changed since June 2014. Unchanged: {count}"
            " resting on assumptions alone."
        )

    def test_a_quarter_without_publications_has_no_changes(self):
        outcome = topic.run(quarter="2019-Q4")
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
            ("claims_not_reproduced", len(default_outcome.frame("refuted"))),
            ("claims_not_checkable", verdicts["not checkable"]),
        ):
            assert default_outcome[name].value == expected, name

    def test_six_figures_are_contradicted(self, default_outcome):
        """18 months, a third, 60% twice, full-time student finance, and everyone who can."""
        refuted = default_outcome.frame("refuted")
        contradicted = refuted.loc[refuted["kind"] == "contradicted", "id"]
        assert set(contradicted) == {"C02", "C70", "C74", "C75", "C11", "C91"}

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
        headline = outcomes_by_quarter["2014-Q3"].headline
        assert headline.endswith("2 plans were not met.")

    def test_a_list_after_the_quarter_is_not_used(self, default_outcome, outcomes_by_quarter):
        """The list of 18 July is known in the third quarter only."""
        kinds = [
            report.frame("claims").set_index("id").loc[["C27", "C28"], "kind"].tolist()
            for report in (default_outcome, outcomes_by_quarter["2014-Q3"])
        ]
        assert kinds == [["not checkable"] * 2, ["within revisions"] * 2]

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
            topic.run(quarter="2011-Q1")
        assert [problem.name for problem in result.value.problems] == ["quarter"]


def same_value(cell, value):
    """Whether a numeric cell equals a value; NaN stands for a value that is not a number."""
    if value is None or isinstance(value, str):
        return math.isnan(cell)
    return cell == pytest.approx(value, rel=1e-12)
