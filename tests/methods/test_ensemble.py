"""The ensemble: weights calculated by hand, and members that are not known yet."""

import numpy as np
import pytest

from workbook.methods.backtest import BacktestResults
from workbook.methods.ensemble import combine_forecasts
from workbook.methods.origin_forecasts import OriginForecasts

ORIGINS = np.array([5, 6, 7])


def member(location, failures=("", "", "")):
    shares = np.full((3, 2), float(location))
    return OriginForecasts(shares, shares / 10, np.full(3, 4.0), failures, np.ones(3))


def results(loss):
    """The same loss of every case: two from the first origin, one from the second."""
    losses = np.array([[loss, loss], [loss, np.nan], [np.nan, np.nan]])
    return BacktestResults(losses, losses, losses)


def combine(losses, **members):
    return combine_forecasts(
        members, {name: results(loss) for name, loss in losses.items()}, ORIGINS
    )


def test_before_any_case_is_known_members_count_the_same():
    ensemble = combine({"ets": 1, "naive": 3}, ets=member(0.6), naive=member(0.2))
    assert ensemble.location[0] == pytest.approx([0.4, 0.4])


def test_weights_are_inverse_to_pinball_losses_shrunk_towards_their_mean():
    ensemble = combine({"ets": 1, "naive": 3}, ets=member(0.6), naive=member(0.2))
    # At the last origin three cases are known; 40 cases count at the mean loss of 2.
    ets, naive = 43 / (3 * 1 + 40 * 2), 43 / (3 * 3 + 40 * 2)
    expected = (0.6 * ets + 0.2 * naive) / (ets + naive)
    assert ensemble.location[2] == pytest.approx([expected] * 2)
    assert ensemble.scale[2] == pytest.approx([expected / 10] * 2)


def test_a_curve_without_a_record_or_that_failed_is_left_out():
    failed = member(0.9, failures=("", "", "it failed"))
    ensemble = combine(
        {"logistic": 0.01, "ets": 1, "naive": 1},
        logistic=failed,
        ets=member(0.6),
        naive=member(0.2),
    )
    assert ensemble.location[[0, 2], 0] == pytest.approx([0.4, 0.4])
    assert ensemble.location[1, 0] > 0.4
    assert not ensemble.has_failed.any()


def test_members_without_any_loss_count_the_same():
    ensemble = combine({"ets": 0, "naive": 0}, ets=member(0.6), naive=member(0.2))
    assert ensemble.location[2] == pytest.approx([0.4, 0.4])
