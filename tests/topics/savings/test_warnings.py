"""What is allowed and must be known, said at its parameter, of the figures that are worked with."""

from tests.topics.savings.examples import evaluate_example
from tests.topics.savings.test_service_inputs import OWN, TWICE, VEHICLE_TAX, evaluate_service


def caution_names(**values):
    return [caution.name for caution in evaluate_example(**values).parameter_warnings]


def test_nothing_is_said_where_nothing_moves():
    assert caution_names(take_up_target=0.7228) == []


def test_both_can_be_said():
    assert caution_names(take_up_target=0.6, cost_digital=5.0) == ["take_up_target", "cost_digital"]


def test_to_move_away_from_the_dearer_channel_is_no_loss():
    first, _ = evaluate_example(take_up_target=0.6, cost_digital=5.0).parameter_warnings
    assert "which cost more here" in first.message
    assert "loss" not in first.message


def test_a_target_is_compared_with_the_take_up_of_the_service():
    below = evaluate_service(
        ("A", "2013-06", 1000, 850), ("A", "2014-06", 1000, 900), transition_cost=0
    )
    assert [caution.name for caution in below.parameter_warnings] == ["take_up_target"]
    assert "take-up now (90%)" in below.parameter_warnings[0].message
    assert evaluate_service(*TWICE, transition_cost=0).parameter_warnings == ()


def test_a_forecast_that_stays_is_no_move_away():
    assert caution_names(curve="forecast", take_up_target=0.6) == []


def test_a_digital_channel_is_compared_with_what_the_service_s_others_cost():
    assert caution_names(**OWN, cost_digital=1.5) == ["cost_digital"]


def test_help_that_costs_more_than_the_move_saves():
    assert caution_names(assisted_cost=30.0) == ["assisted_cost"]


def test_the_transition_of_a_service_is_its_own():
    assert caution_names(service=VEHICLE_TAX) == ["transition_cost"]
    assert caution_names(**OWN) == []


def test_a_target_beyond_the_years_appraised():
    assert caution_names(horizon=2) == ["horizon"]


def test_a_price_year_that_is_not_the_quarter_s():
    assert caution_names(price_year="2012-13") == ["price_year"]
    assert caution_names(quarter="2015-Q1") == []
    assert caution_names(quarter="2015-Q2") == ["price_year"]
