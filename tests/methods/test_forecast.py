"""A forecast: what is chosen and why, and what always holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from workbook.methods.forecast import BEST, CANDIDATES, TOO_FEW, forecast, reached

VOLUME = 2.0**20


def of(shares, volume=VOLUME, **how):
    shares = np.asarray(shares, float)
    return forecast(shares * volume, np.full(shares.shape, volume), **how)


def growing(windows=19):
    return 0.9 * expit(0.35 * (np.arange(windows) - 9))


def test_a_logistic_rise_is_recognised():
    found = of(growing(), horizon=12)
    assert found.chosen == "logistic"
    assert "its error was the least, 0.00 of the naive forecast's" in found.reason
    assert found.predictive.central == pytest.approx(growing(31)[19:], abs=1e-4)
    assert found.score.error_relative < 0.01
    assert (found.windows, found.independent_years) == (19, 5.5)


def test_the_record_has_every_candidate_in_order():
    found = of(growing())
    assert tuple(each.candidate for each in found.record) == CANDIDATES
    naive = found.record[-1]
    # Origins of 5 to 18 windows; the last three have fewer than four windows to come.
    assert (naive.origins, naive.cases, naive.error_relative) == (14, 11 * 4 + 3 + 2 + 1, 1)
    assert found.shown.cases == naive.cases


def test_when_the_target_is_reached():
    found = of(growing(), horizon=12)
    # 0.9 expit(0.35 (t − 9)) is 0.8736, 0.8812 and 0.8867 at 19, 20 and 21, and 18 is the last.
    path = [growing()[-1], *found.predictive.central]
    assert reached(path, 0.88) == 2
    assert reached(path, 0.5) == 0
    assert reached(path, 0.95) is None


def test_a_target_that_is_only_touched_is_not_reached():
    assert reached([0.7, 0.83, 0.81], 0.82) is None
    assert reached([0.83, 0.81, 0.82, 0.9], 0.82) == 2
    assert reached([], 0.82) is None


def test_six_windows_are_too_few_to_choose_by():
    found = of([0.1, 0.2, 0.3, 0.45, 0.55, 0.6])
    assert found.chosen == "naive"
    assert found.reason == (
        "a choice needs a test from 2 points in time and the windows allow 1: the simplest is shown"
    )
    assert found.record[-1].origins == 1


@pytest.mark.parametrize("windows", [1, 2, 3, 4])
def test_fewer_than_five_windows_have_the_naive_forecast_alone(windows):
    found = of(np.linspace(0.2, 0.5, windows), asked="gompertz")
    assert found.chosen == "naive"
    assert found.failure == f"gompertz: {TOO_FEW}"
    assert [each.failure for each in found.record] == [TOO_FEW] * 4 + [""]
    assert found.predictive.central.tolist() == [0.5 if windows > 1 else 0.2] * 12
    assert (found.score.cases, found.score.coverage) == (0, None)


@pytest.mark.parametrize("share", [0.0, 1.0, 0.4])
def test_what_never_moved_stays_and_is_not_certain(share):
    found = of([share] * 12)
    low, high = found.predictive.interval(0.8)
    assert found.chosen == "naive"
    assert found.predictive.central.tolist() == [share] * 12
    assert (high > low).all()
    assert (found.score.error_relative, found.score.judged) == (None, 0)
    assert found.score.cases == 22
    assert all(each.failure for each in found.record[:-1])


@pytest.mark.parametrize("name", CANDIDATES)
def test_a_curve_that_is_asked_for_is_shown(name):
    found = of(0.8 * (1 - np.exp(-0.15 * np.arange(5, 24) ** 1.1)) - 0.1, asked=name)
    failure = {each.candidate: each.failure for each in found.record}[name]
    assert (found.chosen == name) == (failure == "")
    assert (found.failure == "") == (failure == "")


def test_what_is_asked_for_and_did_not_fail_is_shown_whatever_its_record():
    found = of(growing(), asked="naive")
    assert (found.chosen, found.reason, found.failure) == ("naive", "it was asked for", "")


def test_a_curve_that_failed_is_said_to_and_the_best_is_shown():
    found = of(growing(), asked="logistic", ceiling=0.6)
    assert found.failure == "logistic: its level lies at the ceiling"
    assert found.chosen == of(growing(), ceiling=0.6).chosen != "logistic"


def test_digital_above_volume_counts_as_all_of_it():
    assert forecast([12] * 6, [10] * 6).predictive.central.tolist() == [1] * 12


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"horizon": 0}, "horizon of 0 quarters"),
        ({"asked": "linear"}, "'linear' is no candidate: best, logistic"),
        ({"ceiling": 0}, "ceiling of 0"),
        ({"ceiling": 98}, "ceiling of 98"),
        ({"interval": 80}, "interval of 80"),
    ],
)
def test_what_is_out_of_bounds_is_refused(how, why):
    with pytest.raises(ValueError, match=why):
        of(growing(), **how)


@pytest.mark.parametrize(
    ("digital", "volume", "why"),
    [
        ([], [], "no series"),
        ([1], [2, 3], "no series"),
        ([[1]], [[2]], "no series"),
        ([1, 0], [2, 0], "window 2 has 0 digital of 0"),
        ([float("nan"), 1], [2, 2], "window 1 has nan digital of 2"),
        ([1, -1], [2, 2], "window 2 has -1 digital"),
        ([1, 1], [2, float("inf")], "window 2 has 1 digital of inf"),
    ],
)
def test_what_is_no_series_is_refused(digital, volume, why):
    with pytest.raises(ValueError, match=why):
        forecast(digital, volume)


counts = st.integers(0, 1200)
published = st.lists(st.tuples(counts, st.integers(1, 10**3)), min_size=1, max_size=14)


@settings(max_examples=40)
@given(published, st.sampled_from((BEST, *CANDIDATES)), st.integers(1, 40), st.floats(0.3, 1))
def test_whatever_is_published_the_forecast_is_a_share(windows, asked, horizon, ceiling):
    digital, volume = np.array(windows, float).T
    found = forecast(digital, volume, asked=asked, horizon=horizon, ceiling=ceiling)
    ends = [each for p in (0.5, 0.8, 0.95) for each in found.predictive.interval(p)]
    for each in (found.predictive.central, *ends, found.predictive.probability(0.82)):
        assert each.shape == (horizon,)
        assert ((each >= 0) & (each <= 1)).all()
    assert (ends[4] <= ends[2]).all()
    assert (ends[2] <= ends[0]).all()
    assert (ends[1] <= ends[3]).all()
    assert (ends[3] <= ends[5]).all()


@settings(max_examples=25)
@given(published.filter(lambda windows: len(windows) > 4), st.sampled_from([0.5, 4, 2.0**20]))
def test_the_scale_of_volumes_changes_nothing(windows, scale):
    digital, volume = np.array(windows, float).T
    one, other = (forecast(digital * each, volume * each) for each in (1, scale))
    assert (one.chosen, one.record) == (other.chosen, other.record)
    assert (one.predictive.central == other.predictive.central).all()


def test_the_same_series_has_the_same_forecast():
    one, other = of(growing()), of(growing())
    assert one.record == other.record
    assert (one.predictive.scale == other.predictive.scale).all()
