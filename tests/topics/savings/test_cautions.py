"""What is allowed and must be known, said at its parameter, of the figures that are worked with."""

from tests.topics.savings.cases import outcome_of
from tests.topics.savings.test_service import OWN, TWICE, VEHICLE_TAX, of


def named(**values):
    return [each.name for each in outcome_of(**values).cautions]


def test_nothing_is_said_where_nothing_moves():
    assert named(take_up_target=0.7228) == []


def test_both_can_be_said():
    assert named(take_up_target=0.6, cost_digital=5.0) == ["take_up_target", "cost_digital"]


def test_to_move_away_from_the_dearer_channel_is_no_loss():
    first, _ = outcome_of(take_up_target=0.6, cost_digital=5.0).cautions
    assert "the dearer one" in first.message
    assert "loss" not in first.message


def test_a_target_is_compared_with_the_take_up_of_the_service():
    below = of(("A", "2013-06", 1000, 850), ("A", "2014-06", 1000, 900), transition_cost=0)
    assert [each.name for each in below.cautions] == ["take_up_target"]
    assert "today’s, 90%" in below.cautions[0].message
    assert of(*TWICE, transition_cost=0).cautions == ()


def test_a_forecast_that_stays_is_no_move_away():
    assert named(curve="forecast", take_up_target=0.6) == []


def test_a_digital_channel_is_compared_with_what_the_service_s_others_cost():
    assert named(**OWN, cost_digital=1.5) == ["cost_digital"]


def test_help_that_costs_more_than_the_move_saves():
    assert named(assisted_cost=30.0) == ["assisted_cost"]


def test_the_transition_of_a_service_is_its_own():
    assert named(service=VEHICLE_TAX) == ["transition_cost"]
    assert named(**OWN) == []


def test_a_target_beyond_the_years_appraised():
    assert named(horizon=2) == ["horizon"]


def test_a_price_year_that_is_not_the_quarter_s():
    assert named(price_year="2012-13") == ["price_year"]
    assert named(quarter="2015-Q1") == []
    assert named(quarter="2015-Q2") == ["price_year"]
