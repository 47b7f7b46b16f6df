"""Tests of the projection and of the starts needed, calculated by hand."""

from math import isclose, sqrt

import numpy as np
import pytest

from workbook.topics.digital_inclusion import starts_to_reach, topic
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.projection import (
    net_per_start,
    project_exclusion,
    simulate_inclusion_parameters,
    starts_needed,
    target_path,
)

# A small country: a million people, of whom 100,000 a year learn unaided; 200,000 start a
# programme, all finish and keep what they learn, half of them would have learned anyway.
SMALL = {
    "baseline_people": 1_000_000,
    "unaided_gain": 100_000,
    "programme_starts": 200_000,
    "dropout": 0.0,
    "persistence": 1.0,
    "deadweight": 0.5,
}
SMALL_NET = 200_000 * 0.5


def projection_steps(**values):
    return list(project_exclusion(DigitalInclusion(**values).values()))


def projected_people(**values):
    return [float(step.people) for step in projection_steps(**values)]


class TestTarget:
    @pytest.mark.parametrize(
        ("year", "goal"),
        [
            (2014, 11_000_000),
            (2015, 11_000_000 * sqrt(0.75)),
            (2016, 8_250_000),  # 11.0 m × 0.75
            (2018, 6_187_500),  # × 0.75 again
            (2020, 4_640_625),  # and again
        ],
    )
    def test_it_falls_by_a_quarter_every_two_years(self, year, goal):
        assert isclose(target_path(DigitalInclusion().values(), year), goal)

    def test_a_lower_start_gives_a_lower_target(self):
        # 10.8 m × 0.75³ = 10.8 m × 27 / 64
        values = DigitalInclusion(baseline_people=10_800_000).values()
        assert target_path(values, 2020) == 4_556_250

    @pytest.mark.parametrize(("reduction", "goal"), [(0.0, 11_000_000), (1.0, 0)])
    def test_a_reduction_of_0_or_1_keeps_or_removes_everyone(self, reduction, goal):
        assert target_path(DigitalInclusion(reduction_target=reduction).values(), 2020) == goal

    def test_the_target_path_starts_in_the_starting_year(self):
        values = DigitalInclusion(baseline_year=2010).values()
        assert target_path(values, 2012) == 8_250_000


class TestPath:
    def test_the_default_path_agrees_with_a_calculation_by_hand(self):
        net = 300_000 * 0.7 * 0.8 * 0.75
        assert isclose(net, 126_000)
        years = range(7)
        assert projected_people() == pytest.approx(
            [11_000_000 - t * (800_000 + 126_000) for t in years]
        )
        assert projected_people()[-1] == pytest.approx(5_444_000)

    def test_the_path_without_a_programme(self):
        assert projected_people(programme_starts=0)[-1] == 11_000_000 - 6 * 800_000 == 6_200_000

    def test_net_per_start_is_the_product_of_the_shares(self):
        assert isclose(net_per_start(DigitalInclusion().values()), 0.42)  # 0.7 × 0.8 × 0.75

    def test_there_is_a_step_for_each_year_from_start_to_target(self):
        assert [step.year for step in projection_steps()] == list(range(2014, 2021))
        assert len(projection_steps(target_year=2064)) == 51

    def test_a_share_of_the_people_helped_relapses_each_year(self):
        # 2014: nobody has been helped yet, nobody falls back
        # 2015: 100,000 were helped, a tenth of them fall back; 190,000 remain helped
        # 2016: a tenth of those 190,000 fall back
        result = projection_steps(**SMALL, relapse_rate=0.1, target_year=2017)
        assert [float(step.relapsed) for step in result[:-1]] == [0, 10_000, 19_000]
        assert [float(step.people) for step in result] == [
            1_000_000,
            1_000_000 - 100_000 - SMALL_NET,
            800_000 - 100_000 - SMALL_NET + 10_000,
            610_000 - 100_000 - SMALL_NET + 19_000,
        ]

    def test_a_relapse_rate_of_1_undoes_each_year_of_help(self):
        # from the second year on as many fall back as are helped: only the unaided count
        assert projected_people(**SMALL, relapse_rate=1.0, target_year=2017) == [
            1_000_000,
            800_000,
            700_000,
            600_000,
        ]

    def test_flows_stop_when_nobody_is_left(self):
        # 300,000 unaided and 100,000 helped a year: 600,000, then 200,000, then nobody.
        # In the third year the 200,000 who remain are three quarters unaided, one quarter helped.
        result = projection_steps(**SMALL | {"unaided_gain": 300_000}, target_year=2018)
        assert [float(step.people) for step in result] == [1_000_000, 600_000, 200_000, 0, 0]
        assert [float(step.unaided) for step in result] == [300_000, 300_000, 150_000, 0, 0]
        assert [float(step.helped) for step in result] == [100_000, 100_000, 50_000, 0, 0]

    def test_a_start_at_0_stays_at_0(self):
        assert projected_people(baseline_people=0) == [0] * 7

    def test_without_gains_the_number_does_not_change(self):
        assert projected_people(unaided_gain=0, programme_starts=0) == [11_000_000] * 7

    def test_simulations_are_projected_like_single_values(self):
        scenario = DigitalInclusion(draws=100)
        drawn = simulate_inclusion_parameters(scenario)
        *_, last = project_exclusion(drawn)
        for place in (0, 42, 99):
            one = {name: np.asarray(value) for name, value in drawn.items()}
            one = {name: value[place] if value.ndim else value[()] for name, value in one.items()}
            *_, alone = project_exclusion(one)
            assert last.people[place] == alone.people


class TestDraws:
    def test_parameters_without_a_range_are_not_drawn(self):
        drawn = simulate_inclusion_parameters(DigitalInclusion(draws=100))
        levers = {name for name, value in drawn.items() if not np.ndim(value)}
        assert levers == {
            name
            for name, declared in DigitalInclusion.parameters().items()
            if declared.range is None
        }

    def test_changing_one_assumption_leaves_the_draws_of_the_others(self):
        before = simulate_inclusion_parameters(DigitalInclusion(draws=100))
        after = simulate_inclusion_parameters(
            DigitalInclusion(draws=100, dropout=0.4, programme_starts=0)
        )
        changed = {name for name in before if np.any(before[name] != after[name])}
        assert changed == {"dropout", "programme_starts"}

    def test_no_draw_has_more_people_than_adults(self):
        drawn = simulate_inclusion_parameters(
            DigitalInclusion(baseline_people=11_000_000, adults=11_000_000, draws=100)
        )
        assert (drawn["baseline_people"] <= drawn["adults"]).all()


class TestStartsNeeded:
    """Persistence 1: 6.2 m remain without a programme, and a start helps 0.7 × 0.75 = 0.525."""

    LASTING = DigitalInclusion(persistence=1.0)

    def test_starts_needed_for_the_published_target(self):
        starts = starts_to_reach(4_700_000, self.LASTING)
        assert isclose(starts, 1_500_000 / 6 / 0.525)
        assert round(starts * 6) == 2_857_143
        assert round(starts * 6 * 79.5 / 1e6, 1) == 227.1

    def test_starts_needed_for_the_scenario_s_target(self):
        starts = starts_to_reach(None, self.LASTING)
        assert isclose(starts, (6_200_000 - 4_640_625) / 6 / 0.525)
        assert round(starts * 6) == 2_970_238
        assert round(starts * 6 * 79.5 / 1e6, 1) == 236.1

    @pytest.mark.parametrize("goal", [4_700_000, 4_640_625, 0, 6_199_999])
    def test_with_the_starts_needed_the_target_is_met(self, goal):
        starts = starts_to_reach(goal, self.LASTING)
        *_, last = project_exclusion(self.LASTING.values() | {"programme_starts": starts})
        assert last.people == pytest.approx(goal, abs=1e-3)

    def test_with_relapse_a_recent_start_counts_for_more(self):
        # two years: a start helps half a person now, of those of the first year a tenth fall back:
        # 0.5 × (1 + 0.9) = 0.95. 190,000 are missing, 200,000 starts a year bring them.
        scenario = DigitalInclusion(**SMALL, relapse_rate=0.1, target_year=2016)
        assert isclose(starts_to_reach(610_000, scenario), 190_000 / 0.95)
        assert isclose(190_000 / 0.95, 200_000)

    @pytest.mark.parametrize("goal", [6_200_000, 6_200_001, 11_000_000])
    def test_no_starts_are_needed_if_the_target_is_met_anyway(self, goal):
        assert starts_to_reach(goal, DigitalInclusion()) == 0

    @pytest.mark.parametrize(
        "values", [{"deadweight": 1.0}, {"dropout": 1.0}, {"persistence": 0.0}]
    )
    def test_infinite_starts_are_needed_if_no_start_helps(self, values):
        assert starts_to_reach(None, DigitalInclusion(**values)) == np.inf
        assert starts_to_reach(6_200_000, DigitalInclusion(**values)) == 0

    def test_a_negative_target_cannot_be_met(self):
        assert starts_to_reach(-1, DigitalInclusion()) == np.inf
        assert starts_to_reach(-1, DigitalInclusion(unaided_gain=10_000_000)) == np.inf

    @pytest.mark.parametrize("probability", [0.01, 0.1, 0.5, 0.9, 1])
    def test_with_a_probability_that_share_of_simulations_meets_the_target(self, probability):
        scenario = DigitalInclusion(draws=1000)
        starts = starts_to_reach(None, scenario, probability)
        drawn = simulate_inclusion_parameters(scenario)
        goal = target_path(drawn, 2020)

        def meeting_share(starts):
            *_, last = project_exclusion({**drawn, "programme_starts": starts})
            return np.mean(last.people <= goal + 1e-3)

        assert meeting_share(starts) >= probability
        assert meeting_share(starts - 1) < probability

    def test_a_higher_probability_needs_more_starts(self):
        scenario = DigitalInclusion(draws=1000)
        answers = [starts_to_reach(None, scenario, p) for p in (0.1, 0.5, 0.9)]
        assert answers == sorted(set(answers))

    def test_the_starts_needed_agree_with_the_model(self):
        scenario = DigitalInclusion(draws=1000)
        starts = round(starts_to_reach(None, scenario, 0.5)) + 1
        outcome = topic.run(scenario, programme_starts=starts)
        assert outcome["probability_of_target"].value == pytest.approx(0.5, abs=0.002)

    @pytest.mark.parametrize("probability", [0, -0.1, 1.1, float("nan")])
    def test_a_probability_out_of_range_is_an_error(self, probability):
        with pytest.raises(ValueError, match="must be above 0 and at most 1"):
            starts_to_reach(None, DigitalInclusion(), probability)

    def test_simulations_that_cannot_meet_the_target_need_infinite_starts(self):
        values = {**DigitalInclusion().values(), "deadweight": np.array([0.25, 1.0])}
        assert starts_needed(4_700_000, values).tolist() == [
            pytest.approx(1_500_000 / 6 / 0.42),
            np.inf,
        ]
