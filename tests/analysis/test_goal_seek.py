"""Goal seek on an example with a known solution: sold = riders × share who pay."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.example_topic import Rides, topic
from workbook import Indicator, Outcome, Scenario, Topic, parameter
from workbook.analysis.goal_result import GoalSeekResult
from workbook.analysis.goal_search import interpolate
from workbook.analysis.goal_seek import seek
from workbook.analysis.model_runner import as_declared_kind
from workbook.topics import digital_inclusion
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.savings import topic as savings


class Hill(Scenario):
    price: float = parameter(1.0, label="Price", unit="GBP", meaning="A price.", bounds=(0, 10))


class Open(Scenario):
    open: float = parameter(
        2.0, label="Open", unit="count", meaning="Without bounds.", range=(1.0, 5.0)
    )


class Effort(Scenario):
    days: float = parameter(
        15.0, label="Days", unit="days", meaning="Days of work.", bounds=(0.1, 1_000)
    )


def evaluate_hill(tables, scenario):
    profit = 100 - (scenario.price - 5) ** 2
    return Outcome(
        scenario, "A hill.", (Indicator("profit", "Profit", "GBP", profit, direction="higher"),)
    )


def evaluate_open(tables, scenario):
    double = 2 * scenario.open
    return Outcome(scenario, "Double.", (Indicator("double", "Double", "count", double),))


def evaluate_effort(tables, scenario):
    speed = 1 / scenario.days
    return Outcome(
        scenario, "Speed.", (Indicator("speed", "Speed", "count", speed, direction="higher"),)
    )


hill_topic = Topic("hill", "Hill", "Where is the top?", Hill, evaluate_hill)
effort_topic = Topic("effort", "Effort", "How fast is it?", Effort, evaluate_effort)
open_topic = Topic("open", "Open", "How much is double?", Open, evaluate_open)


@pytest.fixture(scope="module")
def savings_default():
    scenario = savings.Scenario(draws=100)
    tables = savings.load_tables(scenario)
    return scenario, tables, savings.evaluate_model(tables, scenario)


def seek_rides(indicator, reach, by, probability=None, **values):
    return seek(
        topic,
        Rides(**values),
        indicator=indicator,
        reach=reach,
        by=by,
        probability=probability,
        tables={},
    )


class TestReached:
    @pytest.mark.parametrize(
        ("reach", "riders"),
        [
            (20, 40),  # 40 × 0.5
            (20.2, 41),  # 40.4 riders, rounded up
            (25, 50),  # the number of seats
        ],
    )
    def test_a_whole_number_has_to_rise(self, reach, riders):
        answer = seek_rides("sold", reach, "riders")
        assert answer == GoalSeekResult("reached", "riders", riders, "sold", riders * 0.5)
        assert isinstance(answer.value, int)

    @pytest.mark.parametrize(("reach", "riders"), [(2, 4), (2.2, 4), (0, 0)])
    def test_a_whole_number_has_to_fall(self, reach, riders):
        answer = seek_rides("sold", reach, "riders")
        assert (answer.status, answer.value, answer.reached) == ("reached", riders, riders * 0.5)

    def test_a_number_has_to_rise(self):
        # 10 × 0.5 × fare = 30
        answer = seek_rides("earned", 30, "fare")
        assert answer.status == "reached"
        assert answer.value == pytest.approx(6, abs=1e-9)
        assert answer.reached == pytest.approx(30, abs=1e-9)

    def test_a_number_has_to_fall(self):
        # 10 × share = 4, starting from 5
        answer = seek_rides("sold", 4, "paying")
        assert answer.status == "reached"
        assert answer.value == pytest.approx(0.4, abs=1e-9)

    def test_an_indicator_that_falls_as_the_parameter_rises(self):
        # 50 − riders = 20
        answer = seek_rides("free", 20, "riders")
        assert (answer.status, answer.value, answer.reached) == ("reached", 30, 20)

    def test_an_indicator_for_which_lower_is_better(self):
        # 10 × (1 − share) ≤ 2
        answer = seek_rides("unpaid", 2, "paying")
        assert answer.status == "reached"
        assert answer.value == pytest.approx(0.8, abs=1e-9)

    def test_an_indicator_for_which_higher_is_better(self):
        # 5 × fare ≥ 20
        assert seek_rides("earned", 20, "fare").value == pytest.approx(4, abs=1e-9)

    def test_the_value_found_reaches_the_goal(self):
        for reach in (20, 20.2, 7.7, 24.9):
            assert seek_rides("sold", reach, "riders").reached >= reach


class TestAlreadyMet:
    @pytest.mark.parametrize(
        ("indicator", "reach", "now"), [("earned", 10, 10), ("earned", 5, 10), ("unpaid", 5, 5)]
    )
    def test_no_change_is_needed(self, indicator, reach, now):
        by, current_value = ("fare", 2.0) if indicator == "earned" else ("paying", 0.5)
        assert seek_rides(indicator, reach, by) == GoalSeekResult(
            "already met", by, current_value, indicator, now
        )

    def test_without_a_direction_only_the_exact_value_meets_the_goal(self):
        assert seek_rides("sold", 5, "riders").status == "already met"
        assert seek_rides("sold", 4, "riders").status == "reached"
        assert seek_rides("sold", 6, "riders").status == "reached"


class TestCannotBeReached:
    def test_the_result_has_the_nearest_value_within_bounds(self):
        # 5 rides at the highest fare of 10 pounds earn 50
        assert seek_rides("earned", 51, "fare") == GoalSeekResult(
            "cannot be reached", "fare", 10, "earned", 50
        )

    def test_a_search_ends_at_a_bound_that_has_no_exact_binary_fraction(self):
        # 15 + (0.1 − 15) is 0.09999999999999964, which the scenario rejects
        result = seek(effort_topic, indicator="speed", reach=11, by="days", tables={})
        assert result == GoalSeekResult("cannot be reached", "days", 0.1, "speed", 10)

    def test_a_cross_field_rule_limits_the_search(self):
        # the bounds allow 100 riders, the seats only 50
        result = seek_rides("sold", 26, "riders")
        assert result == GoalSeekResult("cannot be reached", "riders", 50, "sold", 25)

    def test_a_parameter_without_effect(self):
        assert seek_rides("sold", 6, "fare").status == "cannot be reached"

    def test_a_missing_value_does_not_meet_the_goal(self):
        # If nobody pays, earnings per paying rider are missing; otherwise they are 2 pounds.
        answer = seek_rides("each", 5, "paying")
        assert (answer.status, answer.reached) == ("cannot be reached", 2)


@given(
    bounds=st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)).map(sorted),
    fraction=st.floats(0, 1),
)
def test_an_interpolated_value_lies_between_its_ends(bounds, fraction):
    low, high = bounds
    assert low <= interpolate(low, high, fraction) <= high
    assert low <= interpolate(high, low, fraction) <= high
    assert (interpolate(high, low, 0), interpolate(high, low, 1)) == (high, low)


class TestTurningPoints:
    """An indicator that rises and falls again: profit = 100 − (price − 5)²."""

    def seek_profit(self, reach, price, by="price"):
        return seek(
            hill_topic, Hill(price=price), indicator="profit", reach=reach, by=by, tables={}
        )

    @pytest.mark.parametrize(("price", "nearest", "other"), [(0.5, 2, 8), (9.5, 8, 2)])
    def test_the_crossing_nearest_to_the_scenario_is_found_and_the_other_is_named(
        self, price, nearest, other
    ):
        result = self.seek_profit(91, price)
        assert result.status == "reached"
        assert result.value == pytest.approx(nearest, abs=1e-8)
        assert result.other_values == (pytest.approx(other, abs=1e-8),)
        assert result.sentences[1] == (
            f"The target is crossed at £{other}.00 too: this is the nearest to the scenario."
        )

    def test_a_peak_between_the_points_that_are_tried_first_is_found(self):
        # within £0.01 of the peak at £5, which lies between two points
        result = self.seek_profit(99.9999, 0.7)
        assert result.status == "reached"
        assert result.value == pytest.approx(4.99, abs=1e-8)

    def test_the_best_that_cannot_be_exceeded_is_the_peak(self):
        result = self.seek_profit(101, 0.7)
        assert result.status == "cannot be reached"
        assert (result.value, result.reached) == (
            pytest.approx(5, abs=0.01),
            pytest.approx(100, abs=1e-4),
        )


class TestSentences:
    def test_reached(self):
        assert seek_rides("sold", 20, "riders").sentences == (
            "“Riders” must be 40 (now 10): then “Rides sold” is 20 (now 5).",
        )

    def test_already_met(self):
        assert seek_rides("earned", 5, "fare").sentences == (
            "The target is already met with “Fare” at £2.00: “Money earned” is £10.00.",
        )

    def test_cannot_be_reached(self):
        assert seek_rides("earned", 51, "fare").sentences == (
            (
                "The target cannot be reached with “Fare” from £0 to £10.00: at best, at £10.00,"
                " “Money earned” is £50.00 (now £10.00)."
            ),
        )

    def test_a_range_stands_in_for_open_bounds(self):
        result = seek(open_topic, indicator="double", reach=9, by="open", tables={})
        assert (result.status, result.value) == ("reached", pytest.approx(4.5))
        assert result.sentences[1] == (
            "“Open” has no lower bound, so the search ends at 1, and no upper bound, so the search"
            " ends at 5, the end of its range."
        )
        beyond = seek(open_topic, indicator="double", reach=11, by="open", tables={})
        assert (beyond.status, beyond.value) == ("cannot be reached", 5)


class TestRejected:
    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"by": "rider"}, 'Unknown numeric parameter "rider". Did you mean "riders"?'),
            ({"by": "line"}, 'Unknown numeric parameter "line"'),
            ({"by": "subsidy"}, "subsidy cannot be sought: it needs a lower and an upper bound"),
            ({"by": "draws"}, "draws cannot be sought: it belongs to the simulations"),
            ({"indicator": "solde"}, 'Unknown indicator "solde". Did you mean "sold"?'),
            ({"indicator": "word"}, "word is a quarter and not a number"),
            ({"reach": "many"}, 'the value to reach is "many": it must be a number'),
            ({"reach": float("nan")}, "the value to reach is nan: it must be a number"),
            ({"reach": True}, "it must be a number"),
            ({"probability": 0.5}, "sold is not simulated, so no probability of it is known"),
            ({"probability": 1.5}, "the probability is 1.5: it must be above 0 and at most 1"),
            ({"probability": 0}, "the probability is 0: it must be above 0 and at most 1"),
        ],
    )
    def test_a_sentence_says_why(self, asked, message):
        with pytest.raises(ValueError, match=re.escape(message)):
            seek_rides(**({"indicator": "sold", "reach": 5, "by": "riders"} | asked))

    def test_numbers_of_numpy_are_numbers(self):
        assert seek_rides("sold", np.int64(20), "riders").value == 40


def run_beside(topic, scenario, result, step):
    """The indicator at the value found, and one step nearer to the scenario's own."""
    current = scenario.values()[result.parameter]
    nearer = result.value - step if result.value > current else result.value + step
    return [
        topic.run(scenario, **{result.parameter: value})[result.indicator].value
        for value in (result.value, nearer)
    ]


class TestMethod:
    """What must be true by METHOD.md, each run at the value found and one step before it."""

    @pytest.mark.parametrize(
        ("indicator", "reach", "starts"),
        [
            # A start helps 0.7 × 1 × 0.75 = 0.525 people, and 6.2 million remain without any.
            ("people_excluded", 4_700_000, 476_191),  # 2,857,143 in all: 1.5 m ÷ 0.525
            ("gap_to_target", 0, 495_040),  # 2,970,238 in all: 1,559,375 ÷ 0.525
        ],
    )
    def test_starts_for_a_target(self, indicator, reach, starts):
        scenario = DigitalInclusion(persistence=1.0, draws=100)
        topic = digital_inclusion.topic
        result = seek(topic, scenario, indicator=indicator, reach=reach, by="programme_starts")
        assert (result.status, result.value) == ("reached", starts)
        at_value, before = run_beside(topic, scenario, result, 1)
        assert at_value <= reach < before

    @pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
    def test_starts_for_a_probability(self, probability):
        scenario = DigitalInclusion(draws=1_000)
        topic = digital_inclusion.topic
        exact = digital_inclusion.starts_to_reach(None, scenario, probability)
        target = {"by": "programme_starts", "reach": 0, "indicator": "gap_to_target"}
        result = seek(topic, scenario, probability=probability, **target)
        assert result.value == math.ceil(exact)
        assert result.probability >= probability
        as_indicator = seek(
            topic,
            scenario,
            indicator="probability_of_target",
            reach=probability,
            by="programme_starts",
        )
        assert (as_indicator.value, as_indicator.probability) == (result.value, None)
        before = topic.run(scenario, programme_starts=result.value - 1)
        assert before["probability_of_target"].value < probability

    def test_the_target_year_in_which_the_goal_is_reached(self):
        # 11 m − t × (800,000 + 300,000 × 0.525 = 957,500) ≤ 1 m: t = 10.4, so in 2025
        scenario = DigitalInclusion(persistence=1.0, draws=100)
        result = seek(
            digital_inclusion.topic,
            scenario,
            indicator="people_excluded",
            reach=1_000_000,
            by="target_year",
        )
        assert (result.status, result.value) == ("reached", 2025)

    def test_a_cost_that_nobody_excluded_depends_on(self):
        result = seek(
            digital_inclusion.topic,
            DigitalInclusion(draws=100),
            indicator="people_excluded",
            reach=0,
            by="unit_cost",
        )
        assert result.status == "cannot be reached"

    @pytest.mark.parametrize("name", ["take_up_now", "transition_cost", "realisable_share"])
    def test_the_switching_values_of_savings(self, savings_default, name):
        # From a loss beyond the switching value, the search comes back to it.
        scenario, tables, outcome = savings_default
        row = outcome.frame("switching").set_index("parameter").loc[name]
        beyond = row["switching_value"] + 0.1 * (row["switching_value"] - row["now"])
        beyond = as_declared_kind(scenario, name, beyond)
        loss = scenario.with_value(name, beyond)
        result = seek(savings, loss, indicator="npv", reach=0, by=name, tables=tables)
        assert result.status == "reached"
        assert result.value == pytest.approx(row["switching_value"], rel=1e-6)
        step = max(1, 1e-6 * abs(result.value)) if name == "transition_cost" else 1e-6
        at_value, before = run_beside(savings, loss, result, as_declared_kind(loss, name, step))
        assert before < 0 <= at_value

    def test_the_break_even_take_up(self, savings_default):
        scenario, tables, outcome = savings_default
        loss = scenario.replace(take_up_target=scenario.take_up_now)
        result = seek(savings, loss, indicator="npv", reach=0, by="take_up_target", tables=tables)
        assert result.status == "reached"
        assert result.value == pytest.approx(outcome["break_even_take_up"].value, rel=1e-6)
        at_value, before = run_beside(savings, loss, result, 1e-6)
        assert before < 0 <= at_value


class TestSeekThenRun:
    @given(
        reach=st.floats(0, 25),
        paying=st.floats(0.01, 1),
        by=st.sampled_from(["riders", "paying"]),
    )
    @settings(max_examples=30, deadline=None)
    def test_the_value_found_reaches_the_target(self, reach, paying, by):
        scenario = Rides(paying=paying)
        result = seek(topic, scenario, indicator="sold", reach=reach, by=by, tables={})
        sold = topic.run(scenario, **{by: result.value})["sold"].value
        assert sold == result.reached
        if result.status != "cannot be reached":
            assert sold >= reach if reach >= 10 * paying else sold <= reach
        else:
            most = {"riders": 50 * paying, "paying": 10}[by]
            assert reach > most

    @given(probability=st.floats(0.01, 1), people=st.floats(4e6, 6e6))
    @settings(max_examples=5, deadline=None)
    def test_the_value_found_gives_the_probability(self, probability, people):
        scenario = DigitalInclusion(draws=200)
        result = seek(
            digital_inclusion.topic,
            scenario,
            indicator="people_excluded",
            reach=people,
            by="programme_starts",
            probability=probability,
        )
        outcome = digital_inclusion.topic.run(scenario, programme_starts=result.value)
        share = np.mean(outcome.simulations.indicators["people_excluded"] <= people)
        assert result.status != "reached" or share >= probability
        assert share == result.probability


@pytest.mark.parametrize(("draws", "count"), [(10_000, 0), (10_001, 1)])
def test_a_note_says_that_fewer_simulations_are_run(draws, count):
    notes = seek_rides("sold", 20, "riders", draws=draws).sentences[1:]
    assert notes.count("Every scenario is run with at most 10,000 simulations.") == count
