"""Rolling-origin back-test: cases calculated by hand, and no use of later figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.methods import backtest
from workbook.methods.backtest import (
    BacktestResults,
    BacktestScore,
    backtest_selection,
    choose_model,
    evaluate_forecasts,
    has_moved,
    score_model,
)
from workbook.methods.forecast_models import (
    OriginForecasts,
    TakeUpSeries,
    forecast_naive,
    forecast_smoothing,
)

NAN = float("nan")


def make_series(*shares):
    return TakeUpSeries(np.array(shares, float), np.full(len(shares), 1e6))


def near_normal_forecasts(location, failures=None):
    """Forecasts with scale 0.1 and so many degrees of freedom that they are nearly normal."""
    location = np.array(location, float)
    failures = failures or ("",) * len(location)
    return OriginForecasts(
        location, np.full(location.shape, 0.1), np.full(len(location), 1e9), failures
    )


SERIES = make_series(0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.9)
ORIGINS = np.array([5, 6, 7])


def test_every_forecast_with_a_later_figure_is_a_case():
    result = evaluate_forecasts(near_normal_forecasts(np.full((3, 4), 0.5)), SERIES, ORIGINS, 0.8)
    assert result.absolute_error == pytest.approx(
        np.array([[0.1, 0.4, NAN, NAN], [0.4, NAN, NAN, NAN], [NAN] * 4]), nan_ok=True
    )
    # The normal's 80%: 0.5 ± 0.128155
    assert result.inside_interval[0, :2].tolist() == [1, 0]


def test_pinball_losses_calculated_by_hand():
    result = evaluate_forecasts(near_normal_forecasts(np.full((3, 4), 0.5)), SERIES, ORIGINS, 0.8)
    low, high = 0.5 - 0.1281552, 0.5 + 0.1281552
    # Inside, a tenth of the distance to each end; above the upper end nine tenths of that.
    assert result.pinball_loss[0, 0] == pytest.approx((0.1 * (0.6 - low) + 0.1 * (high - 0.6)) / 2)
    assert result.pinball_loss[0, 1] == pytest.approx((0.1 * (0.9 - low) + 0.9 * (0.9 - high)) / 2)


def test_an_origin_with_a_failed_fit_has_no_case():
    failed = near_normal_forecasts(np.full((3, 4), 0.5), failures=("no", "", ""))
    result = evaluate_forecasts(failed, SERIES, ORIGINS, 0.8)
    assert np.isnan(result.absolute_error[0]).all()
    assert result.absolute_error[1, 0] == pytest.approx(0.4)


def test_a_score_sums_its_cases():
    scored_cases = evaluate_forecasts(
        near_normal_forecasts([[0.6, 0.8, 0, 0], [0.7, 0, 0, 0], [0] * 4]), SERIES, ORIGINS, 0.8
    )
    plain = evaluate_forecasts(near_normal_forecasts(np.full((3, 4), 0.5)), SERIES, ORIGINS, 0.8)
    result = score_model(
        "it",
        scored_cases,
        plain,
        had_moved=has_moved(SERIES, ORIGINS),
        failures=("", "", "it failed"),
    )
    assert (result.case_count, result.origin_count, result.failed_origin_count) == (3, 2, 0)
    assert result.failure == "it failed"
    assert result.absolute_error == pytest.approx(0 + 0.1 + 0.2)
    assert result.absolute_error_naive == pytest.approx(0.1 + 0.4 + 0.4)
    assert result.relative_error == pytest.approx(1 / 3)
    # Take-up was constant before the first origin, so only one case (second origin) counts.
    assert (result.judged_count, result.inside_count, result.interval_coverage) == (1, 0, 0)


def test_without_a_naive_error_the_relative_error_is_missing():
    empty_score = BacktestScore("it", 0, 0, 0, "", 0.0, 0.0, None, 0, 0)
    assert (empty_score.relative_error, empty_score.interval_coverage) == (None, None)


def test_origins_at_which_take_up_had_changed():
    assert has_moved(SERIES, np.array([1, 5, 6, 7])).ravel().tolist() == [False, False, True, True]


def score_of_errors(**errors):
    """Cases with these absolute errors, one horizon for each origin."""
    empty = {
        name: np.array(errors_by_origin, float)[:, None]
        for name, errors_by_origin in errors.items()
    }
    return {name: BacktestResults(cases, cases, cases) for name, cases in empty.items()}


def test_the_model_with_the_least_relative_error_on_the_same_cases_is_chosen():
    # Relative errors: Gompertz 1 / 2 on its two cases, the other 2 / 3 on all.
    expected_cases = score_of_errors(naive=[2, 2, 8], gompertz=[1, 1, NAN], ets=[2, 2, 4])
    assert choose_model(expected_cases, ["gompertz", "ets", "naive"]) == "gompertz"
    assert choose_model(expected_cases, ["ets", "naive"]) == "ets"


def test_the_naive_forecast_is_chosen_if_no_model_beats_it():
    assert choose_model(score_of_errors(naive=[1, 1], ets=[1, 1]), ["ets", "naive"]) == "naive"
    assert choose_model(score_of_errors(naive=[0, 0], ets=[0, 0]), ["ets", "naive"]) == "naive"


def test_one_origin_is_too_few_to_choose_a_model():
    assert (
        choose_model(score_of_errors(naive=[1, NAN], ets=[0.1, NAN]), ["ets", "naive"]) == "naive"
    )


def all_origins(series):
    return np.arange(backtest.MINIMUM_WINDOWS, series.shares.size + 1)


def choose_and_score(series):
    origins = all_origins(series)
    trials = {
        "ets": forecast_smoothing(series, origins, 4),
        "naive": forecast_naive(series, origins, 4),
    }
    cases_by_model = {
        name: evaluate_forecasts(trial, series, origins, 0.8) for name, trial in trials.items()
    }
    return backtest_selection(cases_by_model, trials, origins), cases_by_model


def test_the_first_origins_use_the_naive_forecast():
    result, cases_by_model = choose_and_score(make_series(*np.linspace(0.1, 0.6, 11)))
    assert result.absolute_error[:2] == pytest.approx(cases_by_model["naive"].absolute_error[:2])
    assert result.absolute_error[3] == pytest.approx(
        cases_by_model["ets"].absolute_error[3], nan_ok=True
    )
    assert cases_by_model["ets"].absolute_error[3, 0] < cases_by_model["naive"].absolute_error[3, 0]


@settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=12, max_size=12), st.floats(0, 1))
def test_later_figures_do_not_change_earlier_forecasts(shares, other):
    series, changed_series = (make_series(*shares[:-1], last) for last in (shares[-1], other))
    first, second = choose_and_score(series)[0], choose_and_score(changed_series)[0]
    # All cases except those compared with the last window.
    for index in range(len(first.absolute_error) - 1):
        known = first.absolute_error.shape[0] - 2 - index
        assert first.absolute_error[index, :known] == pytest.approx(
            second.absolute_error[index, :known], nan_ok=True
        )
