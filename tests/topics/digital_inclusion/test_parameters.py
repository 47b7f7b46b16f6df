"""Tests of digital inclusion's parameters against the table of the method."""

from datetime import date

import pytest

from workbook.resources import resource_folder
from workbook.scenario import Review, Scenario, ScenarioError
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

BILLION = 1_000_000_000
YEARLY = (0, 10_000_000)

# name: default, bounds, range (None: a lever), quality
METHOD = {
    "baseline_people": (11_000_000, (0, BILLION), (10_800_000, 11_200_000), "green"),
    "baseline_year": (2014, (2000, 2100), None, ""),
    "target_year": (2020, (2001, 2150), None, ""),
    "reduction_target": (0.25, (0, 1), None, ""),
    "unaided_gain": (800_000, YEARLY, (500_000, 1_000_000), "amber"),
    "relapse_rate": (0, (0, 1), (0, 0.1), "red"),
    "programme_starts": (300_000, YEARLY, None, "amber"),
    "dropout": (0.30, (0, 1), (0.10, 0.50), "red"),
    "persistence": (0.80, (0, 1), (0.60, 0.95), "red"),
    "deadweight": (0.25, (0, 1), (0.10, 0.60), "red"),
    "unit_cost": (79.5, (0, 10_000), (47, 319), "amber"),
    "floor_share": (0.097, (0, 1), (0.05, 0.12), "amber"),
    "adults": (52_400_000, (1, BILLION), (52_000_000, 53_600_000), "amber"),
    "draws": (10_000, (100, 10_000_000), None, ""),
}


@pytest.mark.parametrize("name", METHOD)
def test_a_parameter_agrees_with_the_method(name):
    declared = DigitalInclusion.parameters()[name]
    result = (declared.default, declared.bounds, declared.range, declared.quality)
    assert result == METHOD[name]


def test_there_are_no_other_parameters():
    assert set(DigitalInclusion.parameters()) == {"quarter", "department", *METHOD, "seed"}
    assert DigitalInclusion().seed == 2014


def test_every_assumption_was_reviewed_when_the_report_appeared():
    for declared in DigitalInclusion.parameters().values():
        if declared.is_assumption:
            assert declared.review == Review("policy team", date(2014, 7, 24), date(2015, 7, 24))
        else:
            assert declared.review is None


@pytest.mark.parametrize("name", METHOD)
def test_its_bounds_are_valid_and_values_beyond_them_are_errors(name):
    declared = DigitalInclusion.parameters()[name]
    low, high = declared.bounds
    step = 1 if declared.kind == "integer" else 1e-9
    for outside in (low - step, high + step):
        with pytest.raises(ScenarioError) as refused:
            DigitalInclusion(**{name: outside})
        assert [problem.name for problem in refused.value.problems] == [name]
    for bound in {low, high} - {2000, 2100, 2001, 2150, 1, BILLION}:
        assert getattr(DigitalInclusion(**{name: bound}), name) == bound


def single_problem(**values):
    """The only error of an invalid scenario."""
    with pytest.raises(ScenarioError) as refused:
        DigitalInclusion(**values)
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("year", [2013, 2014, 2065])
def test_the_target_year_is_1_to_50_years_after_the_starting_year(year):
    problem = single_problem(target_year=year)
    assert (problem.name, problem.value) == ("target_year", year)
    assert problem.message == (
        f"target_year is {year}: it must be from 2015 to 2064, "
        "1 to 50 years after baseline_year (2014)."
    )


@pytest.mark.parametrize("year", [2015, 2064])
def test_the_first_and_the_last_target_year(year):
    assert DigitalInclusion(target_year=year).programme_years == year - 2014


def test_a_starting_year_after_the_target_year_is_an_error():
    assert single_problem(baseline_year=2020).name == "target_year"


def test_there_are_at_most_as_many_people_as_adults():
    assert DigitalInclusion(baseline_people=5, adults=5).baseline_people == 5
    assert single_problem(baseline_people=52_400_001).message == (
        "baseline_people is 52,400,001: it must be at most the number of adults (52,400,000)."
    )


def test_the_published_scenarios():
    shelf = resource_folder("data") / "scenarios" / "digital_inclusion"
    assert DigitalInclusion.from_file(shelf / "default.toml") == DigitalInclusion()
    assert topic.scenarios.published == {
        "Charter delivers": DigitalInclusion(programme_starts=800_000)
    }


def test_it_is_a_scenario_that_a_cell_can_hold():
    assert issubclass(topic.Scenario, Scenario)
    names = {}
    exec(DigitalInclusion.to_cell(), names)
    assert DigitalInclusion.from_cell(names) == DigitalInclusion()
