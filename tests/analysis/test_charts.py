"""Sensitivity curve and tornado charts: their data, titles and descriptions."""

import json
import re

import pytest

from tests.analysis.example_topic import topic
from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from workbook.analysis.charts import draw_sensitivity_curve, draw_tornado
from workbook.analysis.sensitivity import sensitivity_curve
from workbook.analysis.tornado import tornado
from workbook.topic import SensitivityCurve


def draw_curve(sensitivity, **values):
    outcome = topic.run(**values)
    table = sensitivity_curve(topic, sensitivity, outcome.scenario)
    return draw_sensitivity_curve(topic, outcome, sensitivity, table)


def draw_bars(indicator="sold", **values):
    outcome = topic.run(**values)
    return draw_tornado(
        outcome, indicator, tornado(topic, outcome.scenario, indicator=indicator, tables={})
    )


def chart_title(chart):
    return chart.to_dict()["title"]["text"]


def chart_description(chart):
    return chart.to_dict()["description"]


EARNED = SensitivityCurve("earned", parameter="fare", low=0, high=10, target=30)
SCENARIOS = [{}, {"fare": 9.5}, {"riders": 0}, {"paying": 1.0, "line": "13"}, {"seats": 10}]


class TestBothCharts:
    @pytest.mark.parametrize("make", [lambda **values: draw_curve(EARNED, **values), draw_bars])
    def test_only_data_title_and_description_depend_on_the_scenario(self, make):
        figures = [make(**values) for values in SCENARIOS]
        assert all(spec_without_data(figure) == spec_without_data(figures[0]) for figure in figures)
        assert all(figure.template is figures[0].template for figure in figures)
        assert set(drawn_data_names(spec_without_data(figures[0]))) == set(figures[0].data)

    @pytest.mark.parametrize("make", [lambda **values: draw_curve(EARNED, **values), draw_bars])
    @pytest.mark.parametrize("values", SCENARIOS)
    def test_colours_are_from_the_palette_and_texts_have_no_missing_values(self, make, values):
        chart = make(**values)
        assert not unlisted_colours(chart)
        assert not re.search(r"\b(nan|None|inf)\b", json.dumps(chart.to_dict()))
        assert chart_description(chart).endswith(".")
        assert chart.to_dict()["title"]["subtitle"]


class TestSensitivityCurve:
    def test_its_numbers_are_the_tables(self):
        table = sensitivity_curve(topic, EARNED)
        rows = draw_curve(EARNED).dataset_rows["rows"]
        assert [row["by"] for row in rows] == table["fare"].tolist()
        assert [row["value"] for row in rows] == table["earned"].tolist()

    def test_the_target_is_a_line_and_the_scenario_a_point(self):
        result = draw_curve(EARNED, fare=2.2).dataset_rows
        assert result["level"] == [{"value": 30}]
        assert result["now"] == [{"by": 2.2, "value": 11, "left": "", "right": "Now: £11.00"}]

    def test_without_a_target_there_is_no_target_line(self):
        assert draw_curve(SensitivityCurve("earned", "fare", 0, 10)).dataset_rows["level"] == []

    @pytest.mark.parametrize(("fare", "side"), [(2.0, "right"), (6.1, "left"), (10.0, "left")])
    def test_the_label_is_on_the_side_with_room(self, fare, side):
        (current,) = draw_curve(EARNED, fare=fare).dataset_rows["now"]
        assert [name for name in ("left", "right") if current[name]] == [side]

    def test_a_short_label_above_a_rising_curve_has_two_lines(self):
        curve = SensitivityCurve("sold", "paying", 0, 1)
        (current,) = draw_curve(curve, paying=0.2).dataset_rows["now"]
        assert current["left"] == "Now:\n2"

    @pytest.mark.parametrize(
        ("curve", "values", "title"),
        [
            # 5 × fare = 30
            (EARNED, {}, "Money earned reaches £30.00 near £6.00 fare"),
            # 2.5 × fare = 30 at 12 pounds, beyond the end of the curve at 10 pounds
            (EARNED, {"paying": 0.25}, "Money earned stays below £30.00 in this range"),
            (
                SensitivityCurve("earned", "fare", 7, 10, 30),
                {"fare": 8.0},
                "Money earned is £30.00 or more throughout",
            ),
            # 50 − riders = 20
            (
                SensitivityCurve("free", "riders", 0, 50, 20),
                {},
                "Seats free falls to 20 near 30 riders",
            ),
            # 10 × share = 3.7
            (
                SensitivityCurve("sold", "paying", 0, 1, 3.7),
                {},
                "Rides sold reaches 3.7 near 37% share who pay",
            ),
            (SensitivityCurve("sold", "paying", 0, 1), {}, "Rides sold by share who pay"),
            (
                SensitivityCurve("each", "riders", 0, 0, 1),
                {"riders": 0},
                "Earned from each who pays is not known in this range",
            ),
        ],
    )
    def test_the_title_states_the_result(self, curve, values, title):
        assert chart_title(draw_curve(curve, **values)) == title

    def test_the_description_has_both_ends_and_the_scenario(self):
        assert chart_description(draw_curve(EARNED)) == (
            "Money earned, by fare: from £0 at £0 to £50.00 at £10.00. "
            "In this scenario: £10.00 at £2.00."
        )

    def test_a_missing_value_in_the_scenario_is_described(self):
        chart = draw_curve(SensitivityCurve("each", "riders", 0, 10, 1), riders=0)
        assert "In this scenario: not known." in chart_description(chart)
        assert chart.dataset_rows["now"] == []

    def test_a_curve_of_missing_values_is_described(self):
        chart = draw_curve(SensitivityCurve("each", "riders", 0, 0, 1), riders=0)
        assert chart_description(chart) == (
            "Earned from each who pays is not known for any value of riders, so no curve is drawn. "
            "Nobody pays."
        )

    @pytest.mark.parametrize(("fare", "side"), [(6.0, "right"), (9.0, "left")])
    def test_the_side_of_the_label_follows_from_the_range_of_the_axis(self, fare, side):
        curve = SensitivityCurve("earned", "fare", 5, 10)
        (current,) = draw_curve(curve, fare=fare).dataset_rows["now"]
        assert [name for name in ("left", "right") if current[name]] == [side]

    def test_a_year_has_no_thousands_separator(self):
        from workbook.topics.digital_inclusion import topic as inclusion  # noqa: PLC0415

        curve = SensitivityCurve("people_excluded", "target_year", 2015, 2025, 5_000_000)
        outcome = inclusion.run(draws=100)
        table = sensitivity_curve(inclusion, curve, outcome.scenario)
        chart = draw_sensitivity_curve(inclusion, outcome, curve, table)
        # 11 m − t × 926,000 = 5 m: t = 6.48
        assert chart_title(chart).endswith("falls to 5,000,000 near 2020 target year")


class TestTornado:
    def test_its_bars_are_the_tables(self):
        rows = draw_bars().dataset_rows["bars"]
        actual = [(row["assumption"], row["end"], row["at"], row["now"]) for row in rows]
        assert actual == [
            ("Riders", "low", 2.5, 5),
            ("Riders", "high", 10, 5),
            ("Share who pay", "low", 2, 5),
            ("Share who pay", "high", 6, 5),
        ]
        assert rows[2]["text"] == "low value: 20%"

    def test_the_title_names_the_assumption_with_the_largest_effect(self):
        assert chart_title(draw_bars()) == "“Riders” has the largest effect"

    def test_the_description_has_every_bar(self):
        assert chart_description(draw_bars()) == (
            "Rides sold, with one assumption at a time at its low and high value. "
            "Riders: 2.5 at 5, 10 at 20. Share who pay: 2 at 20%, 6 at 60%."
        )

    @pytest.mark.parametrize("indicator", ["drawn", "each"])
    def test_the_title_states_if_no_assumption_has_an_effect(self, indicator):
        chart = draw_bars(indicator)
        assert chart_title(chart) == "No assumption affects the result"
        assert chart.dataset_rows == {"bars": []}
