"""Overlapping windows: correlations of their errors, derived independently from the quarters."""

import numpy as np
import pytest

from workbook.methods.overlapping_windows import (
    change_degrees_of_freedom,
    change_variance_growth,
    count_independent_years,
    overlap_correlation,
    overlap_correlation_matrix,
)


def test_windows_correlate_by_the_share_of_quarters_in_common():
    assert overlap_correlation([0, 1, 2, 3, 4, 9, -1]).tolist() == [1, 0.75, 0.5, 0.25, 0, 0, 0.75]


def averaging_matrix(windows):
    """A window as the mean of four quarters, shape (windows, quarters)."""
    return np.array(
        [
            [0.25 * (start <= quarter < start + 4) for quarter in range(windows + 3)]
            for start in range(windows)
        ]
    )


def test_correlations_equal_those_of_means_of_four_independent_quarters():
    mean = averaging_matrix(9)
    assert overlap_correlation_matrix(9) == pytest.approx(mean @ mean.T / 0.25)


@pytest.mark.parametrize("horizon", range(1, 41))
def test_error_growth_equals_that_of_a_random_walk_of_quarters(horizon):
    # A window's change over h quarters, in terms of the walk's steps.
    walk = np.tril(np.ones((horizon + 4, horizon + 4)))
    windows = averaging_matrix(horizon + 1) @ walk
    over = np.square(windows[[1, -1]] - windows[0]).sum(axis=1)
    assert change_variance_growth(horizon) == pytest.approx(over[1] / over[0])


def test_error_growth_calculated_by_hand():
    assert change_variance_growth([1, 2, 3, 4, 5, 12]).tolist() == [1, 3.5, 7, 11, 15, 43]


def test_four_overlapping_changes_count_as_fewer_independent_ones():
    # 16 / (4 + 2 (3 × 0.75² + 2 × 0.5² + 0.25²)) = 16 / 8.5
    assert change_degrees_of_freedom(4) == pytest.approx(16 / 8.5)
    assert (change_degrees_of_freedom(0), change_degrees_of_freedom(1)) == (0, 1)


@pytest.mark.parametrize(("windows", "years"), [(1, 1), (5, 2), (6, 2.25), (21, 6)])
def test_effective_number_of_independent_years(windows, years):
    assert count_independent_years(windows) == years


def test_every_correlation_matrix_is_positive_definite():
    assert np.isfinite(np.linalg.cholesky(overlap_correlation_matrix(200))).all()
