"""The change of take-up: parts worked out by hand, and that they always add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.decomposition import decomposition, reporting

NAN = float("nan")


def by_hand():
    # A and B report in both, C before, D after, and E has a volume after but no digital count.
    return decomposition(
        volume_before=[100, 100, 200, NAN, NAN],
        digital_before=[50, 20, 0, NAN, NAN],
        volume_after=[100, 300, NAN, 400, 200],
        digital_after=[80, 90, NAN, 400, NAN],
    )


def test_the_matched_parts_by_hand():
    # w0 = (1/2, 1/2), w1 = (1/4, 3/4), t0 = (0.5, 0.2), t1 = (0.8, 0.3)
    found = by_hand()
    assert found.matched_before == pytest.approx(0.35)
    assert found.matched_after == pytest.approx(170 / 400)
    assert found.within == pytest.approx(0.5 * 0.3 + 0.5 * 0.1)
    assert found.mix == pytest.approx(-0.25 * 0.5 + 0.25 * 0.2)
    assert found.interaction == pytest.approx(-0.25 * 0.3 + 0.25 * 0.1)


def test_entry_and_exit_by_hand():
    found = by_hand()
    assert found.headline_before == pytest.approx(70 / 400)
    assert found.headline_after == pytest.approx(570 / 800)
    assert found.entry == pytest.approx(570 / 800 - 170 / 400)
    assert found.exit == pytest.approx(0.35 - 70 / 400)
    assert found.change == pytest.approx(570 / 800 - 70 / 400)


def test_services_are_counted_and_volume_is_of_everybody():
    found = by_hand()
    assert (found.services_before, found.services_after, found.services_matched) == (3, 3, 2)
    assert found.volume_covered == pytest.approx(400 / 1000)


@pytest.mark.parametrize(
    ("volume", "digital", "reports"),
    [(1, 0, True), (0, 0, False), (NAN, 1, False), (1, NAN, False), (1, 2, True), (-1, 0, False)],
)
def test_who_reports(volume, digital, reports):
    assert reporting([volume], [digital]).tolist() == [reports]


def test_without_a_matched_service_there_are_headlines_and_no_parts():
    found = decomposition([10, NAN], [5, NAN], [NAN, 10], [NAN, 9])
    assert (found.headline_before, found.headline_after) == (0.5, 0.9)
    assert found.change == pytest.approx(0.4)
    parts = (found.within, found.mix, found.interaction, found.entry, found.exit)
    assert parts == (None,) * 5
    assert (found.services_matched, found.volume_covered) == (0, 0)


def test_without_any_service_nothing_is_known():
    found = decomposition([], [], [], [])
    assert (found.headline_before, found.headline_after, found.change) == (None, None, None)
    assert found.volume_covered is None


def test_digital_above_volume_is_kept():
    found = decomposition([10], [12], [10], [15])
    assert (found.headline_before, found.within) == (1.2, pytest.approx(0.3))


@pytest.mark.parametrize("wrong", [[1, 2], [[1]], 1])
def test_arrays_that_are_not_aligned_are_refused(wrong):
    with pytest.raises(ValueError, match="not aligned"):
        decomposition([1], [1], [1], wrong)


blank = st.just(NAN)
selection = st.lists(st.tuples(*[st.just(0.0) | st.floats(0.01, 1e9) | blank] * 4), max_size=12)


def of(services):
    volume0, digital0, volume1, digital1 = np.array(services, float).reshape(-1, 4).T
    return decomposition(volume0, digital0, volume1, digital1)


ordinary = st.tuples(*[st.integers(0, 10**7).map(float) | blank] * 4)


@given(st.lists(ordinary, min_size=1, max_size=12))
def test_the_parts_add_up_for_any_selection(services):
    found = of(services)
    parts = (found.within, found.mix, found.interaction, found.entry, found.exit)
    if found.services_matched:
        size = max(1, *map(abs, parts))
        assert sum(parts) == pytest.approx(found.change, abs=1e-9 * size)
    else:
        assert parts == (None,) * 5


@given(selection)
def test_whatever_is_published_gives_no_nan(services):
    values = [each for each in vars(of(services)).values() if each is not None]
    assert np.isfinite(values).all()


@given(st.lists(ordinary, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_services_changes_nothing(services, random):
    shuffled = random.sample(services, len(services))
    one, other = vars(of(services)), vars(of(shuffled))
    for name, value in one.items():
        assert other[name] == (value if value is None else pytest.approx(value, rel=1e-9, abs=1e-6))


@given(st.lists(ordinary, min_size=1, max_size=8))
def test_the_scale_of_volumes_changes_nothing(services):
    assert of(np.array(services) * 8) == of(services)
