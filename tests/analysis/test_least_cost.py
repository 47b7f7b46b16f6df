"""Least cost: earned = riders × share who pay × fare, against a grid of every value."""

import itertools
import json
import re

import numpy as np
import pytest

from tests.analysis.example_topic import Rides, topic
from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from workbook import Indicator, Outcome, Scenario, Topic, parameter
from workbook.analysis.charts import draw_cost_curve
from workbook.analysis.least_cost import cost_curve, least_cost
from workbook.topics import digital_inclusion
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

COSTS = {"paying": 40.0, "fare": 10.0}


def spend(reach=30, levers=("paying", "fare"), cost=COSTS, indicator="earned", **values):
    return least_cost(
        topic,
        Rides(**values),
        indicator=indicator,
        reach=reach,
        levers=levers,
        cost=cost,
        tables={},
    )


class Effort(Scenario):
    left: float = parameter(0.0, label="Left", unit="count", meaning="Effort.", bounds=(0, 10))
    right: float = parameter(0.0, label="Right", unit="count", meaning="Effort.", bounds=(0, 10))


def evaluate_effort(tables, scenario):
    result = np.sqrt(scenario.left) + 2 * np.sqrt(scenario.right)
    spent = scenario.left + 2 * scenario.right + 0.1 * scenario.left * scenario.right
    return Outcome(
        scenario,
        "Effort.",
        (
            Indicator("result", "Result", "count", float(result), direction="higher"),
            Indicator("spent", "Spent", "GBP", float(spent), direction="lower"),
        ),
    )


effort = Topic("effort", "Effort", "How much?", Effort, evaluate_effort)


def grid_minimum(reach):
    values = np.linspace(0, 10, 401)
    left, right = np.meshgrid(values, values)
    spent = left + 2 * right + 0.1 * left * right
    return spent[np.sqrt(left) + 2 * np.sqrt(right) >= reach].min()


@pytest.mark.parametrize("reach", [1.0, 3.0, 5.0])
def test_a_cost_indicator_is_as_low_as_on_a_grid(reach):
    result = least_cost(
        effort, indicator="result", reach=reach, levers=["left", "right"], cost="spent"
    )
    assert result.is_reached
    assert result.cost <= grid_minimum(reach) * 1.001
    assert result.reached >= reach
    outcome = effort.run(**result.lever_values)
    assert outcome["spent"].value == result.cost


def test_costs_of_a_unit_are_as_low_as_on_a_grid():
    # 10 × paying × fare = 30: with 40 a share and 10 a pound, paying² = 0.75
    result = spend()
    grid = min(
        40 * (paying - 0.5) + 10 * (fare - 2)
        for paying, fare in itertools.product(np.linspace(0, 1, 401), np.linspace(0, 10, 401))
        if 10 * paying * fare >= 30
    )
    assert result.cost <= grid * 1.001
    assert result.lever_values["paying"] == pytest.approx(0.75**0.5, abs=0.01)
    assert result.reached >= 30


def test_one_lever_gives_the_value_of_a_goal_seek():
    result = spend(levers=["fare"], cost={"fare": 1})
    assert result.lever_values["fare"] == pytest.approx(6, abs=1e-4)


def test_whole_numbers_are_whole():
    result = spend(levers=["riders", "fare"], cost={"riders": 5, "fare": 1})
    assert isinstance(result.lever_values["riders"], int)
    assert result.reached >= 30
    # 10 riders at £6 cost 4; one more costs 5, and one fewer saves nothing
    assert result.lever_values == {"riders": 10, "fare": pytest.approx(6)}
    assert result.cost == pytest.approx(4, abs=1e-4)


def test_a_lever_that_moves_freely_goes_no_further_than_the_target_needs():
    # 10 × 0.5 × £6 earn £30, and only a lower fare costs anything
    result = spend(levers=["paying", "fare"], cost={"paying": 40, "fare": -1})
    assert result.cost == 0
    assert result.lever_values == {"paying": 0.5, "fare": pytest.approx(6, abs=1e-4)}


def test_a_target_that_cannot_be_reached():
    result = spend(200)
    assert not result.is_reached
    assert result.reached == 100
    assert result.sentence.startswith(
        "The target cannot be reached: at best “Money earned” is £100"
    )


def test_the_sentence_names_the_levers():
    assert spend(levers=["fare"], cost={"fare": 10}).sentence == (
        "“Money earned” is at least £30.00 at the least cost, £40.00, with “Fare” at £6.00 (now"
        " £2.00)."
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"levers": []}, "name at least one lever"),
        ({"levers": ["fare", "fare"]}, "each of them once"),
        ({"levers": ["fair"]}, 'Unknown numeric parameter "fair"'),
        ({"cost": {"paying": 1}}, "the cost of fare is missing"),
        ({"cost": {"paying": 1, "fare": "dear"}}, 'the cost of fare is "dear"'),
        ({"cost": "earnd"}, 'Unknown numeric indicator "earnd"'),
        ({"reach": "much"}, 'the value to reach is "much"'),
    ],
)
def test_rejected(asked, message):
    with pytest.raises(ValueError, match=message):
        spend(**asked)


def test_the_programme_s_cheapest_way_needs_no_more_than_starts_alone():
    scenario = DigitalInclusion(draws=100)
    asked = {"indicator": "gap_to_target", "reach": 0, "cost": "programme_cost"}
    alone = least_cost(digital_inclusion.topic, scenario, levers=["programme_starts"], **asked)
    both = least_cost(
        digital_inclusion.topic, scenario, levers=["programme_starts", "unaided_gain"], **asked
    )
    assert alone.lever_values["programme_starts"] in range(618_800, 618_900)
    assert both.cost < alone.cost
    assert both.reached <= 0


@pytest.fixture(scope="module")
def table():
    return cost_curve(effort, indicator="result", reach=12, levers=["left", "right"], cost="spent")


class TestCurve:
    def test_a_harder_target_costs_more(self, table):
        known = table["cost"].dropna()
        assert known.is_monotonic_increasing
        for target, cost in zip(table["target"], known, strict=False):
            assert cost <= grid_minimum(target) * 1.01 + 0.01

    def test_a_target_out_of_reach_is_missing(self, table):
        # √10 + 2√10 = 9.49
        assert table["cost"].isna().tolist() == (table["target"] > 9.49).tolist()

    def test_the_chart(self, table):
        figure = draw_cost_curve(effort.run()["result"], table)
        assert figure.title == "“Result” at 8.57 costs £30.10 at least"
        assert "10.3: cannot be reached." in figure.description
        assert set(drawn_data_names(spec_without_data(figure))) == set(figure.data)
        assert not unlisted_colours(figure)
        assert not re.search(r"\b(nan|None|inf)\b", json.dumps(figure.to_dict()))
