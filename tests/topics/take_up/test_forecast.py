"""The forecast of a panel: how far it is quoted, its ceiling, and the notes that say so."""

import numpy as np
import pandas as pd
import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.topics import take_up
from workbook.topics.take_up.forecast import forecast_panel
from workbook.topics.take_up.record_tables import forecast_record_table
from workbook.topics.take_up.reliability import read_calibrations
from workbook.topics.take_up.service_panel import ServicePanel

MONTHS = [str(month) for month in pd.period_range("2013-03", "2017-09", freq="M")][::3]


def rising_service(windows, first=0.3, step=0.02):
    shares = np.minimum(first + step * np.arange(windows), 1)
    rows = zip(MONTHS[-windows:], shares.tolist(), strict=True)
    return small_table(
        *(("Licences", month, 1000, round(1000 * share, 0)) for month, share in rows)
    )


def forecast_service(frame, quarter="2017-Q3", **values):
    scenario = take_up.topic.Scenario(quarter=quarter, **values)
    calibrations = read_calibrations(forecast_record_table.load_table(quarter))
    return forecast_panel(ServicePanel.from_table(frame, "published"), scenario, calibrations)


def test_a_probability_is_given_as_far_as_forecasts_are_tested():
    panel_forecast = forecast_service(rising_service(19), horizon=16)
    assert panel_forecast.forecast.longest_tested_horizon == 13
    assert panel_forecast.target_probability is None
    assert panel_forecast.tested_quarter == "2020-Q4"
    tested = panel_forecast.forecast.distribution.probability_at_least(0.82)[12]
    assert panel_forecast.tested_probability == pytest.approx(tested)
    table = panel_forecast.as_table().dropna(subset=["forecast"])
    assert table["probability_of_target"].notna().tolist() == [True] * 13 + [False] * 3
    assert table["high_80"].notna().tolist() == [True] * 13 + [False] * 3
    assert panel_forecast.untested_reason


def test_a_tested_horizon_has_the_probability_of_its_end():
    panel_forecast = forecast_service(rising_service(19), horizon=12)
    assert panel_forecast.target_probability == panel_forecast.tested_probability is not None
    assert not panel_forecast.untested_reason


@pytest.mark.parametrize(("windows", "tested"), [(6, 0), (7, 7), (9, 9), (14, 12)])
def test_a_forecast_is_quoted_no_further_ahead_than_its_periods_reach_back(windows, tested):
    panel_forecast = forecast_service(rising_service(windows), horizon=12)
    assert panel_forecast.forecast.longest_tested_horizon == tested
    assert (panel_forecast.target_probability is None) == (tested < 12)
    if tested == 9:
        assert panel_forecast.untested_reason == (
            "9 12-month periods allow a forecast of 9 quarters, not 12"
        )


def test_a_ceiling_below_todays_take_up_is_noted():
    outcome = evaluate_on_table(
        rising_service(19), quarter="2017-Q3", ceiling=0.5, exclude="", compare_with=""
    )
    assert (
        "Take-up of 66% is already above the highest possible take-up entered, 50%. The forecast"
        " goes no higher than today’s take-up."
    ) in outcome.notes
    forecast = outcome.frame("forecast")["forecast"].dropna()
    assert forecast.tolist() == pytest.approx([0.66] * 12)


def test_a_service_that_is_always_digital_stays_digital():
    frame = rising_service(19, first=1.0, step=0)
    panel_forecast = forecast_service(frame)
    distribution = panel_forecast.forecast.distribution
    assert distribution.central_forecast.tolist() == [1.0] * 12
    assert panel_forecast.forecast.selected_model == "naive"
    assert panel_forecast.target_probability > 0.9
    assert panel_forecast.forecast.selection_reason == (
        "take-up has not changed, so no other method can be fitted"
    )


def test_a_requested_method_is_calibrated_by_its_own_record():
    best, drift = (forecast_service(rising_service(19), curve=name) for name in ("best", "drift"))
    assert (best.record_model, drift.record_model) == ("best", "drift")
    assert drift.forecast.selected_model == "drift"
    assert best.forecast.distribution.calibration != drift.forecast.distribution.calibration


def test_the_note_on_calibration_says_that_a_table_of_ones_own_is_not_in_it():
    scenario = take_up.topic.Scenario(quarter="2017-Q3")
    outcome = take_up.topic.evaluate_model(take_up.topic.load_tables(scenario), scenario)
    note = (
        "Past forecasts of all published services calibrate intervals and probabilities, as far as"
        " known in September 2017."
    )
    assert any(text.endswith(note) for text in outcome.notes)
    uploaded = scenario.replace(data="mine", exclude="")
    tables = take_up.topic.load_tables(uploaded, {"mine": rising_service(19)})
    own_notes = take_up.topic.evaluate_model(tables, uploaded).notes
    caveat = f"{note} None of them is a forecast of the services in this table."
    assert any(text.endswith(caveat) for text in own_notes)
