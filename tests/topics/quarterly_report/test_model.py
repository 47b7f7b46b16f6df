"""The quarterly report: what it repeats of the topics, what changed, what it says in words."""

import math

import pytest

from workbook.outcome import Column
from workbook.quarters import later
from workbook.scenario import ScenarioError
from workbook.topics.quarterly_report import TOPICS, topic
from workbook.topics.quarterly_report.parts import SHOWN
from workbook.topics.register import TOPICS as REGISTER

QUARTERS = ("2014-Q2", "2014-Q3", "2013-Q4", "2013-Q1")


@pytest.fixture(scope="module")
def reports():
    return {quarter: topic.run(quarter=quarter) for quarter in QUARTERS}


@pytest.fixture(scope="module")
def default(reports):
    return reports["2014-Q2"]


@pytest.fixture(scope="module")
def alone():
    """The topics by themselves, at the end of each of the quarters and of the ones before."""
    every = {*QUARTERS, *(later(quarter, -1) for quarter in QUARTERS)}
    found = {}
    for quarter in every:
        for each in TOPICS:
            try:
                found[each.name, quarter] = each.run(quarter=quarter)
            except ScenarioError:
                found[each.name, quarter] = None
    return found


class TestParts:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_each_topic_says_what_it_says_by_itself(self, reports, alone, quarter):
        for each in TOPICS:
            part, own = reports[quarter].parts[each.name], alone[each.name, quarter]
            assert part.headline == own.headline
            assert [i.as_dict() for i in part.indicators] == [i.as_dict() for i in own.indicators]
            assert part.remarks[1:] == own.remarks

    def test_every_other_topic_of_the_register_is_a_part(self, default):
        others = [name for name in REGISTER if name != topic.name]
        assert list(default.parts) == others == list(SHOWN)

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_the_first_three_indicators_stand_under_their_topics_name(
        self, reports, alone, quarter
    ):
        for each in TOPICS:
            own = alone[each.name, quarter].indicators[:3]
            for indicator in own:
                found = reports[quarter][f"{each.name}.{indicator.name}"]
                assert (found.value, found.unit, found.low) == (
                    indicator.value,
                    indicator.unit,
                    indicator.low,
                )
        assert len(reports[quarter].indicators) == 4 + 3 * len(TOPICS)

    def test_the_tables_behind_the_charts_are_the_topics_own(self, default, alone):
        for name, table in SHOWN.items():
            own = alone[name, "2014-Q2"]
            assert default.tables[table].equals(own.tables[table])
            for column in default.tables[table]:
                said = own.columns_of(table).get(column, Column.of(column))
                assert default.columns_of(table)[column] == said


class TestChanges:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_every_indicator_stands_beside_that_of_the_quarter_before(
        self, reports, alone, quarter
    ):
        table = reports[quarter].tables["compared"].set_index("name")
        for each in TOPICS:
            now, then = (alone[each.name, when] for when in (quarter, later(quarter, -1)))
            for indicator in now.indicators:
                row = table.loc[f"{each.name}.{indicator.name}"]
                before = then[indicator.name].value if then else None
                assert same(row["value"], indicator.value)
                assert same(row["before"], before)
                both = not math.isnan(row["before"] + row["value"])
                assert same(row["difference"], row["value"] - row["before"] if both else None)

    def test_what_moved_which_way(self, default):
        found = default.tables["compared"].set_index("name")["change"]
        assert found["take_up.take_up"] == "risen"
        assert found["take_up.probability_of_target"] == "fallen"
        assert found["take_up.target_quarter"] == "not known"
        assert found["digital_inclusion.people_excluded"] == "unchanged"
        assert found["delivery.exemplars_live"] == "known now"

    def test_as_a_reader_has_them(self, default):
        rows = default.tables["changes"].set_index("indicator")
        assert rows.loc["Take-up, like for like"].tolist() == [
            "Digital take-up", "68.7%", "71.8%", "+3.1 points", "better",
        ]  # fmt: skip
        assert rows.loc["Median cost of a transaction", "change"] == "−£0.12"
        assert rows.loc["Commitments off course", "verdict"] == "worse"
        assert rows.loc["Suppliers on G-Cloud"].dropna().tolist() == [
            "Delivery", "not known", "1,518", "known now",
        ]  # fmt: skip

    def test_what_is_not_seen_to_move_is_neither_better_nor_worse(self, default):
        rows = default.tables["changes"]
        assert (rows["then"] == rows["now"]).any()
        assert rows.loc[rows["then"] == rows["now"], "verdict"].isna().all()

    def test_the_columns_name_the_quarters(self, default):
        columns = default.columns_of("changes")
        assert (columns["then"].label, columns["now"].label) == ("In 2014-Q1", "In 2014-Q2")

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_the_count_is_that_of_the_rows(self, reports, quarter):
        outcome = reports[quarter]
        assert outcome["indicators_changed"].value == len(outcome.tables["changes"])

    def test_another_quarter_can_be_compared_with(self):
        outcome = topic.run(quarter="2014-Q2", previous_quarter="2013-Q2")
        rows = outcome.tables["compared"].set_index("name")
        alone = REGISTER["take_up"].run(quarter="2013-Q2")
        assert rows.loc["take_up.take_up", "before"] == alone["take_up"].value
        assert "known in 2013-Q2 too" in outcome.headline

    def test_a_quarter_with_nothing_before_it_says_of_what(self, reports):
        outcome = reports["2013-Q1"]
        assert outcome.notes[-1] == (
            "Nothing had been published by 2012-Q4 to set beside: Digital take-up."
        )
        assert outcome["take_up.take_up"].reason == "Not known in 2012-Q4"


class TestWords:
    def test_the_headline(self, default, reports):
        assert default.headline == (
            "In 2014-Q2, 18 of the 47 indicators that were known in 2014-Q1 too have changed, and "
            "24 more are known for the first time. Of the 85 figures printed 34 can be checked: 25 "
            "come out as printed or within rounding, 9 do not."
        )
        assert len({outcome.headline for outcome in reports.values()}) == len(QUARTERS)

    def test_each_topics_answer_by_its_title(self, default):
        assert [note.split(":")[0] for note in default.notes] == [each.title for each in TOPICS]

    def test_figures_say_how_they_moved(self, default):
        assert default["take_up.take_up_matched"].reason == "+3.1 points since 2014-Q1"
        assert default["savings.npv"].reason == "As in 2014-Q1"
        assert default["delivery.exemplars_live"].reason == "Not known in 2014-Q1"
        assert default.parts["take_up"].remarks[0] == (
            "Of its 18 indicators 17 have changed since 2014-Q1."
        )
        assert default.parts["savings"].remarks[0] == (
            "None of its 15 indicators has changed since 2014-Q1."
        )


class TestClaims:
    def test_every_printed_figure_has_its_verdict(self, default):
        table = default.tables["claims"]
        assert table["id"].is_unique
        counts = table["verdict"].value_counts()
        assert counts.to_dict() == {
            "not checkable": 51,
            "reproduced": 23,
            "not reproduced": 9,
            "reproduced within rounding": 2,
        }
        assert default["claims_reproduced"].value == 25
        assert default["claims_not_reproduced"].value == len(default.tables["refuted"]) == 9
        assert default["claims_not_checkable"].value == 51

    def test_sections_add_up_to_them(self, default):
        counts = default.tables["sections"].set_index("section").sum()
        assert counts.tolist() == [9, 2, 23, 51]

    def test_a_third_is_refuted_with_its_working(self, default):
        refuted = default.tables["refuted"].set_index("printed_as")
        assert refuted.loc["a third", "because"] == "17,232 ÷ 13,668 − 1 = 26.1%"

    def test_what_came_of_a_plan_is_known_a_quarter_later(self, default, reports):
        before, after = (
            each.tables["claims"].set_index("id").loc["C12"]
            for each in (default, reports["2014-Q3"])
        )
        assert (before["verdict"], after["verdict"]) == ("not checkable", "not reproduced")
        assert before["because"].startswith("Missing: Exemplars live on 30 September 2014")
        assert after["because"] == "6 − 3 = 3"

    def test_nothing_had_been_printed_before_the_report(self, reports):
        outcome = reports["2013-Q4"]
        assert outcome.tables["claims"].empty
        assert outcome["claims_not_checkable"].value == 0
        assert outcome.headline.endswith(
            "No figures had been printed by then that could be checked."
        )


class TestRefused:
    @pytest.mark.parametrize("previous", ["2014-Q2", "2015-Q1"])
    def test_a_quarter_that_does_not_lie_before(self, previous):
        with pytest.raises(ScenarioError, match="must lie before the quarter, 2014-Q2"):
            topic.Scenario(previous_quarter=previous)

    def test_a_quarter_by_which_a_topic_has_nothing(self):
        with pytest.raises(
            ScenarioError, match="quarter is 2011-Q1: none of the services"
        ) as found:
            topic.run(quarter="2011-Q1")
        assert [problem.name for problem in found.value.problems] == ["quarter"]


def same(cell, value):
    """Whether a cell of a table of numbers holds this, NaN for what is none."""
    if value is None or isinstance(value, str):
        return math.isnan(cell)
    return cell == pytest.approx(value, rel=1e-12)
