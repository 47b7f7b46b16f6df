"""Parameters: the method's values, channel shares, and conversions to links and files."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.savings.examples import green_book_factors, valid_scenarios
from workbook.resources import resource_folder
from workbook.scenario import ScenarioError
from workbook.topics.reviews import FIRST_REVIEW
from workbook.topics.savings import topic
from workbook.topics.savings.contact_costs import mean_other_channel_cost
from workbook.topics.savings.inputs import scenario_inputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.contact_costs import CHANNEL_SHARE_PARAMETERS
from workbook.topics.savings.service_inputs import ServiceInputs

BILLION = 1_000_000_000
COST, SHARE = (0, 10_000), (0, 1)

# name: default, bounds, range (None: a lever), quality
METHOD = {
    "volume": (909_200_000, (0, 100 * BILLION), (818_280_000, 1_000_120_000), "green"),
    "take_up_now": (0.7228, None, (0.6728, 0.7728), "green"),
    "take_up_target": (0.82, None, None, "green"),
    "years_to_target": (4, (1, 20), (3, 6), "amber"),
    "cost_digital": (0.15, COST, (0.08, 0.22), "amber"),
    "cost_phone": (2.83, COST, (2.83, 4.11), "amber"),
    "cost_post": (6.62, COST, (6.62, 12.10), "amber"),
    "cost_face_to_face": (8.62, COST, (8.62, 10.53), "amber"),
    "phone_share": (0.8, SHARE, None, "green"),
    "post_share": (0, SHARE, None, "green"),
    "face_to_face_share": (0.2, SHARE, (0, 0.5), "green"),
    "realisable_share": (0.78, SHARE, (0.5, 1), "amber"),
    "assisted_share": (0.18, SHARE, (0.10, 0.30), "red"),
    "assisted_cost": (2.83, COST, (1, 6), "red"),
    "transition_cost": (
        BILLION // 2,
        (0, 1000 * BILLION),
        (BILLION * 2 // 5, BILLION * 3 // 5),
        "red",
    ),
    "transition_years": (3, (1, 10), None, ""),
    "dual_running_years": (1, (0, 10), (0, 2), "red"),
    "optimism_bias": (0.50, (0, 5), (0.10, 2.00), "red"),
    "horizon": (10, (1, 125), None, ""),
    "fiscal_share": (0.65, SHARE, (0.55, 0.75), "amber"),
    "draws": (10_000, (100, 10_000_000), None, ""),
}
TEXTS = {"quarter": "2014-Q2", "price_year": "2014-15", "discount_schedule": "green-book"}
BETWEEN = {"take_up_now", "take_up_target"}
"""Parameters that must be above 0 and below 1."""


@st.composite
def channel_shares(draw):
    """Shares of the three other channels that add up to 1."""
    one, other = draw(st.floats(0, 1)), draw(st.floats(0, 1))
    return dict(
        zip(CHANNEL_SHARE_PARAMETERS, (1 - one, one * (1 - other), one * other), strict=True)
    )


def invalid_names(**values):
    with pytest.raises(ScenarioError) as refused:
        Savings(**values)
    return [problem.name for problem in refused.value.problems]


class TestMethod:
    @pytest.mark.parametrize("name", METHOD)
    def test_numbers_match_the_method(self, name):
        declaration, (default, bounds, likely, quality) = Savings.parameters()[name], METHOD[name]
        assert (declaration.default, declaration.range, declaration.quality) == (
            default,
            likely,
            quality,
        )
        assert bounds in {declaration.bounds, None}

    @pytest.mark.parametrize("name", TEXTS)
    def test_texts_match_the_method(self, name):
        assert Savings.parameters()[name].default == TEXTS[name]
        assert Savings.parameters()[name].range is None

    def test_the_seed_matches_the_method(self):
        assert Savings().seed == 2014

    @pytest.mark.parametrize("name", METHOD)
    def test_values_outside_the_bounds_are_invalid(self, name):
        declaration = Savings.parameters()[name]
        step = 1 if declaration.kind == "integer" else 1e-9
        low, high = (
            (0, 1)
            if name in BETWEEN
            else (declaration.bounds[0] - step, declaration.bounds[1] + step)
        )
        for outside in (float(low), float(high)) if declaration.kind == "number" else (low, high):
            assert name in invalid_names(**{name: outside})

    @pytest.mark.parametrize(
        "name", [name for name in METHOD if name not in CHANNEL_SHARE_PARAMETERS]
    )
    def test_the_bounds_are_valid(self, name):
        for bound in Savings.parameters()[name].bounds:
            assert getattr(Savings(**{name: bound}), name) == bound

    def test_every_assumption_has_a_source_and_review_dates(self):
        for declared in Savings.parameters().values():
            assert not declared.range or declared.source
            assert declared.quality != "red" or declared.source.startswith("Assumption")
            if declared.range:
                assert declared.review == FIRST_REVIEW

    def test_a_named_mitigation_makes_optimism_bias_amber(self):
        assert Savings().quality_of("optimism_bias") == "red"
        assert Savings(optimism_mitigations=" ; ").quality_of("optimism_bias") == "red"
        assert Savings(optimism_mitigations="fixed price").quality_of("optimism_bias") == "amber"
        assert Savings(optimism_mitigations="fixed price").quality_of("transition_cost") == "red"


def mean_cost(scenario):
    inputs = scenario_inputs(scenario, ServiceInputs(), green_book_factors(scenario.horizon))
    return float(mean_other_channel_cost(inputs))


class TestShares:
    def test_shares_with_few_digits_are_valid(self):
        third = dict.fromkeys(CHANNEL_SHARE_PARAMETERS, 0.3333333333)
        assert mean_cost(Savings(**third)) == pytest.approx((2.83 + 6.62 + 8.62) / 3)

    @pytest.mark.parametrize("off", [1e-6, -1e-6, 0.2, -0.2])
    def test_shares_that_do_not_add_up_are_invalid_at_each_share(self, off):
        assert invalid_names(phone_share=0.8 + off) == list(CHANNEL_SHARE_PARAMETERS)

    @given(channel_shares())
    def test_the_mean_cost_lies_between_the_lowest_and_highest(self, given_shares):
        scenario = Savings(**given_shares)
        costs = (scenario.cost_phone, scenario.cost_post, scenario.cost_face_to_face)
        assert min(costs) <= mean_cost(scenario) + 1e-9
        assert mean_cost(scenario) <= max(costs) + 1e-9

    @given(channel_shares(), st.sampled_from(CHANNEL_SHARE_PARAMETERS), st.floats(0, 1))
    def test_changing_one_share_rescales_the_others_in_proportion(self, before, name, value):
        scenario = Savings(**before)
        varied = scenario.with_value(name, value)
        assert getattr(varied, name) == value
        assert math.fsum(
            getattr(varied, compared) for compared in CHANNEL_SHARE_PARAMETERS
        ) == pytest.approx(1)
        one, other = (each for each in CHANNEL_SHARE_PARAMETERS if each != name)
        was, now = ([getattr(each, n) for n in (one, other)] for each in (scenario, varied))
        if sum(was) > 0:
            assert now[0] * was[1] == pytest.approx(now[1] * was[0], abs=1e-12)
        assert varied.replace(**before) == scenario

    @pytest.mark.parametrize(("name", "filled"), [("phone_share", "post_share")])
    def test_the_first_other_share_takes_the_rest_if_both_were_zero(self, name, filled):
        everything = Savings(phone_share=1.0, post_share=0.0, face_to_face_share=0.0)
        varied = everything.with_value(name, 0.4)
        assert [getattr(varied, compared) for compared in (name, filled)] == pytest.approx(
            [0.4, 0.6]
        )

    def test_other_parameters_change_alone(self):
        assert Savings().with_value("cost_phone", 4.0) == Savings(cost_phone=4.0)


class TestConversions:
    @given(valid_scenarios())
    def test_a_scenario_survives_a_link(self, scenario):
        assert Savings.from_query(scenario.to_query()) == scenario

    def test_a_scenario_survives_a_file(self, tmp_path):
        scenario = Savings(service="VAT transactions", curve="forecast", cost_phone=3.5, draws=200)
        scenario.to_file(tmp_path / "one.toml", "One")
        assert Savings.from_file(tmp_path / "one.toml") == scenario

    def test_a_scenario_survives_a_notebook_cell(self):
        names = {}
        exec(Savings.to_cell(), names)
        assert Savings.from_cell(names) == Savings()

    def test_a_link_cannot_name_a_file(self):
        for name in ("take_up_data", "discount_data"):
            with pytest.raises(
                ScenarioError, match="must be the name of a bundled, registered or uploaded table"
            ):
                Savings.from_query(f"{name}=../rates.csv")

    def test_the_published_scenarios(self):
        shelf = resource_folder("data") / "scenarios" / "savings"
        assert len(topic.scenarios.published) == len(list(shelf.glob("*.toml"))) > 0
        assert Savings(take_up_now=0.461) in topic.scenarios.published.values()
