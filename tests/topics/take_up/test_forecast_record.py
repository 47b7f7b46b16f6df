"""The record of forecasts over all published services, its tables, and what follows from them."""

import re

import numpy as np
import pandas as pd
import pytest

from tests import ROOT
from workbook.importers import read_table_file
from workbook.topics import take_up
from workbook.topics.take_up.data import take_up_table
from workbook.topics.take_up.forecast_record import level_record, reliability_record, write_record
from workbook.topics.take_up.past_forecasts import collect_past_forecasts
from workbook.topics.take_up.record_tables import (
    LEVEL_COLUMNS,
    forecast_record_table,
    forecast_reliability_table,
)
from workbook.topics.take_up.reliability import (
    read_calibrations,
    reliability_rows,
    reliability_text,
)
from workbook.topics.take_up.service_panel import ServicePanel

LAST_QUARTER = "2017-Q3"


def stored_reliability(quarter=LAST_QUARTER):
    return reliability_rows(forecast_reliability_table.load_table(quarter))


@pytest.mark.parametrize("horizons", ["1 to 4", "5 to 8", "9 to 12"])
def test_probabilities_and_intervals_are_calibrated_at_every_horizon(horizons):
    rows = stored_reliability()
    row = rows[(rows["horizons"] == horizons) & (rows["probabilities"] == "all")].iloc[0]
    assert abs(row["mean_probability"] - row["observed_share"]) <= 0.03
    assert row["brier"] < row["brier_naive"]
    assert 0.75 <= row["coverage_80"] <= 0.85


def test_a_higher_probability_came_true_more_often():
    rows = stored_reliability()
    for horizons in ("1 to 4", "5 to 8", "9 to 12"):
        by_fifth = rows[(rows["horizons"] == horizons) & (rows["probabilities"] != "all")]
        assert len(by_fifth) == 5
        assert by_fifth["observed_share"].is_monotonic_increasing
        errors = (by_fifth["mean_probability"] - by_fifth["observed_share"]).abs()
        assert (errors * by_fifth["cases"]).sum() / by_fifth["cases"].sum() <= 0.05


def test_the_fifths_add_up_to_all():
    for _, band in stored_reliability().groupby("horizons"):
        total, fifths = band[band["probabilities"] == "all"].iloc[0], band.iloc[1:]
        assert fifths["cases"].sum() == total["cases"]
        for name in ("mean_probability", "observed_share", "brier", "brier_naive", "coverage_80"):
            weighted = (fifths[name] * fifths["cases"]).sum() / total["cases"]
            assert weighted == pytest.approx(total[name], abs=2e-4)


@pytest.mark.parametrize(
    ("quarter", "tested"),
    [("2014-Q2", 0), ("2014-Q3", 1), ("2015-Q1", 3), ("2016-Q1", 7), ("2017-Q3", 13)],
)
def test_only_outcomes_known_by_the_quarter_count(quarter, tested):
    calibrations = read_calibrations(forecast_record_table.load_table(quarter))
    longest = calibrations["best"].tested_horizon if "best" in calibrations else 0
    assert longest == tested
    rows = forecast_reliability_table.load_table(quarter)
    assert rows.empty if not tested else rows["last_horizon"].max() <= tested


def test_the_documentation_shows_the_stored_table():
    page = (ROOT / "docs" / "method" / "take_up.md").read_text(encoding="utf-8")
    assert reliability_text(forecast_reliability_table.load_table(LAST_QUARTER)) in page


def test_the_page_shows_the_record_of_the_method():
    scenario = take_up.topic.Scenario(quarter=LAST_QUARTER, curve="drift")
    outcome = take_up.topic.evaluate_model(take_up.topic.load_tables(scenario), scenario)
    shown = outcome.frame("reliability")
    expected = reliability_rows(forecast_reliability_table.load_table(LAST_QUARTER), "drift")
    pd.testing.assert_frame_equal(shown, expected)


def small_table(services=12, windows=9):
    """Services whose take-up rises by 2 to 5 points a quarter, from September 2014."""
    months = [str(month) for month in pd.period_range("2014-09", periods=windows * 3, freq="M")][
        ::3
    ]
    rows = [
        (f"Service {service}", month, 10_000, 2_000 + (200 + 25 * service) * position)
        for service in range(services)
        for position, month in enumerate(months)
    ]
    columns = ["service", "window_end", "volume", "digital_volume"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(department="Department", organisation="Agency")


def test_every_case_is_counted_once_in_the_window_in_which_it_was_observed(tmp_path):
    path = tmp_path / "services.csv"
    small_table().to_csv(path, index=False)
    report = read_table_file(take_up_table, path.read_bytes(), path.name)
    assert not report.errors
    past = collect_past_forecasts(ServicePanel.from_table(report.frame, "published"))
    record = level_record(past)
    naive = record[record["model"] == "naive"]
    # Origins of 5 to 8 windows: the sixth to ninth windows are forecast 1 to 4 quarters ahead.
    assert naive[["window_end", "horizon"]].to_numpy().tolist() == [
        [window, horizon]
        for last, window in enumerate(past.windows[5:], 1)
        for horizon in range(1, last + 1)
    ]
    assert naive[list(LEVEL_COLUMNS)].sum(axis=1).to_numpy() == pytest.approx(12, abs=0.1)
    # No horizon has a hundred cases.
    assert reliability_record(past).empty


def test_a_table_without_enough_windows_is_rejected_in_words(tmp_path):
    path = tmp_path / "services.csv"
    small_table(windows=5).to_csv(path, index=False)
    with pytest.raises(ValueError, match="no service reports in 6 consecutive 12-month periods"):
        write_record(path, tmp_path)


QUARTERS = [f"{year}-Q{quarter}" for year in range(2013, 2018) for quarter in range(1, 5)][3:-1]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_forecast_or_interval_is_above_the_ceiling(quarter):
    scenario = take_up.topic.Scenario(quarter=quarter, horizon=40)
    outcome = take_up.topic.evaluate_model(take_up.topic.load_tables(scenario), scenario)
    for name in ("forecast", "service_forecast"):
        table = outcome.frame(name)
        latest = table["take_up"].dropna().iloc[-1]
        shown = table[[column for column in table if re.match("forecast|high", column)]]
        assert np.nanmax(shown.to_numpy(float)) <= max(scenario.ceiling, latest)
