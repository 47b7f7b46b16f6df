"""Tests of digital inclusion's indicators, probabilities, headline and tables."""

import math
from math import isclose

import numpy as np
import pytest

from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.indicator_values import indicator_figures
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import (
    PathSummary,
    simulation_range,
    summarise_path,
)
from workbook.topics.digital_inclusion.projection import simulate_inclusion_parameters

NET = 300_000 * 0.7 * 0.8 * 0.75  # 126,000 people a year
LEFT = 11_000_000 - 6 * (800_000 + NET)  # 5,444,000
GOAL = 11_000_000 * 0.75**3  # 4,640,625

DEFAULT = {
    "people_excluded": ("people", LEFT),
    "target_people": ("people", GOAL),
    "gap_to_target": ("people", LEFT - GOAL),
    "share_excluded": ("share", LEFT / 52_400_000),
    "floor_people": ("people", 0.097 * 52_400_000),
    "net_per_start": ("share", 0.7 * 0.8 * 0.75),
    "cost_per_net_person": ("GBP", 79.5 / 0.42),
    "people_helped": ("people", 6 * NET),
    "programme_cost": ("GBP", 6 * 300_000 * 79.5),
    "starts_to_reach_target": ("people", (6_200_000 - GOAL) / 6 / 0.42),
    "cost_to_reach_target": ("GBP", (6_200_000 - GOAL) / 6 / 0.42 * 79.5),
}
PROBABILITIES = (
    "probability_of_target",
    "probability_with_floor",
    "highest_probability_with_floor",
    "probability_below_published",
    "probability_2016",
    "probability_2018",
)


@pytest.fixture(scope="module")
def default_outcome():
    return topic.run()


class TestDefault:
    @pytest.mark.parametrize("name", DEFAULT)
    def test_an_indicator_agrees_with_a_calculation_by_hand(self, default_outcome, name):
        unit, value = DEFAULT[name]
        assert default_outcome[name].unit == unit
        assert isclose(default_outcome[name].value, value)

    def test_the_published_figures(self, default_outcome):
        assert round(default_outcome["people_excluded"].value) == 5_444_000
        assert round(default_outcome["target_people"].value) == 4_640_625
        assert round(default_outcome["gap_to_target"].value) == 803_375
        assert round(default_outcome["floor_people"].value) == 5_082_800
        assert round(default_outcome["people_helped"].value) == 756_000
        assert round(default_outcome["programme_cost"].value) == 143_100_000
        assert round(default_outcome["starts_to_reach_target"].value) == 618_800

    def test_there_are_no_other_indicators(self, default_outcome):
        assert {i.name for i in default_outcome.indicators} == {*DEFAULT, *PROBABILITIES}

    def test_the_first_three_indicators_are_the_main_finding(self, default_outcome):
        first = [i.name for i in default_outcome.indicators[:3]]
        assert first == ["people_excluded", "target_people", "gap_to_target"]

    def test_every_uncertain_indicator_has_a_range_and_the_target_has_none(self, default_outcome):
        for indicator in default_outcome.indicators:
            ends = (indicator.low, indicator.high)
            if indicator.name in {*PROBABILITIES, "target_people"}:
                assert ends == (None, None)
            else:
                assert indicator.low < indicator.high

    def test_the_target_says_how_it_follows_from_the_start(self, default_outcome):
        assert default_outcome["target_people"].note == (
            "25% off every two years from 11.0 million; the published target is fewer than 4.7 "
            "million by 2020"
        )

    def test_a_projection_for_a_year_that_has_ended_names_the_survey_estimate(
        self, default_outcome
    ):
        """The survey of 2018 is the nearest to 2020 on the measure of the baseline."""
        ended = topic.run(quarter="2021-Q4")
        for name in ("people_excluded", "gap_to_target"):
            assert ended[name].note == "the survey estimate for 2018 was 11.3 million"
            assert not default_outcome[name].note


def calculate_by_hand(scenario):
    """Project every simulation by hand: people left, and the target of each."""
    drawn = simulate_inclusion_parameters(scenario)
    net = scenario.programme_starts * (1 - drawn["dropout"]) * drawn["persistence"]
    net = net * (1 - drawn["deadweight"])
    left, helped = drawn["baseline_people"].copy(), np.zeros(scenario.draws)
    for _ in range(6):
        relapse = drawn["relapse_rate"] * helped
        left = np.maximum(0, left - drawn["unaided_gain"] - net + relapse)
        helped += net - relapse
    return left, drawn["baseline_people"] * 0.75**3


class TestProbability:
    def test_about_4_percent_reach_the_target(self, default_outcome):
        left, goal = calculate_by_hand(default_outcome.scenario)
        assert default_outcome["probability_of_target"].value == (left <= goal).mean()
        assert default_outcome["probability_of_target"].value == pytest.approx(0.04, abs=0.005)

    def test_the_published_target_has_its_own_probability(self, default_outcome):
        left, _ = calculate_by_hand(default_outcome.scenario)
        assert default_outcome["probability_below_published"].value == (left < 4_700_000).mean()
        assert default_outcome["probability_below_published"].value == pytest.approx(0.05, abs=0.01)

    def test_about_60_percent_reach_the_target_if_the_charter_delivers(self):
        charter = topic.run(topic.scenarios.published["Charter delivers"])
        assert round(charter["people_excluded"].value) == 11_000_000 - 6 * (800_000 + 336_000)
        assert charter["probability_of_target"].value == pytest.approx(0.60, abs=0.02)

    def test_the_range_is_p10_to_p90_of_the_simulations(self, default_outcome):
        left, _ = calculate_by_hand(default_outcome.scenario)
        result = default_outcome["people_excluded"]
        assert (left <= result.low).mean() == pytest.approx(0.1, abs=1e-4)
        assert (left <= result.high).mean() == pytest.approx(0.9, abs=1e-4)

    def test_the_extremes_are_the_least_and_the_most_of_the_simulations(self, default_outcome):
        left, _ = calculate_by_hand(default_outcome.scenario)
        path = summarise_path(simulate_inclusion_parameters(default_outcome.scenario))
        assert path.yearly_extremes[-1] == pytest.approx((left.min(), left.max()))
        assert len(path.yearly_extremes) == len(path.yearly_ranges) == 7

    def test_exactly_the_published_number_is_not_fewer(self):
        values = DigitalInclusion(baseline_people=4_700_000, reduction_target=0.0).values()
        left = np.array([4_699_999.0, 4_700_000.0, 4_700_001.0, 5_000_000.0])
        figures = indicator_figures(values, PathSummary(left, left, [], [], {}))
        assert figures["probability_below_published"] == 1 / 4
        assert figures["probability_of_target"] == 2 / 4  # at most the target is enough

    def test_the_seed_determines_the_simulations(self):
        first, again, other = (topic.run(draws=500, seed=seed) for seed in (1, 1, 2))
        assert first.as_dict()["indicators"] == again.as_dict()["indicators"]
        assert first["people_excluded"].low != other["people_excluded"].low
        assert first["people_excluded"].value == other["people_excluded"].value


class TestScenarios:
    @pytest.mark.parametrize(
        ("values", "name", "figure"),
        [
            ({"programme_starts": 0}, "people_excluded", 6_200_000),
            ({"baseline_people": 10_800_000}, "target_people", 4_556_250),
            ({"reduction_target": 0.5}, "target_people", 11_000_000 / 8),
            ({"unit_cost": 0.0}, "cost_per_net_person", 0),
            ({"adults": 11_000_000}, "share_excluded", LEFT / 11_000_000),
            ({"target_year": 2015}, "people_helped", NET),
            ({"baseline_people": 0}, "people_excluded", 0),
        ],
    )
    def test_an_indicator_follows_its_parameter(self, values, name, figure):
        assert isclose(topic.run(draws=100, **values)[name].value, figure)

    def test_a_target_met_without_a_programme_needs_no_starts(self):
        outcome = topic.run(draws=100, reduction_target=0.0)
        for name in ("starts_to_reach_target", "cost_to_reach_target"):
            assert outcome[name].value == 0
            assert outcome[name].note.startswith("not needed: the target is met")
        assert outcome["gap_to_target"].value == pytest.approx(LEFT - 11_000_000)

    @pytest.mark.parametrize("values", [{"deadweight": 1.0}, {"deadweight": 0.98}])
    def test_a_target_that_cannot_be_met_says_why(self, values):
        # 1,559,375 people in six years, of whom a start helps 0.7 × 0.8 × 0.02 = 0.0112:
        # 23 million starts a year
        outcome = topic.run(draws=100, **values)
        for name in ("starts_to_reach_target", "cost_to_reach_target"):
            assert outcome[name].value is None
            assert outcome[name].missing_reason.startswith("not possible: even 10.0 million starts")
            assert (outcome[name].low, outcome[name].high) == (None, None)

    def test_there_is_no_cost_per_person_if_nobody_is_helped(self):
        cost = topic.run(draws=100, dropout=1.0)["cost_per_net_person"]
        assert cost.value is None
        assert "nobody is helped" in cost.missing_reason

    def test_the_headline_and_labels_name_the_target_year(self):
        assert "in 2030" in topic.run(draws=100, target_year=2030).headline
        assert "2030" in topic.run(draws=100, target_year=2030)["people_excluded"].label


class TestTables:
    def test_the_path_ends_at_the_indicators(self, default_outcome):
        path = default_outcome.frame("path").set_index("year")
        assert path.index.tolist() == list(range(2014, 2021))
        last = path.loc[2020]
        assert last["people_excluded"] == default_outcome["people_excluded"].value
        assert last["people_low"] == default_outcome["people_excluded"].low
        assert last["people_high"] == default_outcome["people_excluded"].high
        assert last["target_people"] == default_outcome["target_people"].value
        assert (path["floor_people"] == default_outcome["floor_people"].value).all()

    def test_the_flows_agree_with_a_calculation_by_hand(self, default_outcome):
        flows = default_outcome.frame("flows").pivot_table(
            index="year", columns="flow", values="people"
        )
        assert flows.index.tolist() == list(range(2014, 2020))
        assert flows["gained the skills on their own"].tolist() == [800_000] * 6
        assert flows["helped by the programme"].tolist() == pytest.approx([NET] * 6)
        assert flows["helped, then lost the skills"].tolist() == [0] * 6

    def test_people_who_lose_the_skills_are_negative(self):
        table = topic.run(draws=100, relapse_rate=0.1, target_year=2016).frame("flows")
        fell = table[table["flow"] == "helped, then lost the skills"]["people"].tolist()
        assert fell == pytest.approx([0, -NET * 0.1])

    def test_observed_figures_are_those_known_at_the_end_of_the_quarter(self, default_outcome):
        seen = default_outcome.frame("observed")
        assert seen["period"].max() == "2014-06"

    def test_a_share_has_a_standard_error_if_the_sample_size_is_known(self, default_outcome):
        seen = default_outcome.frame("observed").set_index(["population", "period"])
        young = seen.loc[("UK adults aged 16-24", "2012-08"), "standard_error"]
        assert young == pytest.approx((0.97 * 0.03 / 1298) ** 0.5)
        assert math.isnan(seen.loc[("UK adults", "2014-04"), "standard_error"])


class TestSimulationRange:
    def test_p10_and_p90_of_a_hundred_simulations(self):
        assert simulation_range(np.arange(1.0, 101.0)) == (10, 90)

    def test_a_number_has_no_range(self):
        assert simulation_range(5.0) == (None, None)

    def test_there_is_no_range_if_p90_is_infinite(self):
        assert simulation_range(np.array([1.0, np.inf])) == (None, None)

    def test_a_few_infinite_simulations_leave_the_range_finite(self):
        assert simulation_range(np.array([*range(1, 100), np.inf])) == (10, 90)
