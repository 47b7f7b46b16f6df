"""Scenarios on which releases are compared: ends of ranges and random draws, all of them valid."""

import pytest

from tests.analysis.example_topic import Rides
from tests.analysis.example_topic import topic as rides
from workbook.analysis.release_scenarios import release_scenarios
from workbook.topics.registry import TOPICS


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_every_scenario_of_every_topic_is_valid_and_none_is_repeated(topic):
    scenarios = [topic.Scenario(**values) for values in release_scenarios(topic, _names(topic))]
    assert len(set(scenarios)) == len(scenarios) > 5
    assert all(scenario.values().get("draws", 0) <= 200 for scenario in scenarios)


def test_a_few_hundred_scenarios_in_all():
    count = sum(len(release_scenarios(topic, _names(topic))) for topic in TOPICS.values())
    assert 200 <= count <= 500


def test_each_parameter_is_at_both_ends_of_its_range_and_between():
    values = [scenario["paying"] for scenario in release_scenarios(rides, _names(rides))]
    assert {min(values), max(values)} == {0.2, 0.6}
    assert len(set(values)) > 20


def test_a_parameter_without_a_range_varies_over_its_bounds():
    fares = [scenario["fare"] for scenario in release_scenarios(rides, _names(rides))]
    assert {min(fares), max(fares)} == {0, 10}
    subsidies = {scenario["subsidy"] for scenario in release_scenarios(rides, _names(rides))}
    assert subsidies == {0.0}  # it has no bounds


def test_a_parameter_that_the_other_release_lacks_keeps_its_default():
    scenarios = release_scenarios(rides, _names(rides) - {"paying"})
    assert {scenario["paying"] for scenario in scenarios} == {Rides().paying}


def test_the_same_scenarios_every_time():
    assert release_scenarios(rides, _names(rides)) == release_scenarios(rides, _names(rides))


def _names(topic):
    return {*topic.Scenario.parameters()}
