"""Charts of savings: titles state the finding, and marks match the tables."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from tests.result_tables import copy_frames, replace_frame
from tests.topics.savings.examples import FEW_DRAWS, evaluate_example, valid_scenarios
from workbook.exports.static_svg import to_static_svg
from workbook.topics.savings import topic
from workbook.topics.savings.charts.estimates import draw_estimates
from workbook.topics.savings.data import published_savings
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import reconcile_published_savings

SCENARIOS = {
    "default": {},
    "loss": {"take_up_target": 0.6},
    "forecast": {"curve": "forecast"},
    "service": {"service": "Vehicle tax renewals"},
    "two years published": {"quarter": "2015-Q3"},
    "nothing published": {"quarter": "2012-Q4"},
    "only the wider published": {"quarter": "2013-Q1"},
    "nothing to pay back": {"transition_cost": 0, "dual_running_years": 0.0},
    "long": {"horizon": 125},
    "short": {"horizon": 1},
    "just": {"transition_cost": 800_000_000},
    "not enough": {"volume": 200_000, "transition_cost": 300_000},
    "dear": {"cost_digital": 9.0},
    "nothing at all": {"volume": 0, "transition_cost": 0},
}
MANY = {"default", "loss", "nothing to pay back", "forecast"}
"""Scenarios whose probabilities are checked, with the default number of draws."""

COLUMN = {"Saving": "saving", "Transition": "transition_cost", "Dual running": "dual_running_cost"}


@pytest.fixture(scope="module")
def outcomes():
    draws = {name: {} if name in MANY else {"draws": FEW_DRAWS} for name in SCENARIOS}
    return {
        name: evaluate_example(Savings(), **values, **draws[name])
        for name, values in SCENARIOS.items()
    }


def draw_chart(outcome, name):
    return topic.charts[name](outcome)


@pytest.mark.parametrize("name", topic.charts)
class TestAllCharts:
    def test_only_data_and_texts_depend_on_the_scenario(self, outcomes, name):
        # so that a page can update the data of a chart without drawing it again
        figures = [draw_chart(outcome, name) for outcome in outcomes.values()]
        assert all(compared.template is figures[0].template for compared in figures)
        columns = [{data: list(rows) for data, rows in each.data.items()} for each in figures]
        assert all(each == columns[0] for each in columns)

    def test_all_data_is_drawn(self, outcomes, name):
        drawn = draw_chart(outcomes["default"], name)
        assert set(drawn_data_names(spec_without_data(drawn))) == set(drawn.data)

    def test_altair_accepts_the_chart(self, outcomes, name):
        drawn = draw_chart(outcomes["default"], name)
        assert drawn.to_altair().to_dict()["datasets"] == drawn.dataset_rows

    def test_colours_are_from_the_palette(self, outcomes, name):
        assert not any(unlisted_colours(draw_chart(outcome, name)) for outcome in outcomes.values())

    def test_the_chart_has_a_description(self, outcomes, name):
        for outcome in outcomes.values():
            assert_described(draw_chart(outcome, name))

    def test_drawing_is_a_pure_function(self, outcomes, name):
        outcome = outcomes["default"]
        before = copy_frames(outcome)
        assert draw_chart(outcome, name).to_dict() == draw_chart(outcome, name).to_dict()
        assert all(outcome.frame(table).equals(frame) for table, frame in before.items())

    @pytest.mark.parametrize("scenario", ["default", "forecast", "nothing published", "long"])
    def test_the_chart_can_be_drawn_as_a_static_image(self, outcomes, name, scenario):
        assert "</svg>" in to_static_svg(draw_chart(outcomes[scenario], name), 320)


def assert_described(drawn):
    """Check that there is a title, a subtitle and a description, without missing numbers."""
    assert drawn.title
    assert drawn.subtitle
    assert drawn.description.endswith(".")
    words = f"{drawn.title} {drawn.subtitle} {drawn.description}"
    assert not re.search(r"\b(nan|None|inf)\b", words)
    json.dumps(drawn.dataset_rows, allow_nan=False)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(valid_scenarios())
def test_charts_of_any_scenario_are_described(scenario):
    outcome = evaluate_example(scenario)
    for name in topic.charts:
        assert_described(draw_chart(outcome, name))


TITLES = {
    "cash_flow": {
        "default": "The move would pay for itself after 6.4 years, or 7 years discounted",
        "loss": "The move would make a loss of £3 billion by 2024-25",
        "forecast": "The move would not pay for itself within 10 years",
        "nothing to pay back": (
            "There are no costs to pay back: £1.8 billion would be saved by 2024-25"
        ),
        "nothing at all": "Nothing would be saved and nothing spent",
    },
    "npv_distribution": {
        "default": "If 82% is reached, benefits exceed costs in 85% of simulations",
        "loss": "If 60% is reached, benefits exceed costs in less than 1% of simulations",
        "forecast": (
            "On the tested forecast, 8 in 10 simulations lie between −£1.1 billion and −£610 "
            "million"
        ),
        "nothing to pay back": (
            "If 82% is reached, benefits exceed costs in more than 99% of simulations"
        ),
    },
    "break_even": {
        "default": (
            "Break-even take-up, if reached over 4 years, is 78.1%: 3.9 points below the 82% target"
        ),
        "loss": (
            "Break-even take-up, if reached over 4 years, is 78.1%: 18.1 points above the 60% "
            "target"
        ),
        "forecast": "Take-up follows the forecast, so there is no target to test",
        "service": ("No take-up breaks even at a cost gap of £2.45, or at any other gap tested"),
        "dear": "No take-up breaks even at a cost gap of −£5.20, but £2.86 would do",
        "nothing to pay back": "Benefits exceed costs at any take-up above the starting 72.3%",
    },
    "ways": {
        # Channel costs, top-down at 3% of face to face
        "default": (
            "Contacts alone: £228 million a year; whole services: £379 million or £1 billion"
        ),
        "loss": (
            "Contacts alone: −£288 million a year; whole services: −£1.3 billion or −£479 million"
        ),
        "forecast": "Two methods give no saving",
        "service": ("Contacts alone: £17.6 million a year; whole services: £8.9 million"),
        "nothing published": (
            "Contacts alone: £228 million a year; whole services: £379 million or £1 billion"
        ),
    },
    "published": {
        "default": "£210 million published for 2013-14, £57 million of it not broken down",
        "two years published": (
            "£599 million published for 2014-15; its components add up to £599.6 million"
        ),
        "nothing published": "No saving is published for a year that ended by December 2012",
        "only the wider published": (
            "No saving for GDS and departments is published for a year that ended by March 2013"
        ),
    },
}


@pytest.mark.parametrize(
    ("name", "scenario"), [(name, scenario) for name in TITLES for scenario in TITLES[name]]
)
def test_the_title_states_the_finding(outcomes, name, scenario):
    assert draw_chart(outcomes[scenario], name).title == TITLES[name][scenario]


class TestCashFlow:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_bars_stack_the_amounts_of_the_table(self, outcomes, scenario):
        bars = draw_chart(outcomes[scenario], "cash_flow").data["bars"]
        years = outcomes[scenario].frame("cash_flow").set_index("financial_year")
        assert len(bars) == 3 * len(years)
        for kind, bundled in bars.groupby("kind"):
            sign = 1 if kind == "Saving" else -1
            amounts = bundled.set_index("financial_year")["amount"]
            pd.testing.assert_series_equal(
                amounts, sign * years[COLUMN[kind]], check_names=False, rtol=1e-15
            )
        by_year = bars.groupby("financial_year")
        assert np.allclose(by_year["amount"].sum(), years["net"])
        lowest, highest = bars[["from", "to"]].min(axis=1), bars[["from", "to"]].max(axis=1)
        tall = highest.groupby(bars["financial_year"]).max()
        tall -= lowest.groupby(bars["financial_year"]).min()
        assert np.allclose(tall, by_year["amount"].apply(lambda amounts: amounts.abs().sum()))

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_lines_match_the_cumulative_columns_of_the_table(self, outcomes, scenario):
        lines = draw_chart(outcomes[scenario], "cash_flow").data["lines"]
        years = outcomes[scenario].frame("cash_flow")
        for name in ("financial_year", "cumulative", "cumulative_present_value"):
            assert lines[name].tolist() == years[name].tolist()
        assert lines["start"].tolist() == (2014.5 + years["year"]).tolist()

    @pytest.mark.parametrize("scenario", ["default", "long", "just"])
    def test_payback_is_marked_where_the_cumulative_line_crosses_zero(self, outcomes, scenario):
        data = draw_chart(outcomes[scenario], "cash_flow").data
        [paid] = data["payback"].to_dict("records")
        position = np.interp(paid["start"], data["lines"]["start"], data["lines"]["cumulative"])
        assert position == pytest.approx(0, abs=1)

    @pytest.mark.parametrize(("scenario", "side"), [("default", "right"), ("just", "left")])
    def test_the_payback_label_is_on_the_side_with_room(self, outcomes, scenario, side):
        [paid] = draw_chart(outcomes[scenario], "cash_flow").data["payback"].to_dict("records")
        years = outcomes[scenario]["payback_years"].formatted_value
        assert {label_side: paid[label_side] for label_side in ("left", "right")} == {
            "left": "",
            "right": "",
            side: f"Paid back\nafter {years}",
        }

    def test_a_payback_of_days_is_at_once(self):
        # a cost of £1.50 against tens of millions of pounds saved in the first year
        outcome = evaluate_example(transition_cost=1, transition_years=1, dual_running_years=0.0)
        drawn = draw_chart(outcome, "cash_flow")
        assert drawn.title == "The move would pay for itself at once"
        assert drawn.data["payback"]["right"].tolist() == ["Paid back\nat once"]

    def test_a_payback_only_before_discounting_is_said(self):
        outcome = evaluate_example(transition_cost=900_000_000)
        assert outcome["payback_years"].value is not None
        assert outcome["discounted_payback_years"].value is None
        assert draw_chart(outcome, "cash_flow").title.endswith(" years, but not if discounted")

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, "£750 million for the transition (£500 million plus 50% optimism bias) and"),
            ({"optimism_bias": 0.0}, "£500 million for the transition and"),
            # A transition of four years, of which the appraisal has two.
            ({"transition_years": 4, "horizon": 1}, "£375 million for the transition and"),
        ],
    )
    def test_the_description_says_what_the_transition_includes(self, values, expected):
        description = draw_chart(evaluate_example(**values), "cash_flow").description
        assert f"Costs: {expected} £" in description

    @pytest.mark.parametrize("scenario", ["loss", "forecast", "nothing to pay back"])
    def test_no_payback_is_marked_if_there_is_none(self, outcomes, scenario):
        assert draw_chart(outcomes[scenario], "cash_flow").data["payback"].empty

    @pytest.mark.parametrize(
        ("scenario", "over", "under"),
        [
            ("default", "Cumulative\n£811 m", "Discounted\n£505 m"),
            ("loss", "Discounted\n−£2.6 bn", "Cumulative\n−£3 bn"),
        ],
    )
    def test_the_upper_line_is_labelled_above_and_the_lower_below(
        self, outcomes, scenario, over, under
    ):
        ends = draw_chart(outcomes[scenario], "cash_flow").data["ends"]
        assert set(ends["over"]) == {over, ""}
        assert set(ends["under"]) == {under, ""}
        upper = ends.loc[ends["over"] == over, "position"].item()
        assert upper > ends.loc[ends["under"] == under, "position"].item()

    def test_the_description_gives_the_main_figures(self, outcomes):
        text = draw_chart(outcomes["default"], "cash_flow").description
        assert text.startswith("From 2014-15 to 2024-25. Saving, net of help: £1.8 billion")
        for part in (
            "£1.2 billion for the taxpayer and £646 million for people who pay fees",
            "(£500 million plus 50% optimism bias) and £285 million for dual running",
            "lowest in 2016-17, at −£741 million. It ends at £811 million",
            "or £505 million discounted",
            "Payback period: 6.4 years. Discounted payback period: 7 years.",
        ):
            assert part in text


class TestDistribution:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_bars_match_the_table(self, outcomes, scenario):
        drawn = draw_chart(outcomes[scenario], "npv_distribution")
        table = outcomes[scenario].frame("npv_distribution")
        pd.testing.assert_frame_equal(drawn.data["draws"], table)

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_marks_match_the_indicators(self, outcomes, scenario):
        outcome = outcomes[scenario]
        data = draw_chart(outcome, "npv_distribution").data
        ends = [outcome[name].value for name in ("npv_p10", "npv_p50", "npv_p90")]
        assert data["likely"]["npv"].tolist() == ends
        assert data["own"]["npv"].tolist() == [outcome["npv"].value]

    def test_labels_give_the_percentiles_and_probabilities(self, outcomes):
        data = draw_chart(outcomes["default"], "npv_distribution").data
        assert data["likely"][["npv_p10", "npv_p50", "npv_p90"]].max().tolist() == [
            "P10\n−£85 m",
            "P50 £440 m",
            "P90\n£1.1 bn",
        ]
        assert {*data["own"]["left"], *data["own"]["right"]} == {"", "Scenario: £505 m"}
        assert data["sides"].to_dict("records") == [{"right": "Loss: 15%", "left": "Gain: 85%"}]

    def test_a_target_year_that_has_ended_has_a_range_and_no_share(self):
        chart = draw_chart(evaluate_example(quarter="2021-Q4", draws=10_000), "npv_distribution")
        assert (
            chart.title == "At 82%, 8 in 10 simulations lie between −£85 million and £1.1 billion"
        )
        assert chart.data["sides"].to_dict("records") == [{"right": "Loss", "left": "Gain"}]
        assert "above zero" not in chart.description

    def test_the_description_explains_the_outer_steps(self, outcomes):
        text = draw_chart(outcomes["default"], "npv_distribution").description
        assert "is £505 million. It is above zero in 85% of simulations" in text
        assert text.endswith("The first and last steps also include all values beyond them.")


class TestBreakEven:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_the_curve_matches_the_table(self, outcomes, scenario):
        data = draw_chart(outcomes[scenario], "break_even").data
        table = outcomes[scenario].frame("break_even")
        pd.testing.assert_frame_equal(data["rows"], table.iloc[1:])
        pd.testing.assert_frame_equal(
            data["own"][["cost_gap", "take_up"]], table.head(1), check_dtype=False
        )

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_lines_show_take_up_now_and_the_target(self, outcomes, scenario):
        outcome, data = outcomes[scenario], draw_chart(outcomes[scenario], "break_even").data
        assert data["now"]["take_up"].tolist() == [outcome.frame("cash_flow")["take_up"].iloc[0]]
        target = [] if scenario == "forecast" else [outcome.scenario.take_up_target]
        assert data["target"]["take_up"].tolist() == target
        assert data["own"]["take_up_target"].tolist() == target

    def test_labels_do_not_overlap_lines(self, outcomes):
        near, far = (draw_chart(outcomes[name], "break_even").data for name in ("just", "default"))
        assert near["own"][["over", "under"]].to_numpy().tolist() == [["", "81.5%"]]
        assert far["own"][["over", "under"]].to_numpy().tolist() == [["78.1%", ""]]

    def test_a_target_below_the_curve_is_labelled_below_its_line(self):
        drawn = draw_chart(evaluate_example(take_up_target=0.73), "break_even")
        assert drawn.data["target"][["over", "under"]].to_numpy().tolist() == [["", "Target 73%"]]

    def test_a_move_that_only_costs_never_breaks_even(self):
        outcome = evaluate_example(cost_digital=9.0, transition_cost=0, dual_running_years=0.0)
        assert outcome["npv"].value < 0
        assert draw_chart(outcome, "break_even").title.startswith("No take-up breaks even")

    def test_the_description_gives_the_break_even_take_up(self, outcomes):
        assert draw_chart(outcomes["dear"], "break_even").description == (
            "At a cost gap of −£5.20 a contact, no take-up breaks even. "
            "The target is 82% and the scenario’s starting take-up is 72.3%. "
            "At a cost gap of £2.86 a contact, benefits exceed costs above a take-up of 97.4%. "
            "At a cost gap of £10.40 a contact, benefits exceed costs above a take-up of 74.6%."
        )


class TestEstimates:
    def test_the_subtitle_says_what_the_lines_are(self, outcomes):
        assert draw_chart(outcomes["default"], "ways").subtitle == (
            "Annual saving at target take-up, £, in the prices of each source. Lines: 8 in 10 "
            "simulations, or the report’s low and high rates"
        )

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_rows_match_the_table_with_the_largest_first(self, outcomes, scenario):
        rows = draw_chart(outcomes[scenario], "ways").data["rows"]
        table = outcomes[scenario].frame("ways").set_index("way")
        assert len(rows) == len(table)
        for name in ("annual_saving", "low", "high"):
            assert np.array_equal(rows[name], table[name].loc[rows["way"]], equal_nan=True)
        assert rows["annual_saving"].is_monotonic_decreasing
        assert rows["place"].tolist() == list(range(len(rows)))

    def test_the_scenario_has_its_own_colour(self, outcomes):
        rows = draw_chart(outcomes["default"], "ways").data["rows"]
        own_rows = rows[rows["kind"] == "this scenario"]
        assert own_rows["way"].tolist() == ["This scenario (channel costs, cash-releasing only)"]
        assert own_rows["text"].tolist() == ["£228 m"]

    def test_published_estimates_from_another_take_up_stand_apart(self, outcomes):
        outcome = outcomes["default"]
        rows = draw_chart(outcome, "ways").data["rows"]
        apart = rows[rows["kind"] == "as published"]["way"]
        assert len(apart) == 2
        assert apart.str.endswith("(published)").all()

    @pytest.mark.parametrize("scenario", ["default", "service", "loss"])
    def test_the_note_says_the_same_as_the_title(self, outcomes, scenario):
        title = draw_chart(outcomes[scenario], "ways").title
        without_bases = (re.sub(r" \([^)]* prices[^)]*\)", "", n) for n in outcomes[scenario].notes)
        start = title.replace("; whole", ". Whole")
        assert any(note.startswith(f"{start}. ") for note in without_bases)

    def test_a_service_is_not_compared_with_all_of_government(self, outcomes):
        shown = draw_chart(outcomes["service"], "ways").data["rows"]["way"].tolist()
        assert shown == [
            "This scenario (channel costs, cash-releasing only)",
            "Bottom-up, rates by service (one service)",
        ]

    def test_the_description_gives_each_reason_once(self, outcomes):
        text = draw_chart(outcomes["default"], "ways").description
        table = outcomes["default"].frame("ways")
        for way in table["way"]:
            assert text.count(f"{way}: £") == 1
        assert "Of that, 78% counts, as cash-releasing. The cost of help is then taken" in text
        for sentence in (
            "It counts the whole saving",
            "Starts from 46.1%",
            "Starts from the scenario’s starting take-up",
        ):
            assert text.count(sentence) == 1
        assert (
            "£228 million a year (8 in 10 simulations: £150 million to £340 million), from 72.3% to"
            " 82%."
        ) in text
        assert (
            "£206 million a year (the report’s low and high rates: £130 million to £280 million)"
            ", from 72.1% to 82%."
        ) in text

    def test_a_single_estimate_has_no_comparison(self, outcomes):
        default_outcome = outcomes["default"]
        outcome = replace_frame(default_outcome, "ways", default_outcome.frame("ways").head(1))
        assert draw_estimates(outcome).title == (
            "£228 million a year, with no other method to compare"
        )


class TestPublished:
    def test_the_subtitle_says_in_whose_prices_it_is(self, outcomes):
        subtitle = draw_chart(outcomes["default"], "published").subtitle
        assert subtitle.startswith("£ by financial year, cash prices, ")

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_bars_match_the_published_table(self, outcomes, scenario):
        rows = draw_chart(outcomes[scenario], "published").data["rows"]
        bars = rows[rows["heading"] == ""]
        amounts = (bars["end"] - bars["start"]).astype(float).tolist()
        assert amounts == pytest.approx(outcomes[scenario].frame("published")["value"].tolist())
        assert rows["place"].tolist() == list(range(len(rows)))

    @pytest.mark.parametrize(
        ("scenario", "total"), [("default", 210e6), ("two years published", 599e6)]
    )
    def test_components_are_end_to_end_and_reach_the_total(self, outcomes, scenario, total):
        rows = draw_chart(outcomes[scenario], "published").data["rows"]
        last = rows[rows["name"] == "Published total"].iloc[-1]
        heading = rows[(rows["heading"] != "") & (rows["place"] < last["place"])].iloc[-1]
        account = rows[rows["place"].between(heading["place"] + 1, last["place"] - 1)]
        parts = account[account["role"] != "sum"]
        assert parts["start"].tolist() == [0, *parts["end"].tolist()[:-1]]
        assert parts["end"].iloc[-1] == pytest.approx(total, abs=1e6)
        assert (last["start"], last["end"]) == (0, total)

    def test_the_wider_definition_is_separate_and_starts_at_zero(self, outcomes):
        rows = draw_chart(outcomes["two years published"], "published").data["rows"]
        wider = rows[rows["role"] == "another definition"]
        assert wider["end"].tolist() == [891e6, 978e6, 1_700e6]
        assert wider["start"].tolist() == [0, 0, 0]
        heading = rows.loc[wider.index[0] - 1, "heading"]
        assert heading == "Never added: Digital and technology transformation against 2009-10"

    def test_calculated_rows_are_labelled(self, outcomes):
        rows = draw_chart(outcomes["two years published"], "published").data["rows"]
        computed = rows[rows["role"].isin(["residual", "sum"])]
        assert computed[["name", "text"]].to_numpy().tolist() == [
            ["Residual, calculated here and not published", "£57 m"],
            ["Sum of the components, calculated here", "£599.6 m"],
        ]

    def test_a_year_without_components_shows_its_total(self, outcomes):
        bundled = published_savings.load_table("2014-Q2")
        totals = reconcile_published_savings(bundled[bundled["role"] == "total"])
        outcome = replace_frame(outcomes["default"], "published", totals)
        assert draw_chart(outcome, "published").title == "£210 million published for 2013-14"
