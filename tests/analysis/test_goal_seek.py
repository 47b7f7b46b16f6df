"""Goal seek on an example with a known solution: sold = riders × share who pay."""

import pytest

from tests.analysis.example_topic import Rides, topic
from workbook.analysis.goal_seek import GoalSeekResult, goal_seek
from workbook.topics import digital_inclusion
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def seek_rides(indicator, reach, by, **values):
    return goal_seek(topic, {}, Rides(**values), indicator=indicator, target=reach, parameter=by)


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


class TestRejected:
    def test_an_unknown_parameter(self):
        with pytest.raises(ValueError, match='Unknown numeric parameter "rider"'):
            seek_rides("sold", 5, "rider")

    def test_a_parameter_without_bounds(self):
        with pytest.raises(ValueError, match="subsidy cannot be sought"):
            seek_rides("sold", 5, "subsidy")

    def test_an_unknown_indicator(self):
        with pytest.raises(KeyError, match='Unknown indicator "solde"'):
            seek_rides("solde", 5, "riders")


class TestDigitalInclusion:
    """Published goals: a start helps 0.7 × 1 × 0.75 people; 6.2 million remain excluded."""

    def seek_inclusion(self, indicator, reach, by="programme_starts", **values):
        scenario = DigitalInclusion(persistence=1.0, draws=100, **values)
        topic = digital_inclusion.topic
        tables = topic.load_tables(scenario)
        return goal_seek(topic, tables, scenario, indicator=indicator, target=reach, parameter=by)

    def test_starts_needed_for_the_published_target(self):
        answer = self.seek_inclusion("people_excluded", 4_700_000)
        assert answer.status == "reached"
        assert answer.value == 476_191  # 1.5 m / 6 / 0.525 = 476,190.48, rounded up
        assert 1_500_000 / 0.525 <= 6 * answer.value < 1_500_000 / 0.525 + 6  # total of 2,857,143

    def test_starts_needed_for_the_target_path(self):
        answer = self.seek_inclusion("gap_to_target", 0)
        assert answer.value == 495_040  # 1,559,375 / 6 / 0.525 = 495,039.68
        assert 6 * 0.525 * answer.value == pytest.approx(1_559_375, abs=6 * 0.525)

    def test_starts_needed_for_a_probability_of_reaching_the_target(self):
        answer = self.seek_inclusion("probability_of_target", 0.5)
        starts = digital_inclusion.starts_to_reach(
            None, DigitalInclusion(persistence=1.0, draws=100), 0.5
        )
        assert answer.value == pytest.approx(starts, abs=1)

    def test_the_goal_is_already_met(self):
        assert self.seek_inclusion("people_excluded", 6_000_000).status == "already met"

    def test_the_goal_cannot_be_reached(self):
        assert (
            self.seek_inclusion("people_excluded", 0, by="unit_cost").status == "cannot be reached"
        )

    def test_the_target_year_in_which_the_goal_is_reached(self):
        # 11 m − t × (800,000 + 300,000 × 0.525 = 957,500) ≤ 1 m: t = 10.4, so in 2025
        answer = self.seek_inclusion("people_excluded", 1_000_000, by="target_year")
        assert (answer.status, answer.value) == ("reached", 2025)
