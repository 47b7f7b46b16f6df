"""Charts of a response and of a swing: their data, titles and descriptions."""

import json
import re

import pytest

from tests.analysis.tiny import Rides, topic
from tests.specs import colours, data_names, shape
from workbook.analysis.charts import response_chart, swing_chart
from workbook.analysis.response import response
from workbook.analysis.swing import swing
from workbook.topic import Response


def asked_for(asked, **values):
    outcome = topic.run(**values)
    table = response(topic, {}, outcome.scenario, asked)
    return response_chart(topic, outcome, asked, table)


def swung(indicator="sold", **values):
    outcome = topic.run(**values)
    return swing_chart(outcome, indicator, swing(topic, {}, outcome.scenario, indicator))


def title(chart):
    return chart.to_dict()["title"]["text"]


def description(chart):
    return chart.to_dict()["description"]


EARNED = Response("earned", by="fare", low=0, high=10, target=30)
SCENARIOS = [{}, {"fare": 9.5}, {"riders": 0}, {"paying": 1.0, "line": "13"}, {"seats": 10}]


class TestEvery:
    @pytest.mark.parametrize("make", [lambda **values: asked_for(EARNED, **values), swung])
    def test_only_data_title_and_description_follow_the_scenario(self, make):
        figures = [make(**values) for values in SCENARIOS]
        assert all(shape(figure) == shape(figures[0]) for figure in figures)
        assert all(figure.drawing is figures[0].drawing for figure in figures)
        assert set(data_names(shape(figures[0]))) == set(figures[0].data)

    @pytest.mark.parametrize("make", [lambda **values: asked_for(EARNED, **values), swung])
    @pytest.mark.parametrize("values", SCENARIOS)
    def test_its_colours_are_of_the_palette_and_its_words_of_the_language(self, make, values):
        chart = make(**values)
        assert not colours(chart)
        assert not re.search(r"\b(nan|None|inf)\b", json.dumps(chart.to_dict()))
        assert description(chart).endswith(".")
        assert chart.to_dict()["title"]["subtitle"]


class TestResponse:
    def test_its_numbers_are_the_tables(self):
        table = response(topic, {}, Rides(), EARNED)
        rows = asked_for(EARNED).datasets["rows"]
        assert [row["by"] for row in rows] == table["fare"].tolist()
        assert [row["value"] for row in rows] == table["earned"].tolist()

    def test_its_target_is_a_line_and_the_scenarios_own_value_a_point(self):
        found = asked_for(EARNED, fare=2.2).datasets
        assert found["level"] == [{"value": 30}]
        assert found["now"] == [{"by": 2.2, "value": 11, "left": "", "right": "Now: £11.00"}]

    def test_without_a_target_there_is_no_line(self):
        assert asked_for(Response("earned", "fare", 0, 10)).datasets["level"] == []

    @pytest.mark.parametrize(("fare", "side"), [(2.0, "right"), (6.1, "left"), (10.0, "left")])
    def test_the_label_stands_where_there_is_room(self, fare, side):
        (own,) = asked_for(EARNED, fare=fare).datasets["now"]
        assert [name for name in ("left", "right") if own[name]] == [side]

    @pytest.mark.parametrize(
        ("asked", "values", "words"),
        [
            # 5 × fare = 30
            (EARNED, {}, "Money earned passes £30.00 at about £6.00 fare"),
            # 2.5 × fare = 30 at 12 pounds: not within the 10 that are tried
            (EARNED, {"paying": 0.25}, "Money earned stays below £30.00 whatever is tried here"),
            (
                Response("earned", "fare", 7, 10, 30),
                {"fare": 8.0},
                "Money earned is £30.00 or more whatever is tried here",
            ),
            # 50 − riders = 20
            (
                Response("free", "riders", 0, 50, 20),
                {},
                "Seats free falls to 20 at about 30 riders",
            ),
            # 10 × share = 3.7
            (
                Response("sold", "paying", 0, 1, 3.7),
                {},
                "Rides sold passes 3.7 at about 37% share who pay",
            ),
            (Response("sold", "paying", 0, 1), {}, "Rides sold by share who pay"),
            (
                Response("each", "riders", 0, 0, 1),
                {"riders": 0},
                "Earned from each who pays is not known for any value tried here",
            ),
        ],
    )
    def test_its_title_is_what_it_shows(self, asked, values, words):
        assert title(asked_for(asked, **values)) == words

    def test_its_description_has_both_ends_and_the_scenario(self):
        assert description(asked_for(EARNED)) == (
            "Money earned, by fare: from £0 at £0 to £50.00 at £10.00; "
            "in this scenario £10.00 at £2.00."
        )

    def test_a_scenario_whose_own_answer_is_not_known(self):
        chart = asked_for(Response("each", "riders", 0, 10, 1), riders=0)
        assert "in this scenario not known." in description(chart)
        assert chart.datasets["now"] == []

    def test_nothing_known_at_all(self):
        chart = asked_for(Response("each", "riders", 0, 0, 1), riders=0)
        assert description(chart) == "Earned from each who pays is not known, whatever riders."

    def test_a_year_has_no_thousands(self):
        from workbook.topics.digital_inclusion import topic as inclusion  # noqa: PLC0415

        asked = Response("people_excluded", "target_year", 2015, 2025, 5_000_000)
        outcome = inclusion.run(draws=100)
        table = response(inclusion, inclusion.load(outcome.scenario), outcome.scenario, asked)
        chart = response_chart(inclusion, outcome, asked, table)
        # 11 m − t × 926,000 = 5 m: t = 6.48
        assert title(chart).endswith("falls to 5,000,000 at about 2020 target year")


class TestSwing:
    def test_its_bars_are_the_tables(self):
        rows = swung().datasets["bars"]
        found = [(row["assumption"], row["end"], row["at"], row["now"]) for row in rows]
        assert found == [
            ("Riders", "low", 2.5, 5),
            ("Riders", "high", 10, 5),
            ("Share who pay", "low", 2, 5),
            ("Share who pay", "high", 6, 5),
        ]
        assert rows[2]["text"] == "low end of its range: 20%"

    def test_its_title_is_the_assumption_that_moves_it_most(self):
        assert title(swung()) == "The answer moves most with “riders”"

    def test_its_description_has_every_bar(self):
        assert description(swung()) == (
            "Rides sold with one assumption at a time at the ends of its range. "
            "Riders: 2.5 at 5, 10 at 20. Share who pay: 2 at 20%, 6 at 60%."
        )

    @pytest.mark.parametrize("indicator", ["drawn", "word"])
    def test_what_nothing_moves_says_so(self, indicator):
        chart = swung(indicator)
        assert title(chart) == "No assumption moves the answer"
        assert chart.datasets == {"bars": []}
