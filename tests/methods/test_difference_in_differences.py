"""Difference in differences: a known step against services without one."""

import numpy as np
import pytest

from tests.methods.simulated_windows import simulate_windows
from workbook.methods.difference_in_differences import compare_with_controls


@pytest.mark.parametrize(("windows", "controls"), [(8, 3), (12, 5), (18, 10)])
def test_a_known_step_is_told_from_what_moves_every_service(windows, controls):
    random = np.random.default_rng(windows)
    live_quarter = windows // 2 + 3
    effects = []
    for _ in range(250):
        untouched = [
            simulate_windows(
                random, windows=windows, live_quarter=live_quarter, step=0.3, start=-0.8 + 0.2 * n
            )
            for n in range(controls)
        ]
        treated = simulate_windows(
            random, windows=windows, live_quarter=live_quarter, step=0.3 + 0.8
        )
        effects.append(
            compare_with_controls(treated, untouched, live_month=3 * live_quarter).effect
        )
    estimates = np.array([effect.estimate for effect in effects])
    assert abs(estimates.mean() - 0.8) < 0.02 + 3 * estimates.std() / np.sqrt(len(estimates))
    assert 0.90 <= np.mean([effect.low <= 0.8 <= effect.high for effect in effects]) <= 0.98


def test_the_standard_error_is_the_spread_of_the_controls():
    # Constant windows before and after, without the windows between: steps in logits.
    volume = np.full(9, 1e12)

    def stepped(before, after):
        fractions = np.array([0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1])
        return (before * (1 - fractions) + after * fractions) * volume, volume

    def logit(share):
        return np.log(share / (1 - share))

    controls = [stepped(0.2, share) for share in (0.2, 0.25, 0.3)]
    result = compare_with_controls(stepped(0.2, 0.5), controls, live_month=18).effect
    steps = [logit(share) - logit(0.2) for share in (0.2, 0.25, 0.3)]
    expected = logit(0.5) - logit(0.2) - np.mean(steps)
    assert result.estimate == pytest.approx(expected, rel=1e-6)
    # t of 2 degrees of freedom: 4.3027 at 97.5%
    margin = 4.3027 * np.std(steps, ddof=1) * np.sqrt(4 / 3)
    assert result.high - result.estimate == pytest.approx(margin, rel=1e-4)


def test_fewer_than_three_controls_have_no_interval():
    counts = ([10.0] * 9, [20.0] * 9)
    result = compare_with_controls(counts, [counts, counts], live_month=12)
    assert result.effect is None
    assert result.failure == "an interval needs 3 control services, and there are 2"


@pytest.mark.parametrize("live_month", [3, 33])
def test_a_side_without_a_whole_window_has_no_comparison(live_month):
    counts = ([10.0] * 9, [20.0] * 9)
    result = compare_with_controls(counts, [counts] * 3, live_month=live_month)
    assert result.effect is None
    assert "a period wholly before going live and one wholly after" in result.failure
