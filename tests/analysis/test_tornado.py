"""Tornado table of an example with known values: sold = riders × share who pay."""

from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal

from tests.analysis.example_topic import Rides, topic
from workbook.analysis.assumptions_register import assumptions_register
from workbook.analysis.charts import draw_tornado
from workbook.analysis.model_runner import MAXIMUM_DRAWS
from workbook.analysis.tornado import tornado, tornado_table
from workbook.topics import digital_inclusion
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.savings import topic as savings


def run_tornado(indicator="sold", **values):
    return tornado(topic, Rides(**values), indicator=indicator, tables={}).set_index("parameter")


def test_each_assumption_is_set_to_both_ends_of_its_range():
    result = run_tornado()
    assert result.loc["riders", ["at_low", "at_high", "now", "swing"]].tolist() == [2.5, 10, 5, 7.5]
    assert result.loc["paying", ["at_low", "at_high", "now", "swing"]].tolist() == pytest.approx(
        [2, 6, 5, 4]
    )


def test_the_largest_effect_comes_first():
    # 10 riders: effects of 7.5 and 4. With 5 riders the share has the larger effect.
    assert run_tornado().index.tolist() == ["riders", "paying"]
    assert run_tornado(riders=5, seats=5).index.tolist() == ["paying", "riders"]


def test_equal_effects_are_sorted_by_name():
    assert run_tornado("drawn").index.tolist() == ["paying", "riders"]


def test_levers_are_not_varied():
    assert set(run_tornado().index) == {"riders", "paying"}


def test_the_table_describes_the_varied_assumption():
    result = run_tornado().loc["riders"]
    assert (result["label"], result["unit"], result["quality"]) == ("Riders", "people", "amber")
    assert (result["low"], result["high"]) == (5, 20)
    assert run_tornado().columns.tolist() == [
        "label",
        "unit",
        "quality",
        "low",
        "high",
        "at_low",
        "at_high",
        "now",
        "swing",
    ]


def test_a_scenario_value_outside_the_range_moves_it():
    # 20 more riders than the default of 10: from 5 to 20 becomes from 25 to 40
    result = run_tornado(riders=30).loc["riders"]
    assert (result["low"], result["high"]) == (25, 40)


def test_an_end_that_breaks_a_cross_field_rule_is_moved_inwards():
    # 20 riders on 12 seats would be rejected
    result = run_tornado(seats=12).loc["riders"]
    assert (result["high"], result["at_high"]) == (12, 6)


def test_the_effect_on_a_missing_result_is_not_known():
    result = run_tornado("each", riders=0)
    assert result.loc["paying", ["at_low", "at_high", "now", "swing"]].isna().all()


def test_what_has_no_figure_at_either_end_comes_last():
    scenario = savings.Scenario(draws=100, realisable_share=0.3)
    table = tornado(savings, scenario, indicator="payback_years")
    is_missing = table["at_low"].isna() & table["at_high"].isna()
    assert table["label"][0] == "Cash-releasing share of the saving"
    assert is_missing.iloc[-is_missing.sum() :].all()


def test_an_assumption_that_makes_a_figure_disappear_comes_first():
    scenario = savings.Scenario(draws=100)
    table = tornado(savings, scenario, indicator="discounted_payback_years")
    disappearing = table["at_low"].isna() != table["at_high"].isna()
    assert disappearing.sum() > 1
    assert disappearing.iloc[: disappearing.sum()].all()
    assert table.loc[disappearing, "swing"].isna().all()
    outcome = savings.run(scenario)
    figure = draw_tornado(outcome, "discounted_payback_years", table)
    assert figure.title == "Any of 3 assumptions alone can leave no discounted payback period"
    reach = (table[["at_low", "at_high"]].sub(table["now"], axis=0)).abs().max(axis=1)
    assert reach[disappearing].is_monotonic_decreasing
    assert "no figure at" in figure.description
    register = assumptions_register(savings, outcome, tornado(savings, scenario)).frame
    moves = register.set_index("parameter").loc["optimism_bias", "moves"]
    assert "Net present value: −£" in moves


@pytest.mark.parametrize(("indicator", "suggestion"), [("solde", '"sold"'), ("word", '"sold"')])
def test_an_indicator_that_is_no_number_is_rejected(indicator, suggestion):
    with pytest.raises(ValueError, match=f'Unknown numeric indicator "{indicator}"'):
        run_tornado(indicator)


def test_the_same_runs_give_every_indicator():
    runs = []

    def evaluate(tables, scenario):
        runs.append(scenario)
        return topic.model(tables, scenario)

    everything = tornado(replace(topic, model=evaluate), Rides(), tables={})
    assert len(runs) == 5  # the scenario, and two for each of two assumptions
    assert everything["indicator"].unique().tolist() == [
        "sold",
        "earned",
        "free",
        "unpaid",
        "drawn",
        "each",
    ]
    for name, rows in everything.groupby("indicator"):
        alone = tornado(topic, Rides(), indicator=name, tables={})
        assert_frame_equal(rows.drop(columns="indicator").reset_index(drop=True), alone)


def test_runs_have_a_limited_number_of_simulations():
    result = run_tornado("drawn", draws=MAXIMUM_DRAWS + 1)
    assert result[["at_low", "at_high", "now"]].eq(MAXIMUM_DRAWS).all(axis=None)


def test_the_largest_effect_on_digital_inclusion_is_the_baseline_trend():
    result = tornado(
        digital_inclusion.topic, DigitalInclusion(draws=100), indicator="people_excluded"
    ).set_index("parameter")
    unaided = result.iloc[0]
    assert unaided.name == "unaided_gain"
    assert unaided["at_low"] == pytest.approx(11_000_000 - 6 * (500_000 + 126_000))
    assert unaided["at_high"] == pytest.approx(11_000_000 - 6 * (1_000_000 + 126_000))
    assert unaided["swing"] == pytest.approx(6 * 500_000)
    assert result.loc[["adults", "floor_share", "unit_cost"], "swing"].tolist() == [0, 0, 0]
    # A start helps 0.7 × 0.8 × 0.9 people at 10%, 0.7 × 0.8 × 0.4 at 60%; 1.8 m start.
    assert result.loc["deadweight", "swing"] == pytest.approx(1_800_000 * 0.56 * (0.9 - 0.4))


def test_both_ends_are_allowed_if_everybody_lacks_the_skills():
    scenario = DigitalInclusion(baseline_people=11_000_000, adults=11_000_000, draws=100)
    result = tornado(digital_inclusion.topic, scenario, indicator="people_excluded")
    baseline = result.set_index("parameter").loc["baseline_people"]
    assert (baseline["low"], baseline["high"]) == (10_800_000, 11_000_000)


def test_the_result_table_has_the_unit_of_each_column():
    frame = tornado(topic, Rides(), indicator="earned", tables={})
    table = tornado_table(topic.run(), "earned", frame)
    assert (table.name, table.title) == (
        "swing",
        "One-way sensitivity: money earned",
    )
    assert table.columns["low"].unit_column == "unit"
    assert {table.columns[name].unit for name in ("at_low", "at_high", "now", "swing")} == {"GBP"}
