"""Property tests of digital inclusion for every valid scenario."""

import json
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics.digital_inclusion.scenarios import QUARTERS, people_per_year, valid_scenarios
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.projection import project_exclusion, starts_to_reach

TABLES = {quarter: topic.load_tables(topic.Scenario(quarter=quarter)) for quarter in QUARTERS}


def evaluate_scenario(scenario):
    return topic.evaluate_model(TABLES[scenario.quarter], scenario)


def people_left(scenario):
    *_, last = project_exclusion(scenario.values())
    return float(last.people)


@given(valid_scenarios())
def test_every_indicator_has_a_value_or_a_reason_and_an_ordered_range(scenario):
    for indicator in evaluate_scenario(scenario).indicators:
        numbers = [indicator.value, indicator.low, indicator.high]
        assert all(math.isfinite(number) for number in numbers if number is not None)
        assert indicator.value is not None or indicator.missing_reason
        assert (indicator.low is None) == (indicator.high is None)
        assert indicator.low is None or indicator.low <= indicator.high


@given(valid_scenarios())
def test_shares_lie_within_0_and_1_and_people_are_never_negative(scenario):
    outcome = evaluate_scenario(scenario)
    for indicator in outcome.indicators:
        numbers = [n for n in (indicator.value, indicator.low, indicator.high) if n is not None]
        if indicator.unit == "share":
            assert all(0 <= number <= 1 for number in numbers)
        elif indicator.name != "gap_to_target":
            assert all(number >= 0 for number in numbers)
    path = outcome.frame("path").drop(columns="year")
    assert (path.to_numpy(dtype=float) >= 0).all()


@given(valid_scenarios())
def test_flows_add_up_to_the_change_of_the_path_each_year(scenario):
    outcome = evaluate_scenario(scenario)
    path = outcome.frame("path")["people_excluded"].to_numpy()
    leaving = outcome.frame("flows").groupby("year")["people"].sum().to_numpy()
    # to a millionth of the people who come and go
    flows = outcome.frame("flows")["people"].abs().max()
    assert np.allclose(path[:-1] - leaving, path[1:], rtol=1e-9, atol=1e-6 * max(1.0, flows))


@given(valid_scenarios())
def test_people_helped_are_the_flows_of_the_programme(scenario):
    outcome = evaluate_scenario(scenario)
    flows = outcome.frame("flows")
    helped = flows[flows["flow"] == "helped by the programme"]["people"].sum()
    assert math.isclose(outcome["people_helped"].value, helped, abs_tol=1e-6)


@given(valid_scenarios())
def test_the_number_never_rises(scenario):
    path = evaluate_scenario(scenario).frame("path")["people_excluded"].to_numpy()
    assert (np.diff(path) <= 1e-6 * path[0]).all()


@given(valid_scenarios(), people_per_year)
def test_more_starts_never_leave_more_people(scenario, more):
    starts = min(scenario.programme_starts + more, 10_000_000)
    assert people_left(scenario.replace(programme_starts=starts)) <= people_left(scenario) + 1e-6


@given(valid_scenarios())
def test_net_per_start_times_cost_per_person_is_the_cost_of_a_start(scenario):
    outcome = evaluate_scenario(scenario)
    net, cost = outcome["net_per_start"].value, outcome["cost_per_net_person"].value
    if cost is not None:
        assert math.isclose(net * cost, scenario.unit_cost, rel_tol=1e-9, abs_tol=1e-300)


@given(valid_scenarios())
def test_the_starts_needed_meet_the_target(scenario):
    needed = evaluate_scenario(scenario)["starts_to_reach_target"].value
    if needed is not None:
        goal = evaluate_scenario(scenario)["target_people"].value
        *_, last = project_exclusion(scenario.values() | {"programme_starts": needed})
        assert last.people <= goal + 1e-6 * scenario.baseline_people + 1e-6


@given(valid_scenarios(), st.floats(0, 1e9))
def test_starts_needed_are_never_negative_and_fall_with_an_easier_target(scenario, people):
    starts = starts_to_reach(people, scenario)
    assert starts >= 0
    assert starts_to_reach(people + 1000, scenario) <= starts


@given(valid_scenarios())
def test_the_headline_is_a_sentence_of_known_figures(scenario):
    outcome = evaluate_scenario(scenario)
    sentences = [outcome.headline]
    sentences += [
        text
        for chart in topic.charts.values()
        for spec in [chart(outcome).to_dict()]
        for text in (spec["title"]["text"], spec["description"])
    ]
    for sentence in sentences:
        assert not {"nan", "inf", "none", "null"} & set(sentence.lower().split())
        assert "-" not in sentence.replace("-0", "").replace("-1", "")  # but in periods
    assert outcome.headline.endswith(".")
    assert str(scenario.target_year) in outcome.headline


@given(valid_scenarios())
def test_its_json_is_valid_and_repeatable(scenario):
    record = json.dumps(evaluate_scenario(scenario).as_dict(), allow_nan=False)
    assert record == json.dumps(evaluate_scenario(scenario).as_dict(), allow_nan=False)


@given(valid_scenarios())
def test_a_scenario_survives_its_link(scenario):
    assert DigitalInclusion.from_query(scenario.to_query()) == scenario


@settings(max_examples=20)
@given(valid_scenarios())
def test_the_model_does_not_change_its_tables(scenario):
    before = {name: table.copy() for name, table in TABLES[scenario.quarter].items()}
    evaluate_scenario(scenario)
    assert all(table.equals(before[name]) for name, table in TABLES[scenario.quarter].items())
