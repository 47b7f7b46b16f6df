"""Tests of reconciliation: hand algebra, the general formula of MinT, properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.methods.reconciliation import reconcile_to_total


def test_the_difference_is_shared_in_proportion_to_volume_and_variance():
    # Σ v f = 0.5 · 100 + 0.8 · 300 = 290, wanted 0.65 · 400 = 260: 30 too many.
    # λ = −30 / (100² · 0.01 + 300² · 0.0025) = −30 / 325, moves of λ · 1 and λ · 0.75.
    shares = reconcile_to_total(
        [[0.5], [0.8]], [[0.01], [0.0025]], [100, 300], [0.65], [0.98, 0.98]
    )
    assert shares[:, 0] == pytest.approx([0.5 - 30 / 325, 0.8 - 0.75 * 30 / 325])


def test_a_service_that_meets_its_ceiling_leaves_the_rest_to_the_others():
    # Wanted 270 of 300; the first two stop at 0.95 and 0.9, and the third makes up the rest.
    shares = reconcile_to_total(
        [[0.9], [0.9], [0.5]], [[0.01]] * 3, [100, 100, 100], [0.9], [0.95, 0.9, 0.98]
    )
    assert shares[:, 0] == pytest.approx([0.95, 0.9, 0.85])


def test_a_total_above_every_ceiling_gives_the_ceilings():
    shares = reconcile_to_total([[0.9], [0.5]], [[0.01]] * 2, [100, 100], [1.0], [0.95, 0.98])
    assert shares[:, 0] == pytest.approx([0.95, 0.98])


def test_it_is_mint_with_a_total_that_is_certain():
    """The general formula, with summing matrix S and covariance W (2019, equation 8)."""
    generator = np.random.default_rng(20261129)
    count = 7
    volume = generator.uniform(1, 9, count)
    shares, variances = generator.uniform(0.4, 0.6, count), generator.uniform(1e-4, 9e-4, count)
    total = 0.52
    summing = np.vstack([volume / volume.sum(), np.eye(count)])
    weight = np.diag(1 / np.concatenate([[1e-14], variances]))
    base = np.concatenate([[total], shares])
    projected = np.linalg.solve(summing.T @ weight @ summing, summing.T @ weight @ base)
    found = reconcile_to_total(shares[:, None], variances[:, None], volume, [total], np.ones(count))
    assert found[:, 0] == pytest.approx(projected, abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[0.5]], [[0.01]], [1, 2], [0.5], [1, 1]), "do not match 2 volumes and 1 totals"),
        (([[0.5]], [[0.01]], [1], [0.5], [1, 1]), "2 ceilings do not match 1 volumes"),
        (([[0.5]], [[0.0]], [1], [0.5], [1]), "not above 0"),
        ((np.empty((0, 1)), np.empty((0, 1)), [], [0.5], []), "do not match 0 volumes"),
    ],
)
def test_bad_input_is_an_error(arguments, message):
    with pytest.raises(ValueError, match=message):
        reconcile_to_total(*arguments)


@st.composite
def hierarchies(draw):
    """Draw services with volumes of very different sizes, and a total that can be reached."""
    count = draw(st.integers(1, 12))
    unit = st.floats(0, 1)
    several = lambda values: np.array(draw(st.lists(values, min_size=count, max_size=count)))  # noqa: E731
    ceilings = several(st.floats(0.3, 1))
    shares = several(unit) * ceilings
    deviations = several(st.floats(0.003, 0.3))
    volume = 10 ** several(st.floats(1, 8))
    total = draw(unit) * float(volume @ ceilings / volume.sum())
    return shares, np.square(deviations), volume, total, ceilings


@given(hierarchies())
@settings(max_examples=200)
def test_services_add_up_to_the_total_within_their_bounds(hierarchy):
    shares, variances, volume, total, ceilings = hierarchy
    [found] = reconcile_to_total(shares[:, None], variances[:, None], volume, [total], ceilings).T
    assert (found >= 0).all()
    assert (found <= ceilings).all()
    assert volume @ found / volume.sum() == pytest.approx(total, abs=1e-9)


@given(hierarchies())
@settings(max_examples=200)
def test_no_other_shares_within_the_bounds_are_closer(hierarchy):
    """The conditions of Karush, Kuhn and Tucker hold: one λ, and bounds that hold a share back."""
    shares, variances, volume, total, ceilings = hierarchy
    [found] = reconcile_to_total(shares[:, None], variances[:, None], volume, [total], ceilings).T
    multipliers = (found - shares) / (volume * variances)
    tolerance = 1e-9 / (volume * variances)
    at_floor, at_ceiling = found <= 1e-9, found >= ceilings - 1e-9
    highest = (multipliers - tolerance)[~at_floor].max(initial=-np.inf)
    lowest = (multipliers + tolerance)[~at_ceiling].min(initial=np.inf)
    assert highest <= lowest


@given(hierarchies())
@settings(max_examples=60)
def test_forecasts_that_add_up_are_left_alone(hierarchy):
    shares, variances, volume, _, ceilings = hierarchy
    total = float(volume @ shares / volume.sum())
    [found] = reconcile_to_total(shares[:, None], variances[:, None], volume, [total], ceilings).T
    assert found == pytest.approx(shares, abs=1e-6)
