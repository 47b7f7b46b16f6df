"""Rolling-origin back-test: cases calculated by hand, and no use of later figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.methods import backtest
from workbook.methods.backtest import (
    BacktestResults,
    HorizonScore,
    actual_shares,
    count_tested_horizons,
    evaluate_forecasts,
    score_model,
)
from workbook.methods.backtested_models import backtest_models
from workbook.methods.model_choice import choose_model, find_common_cases
from workbook.methods.origin_forecasts import OriginForecasts, TakeUpSeries, has_moved

NAN = float("nan")


def make_series(*shares):
    return TakeUpSeries(np.array(shares, float), np.full(len(shares), 1e6))


def near_normal_forecasts(location, failures=None):
    """Forecasts with scale 0.1 and so many degrees of freedom that they are nearly normal."""
    location = np.array(location, float)
    count = len(location)
    scale, freedom = np.full(location.shape, 0.1), np.full(count, 1e9)
    return OriginForecasts(location, scale, freedom, failures or ("",) * count, np.ones(count))


SERIES = make_series(0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.9)
ORIGINS = np.array([5, 6, 7])


def evaluate(forecasts, interval=0.8):
    actual = actual_shares(SERIES, ORIGINS, 4)
    return evaluate_forecasts(
        forecasts.predictive_distributions(4), actual, forecasts.has_failed, interval
    )


def test_every_forecast_with_a_later_figure_is_a_case():
    result = evaluate(near_normal_forecasts(np.full((3, 4), 0.5)))
    assert result.absolute_error == pytest.approx(
        np.array([[0.1, 0.4, NAN, NAN], [0.4, NAN, NAN, NAN], [NAN] * 4]), nan_ok=True
    )
    # The normal's 80%: 0.5 ± 0.128155
    assert result.inside_interval[0, :2].tolist() == [1, 0]


def test_pinball_losses_calculated_by_hand():
    result = evaluate(near_normal_forecasts(np.full((3, 4), 0.5)))
    low, high = 0.5 - 0.1281552, 0.5 + 0.1281552
    # A tenth of the distance from the outer quantile on the other side, nine tenths of that beyond
    # the upper one, and half the distance from the median.
    inside = 0.1 * (0.6 - low) + 0.5 * 0.1 + 0.1 * (high - 0.6)
    above = 0.1 * (0.9 - low) + 0.5 * 0.4 + 0.9 * (0.9 - high)
    assert result.pinball_loss[0, :2] == pytest.approx([inside / 3, above / 3])


def test_an_origin_with_a_failed_fit_has_no_case():
    result = evaluate(near_normal_forecasts(np.full((3, 4), 0.5), failures=("no", "", "")))
    assert np.isnan(result.absolute_error[0]).all()
    assert result.absolute_error[1, 0] == pytest.approx(0.4)


def test_a_score_sums_its_cases_over_all_horizons_and_at_each():
    scored_cases = evaluate(near_normal_forecasts([[0.6, 0.8, 0, 0], [0.7, 0, 0, 0], [0] * 4]))
    result = score_model(
        "it",
        scored_cases,
        evaluate(near_normal_forecasts(np.full((3, 4), 0.5))),
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
    assert [score.case_count for score in result.by_horizon] == [2, 1, 0, 0]
    assert result.by_horizon[1].relative_error == pytest.approx(0.1 / 0.4)


def test_without_a_naive_error_the_relative_error_is_missing():
    empty_score = HorizonScore(0, 0.0, 0.0, None, 0, 0)
    assert (empty_score.relative_error, empty_score.interval_coverage) == (None, None)


@pytest.mark.parametrize(("windows", "horizons"), [(1, 1), (5, 1), (6, 1), (19, 14), (60, 40)])
def test_every_horizon_with_a_case_is_tested(windows, horizons):
    assert count_tested_horizons(windows, 40) == horizons


def test_origins_at_which_take_up_had_changed():
    assert has_moved(SERIES, np.array([1, 5, 6, 7])).tolist() == [False, False, True, True]


def results_of_errors(**errors):
    """Cases with these absolute errors, one horizon for each origin."""
    columns = {name: np.array(values, float)[:, None] for name, values in errors.items()}
    return {name: BacktestResults(cases, cases, cases) for name, cases in columns.items()}


def choose(results, *usable):
    known = np.ones_like(results["naive"].absolute_error, bool)
    return choose_model(results, usable, known)


def test_models_are_compared_on_the_cases_that_all_have():
    # The curve failed on the two hard cases, so it is compared on the two that are left.
    results = results_of_errors(
        naive=[1, 1, 8, 8], logistic=[1, 1, NAN, NAN], ets=[1, 1, 1, 1], bass=[NAN, NAN, NAN, 0]
    )
    models, common = find_common_cases(
        results, ["logistic", "ets", "bass", "naive"], np.ones((4, 1), bool)
    )
    assert models == ["logistic", "ets", "naive"]
    assert common.ravel().tolist() == [True, True, False, False]


def test_the_ensemble_is_chosen_unless_a_curve_has_a_fifth_of_its_error():
    far_better = results_of_errors(naive=[9, 9], ensemble=[6, 6], logistic=[1, 1], ets=[0, 0])
    assert choose(far_better, "logistic", "ets", "ensemble", "naive") == "logistic"
    assert choose(far_better, "ets", "ensemble", "naive") == "ensemble"
    better = results_of_errors(naive=[9, 9], ensemble=[4, 4], logistic=[1, 1])
    assert choose(better, "logistic", "ensemble", "naive") == "ensemble"


def test_the_naive_forecast_is_chosen_if_nothing_else_can_be_fitted():
    results = results_of_errors(naive=[0, 0], ensemble=[0, 0])
    assert choose(results, "ensemble", "naive") == "naive"


def test_one_origin_is_too_few_to_choose_a_model():
    results = results_of_errors(naive=[1, NAN], ensemble=[0.1, NAN], ets=[0.1, NAN])
    assert choose(results, "ets", "ensemble", "naive") == "naive"


def backtested(shares):
    volume = np.full(len(shares), 1e6)
    return backtest_models(np.array(shares) * volume, volume, horizon=4, ceiling=0.98)


def test_the_first_origins_use_the_naive_forecast():
    models = backtested(np.linspace(0.1, 0.6, 11) + 0.01 * np.sin(np.arange(11)))
    assert models.origins[0] == backtest.MINIMUM_WINDOWS
    assert models.best_models[:2] == ("naive", "naive")
    assert set(models.best_models[2:]) == {"ensemble"}


@settings(max_examples=15)
@given(st.lists(st.floats(0, 1), min_size=10, max_size=10), st.floats(0, 1))
def test_later_figures_do_not_change_earlier_forecasts(shares, other):
    first, second = backtested(shares), backtested([*shares[:-1], other])
    assert first.best_models[:-1] == second.best_models[:-1]
    for name, model in first.forecasts.items():
        assert model.failures[:-1] == second.forecasts[name].failures[:-1]
        same = ~model.has_failed[:-1]
        other_model = second.forecasts[name]
        assert model.location[:-1][same] == pytest.approx(other_model.location[:-1][same], abs=1e-6)
        assert model.scale[:-1][same] == pytest.approx(other_model.scale[:-1][same], abs=1e-6)
