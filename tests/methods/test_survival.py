"""Survival: a curve calculated by hand, the published services, and exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.survival import kaplan_meier

MONTHS = st.lists(st.integers(0, 40), max_size=30)
EITHER = st.tuples(MONTHS, MONTHS).filter(any)

JUNE = [3, 3, 8, 8, 8, 9, 11, 11, 11, 11, 11, 11, 14, 16, 16, 16, 16, 16, 21, 21, 23, 23]
FEBRUARY = [11, 11, 16, 16, 16, 17, 19, 19, 22, 24, 24, 24, 24, 24, 29, 31]


def exact_survival(completed, censored):
    """Kaplan-Meier estimate in exact fractions: pairs of time and survival."""
    left, steps = Fraction(1), []
    for time in sorted({*completed, *censored}):
        risk = sum(duration >= time for duration in (*completed, *censored))
        left *= 1 - Fraction(completed.count(time), risk)
        steps.append((time, left))
    return steps


def exact_median(curve):
    return next((time for time, left in curve if left <= Fraction(1, 2)), None)


class TestCalculatedByHand:
    def test_four_services_two_of_them_censored(self):
        # t = 1: one of 4 completes, 3/4; t = 2: one is censored; t = 3: one of 2 completes, 3/8
        result = kaplan_meier([1, 3], [2, 5])
        assert result.times.tolist() == [1, 2, 3, 5]
        assert result.survival == pytest.approx([0.75, 0.75, 0.375, 0.375])
        assert result.at_risk.tolist() == [4, 3, 2, 1]
        assert result.events.tolist() == [1, 0, 1, 0]
        assert (result.median, result.median_completed_only) == (3, 1)
        assert (result.subject_count, result.completed_count) == (4, 2)

    def test_a_service_censored_when_another_completes_is_at_risk(self):
        assert kaplan_meier([2], [2]).survival.tolist() == [0.5]

    def test_the_confidence_interval_uses_the_log_of_the_cumulative_hazard(self):
        # S = 3/4 of 4: Greenwood 1/(4·3), over log²(3/4); S^exp(±1.96 × its root)
        result = kaplan_meier([1], [2, 2, 2])
        wide = 1.959963984540054 * (1 / 12) ** 0.5 / abs(np.log(0.75))
        assert result.low[0] == pytest.approx(0.75 ** np.exp(wide))
        assert result.high[0] == pytest.approx(0.75 ** np.exp(-wide))

    def test_without_a_completion_there_is_no_median(self):
        result = kaplan_meier([], [1, 2, 3])
        assert result.survival.tolist() == [1, 1, 1]
        assert (result.median, result.median_completed_only, result.completed_count) == (
            None,
            None,
            0,
        )
        assert np.isnan([*result.low, *result.high]).all()


class TestExemplars:
    """The 25 services with a discovery: those that are live, and the others as censored."""

    def test_the_median_in_june_2014(self):
        result = kaplan_meier([7, 27, 28], JUNE)
        assert (result.subject_count, result.completed_count, result.median) == (25, 3, 27)

    def test_the_median_in_february_2015_with_and_without_censoring(self):
        result = kaplan_meier([7, 12, 13, 14, 19, 26, 27, 27, 28], FEBRUARY)
        assert (result.subject_count, result.completed_count) == (25, 9)
        assert (result.median, result.median_completed_only) == (27, 19)
        assert (result.median_low, result.median_high) == (26, None)


class TestInvalidDurations:
    def test_no_durations_are_rejected(self):
        with pytest.raises(ValueError, match="there are no durations"):
            kaplan_meier([], [])

    @pytest.mark.parametrize("duration", [-1, np.nan, np.inf])
    def test_invalid_times_are_rejected(self, duration):
        with pytest.raises(ValueError, match=f"duration is {duration:g}: it must be 0 or more"):
            kaplan_meier([1], [duration])


class TestProperties:
    @given(EITHER)
    def test_the_curve_equals_exact_fractions(self, durations):
        result, hand = kaplan_meier(*durations), exact_survival(*durations)
        assert result.times.tolist() == [time for time, _ in hand]
        assert result.survival == pytest.approx([float(left) for _, left in hand])
        assert result.median == exact_median(hand)

    @given(EITHER)
    def test_survival_falls_and_lies_within_its_confidence_interval(self, durations):
        result = kaplan_meier(*durations)
        assert (np.diff(result.survival) <= 0).all()
        assert ((result.survival >= 0) & (result.survival <= 1)).all()
        known = ~np.isnan(result.low)
        assert (result.low[known] <= result.survival[known]).all()
        assert (result.high[known] >= result.survival[known]).all()

    @given(EITHER)
    def test_every_service_leaves_the_risk_set_once(self, durations):
        completed, censored = durations
        result = kaplan_meier(completed, censored)
        assert result.subject_count == len(completed) + len(censored)
        assert result.completed_count == len(completed)
        left = [sum(censored_time == time for censored_time in censored) for time in result.times]
        after = result.at_risk - result.events - left
        assert after.tolist() == [*result.at_risk[1:], 0]

    @given(MONTHS.filter(bool))
    def test_without_censoring_the_median_is_the_sample_median(self, completed):
        result = kaplan_meier(completed)
        assert (
            result.median
            == result.median_completed_only
            == sorted(completed)[(len(completed) - 1) // 2]
        )
