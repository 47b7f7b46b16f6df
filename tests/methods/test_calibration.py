"""Back-test on published figures of the forecasts that would have been shown at the time.

The share of actual values inside the 80% interval, and the error relative to the naive forecast.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbook.methods.decomposition import is_reporting
from workbook.methods.forecast import forecast_take_up

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "data" / "take_up.csv"
PUBLISHED = ROOT.parent / "shared" / "real" / "transactions" / "transaction-volumes.csv"
FIRST_OF_EACH_QUARTER = 2013 * 12 + 3
"""The two windows before March 2013 are not a quarter apart from the next ones."""


def load_bundled_series():
    """Volume and digital volume, each of shape (services, windows)."""
    table = pd.read_csv(BUNDLED).pivot_table(
        ["volume", "digital_volume"], ["organisation", "service"], "window_end"
    )
    return [table[measure].to_numpy(float) for measure in ("volume", "digital_volume")]


def load_published_series():
    """As ``load_bundled_series``, from the published file."""
    frame = pd.read_csv(PUBLISHED, dtype=str)
    return [
        np.stack([to_number(frame[name]) for name in columns_of_kind(frame, kind)], axis=1)
        for kind in ("volume", "digital volume")
    ]


def columns_of_kind(frame, kind):
    ends = {}
    for name in frame.columns:
        result = re.fullmatch(rf"\w+ (\d+) to (\w+) (\d+): {kind}", name)
        if result:
            # "January 2014 to December 2015" is a misprint for a window of twelve months.
            december = result[2] == "December"
            year = int(result[1]) if december else int(result[3])
            ends[year * 12 + pd.to_datetime(result[2], format="%B").month] = name
    return [ends[end] for end in sorted(ends) if end >= FIRST_OF_EACH_QUARTER]


def to_number(cells):
    return pd.to_numeric(cells.str.replace(",", ""), errors="coerce").to_numpy(float)


def score_services(volume, digital):
    """Back-test score of each service, over its last run of windows."""
    runs = zip(is_reporting(volume, digital), volume, digital, strict=True)
    for reports, its_volume, its_digital in runs:
        until = np.flatnonzero(reports)[-1:] + 1
        gaps = np.flatnonzero(~reports[: until.sum()])
        run = slice(int(gaps[-1]) + 1 if gaps.size else 0, int(until.sum()))
        if run.stop - run.start > 5:
            yield forecast_take_up(its_digital[run], its_volume[run]).selection_score


def assert_calibrated(scores):
    scores = list(scores)
    inside = sum(score.inside_count for score in scores) / sum(
        score.judged_count for score in scores
    )
    error = sum(score.absolute_error for score in scores)
    naive = sum(score.absolute_error_naive for score in scores)
    return len(scores), inside, error / naive


def test_forecasts_are_calibrated_on_the_bundled_table():
    services, coverage, error = assert_calibrated(score_services(*load_bundled_series()))
    assert services == 43
    assert 0.72 <= coverage <= 0.88
    assert error < 0.9


@pytest.mark.slow
@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published file is not beside the project")
def test_forecasts_are_calibrated_on_the_published_file():
    services, coverage, error = assert_calibrated(score_services(*load_published_series()))
    assert services == 379
    assert 0.72 <= coverage <= 0.88
    assert error < 1
