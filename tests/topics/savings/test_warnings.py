"""Warnings at parameters about valid values that are probably mistakes."""

from tests.topics.savings.examples import evaluate_example
from tests.topics.savings.test_service_inputs import OWN, TWICE, VEHICLE_TAX, evaluate_service


def warning_names(**values):
    return [warning.name for warning in evaluate_example(**values).parameter_warnings]


def test_no_warning_if_take_up_stays_the_same():
    assert warning_names(take_up_target=0.7228) == []


def test_a_horizon_far_beyond_the_evidence_gives_a_warning():
    assert warning_names(horizon=20) == []
    assert warning_names(horizon=125) == ["horizon"]


def test_a_transition_beyond_the_appraisal_gives_a_warning():
    assert warning_names(horizon=5, transition_years=6) == []
    assert warning_names(horizon=5, transition_years=7) == ["transition_years"]


def test_there_can_be_two_warnings():
    assert warning_names(take_up_target=0.6, cost_digital=5.0) == ["take_up_target", "cost_digital"]


def test_moving_away_from_a_more_costly_channel_is_no_loss():
    first, _ = evaluate_example(take_up_target=0.6, cost_digital=5.0).parameter_warnings
    assert "which cost more here" in first.message
    assert "loss" not in first.message


def test_the_target_is_compared_with_the_services_take_up():
    below = evaluate_service(
        ("A", "2013-06", 1000, 850), ("A", "2014-06", 1000, 900), transition_cost=0
    )
    assert [warning.name for warning in below.parameter_warnings] == ["take_up_target"]
    assert "starting take-up (90%)" in below.parameter_warnings[0].message
    assert evaluate_service(*TWICE, transition_cost=0).parameter_warnings == ()


def test_a_constant_forecast_gives_no_warning():
    assert warning_names(curve="forecast", take_up_target=0.6) == []


def test_the_digital_cost_is_compared_with_the_services_other_channels():
    assert warning_names(**OWN, cost_digital=1.5) == ["cost_digital"]


def test_help_that_costs_more_than_the_saving_gives_a_warning():
    assert warning_names(assisted_cost=30.0) == ["assisted_cost"]


def test_the_default_transition_cost_gives_a_warning_for_a_service():
    assert warning_names(service=VEHICLE_TAX) == ["transition_cost"]
    assert warning_names(**OWN) == []


def test_a_target_beyond_the_appraisal_period_gives_a_warning():
    assert warning_names(horizon=2) == ["horizon"]


def test_a_price_year_other_than_the_quarters_gives_a_warning():
    assert warning_names(price_year="2012-13") == ["price_year"]
    assert warning_names(quarter="2015-Q1") == []
    assert warning_names(quarter="2015-Q2") == ["price_year"]
