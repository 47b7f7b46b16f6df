"""Contour of a goal: sold = riders × share who pay."""

import json
import re

import pytest

from tests.analysis.example_topic import Rides, topic
from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from workbook.analysis.charts import draw_goal_contour
from workbook.analysis.goal import make_goal
from workbook.analysis.goal_contour import seek_contour


def contour(reach=8, by=("riders", "paying"), indicator="sold", **values):
    return seek_contour(topic, Rides(**values), indicator=indicator, reach=reach, by=by, tables={})


def test_each_pair_just_reaches_the_target():
    table = contour()
    reached = table[table["status"] == "reached"]
    assert (reached["riders"] * reached["paying"]).tolist() == pytest.approx(
        [8] * len(reached), rel=1e-4
    )
    assert len(reached) == 9


def test_what_cannot_be_reached_is_missing():
    table = contour().set_index("riders")
    # riders from 5 to 20 in steps of 1.5; with fewer than 8 nobody else could pay
    assert table.loc[[5, 6], "status"].tolist() == ["cannot be reached"] * 2
    assert table.loc[[5, 6], "paying"].isna().all()


def test_the_scenario_s_own_value_is_marked():
    table = contour(riders=11)
    assert table.loc[table["scenario"], "riders"].tolist() == [11]


def test_a_target_that_every_value_meets():
    table = contour(0, by=("fare", "riders"), indicator="earned")
    assert table["status"].eq("met throughout").all()


def test_a_pair_beyond_a_cross_field_rule_is_left_out():
    assert contour(3, by=("seats", "riders"))["seats"].min() == 10


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (("riders", "riders"), "both parameters are riders"),
        (("riders", "payer"), 'Unknown numeric parameter "payer"'),
        (("riders", "subsidy"), "subsidy cannot be sought"),
    ],
)
def test_rejected(by, message):
    with pytest.raises(ValueError, match=message):
        contour(by=by)


class TestChart:
    def draw(self, reach, by=("riders", "paying"), indicator="sold", **values):
        outcome = topic.run(**values)
        goal = make_goal(outcome, indicator, reach)
        return draw_goal_contour(outcome, goal, contour(reach, by, indicator, **values))

    def test_the_title_states_the_finding(self):
        figure = self.draw(8)
        assert figure.title == "“Share who pay” goes from 100% to 40% as “Riders” rises"
        assert figure.subtitle == (
            "Pairs of values at which “Rides sold” is at least 8. Other parameters as in this"
            " scenario"
        )
        assert figure.description.startswith(
            "Values at which “Rides sold” is at least 8. Share who pay, by riders: 100% at 8;"
        )

    def test_a_target_out_of_reach(self):
        figure = self.draw(30)
        assert figure.is_empty
        assert figure.title == "The target cannot be reached at any value tried"
        assert figure.description == (
            "“Rides sold” is at least 30 at 0 of the 11 values tried of riders, whatever share who"
            " pay is."
        )

    def test_a_target_that_is_met_everywhere(self):
        figure = self.draw(0, ("fare", "riders"), "earned")
        assert figure.is_empty
        assert figure.title == "The target is met at every value tried"

    def test_a_target_that_one_parameter_decides(self):
        # the fare does not change how many rides are sold
        figure = self.draw(8, ("riders", "fare"))
        assert figure.is_empty
        assert (
            figure.title == "Of the values tried, “Riders” alone decides whether the target is met"
        )
        assert "at 4 of the 11 values tried of riders" in figure.description

    def test_one_value_of_all_that_were_tried(self):
        # with 20 riders, the most tried, everybody must pay
        assert self.draw(20).title == (
            "“Share who pay” at 100% just reaches the target with “Riders” at 20 and at no other"
            " value tried"
        )

    def test_the_same_at_every_value(self):
        assert self.draw(8, ("fare", "riders")).title == (
            "The target needs “Riders” at 16, whatever “Fare” is"
        )

    def test_only_data_and_captions_depend_on_the_scenario(self):
        figures = [self.draw(8), self.draw(7, paying=0.2)]
        assert spec_without_data(figures[0]) == spec_without_data(figures[1])
        assert set(drawn_data_names(spec_without_data(figures[0]))) == set(figures[0].data)
        assert not unlisted_colours(figures[0])
        assert not re.search(r"\b(nan|None|inf)\b", json.dumps(figures[0].to_dict()))
