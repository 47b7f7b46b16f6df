"""Forecast of take-up: the model chosen, the reason, and properties of every forecast."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from workbook.methods.backtested_models import BEST_MODEL, FORECAST_MODELS, TOO_FEW_WINDOWS
from workbook.methods.calibration import LEVEL_BINS, Calibration
from workbook.methods.forecast import MINIMUM_FORECAST_WINDOWS, forecast_take_up
from workbook.methods.target_position import find_target_position

VOLUME = 2.0**20


def forecast_shares(shares, volume=VOLUME, **options):
    shares = np.asarray(shares, float)
    return forecast_take_up(shares * volume, np.full(shares.shape, volume), **options)


def growing_shares(windows=19):
    return 0.9 * expit(0.35 * (np.arange(windows) - 9))


def test_a_logistic_rise_is_forecast_with_the_logistic_curve():
    result = forecast_shares(growing_shares(), horizon=12)
    assert result.selected_model == "logistic"
    assert result.selection_reason == (
        "it was far better than the others. Over all horizons tested, its error was 0.00 times that"
        " of no change"
    )
    assert result.distribution.central_forecast == pytest.approx(growing_shares(31)[19:], abs=1e-4)
    assert result.selected_score.relative_error < 0.01
    assert (result.window_count, result.independent_years) == (19, 5.5)


def test_the_back_test_record_lists_every_model_in_order():
    result = forecast_shares(growing_shares())
    assert tuple(model_score.model_name for model_score in result.model_scores) == FORECAST_MODELS
    naive = result.model_scores[-1]
    # Origins of 5 to 18 windows, each with a case for every later window.
    assert (naive.origin_count, naive.case_count, naive.relative_error) == (14, sum(range(15)), 1)
    assert [score.case_count for score in naive.by_horizon] == list(range(14, 0, -1))
    assert result.selection_score.case_count == naive.case_count


def test_the_window_in_which_the_target_is_reached():
    result = forecast_shares(growing_shares(), horizon=12)
    # 0.9 expit(0.35 (t − 9)) is 0.8736, 0.8812, 0.8867 at 19, 20, 21; the last window is 18.
    path = [growing_shares()[-1], *result.distribution.central_forecast]
    assert find_target_position(path, 0.88) == 2
    assert find_target_position(path, 0.5) == 0
    assert find_target_position(path, 0.95) is None


def test_a_target_is_reached_only_where_take_up_stays_above_it():
    assert find_target_position([0.7, 0.83, 0.81], 0.82) is None
    assert find_target_position([0.83, 0.81, 0.82, 0.9], 0.82) == 2
    assert find_target_position([], 0.82) is None


def test_where_no_change_was_always_right_there_is_no_relative_error_to_give():
    result = forecast_shares([0, 0, 0, 0, 1, 1, 1])
    assert result.selected_score.relative_error is None
    assert result.selection_reason == "no curve was far better"


def test_six_windows_are_too_few_to_choose_a_model():
    result = forecast_shares([0.1, 0.2, 0.3, 0.45, 0.55, 0.6])
    assert result.selected_model == "naive"
    assert result.selection_reason == (
        "choosing between methods needs tests from 2 points in time and the data allow 1, so the "
        "simplest is used"
    )
    assert result.model_scores[-1].origin_count == 1


@pytest.mark.parametrize("windows", [1, 2, 3, 4])
def test_fewer_than_five_windows_have_only_the_naive_forecast(windows):
    result = forecast_shares(np.linspace(0.2, 0.5, windows), requested_model="gompertz")
    assert result.selected_model == "naive"
    assert result.requested_model_failure == TOO_FEW_WINDOWS
    assert [model_score.failure for model_score in result.model_scores] == [TOO_FEW_WINDOWS] * 6 + [
        ""
    ]
    assert result.distribution.central_forecast.tolist() == [0.5 if windows > 1 else 0.2] * 12
    assert (result.selected_score.case_count, result.selected_score.interval_coverage) == (0, None)


@pytest.mark.parametrize("share", [0.0, 1.0, 0.4])
def test_a_constant_series_is_forecast_unchanged_with_an_interval(share):
    result = forecast_shares([share] * 12)
    low, high = result.distribution.prediction_interval(0.8)
    assert result.selected_model == "naive"
    assert result.distribution.central_forecast.tolist() == [share] * 12
    assert (high > low).all()
    assert (result.selected_score.relative_error, result.selected_score.judged_count) == (None, 0)
    assert result.selected_score.case_count == sum(range(8))
    # The ensemble of a constant series is the naive forecast.
    assert [score.model_name for score in result.model_scores if not score.failure] == [
        "ensemble",
        "naive",
    ]


@pytest.mark.parametrize("name", FORECAST_MODELS)
def test_a_requested_curve_is_used(name):
    shares = 0.8 * (1 - np.exp(-0.15 * np.arange(5, 24) ** 1.1)) - 0.1
    result = forecast_shares(shares, requested_model=name)
    failure = {model_score.model_name: model_score.failure for model_score in result.model_scores}[
        name
    ]
    assert (result.selected_model == name) == (failure == "")
    assert (result.requested_model_failure == "") == (failure == "")


def test_a_requested_model_is_used_whatever_its_back_test_error():
    result = forecast_shares(growing_shares(), requested_model="naive")
    assert (result.selected_model, result.selection_reason, result.requested_model_failure) == (
        "naive",
        "it was requested",
        "",
    )


def test_a_requested_curve_that_fails_is_replaced_with_a_note():
    result = forecast_shares(growing_shares(), requested_model="logistic", ceiling=0.6)
    assert result.requested_model_failure == "its fitted level is at the ceiling"
    assert (
        result.selected_model
        == forecast_shares(growing_shares(), ceiling=0.6).selected_model
        != "logistic"
    )


def test_digital_above_volume_counts_as_full_take_up():
    assert forecast_take_up([12] * 6, [10] * 6).distribution.central_forecast.tolist() == [1] * 12


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"horizon": 0}, "horizon is 0: it must be from 1 to 40 quarters"),
        ({"horizon": 41}, "horizon is 41: it must be from 1 to 40 quarters"),
        ({"requested_model": "linear"}, "unknown model 'linear': choose from best, logistic"),
        ({"ceiling": 0}, "ceiling is 0:"),
        ({"ceiling": 98}, "ceiling is 98:"),
        ({"interval": 80}, "interval is 80:"),
    ],
)
def test_options_out_of_bounds_are_rejected(options, message):
    with pytest.raises(ValueError, match=message):
        forecast_shares(growing_shares(), **options)


@pytest.mark.parametrize(
    ("digital", "volume", "message"),
    [
        ([], [], "one figure for each window"),
        ([1], [2, 3], "one figure for each window"),
        ([[1]], [[2]], "one figure for each window"),
        ([1, 0], [2, 0], "window 2 has 0 digital of 0"),
        ([float("nan"), 1], [2, 2], "window 1 has nan digital of 2"),
        ([1, -1], [2, 2], "window 2 has -1 digital"),
        ([1, 1], [2, float("inf")], "window 2 has 1 digital of inf"),
    ],
)
def test_invalid_series_are_rejected(digital, volume, message):
    with pytest.raises(ValueError, match=message):
        forecast_take_up(digital, volume)


counts = st.integers(0, 1200)
published = st.lists(st.tuples(counts, st.integers(1, 10**3)), min_size=1, max_size=14)


@settings(max_examples=40)
@given(
    published,
    st.sampled_from((BEST_MODEL, *FORECAST_MODELS)),
    st.integers(1, 40),
    st.floats(0.3, 1),
)
def test_every_forecast_and_interval_lies_between_0_and_the_ceiling(
    windows, requested_model, horizon, ceiling
):
    digital, volume = np.array(windows, float).T
    result = forecast_take_up(
        digital, volume, requested_model=requested_model, horizon=horizon, ceiling=ceiling
    )
    ends = [
        predicted
        for p in (0.5, 0.8, 0.95)
        for predicted in result.distribution.prediction_interval(p)
    ]
    latest = min(digital[-1] / volume[-1], 1)
    for values in (result.distribution.central_forecast, *ends):
        assert values.shape == (horizon,)
        assert ((values >= 0) & (values <= max(ceiling, latest))).all()
    probabilities = result.distribution.probability_at_least(0.82)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    assert (ends[4] <= ends[2]).all()
    assert (ends[2] <= ends[0]).all()
    assert (ends[1] <= ends[3]).all()
    assert (ends[3] <= ends[5]).all()


@settings(max_examples=25)
@given(published.filter(lambda windows: len(windows) > 4), st.sampled_from([0.5, 4, 2.0**20]))
def test_the_scale_of_volumes_does_not_change_the_forecast(windows, scale):
    digital, volume = np.array(windows, float).T
    one, other = (forecast_take_up(digital * factor, volume * factor) for factor in (1, scale))
    assert (one.selected_model, one.model_scores) == (other.selected_model, other.model_scores)
    assert (one.distribution.central_forecast == other.distribution.central_forecast).all()


def calibration_to(tested_horizon):
    """A calibration by an even spread of levels, which changes nothing but is tested."""
    counts = np.zeros((tested_horizon, LEVEL_BINS))
    return {BEST_MODEL: Calibration.from_counts(counts + 10, np.full(tested_horizon, 3))}


@pytest.mark.parametrize(
    ("windows", "tested", "longest"),
    [(19, 0, 0), (19, 3, 3), (19, 14, 12), (8, 14, 8), (MINIMUM_FORECAST_WINDOWS - 1, 14, 0)],
)
def test_no_horizon_is_tested_beyond_the_record_or_as_far_as_the_windows_reach_back(
    windows, tested, longest
):
    result = forecast_shares(
        np.linspace(0.2, 0.5, windows), horizon=12, calibrations=calibration_to(tested)
    )
    assert result.longest_tested_horizon == longest


def rising_record():
    """A record of a hundred outcomes a horizon, most of them far above their forecasts."""
    counts = np.tile(np.linspace(1, 19, LEVEL_BINS), (12, 1))
    calibration = Calibration.from_counts(counts, np.full(12, 3))
    return dict.fromkeys((BEST_MODEL, *FORECAST_MODELS), calibration)


def test_no_change_moves_only_if_it_is_asked_for_and_calibrated():
    shares = np.linspace(0.2, 0.5, 9)
    asked_for = forecast_shares(
        shares, requested_model="naive", horizon=8, calibrations=rising_record()
    )
    assert asked_for.moves_naive
    assert (asked_for.distribution.central_forecast > 0.5).all()
    for last_resort in (np.full(9, 0.5), shares[-5:]):
        forecast = forecast_shares(last_resort, horizon=8, calibrations=rising_record())
        assert forecast.selected_model == "naive"
        assert not forecast.moves_naive
        assert forecast.distribution.central_forecast == pytest.approx(np.full(8, 0.5))


def test_a_series_above_the_ceiling_stays_at_its_latest_share():
    shares = [0.9, 0.92, 0.95, 0.97, 0.975, 0.98, 0.985, 0.99]
    result = forecast_shares(shares, ceiling=0.98)
    assert result.ceiling == 0.99
    assert result.distribution.central_forecast.tolist() == [0.99] * 12
    assert result.distribution.share_quantile(0.999).tolist() == [0.99] * 12
    assert not result.distribution.probability_at_least(0.995).any()


def test_the_forecast_is_reproducible():
    one, other = forecast_shares(growing_shares()), forecast_shares(growing_shares())
    assert one.model_scores == other.model_scores
    assert (one.distribution.scale == other.distribution.scale).all()
