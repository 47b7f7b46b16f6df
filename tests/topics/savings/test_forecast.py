"""Savings with the take-up topic's forecast in place of an assumed curve."""

import numpy as np
import pytest
from scipy.special import expit, logit

from tests.topics.savings.examples import FEW_DRAWS, evaluate_example, load_tables
from tests.topics.savings.test_service_inputs import (
    FORECAST,
    VEHICLE_TAX,
    evaluate_service,
    notes_text,
)
from workbook.scenario import ScenarioError
from workbook.topics.savings import topic
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.price_conversion import load_price_conversion
from workbook.topics.savings.service_inputs import derive_service_inputs
from workbook.topics.savings.take_up_path import ForecastPath
from workbook.topics.take_up import topic as take_up


@pytest.fixture(scope="module")
def outcome():
    return evaluate_example(**FORECAST, horizon=12)


@pytest.fixture(scope="module")
def take_up_forecast():
    requested = {"quarter": "2017-Q3", "services": VEHICLE_TAX, "exclude": "", "horizon": 40}
    return take_up.run(**requested).frame("forecast")


def test_take_up_matches_the_take_up_topic_as_far_as_it_is_tested(outcome, take_up_forecast):
    path = outcome.frame("cash_flow")["take_up"].to_numpy()
    future = take_up_forecast[take_up_forecast["forecast"].notna()].reset_index()
    last_tested = future["low_80"].last_valid_index()
    years = np.minimum(np.arange(3, 40, 4), last_tested)
    expected = future["forecast"].to_numpy()[years]
    assert path[0] == take_up_forecast["take_up"].dropna().iloc[-1]
    assert path[1:11] == pytest.approx(expected)


def test_take_up_is_constant_after_the_forecast(outcome):
    path = outcome.frame("cash_flow")["take_up"]
    assert path[11] == path[12] == path[10]


def test_each_simulation_follows_one_level_of_the_interval(take_up_forecast):
    scenario = Savings(draws=FEW_DRAWS, **FORECAST)
    needed = {"take_up": topic.dependencies[0].compute_outcome(load_tables("2017-Q3"), scenario)}
    conversion = load_price_conversion(load_tables("2017-Q3")["deflator"], scenario.price_year)
    service = derive_service_inputs(scenario, needed, 12.1, conversion)
    path = ForecastPath(service.forecast, np.array([0.1, 0.5, 0.75]))
    row = take_up_forecast[take_up_forecast["forecast"].notna()].iloc[7]
    assert path(2.0) == pytest.approx(row[["low_80", "forecast", "high_50"]].tolist())


def test_channels_and_years_add_up(outcome):
    total = outcome["total_saving"].value
    whose = [outcome[f"{name}_saving"].value for name in ("fiscal", "fee_payer")]
    channels, years = outcome.frame("channels"), outcome.frame("cash_flow")
    assert sum(whose) == pytest.approx(total)
    assert channels["total_saving"].sum() == pytest.approx(total)
    assert channels["annual_saving"].sum() == pytest.approx(outcome["annual_saving"].value)
    assert years["saving"].sum() == pytest.approx(total)
    assert years["present_value"].sum() == pytest.approx(outcome["npv"].value)


def test_target_and_years_are_not_used_and_a_note_says_so(outcome):
    other = evaluate_example(**FORECAST, horizon=12, take_up_target=0.5, years_to_target=9.0)
    assert other["npv"].value == outcome["npv"].value
    replaced = "transactions a year, starting take-up, target take-up and years to reach the target"
    assert f"replace the scenario’s own: {replaced}." in notes_text(outcome)
    assert outcome["break_even_take_up"].value is None
    assert "no target to vary" in outcome["break_even_take_up"].missing_reason
    assert outcome.frame("break_even").empty


def test_the_headline_names_the_forecast_and_the_appraisal_period():
    outcome = evaluate_example(**FORECAST, horizon=3)
    assert f"On the tested forecast for {VEHICLE_TAX}, " in outcome.headline
    assert " over 3 years." in outcome.headline


def test_other_estimates_use_the_same_final_take_up(outcome):
    rows = outcome.frame("ways")
    one = rows[rows["way"].str.startswith("Bottom-up")].iloc[0]
    points = 100 * (one["take_up_to"] - one["take_up_from"])
    assert one["annual_saving"] == pytest.approx(320_000 * points)


def test_the_forecast_for_all_of_government_is_used():
    outcome = evaluate_example(curve="forecast", quarter="2017-Q3")
    ahead = take_up.run(quarter="2017-Q3", horizon=40).frame("forecast").set_index("quarter")
    path = outcome.frame("cash_flow")["take_up"]
    assert path[0] == 0.7228
    # Year 0 is 2014-15, which has passed, and year 10 is 2024-25.
    # The forecast has been tested up to the end of 2020 and stays level from then on.
    first, last = logit(ahead["take_up"]["2015-Q1"]), logit(ahead["forecast"]["2020-Q4"])
    assert path[10] == pytest.approx(expit(logit(0.7228) + last - first))


def test_one_window_is_too_little_for_a_forecast():
    with pytest.raises(ScenarioError) as refused:
        evaluate_service(("A", "2014-06", 1000, 500), curve="forecast")
    assert [problem.name for problem in refused.value.problems] == ["curve"]
