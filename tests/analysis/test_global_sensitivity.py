"""Global sensitivity: an example without simulations of its own, and the bundled topics."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from tests.analysis.example_topic import Rides, topic
from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from workbook.analysis.charts import (
    draw_pawn_indices,
    draw_rank_correlations,
    draw_remaining_widths,
)
from workbook.analysis.dependence import run_dependence
from workbook.analysis.global_sensitivity import global_sensitivity
from workbook.analysis.simulations import simulate_steps
from workbook.analysis.steps import run_steps
from workbook.topics.digital_inclusion import topic as inclusion
from workbook.topics.savings import topic as savings
from workbook.topics.take_up import topic as take_up

CHARTS = [draw_pawn_indices, draw_rank_correlations, draw_remaining_widths]


@pytest.fixture(scope="module")
def rides():
    """Sold = riders × share who pay; each indicator at 500 points."""
    return global_sensitivity(topic, tables={}).set_index(["indicator", "parameter"])


@pytest.fixture(scope="module")
def inclusion_rows():
    return global_sensitivity(inclusion, inclusion.Scenario(draws=1_000)).set_index(
        ["indicator", "parameter"]
    )


class TestModelWithoutSimulations:
    def test_it_is_run_at_points_in_the_ranges(self):
        outcome, simulations = run_steps(simulate_steps(topic, {}, Rides()))
        riders, paying = (simulations.assumptions[name] for name in ("riders", "paying"))
        assert outcome["sold"].value == 5
        assert (riders.min() >= 5, riders.max() <= 20, paying.min() >= 0.2) == (True, True, True)
        assert (riders == np.round(riders)).all()
        assert np.allclose(simulations.indicators["sold"], riders * paying)
        assert "word" not in simulations.indicators

    def test_a_point_that_breaks_a_cross_field_rule_is_left_out(self):
        # 20 riders on 12 seats would be rejected
        _, simulations = run_steps(simulate_steps(topic, {}, Rides(seats=12)))
        assert simulations.assumptions["riders"].max() == 12
        assert 100 < len(simulations.assumptions["riders"]) < 500

    def test_the_largest_effect_comes_first(self, rides):
        assert rides.loc["sold"].index.tolist() == ["riders", "paying"]
        assert rides.loc["sold", "has_effect"].all()
        assert rides.loc[("sold", "riders"), "rank_correlation"] > 0.7

    def test_an_assumption_without_effect_is_noise(self, rides):
        row = rides.loc[("free", "paying")]
        assert not row["has_effect"]
        assert abs(row["rank_correlation"]) < 0.1
        assert row["narrowing"] < 0.1

    def test_an_indicator_that_does_not_vary_has_no_rows(self, rides):
        assert set(rides.index.get_level_values("indicator")) == {
            "sold",
            "earned",
            "free",
            "unpaid",
        }

    def test_each_indicator_depends_on_the_sign_of_its_assumptions(self, rides):
        assert rides.loc[("free", "riders"), "rank_correlation"] == pytest.approx(-1)
        assert rides.loc[("free", "riders"), "remaining_width"] == pytest.approx(0, abs=1e-9)


class TestModelsWithSimulations:
    def test_the_model_is_run_once(self):
        runs = []

        def evaluate(tables, scenario):
            runs.append(scenario)
            return inclusion.model(tables, scenario)

        global_sensitivity(replace(inclusion, model=evaluate), inclusion.Scenario(draws=100))
        assert len(runs) == 1

    def test_the_width_is_that_of_the_indicator(self, inclusion_rows):
        indicator = inclusion.run(draws=1_000)["people_excluded"]
        width = inclusion_rows.loc["people_excluded", "width"].iloc[0]
        assert width == pytest.approx(indicator.high - indicator.low, rel=0.01)

    def test_the_rank_correlation_is_spearman_s(self, inclusion_rows):
        simulations = inclusion.run(draws=1_000).simulations
        expected = spearmanr(
            simulations.assumptions["deadweight"], simulations.indicators["people_excluded"]
        ).statistic
        found = inclusion_rows.loc[("people_excluded", "deadweight"), "rank_correlation"]
        assert found == pytest.approx(expected)

    def test_people_excluded_do_not_depend_on_costs(self, inclusion_rows):
        assert not inclusion_rows.loc[("people_excluded", "unit_cost"), "has_effect"]
        assert inclusion_rows.loc[("programme_cost", "unit_cost"), "rank_correlation"] == 1

    def test_an_infinite_simulation_has_no_width(self):
        rows = global_sensitivity(savings, savings.Scenario(draws=200)).set_index("indicator")
        assert rows.loc["payback_years", "width"].isna().all()
        assert rows.loc["payback_years", "rank_correlation"].notna().all()
        assert rows.loc["npv", "width"].notna().all()

    def test_a_topic_without_assumptions_says_so(self):
        with pytest.raises(ValueError, match="take_up has no parameter with a range"):
            global_sensitivity(take_up)


class TestCharts:
    @pytest.mark.parametrize("draw", CHARTS)
    def test_only_data_and_captions_depend_on_the_outcome(self, draw, rides):
        outcome, table = topic.run(), rides.reset_index()
        figures = [draw(outcome, name, table) for name in ("sold", "unpaid")]
        assert set(drawn_data_names(spec_without_data(figures[0]))) == set(figures[0].data)
        for figure in figures:
            assert not unlisted_colours(figure)
            assert not re.search(r"\b(nan|None|inf)\b", json.dumps(figure.to_dict()))
            assert figure.description.endswith(".")

    @pytest.mark.parametrize("draw", CHARTS)
    def test_without_an_effect_it_says_so(self, draw, rides):
        figure = draw(topic.run(), "drawn", rides.reset_index())
        assert figure.is_empty
        assert figure.title == "No assumption has more effect than chance"

    def test_the_titles_state_the_finding(self, rides):
        titles = [draw(topic.run(), "free", rides.reset_index()).title for draw in CHARTS]
        assert titles == [
            "“Riders” moves the distribution of the result most",
            "“Riders” is most closely correlated with the result",
            "Knowing “Riders” would narrow the range by 100%",
        ]


def test_a_page_can_run_it_step_by_step():
    steps = list(run_dependence(topic, {}, topic.run(), "earned"))
    results = [step for step in steps if step is not None]
    assert [result.name for result in results] == [
        "swing",
        "rank_correlation",
        "pawn",
        "remaining_width",
    ]
    assert steps[0] is None
    assert len(steps) > 500  # a step for each run of the model
