"""Decomposition of a change in take-up: effects calculated by hand, and their sum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.decomposition import decompose_change, is_reporting

NAN = float("nan")


def example_decomposition():
    # A and B report in both, C before, D after, and E has a volume after but no digital count.
    return decompose_change(
        volume_before=[100, 100, 200, NAN, NAN],
        digital_before=[50, 20, 0, NAN, NAN],
        volume_after=[100, 300, NAN, 400, 200],
        digital_after=[80, 90, NAN, 400, NAN],
    )


def test_within_service_and_mix_effects_calculated_by_hand():
    # w0 = (1/2, 1/2), w1 = (1/4, 3/4), t0 = (0.5, 0.2), t1 = (0.8, 0.3)
    result = example_decomposition()
    assert result.matched_before == pytest.approx(0.35)
    assert result.matched_after == pytest.approx(170 / 400)
    assert result.within == pytest.approx(0.5 * 0.3 + 0.5 * 0.1)
    assert result.mix == pytest.approx(-0.25 * 0.5 + 0.25 * 0.2)
    assert result.interaction == pytest.approx(-0.25 * 0.3 + 0.25 * 0.1)


def test_entry_and_exit_effects_calculated_by_hand():
    result = example_decomposition()
    assert result.headline_before == pytest.approx(70 / 400)
    assert result.headline_after == pytest.approx(570 / 800)
    assert result.entry == pytest.approx(570 / 800 - 170 / 400)
    assert result.exit == pytest.approx(0.35 - 70 / 400)


def test_services_are_counted_and_their_share_of_volume_calculated():
    result = example_decomposition()
    assert (result.services_before, result.services_after, result.services_matched) == (3, 3, 2)
    assert result.volume_covered == pytest.approx(400 / 1000)


@pytest.mark.parametrize(
    ("volume", "digital", "reports"),
    [(1, 0, True), (0, 0, False), (NAN, 1, False), (1, NAN, False), (1, 2, True), (-1, 0, False)],
)
def test_a_service_reports_if_its_figures_are_complete(volume, digital, reports):
    assert is_reporting([volume], [digital]).tolist() == [reports]


def test_without_a_like_for_like_service_there_are_no_effects():
    result = decompose_change([10, NAN], [5, NAN], [NAN, 10], [NAN, 9])
    assert (result.headline_before, result.headline_after) == (0.5, 0.9)
    parts = (result.within, result.mix, result.interaction, result.entry, result.exit)
    assert parts == (None,) * 5
    assert (result.services_matched, result.volume_covered) == (0, 0)


def test_without_any_service_every_value_is_missing():
    result = decompose_change([], [], [], [])
    assert (result.headline_before, result.headline_after) == (None, None)
    assert result.volume_covered is None


def test_digital_above_volume_is_kept_as_published():
    result = decompose_change([10], [12], [10], [15])
    assert (result.headline_before, result.within) == (1.2, pytest.approx(0.3))


@pytest.mark.parametrize("volume_after", [[1, 2], [[1]], 1])
def test_arrays_that_are_not_aligned_are_rejected(volume_after):
    with pytest.raises(ValueError, match="not aligned"):
        decompose_change([1], [1], [1], volume_after)


blank = st.just(NAN)
selection = st.lists(st.tuples(*[st.just(0.0) | st.floats(0.01, 1e9) | blank] * 4), max_size=12)


def decompose_services(services):
    volume0, digital0, volume1, digital1 = np.array(services, float).reshape(-1, 4).T
    return decompose_change(volume0, digital0, volume1, digital1)


ordinary = st.tuples(*[st.integers(0, 10**7).map(float) | blank] * 4)


@given(st.lists(ordinary, min_size=1, max_size=12))
def test_the_effects_add_up_for_any_services(services):
    result = decompose_services(services)
    parts = (result.within, result.mix, result.interaction, result.entry, result.exit)
    if result.services_matched:
        size = max(1, *map(abs, parts))
        change = result.headline_after - result.headline_before
        assert sum(parts) == pytest.approx(change, abs=1e-9 * size)
    else:
        assert parts == (None,) * 5


@given(selection)
def test_finite_counts_give_finite_effects(services):
    values = [
        effect for effect in vars(decompose_services(services)).values() if effect is not None
    ]
    assert np.isfinite(values).all()


@given(st.lists(ordinary, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_services_does_not_change_the_effects(services, random):
    shuffled = random.sample(services, len(services))
    one, other = vars(decompose_services(services)), vars(decompose_services(shuffled))
    for name, value in one.items():
        assert other[name] == (value if value is None else pytest.approx(value, rel=1e-9, abs=1e-6))


@given(st.lists(ordinary, min_size=1, max_size=8))
def test_the_scale_of_volumes_does_not_change_the_effects(services):
    assert decompose_services(np.array(services) * 8) == decompose_services(services)
