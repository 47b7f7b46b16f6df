"""Comparison of scenarios: sold = riders × share who pay, so every contribution is known."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.analysis.example_topic import Rides, topic
from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from workbook.analysis.comparison import compare_scenarios, comparison_steps
from workbook.analysis.model_runner import MAXIMUM_DRAWS
from workbook.scenario import ParameterError, ScenarioError
from workbook.topics.registry import TOPICS

BUSY = Rides(riders=20, paying=0.6)
"""10 more riders, of whom a tenth more pay: 12 rides are sold instead of 5."""


def contributions_to(comparison, indicator, column="average"):
    rows = comparison.contributions[comparison.contributions["indicator"] == indicator]
    return dict(zip(rows["parameter"], rows[column], strict=True))


class TestFrames:
    def test_only_parameters_that_differ_are_shown_empty_where_untouched(self):
        frame = compare_scenarios(
            topic, {"busy": BUSY, "dear": Rides(fare=3, line="13")}
        ).parameters
        assert frame["name"].tolist() == ["riders", "paying", "fare", "line"]
        assert frame["busy"].tolist() == [20, 0.6, None, None]
        assert frame["dear"].tolist() == [None, None, 3.0, "13"]

    def test_each_scenario_is_compared_with_the_first(self):
        scenarios = {"busy": BUSY, "quiet": Rides(riders=5), "dear": Rides(fare=3)}
        frame = compare_scenarios(topic, scenarios).indicators.set_index("name")
        sold = frame.loc["sold", ["busy", "quiet", "dear", "difference quiet", "difference dear"]]
        assert sold.tolist() == pytest.approx([12, 2.5, 5, -9.5, -7])
        assert frame.loc["word", "busy"] == "2014-Q2"

    def test_one_scenario_is_compared_with_the_default(self):
        comparison = compare_scenarios(topic, BUSY)
        assert comparison.names == ["Default", "Scenario 1"]
        frame = comparison.indicators.set_index("name")
        assert frame.loc["sold", ["Default", "Scenario 1", "difference"]].tolist() == [5, 12, 7]

    def test_a_comparison_with_itself_is_empty(self):
        comparison = compare_scenarios(topic, Rides(), Rides())
        assert comparison.parameters.empty
        assert comparison.contributions.empty
        assert comparison.indicators["difference"].dropna().eq(0).all()
        assert comparison.headline.startswith("The scenarios do not differ")
        assert comparison.waterfall().title == "“Rides sold” does not differ"


class TestContributions:
    def test_one_at_a_time_the_last_has_the_interaction(self):
        # 10 more riders at 50% buy 5; then a tenth of 20 riders buys 2
        contributions = contributions_to(compare_scenarios(topic, BUSY), "sold", "in_order")
        assert contributions == pytest.approx({"riders": 5, "paying": 2})

    def test_averaged_over_orders_each_has_half_of_it(self):
        # the other order: a tenth of 10 riders buys 1; then 10 more riders at 60% buy 6
        contributions = contributions_to(compare_scenarios(topic, BUSY), "sold")
        assert contributions == pytest.approx({"riders": 5.5, "paying": 1.5})

    def test_a_parameter_without_an_effect_contributes_exactly_nothing(self):
        contributions = contributions_to(compare_scenarios(topic, BUSY.replace(fare=3)), "sold")
        assert contributions["fare"] == 0

    def test_an_indicator_that_is_missing_in_a_scenario_has_no_contributions(self):
        comparison = compare_scenarios(topic, {"none": Rides(riders=0), "free": Rides(paying=0.0)})
        assert contributions_to(comparison, "each") == {}
        assert any("missing in a scenario: nobody pays" in note for note in comparison.notes)
        # nobody rides, or nobody pays: 5 with the riders first, nothing with the share first
        assert contributions_to(comparison, "sold") == {"riders": 2.5, "paying": -2.5}

    def test_an_indicator_that_is_missing_in_a_mixture_has_no_contributions(self):
        def evaluate(tables, scenario):
            free = {"paying": 0.0} if (scenario.riders, scenario.paying) == (20, 0.5) else {}
            return topic.evaluate_model(tables, scenario.replace(**free))

        comparison = compare_scenarios(replace(topic, model=evaluate), BUSY)
        assert comparison.indicators.set_index("name").loc["each", "difference"] == 0
        assert np.isnan(list(contributions_to(comparison, "each").values())).all()
        assert "“Earned from each who pays” has no value in a mixture of the scenarios." in (
            comparison.notes
        )
        figure = comparison.waterfall("each")
        assert figure.is_empty
        assert figure.title == (
            "The difference in “Earned from each who pays” cannot be attributed"
        )
        assert comparison.as_dict()["indicators"][6]["by_parameter"] == {}

    def test_a_text_has_no_contributions_and_no_note_of_a_missing_value(self):
        comparison = compare_scenarios(topic, BUSY)
        assert contributions_to(comparison, "word") == {}
        assert comparison.waterfall("word").is_empty

    def test_parameters_that_contradict_each_other_are_one(self):
        # 60 riders need more than 50 seats
        crowded = Rides(riders=60, seats=80, paying=0.6)
        comparison = compare_scenarios(topic, crowded)
        contributions = contributions_to(comparison, "sold")
        # 60 × 0.6 − 10 × 0.5 = 31; with the riders first 25 + 6, with the share first 1 + 30
        assert contributions == pytest.approx({"riders, seats": 27.5, "paying": 3.5})
        assert any("“Riders” and “Seats” are counted together" in note for note in comparison.notes)

    def test_so_are_those_that_the_model_rejects_without_each_other(self):
        def evaluate(tables, scenario):
            if (scenario.line == "13") != (scenario.fare == 3.0):
                raise ScenarioError([ParameterError("line", scenario.line, "No such bus.")])
            return topic.evaluate_model(tables, scenario)

        strict = replace(topic, model=evaluate)
        comparison = compare_scenarios(strict, BUSY.replace(line="13", fare=3))
        contributions = contributions_to(comparison, "earned")
        assert list(contributions) == ["riders", "paying", "fare, line"]
        assert sum(contributions.values()) == pytest.approx(12 * 3 - 5 * 2)

    def test_many_parameters_are_averaged_over_random_orders(self):
        wide = many_levers(12)
        changed = wide.Scenario(**{f"lever_{place}": 2.0 for place in range(12)})
        comparison = compare_scenarios(wide, changed)
        contributions = contributions_to(comparison, "product")
        assert sum(contributions.values()) == pytest.approx(2**12 - 1)
        assert any("random orders of 12 parameters" in note for note in comparison.notes)


def many_levers(count):
    """A topic whose only indicator is the product of its levers, each 1 by default."""
    from pydantic import create_model  # noqa: PLC0415  only here

    from workbook.indicators import Indicator  # noqa: PLC0415
    from workbook.outcome import Outcome  # noqa: PLC0415
    from workbook.scenario import Scenario, parameter  # noqa: PLC0415
    from workbook.topic import Topic  # noqa: PLC0415

    levers = {
        f"lever_{place}": (float, parameter(1.0, label="L", unit="index", meaning="A lever."))
        for place in range(count)
    }

    def evaluate(_, scenario):
        values = [value for name, value in scenario.values().items() if name in levers]
        product = Indicator("product", "Product", "index", float(np.prod(values)))
        return Outcome(scenario, "A product.", (product,))

    scenario_class = create_model("Levers", __base__=Scenario, **levers)
    return Topic("levers", "Levers", "What is their product?", scenario_class, evaluate)


class TestRequests:
    def test_at_most_four_scenarios_are_compared(self):
        with pytest.raises(ValueError, match="There are 5 scenarios to compare: give 2 to 4"):
            compare_scenarios(topic, *[Rides(riders=riders) for riders in range(5)])

    def test_a_scenario_of_another_topic_is_rejected(self):
        with pytest.raises(TypeError, match="must be a scenario of rides"):
            compare_scenarios(topic, TOPICS["delivery"].Scenario())

    @pytest.mark.parametrize("name", ["label", "difference", "difference a"])
    def test_a_name_of_another_column_is_rejected(self, name):
        with pytest.raises(ValueError, match="choose another name"):
            compare_scenarios(topic, {name: BUSY})

    def test_simulations_are_limited_and_that_is_said(self):
        comparison = compare_scenarios(topic, Rides(draws=2 * MAXIMUM_DRAWS))
        assert contributions_to(comparison, "drawn") == {"draws": MAXIMUM_DRAWS - 200}
        assert "Every scenario is run with at most 10,000 simulations." in comparison.notes

    def test_it_can_be_stopped_between_two_runs(self):
        # the two scenarios, and two mixtures
        assert list(comparison_steps(topic, BUSY)) == [None] * 4


class TestTexts:
    def test_the_headline_has_the_values_and_the_largest_part(self):
        assert compare_scenarios(topic, {"Busy": BUSY}).headline == (
            "Rides sold: 5 in “Default” and 12 in “Busy”."
            " “Riders” makes the largest difference: +5.5."
        )

    def test_the_waterfall_leads_from_one_scenario_to_the_other(self):
        figure = compare_scenarios(topic, {"Busy": BUSY}).waterfall("earned")
        rows = figure.dataset_rows["steps"]
        # 5 × £2 = £10 and 12 × £2 = £24
        assert [(row["name"], row["end"]) for row in rows] == [
            ("Default", 10),
            ("Riders", pytest.approx(21)),
            ("Share who pay", pytest.approx(24)),
            ("Busy", 24),
        ]
        assert figure.title == "“Riders” makes the largest difference: +£11"
        assert figure.description.startswith("Default: £10.00; Riders: +£11")

    def test_waterfalls_of_a_unit_share_a_template_in_the_palette(self):
        comparison = compare_scenarios(topic, {"Busy": BUSY})
        sold, free = comparison.waterfall("sold"), comparison.waterfall("free")
        assert sold.template is free.template
        assert set(drawn_data_names(spec_without_data(sold))) == {"steps"}
        assert not unlisted_colours(sold)

    def test_the_waterfall_in_order_is_that_of_its_table(self):
        comparison = compare_scenarios(topic, {"Busy": BUSY})
        figure = comparison.waterfall("sold", is_in_order=True)
        assert [row["end"] for row in figure.dataset_rows["steps"]] == [5, 10, 12, 12]
        table = comparison.waterfall_table("sold")
        assert table.frame["in_order"].tolist() == pytest.approx([5, 2])
        assert table.columns["average"].unit == "count"

    def test_many_contributions_are_drawn_as_few(self):
        wide = many_levers(10)
        changed = wide.Scenario(**{f"lever_{place}": 1.0 + place / 10 for place in range(10)})
        rows = compare_scenarios(wide, changed).waterfall().dataset_rows["steps"]
        assert len(rows) == 2 + 8
        assert rows[-2]["name"] == "2 other parameters"
        assert rows[-2]["end"] == pytest.approx(rows[-1]["end"])

    def test_an_unknown_indicator_or_scenario_is_an_error_with_a_suggestion(self):
        comparison = compare_scenarios(topic, {"Busy": BUSY})
        with pytest.raises(KeyError, match='Did you mean "sold"'):
            comparison.waterfall("solt")
        with pytest.raises(KeyError, match='Did you mean "Busy"'):
            comparison.waterfall("sold", "Busi")

    def test_two_values_never_look_the_same(self):
        shares = {"a": Rides(paying=0.3001), "b": Rides(paying=0.3004)}
        texts = compare_scenarios(topic, shares).parameter_texts
        assert texts.iloc[0].tolist() == ["Share who pay", "0.3001", "0.3004"]

    def test_choices_have_the_labels_that_the_form_shows(self):
        savings = TOPICS["savings"]
        scenario = savings.Scenario(discount_timing="mid-year", draws=100)
        texts = compare_scenarios(savings, savings.Scenario(draws=100), scenario).parameter_texts
        assert texts.iloc[0].tolist()[1:] == ["", "In its middle"]

    def test_the_json_has_the_keys_of_the_contract(self):
        record = compare_scenarios(topic, {"a": Rides(), "b": BUSY}).as_dict()
        assert json.loads(json.dumps(record, allow_nan=False)) == record
        assert list(record)[:3] == ["scenarios", "parameters", "indicators"]
        assert record["scenarios"] == ["a", "b"]
        assert record["parameters"][0] == {"name": "riders", "values": [None, 20]}
        sold, word = record["indicators"][0], record["indicators"][5]
        assert sold["values"] == [5, 12]
        assert (sold["name"], sold["difference"]) == ("sold", 7)
        assert sold["by_parameter"] == pytest.approx({"riders": 5.5, "paying": 1.5})
        assert (word["difference"], word["by_parameter"]) == (None, {})


def test_scenarios_that_differ_in_their_simulations_beyond_the_limit_are_not_called_the_same():
    inclusion = TOPICS["digital_inclusion"]
    scenarios = (inclusion.Scenario(), inclusion.Scenario(draws=50_000))
    comparison = compare_scenarios(inclusion, *scenarios)
    assert "do not differ" not in comparison.headline
    assert any("10,000 simulations" in note for note in comparison.notes)


def test_indicators_that_one_scenario_lacks_are_left_out():
    def evaluate(tables, scenario):
        outcome = topic.evaluate_model(tables, scenario)
        shown = outcome.indicators if scenario == Rides() else outcome.indicators[:1]
        return replace(outcome, indicators=shown)

    partly = replace(topic, model=evaluate, indicators=(), tornado="", sensitivity_curves=())
    comparison = compare_scenarios(partly, BUSY)
    assert comparison.indicators["name"].tolist() == [topic.run().indicators[0].name]


def test_outcomes_without_indicators_have_only_parameters_to_compare():
    def evaluate(tables, scenario):
        return replace(topic.evaluate_model(tables, scenario), indicators=())

    bare = replace(topic, model=evaluate, indicators=(), tornado="", sensitivity_curves=())
    comparison = compare_scenarios(bare, BUSY)
    assert comparison.headline == "The scenarios have no figure in common."
    assert comparison.indicators.empty
    assert not comparison.parameters.empty
