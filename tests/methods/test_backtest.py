"""The rolling origin: cases worked out by hand, and no look at what was not known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.methods import backtest
from workbook.methods.backtest import Cases, Score, cases, choice, moved, score, shown
from workbook.methods.candidates import Series, Trials, naive, smoothing

NAN = float("nan")


def series(*shares):
    return Series(np.array(shares, float), np.full(len(shares), 1e6))


def certain(location, failures=None):
    """Forecasts with a scale of a tenth and so many degrees of freedom that they are normal."""
    location = np.array(location, float)
    failures = failures or ("",) * len(location)
    return Trials(location, np.full(location.shape, 0.1), np.full(len(location), 1e9), failures)


SERIES = series(0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.9)
ORIGINS = np.array([5, 6, 7])


def test_what_came_is_set_beside_every_forecast_that_can_be_judged():
    found = cases(certain(np.full((3, 4), 0.5)), SERIES, ORIGINS, 0.8)
    assert found.error == pytest.approx(
        np.array([[0.1, 0.4, NAN, NAN], [0.4, NAN, NAN, NAN], [NAN] * 4]), nan_ok=True
    )
    # The normal's 80%: 0.5 ± 0.128155
    assert found.inside[0, :2].tolist() == [1, 0]


def test_pinball_by_hand():
    found = cases(certain(np.full((3, 4), 0.5)), SERIES, ORIGINS, 0.8)
    low, high = 0.5 - 0.1281552, 0.5 + 0.1281552
    # Inside, a tenth of the distance to each end; above the upper end nine tenths of that.
    assert found.pinball[0, 0] == pytest.approx((0.1 * (0.6 - low) + 0.1 * (high - 0.6)) / 2)
    assert found.pinball[0, 1] == pytest.approx((0.1 * (0.9 - low) + 0.9 * (0.9 - high)) / 2)


def test_an_origin_whose_fit_failed_has_no_case():
    failed = certain(np.full((3, 4), 0.5), failures=("no", "", ""))
    found = cases(failed, SERIES, ORIGINS, 0.8)
    assert np.isnan(found.error[0]).all()
    assert found.error[1, 0] == pytest.approx(0.4)


def test_a_score_adds_up_its_cases():
    its = cases(certain([[0.6, 0.8, 0, 0], [0.7, 0, 0, 0], [0] * 4]), SERIES, ORIGINS, 0.8)
    plain = cases(certain(np.full((3, 4), 0.5)), SERIES, ORIGINS, 0.8)
    found = score(
        "it", its, plain, had_moved=moved(SERIES, ORIGINS), failures=("", "", "it failed")
    )
    assert (found.cases, found.origins, found.failed_origins) == (3, 2, 0)
    assert found.failure == "it failed"
    assert found.absolute_error == pytest.approx(0 + 0.1 + 0.2)
    assert found.absolute_error_naive == pytest.approx(0.1 + 0.4 + 0.4)
    assert found.error_relative == pytest.approx(1 / 3)
    # Before the first origin take-up had not moved: one case of the second judges the interval.
    assert (found.judged, found.inside, found.coverage) == (1, 0, 0)


def test_where_the_naive_forecast_had_no_error_there_is_none_relative_to_it():
    nothing = Score("it", 0, 0, 0, "", 0.0, 0.0, None, 0, 0)
    assert (nothing.error_relative, nothing.coverage) == (None, None)


def test_what_had_moved_by_each_origin():
    assert moved(SERIES, np.array([1, 5, 6, 7])).ravel().tolist() == [False, False, True, True]


def record(**errors):
    """Cases of these absolute errors, at one horizon of each origin."""
    empty = {name: np.array(each, float)[:, None] for name, each in errors.items()}
    return {name: Cases(each, each, each) for name, each in empty.items()}


def test_the_least_error_relative_to_naive_on_the_same_cases_is_chosen():
    # Gompertz has 1 / 2 on its two cases, the other one 2 / 3 on all: the first is the better.
    its = record(naive=[2, 2, 8], gompertz=[1, 1, NAN], ets=[2, 2, 4])
    assert choice(its, ["gompertz", "ets", "naive"]) == "gompertz"
    assert choice(its, ["ets", "naive"]) == "ets"


def test_where_nothing_beats_naive_naive_is_chosen():
    assert choice(record(naive=[1, 1], ets=[1, 1]), ["ets", "naive"]) == "naive"
    assert choice(record(naive=[0, 0], ets=[0, 0]), ["ets", "naive"]) == "naive"


def test_one_origin_chooses_nothing():
    assert choice(record(naive=[1, NAN], ets=[0.1, NAN]), ["ets", "naive"]) == "naive"


def origins_of(one):
    return np.arange(backtest.LEAST_WINDOWS, one.shares.size + 1)


def what_is_shown(one):
    origins = origins_of(one)
    trials = {"ets": smoothing(one, origins, 4), "naive": naive(one, origins, 4)}
    its = {name: cases(each, one, origins, 0.8) for name, each in trials.items()}
    return shown(its, trials, origins), its


def test_the_first_origins_show_the_naive_forecast():
    found, its = what_is_shown(series(*np.linspace(0.1, 0.6, 11)))
    assert found.error[:2] == pytest.approx(its["naive"].error[:2])
    assert found.error[3] == pytest.approx(its["ets"].error[3], nan_ok=True)
    assert its["ets"].error[3, 0] < its["naive"].error[3, 0]


@settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=12, max_size=12), st.floats(0, 1))
def test_what_came_later_changes_no_forecast_made_before(shares, other):
    one, two = (series(*shares[:-1], last) for last in (shares[-1], other))
    first, second = what_is_shown(one)[0], what_is_shown(two)[0]
    # All but the cases that the last window judges.
    for at in range(len(first.error) - 1):
        known = first.error.shape[0] - 2 - at
        assert first.error[at, :known] == pytest.approx(second.error[at, :known], nan_ok=True)
