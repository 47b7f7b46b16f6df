"""Tests of the data and specification of digital inclusion's charts."""

import json
import re
from itertools import pairwise

import numpy as np
import pytest

from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from tests.result_tables import copy_frames
from workbook.topics.digital_inclusion import charts, topic
from workbook.topics.digital_inclusion.charts.path_labels import PATH_LABEL_STYLES

SCENARIOS = {
    "default": {},
    "charter": {"programme_starts": 800_000},
    "no programme": {"programme_starts": 0},
    "nobody left": {"unaided_gain": 10_000_000},
    "another year": {"target_year": 2030, "baseline_year": 2010},
    "a miss": {"quarter": "2016-Q1"},
    "a target that has ended": {"quarter": "2021-Q4"},
    "a target above the floor": {"reduction_target": 0.1},
    "everything observed": {"quarter": "2026-Q4", "target_year": 2030},
}


@pytest.fixture(scope="module")
def outcomes():
    return {name: topic.run(draws=200, **values) for name, values in SCENARIOS.items()}


@pytest.mark.parametrize("name", topic.charts)
class TestEveryChart:
    def test_only_data_title_and_description_change_with_the_scenario(self, outcomes, name):
        # so that a view is handed new data and need not be built anew
        figures = [topic.charts[name](outcome) for outcome in outcomes.values()]
        assert all(spec_without_data(figure) == spec_without_data(figures[0]) for figure in figures)
        assert all(figure.template is figures[0].template for figure in figures)

    def test_it_draws_exactly_the_data_in_the_figure(self, outcomes, name):
        for outcome in outcomes.values():
            figure = topic.charts[name](outcome)
            assert set(drawn_data_names(spec_without_data(figure))) == set(figure.data)

    def test_altair_accepts_the_chart(self, outcomes, name):
        figure = topic.charts[name](outcomes["default"])
        assert figure.to_altair().to_dict()["datasets"] == figure.dataset_rows

    def test_its_colours_are_in_the_palette(self, outcomes, name):
        for outcome in outcomes.values():
            assert not unlisted_colours(topic.charts[name](outcome))

    def test_it_has_a_title_a_subtitle_and_a_description(self, outcomes, name):
        for outcome in outcomes.values():
            spec = topic.charts[name](outcome).to_dict()
            assert spec["title"]["text"]
            assert spec["title"]["subtitle"]
            assert spec["description"].endswith(".")
            assert not re.search(r"\b(nan|None|inf)\b", json.dumps(spec["description"]))

    def test_it_is_a_pure_function(self, outcomes, name):
        outcome = outcomes["default"]
        before = copy_frames(outcome)
        assert topic.charts[name](outcome).to_dict() == topic.charts[name](outcome).to_dict()
        assert all(outcome.frame(table).equals(frame) for table, frame in before.items())

    def test_it_is_a_small_chart(self, outcomes, name):
        for outcome in outcomes.values():
            assert sum(map(len, topic.charts[name](outcome).data.values())) < 5_000


class TestPath:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_its_numbers_are_those_of_the_table_in_millions(self, outcomes, scenario):
        lines = charts.draw_exclusion_path(outcomes[scenario]).dataset_rows["lines"]
        table = outcomes[scenario].frame("path")
        assert [row["year"] for row in lines] == table["year"].tolist()
        for name in table.columns.drop("year"):
            millions = [row[name] for row in lines]
            assert millions == pytest.approx((table[name] / 1e6).tolist(), abs=0.00005)

    def test_the_labels_inside_have_the_published_figures(self, outcomes):
        assert self.labels(outcomes["default"]) == {
            ("right", 2014, "May never learn:\n5.1 million"),
            ("right", 2014 + 1 / 3, "11.0 million"),
        }

    def test_the_labels_of_the_lines_have_the_figures_of_the_last_year(self, outcomes):
        assert list(self.end_heights(outcomes["default"])) == [
            "Target\n4.6 million",
            "Scenario\n5.4 million",
            "By age group\n6.3 million",
        ]

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_they_are_in_the_order_of_their_lines_and_none_is_on_another(self, outcomes, scenario):
        last = outcomes[scenario].frame("path").iloc[-1]
        lines = {
            "Scenario": "people_excluded",
            "Target": "target_people",
            "By age group": "people_by_age",
        }
        heights = self.end_heights(outcomes[scenario])
        ends = [last[lines[text.partition("\n")[0]]] for text in heights]
        assert ends == sorted(ends)
        highest = self.highest(outcomes[scenario])
        assert (np.diff([0.0, *heights.values()]) > 0.07 * highest).all()
        assert (np.diff([*heights.values()]) > 0.14 * highest).all()  # two lines of text
        assert list(heights.values())[-1] <= highest

    def test_a_label_with_room_is_at_the_end_of_its_line(self):
        outcome = topic.run(draws=100, reduction_target=0.05)  # 11 m × 0.95³
        assert self.end_heights(outcome)["Target\n9.4 million"] == pytest.approx(9.431, abs=1e-3)

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_no_label_inside_is_on_another_or_below_the_axis(self, outcomes, scenario):
        self.check_heights(outcomes[scenario])

    @pytest.mark.parametrize("floor_share", [0.002, 0.02, 0.2, 0.21, 0.22, 0.24, 0.27, 0.3])
    def test_nor_is_that_of_a_floor_near_a_survey(self, floor_share):
        self.check_heights(topic.run(draws=100, floor_share=floor_share))

    def check_heights(self, outcome):
        """Check that each label has its lines of text to itself; one is 7% of the chart."""
        highest = self.highest(outcome)
        labels = sorted(
            (height, text.count("\n") + 1) for text, height in self.heights(outcome).items()
        )
        for (low, low_lines), (high, high_lines) in pairwise(labels):
            assert (high - low) / highest > 0.0699 * (low_lines + high_lines) / 2
        assert labels[0][0] > 0.03 * highest * labels[0][1]

    def highest(self, outcome):
        """Millions at the top of the chart."""
        rows = charts.draw_exclusion_path(outcome).dataset_rows
        return max(
            *(value for row in rows["lines"] for name, value in row.items() if name != "year"),
            *(row["people"] for row in rows["observed"]),
        )

    def labels(self, outcome):
        """Side, year and text of each label inside the chart."""
        return {
            (side, row["year"], row[side])
            for row in charts.draw_exclusion_path(outcome).dataset_rows["labels"]
            for side in PATH_LABEL_STYLES
            if row[side]
        }

    def end_heights(self, outcome):
        """Height in millions of the label of each line, by its text, from the lowest."""
        ends = charts.draw_exclusion_path(outcome).dataset_rows["ends"]
        return {row["text"]: row["people"] for row in ends}

    def test_a_floor_of_nobody_has_no_label(self):
        heights = self.heights(topic.run(draws=100, floor_share=0))
        assert not any("never" in text for text in heights)

    def heights(self, outcome):
        """Height of each label in millions, by its text."""
        return {
            row[side]: row["people"]
            for row in charts.draw_exclusion_path(outcome).dataset_rows["labels"]
            for side in PATH_LABEL_STYLES
            if row[side]
        }

    @pytest.mark.parametrize(
        ("scenario", "title"),
        [
            (
                "default",
                "The path reaches 5.4 million in 2020, above the target of 4.6 million",
            ),
            (
                "charter",
                "The path reaches 4.2 million in 2020, below the 5.1 million who may never learn",
            ),
            # 11 m × 0.9³ = 8.0 m, above the floor
            (
                "a target above the floor",
                "The path reaches 5.4 million in 2020, below the target of 8.0 million",
            ),
            (
                "a miss",
                "The survey estimate for 2015, 12.6 million, lies above every simulation",
            ),
            (
                "a target that has ended",
                "The survey estimate for 2018, 11.3 million, lies above every simulation",
            ),
        ],
    )
    def test_its_title_states_the_finding(self, outcomes, scenario, title):
        assert charts.draw_exclusion_path(outcomes[scenario]).to_dict()["title"]["text"] == title

    def test_its_description_says_that_the_floor_is_above_the_target(self, outcomes):
        text = charts.draw_exclusion_path(outcomes["default"]).to_dict()["description"]
        assert "11.0 million in 2014 would become 5.4 million in 2020." in text
        assert (
            "The strategy estimates that just under 10% of adults, about 5.1 million, may never "
            "gain the skills, which is more than the target." in text
        )

    def test_its_description_has_a_floor_below_the_target(self):
        text = charts.draw_exclusion_path(topic.run(draws=100, floor_share=0.05)).to_dict()[
            "description"
        ]
        assert "You assume that 2.6 million people may never gain the skills." in text

    def test_only_the_population_of_the_path_is_shown(self, outcomes):
        (point,) = charts.draw_exclusion_path(outcomes["default"]).dataset_rows["observed"]
        assert point["people"] == 11.0

    def test_counts_not_yet_published_are_not_shown(self, outcomes):
        for scenario, counts in (("default", 1), ("a miss", 2), ("everything observed", 3)):
            assert len(charts.draw_exclusion_path(outcomes[scenario]).data["observed"]) == counts

    def test_a_count_outside_the_range_is_joined_to_it(self, outcomes):
        (miss,) = charts.draw_exclusion_path(outcomes["a miss"]).dataset_rows["misses"]
        path = outcomes["a miss"].frame("path").set_index("year")
        assert (miss["year"], miss["people"]) == (2015.5, 12.6)
        assert miss["range_end"] == pytest.approx(path.loc[2015, "people_high"] / 1e6, abs=1e-4)

    def test_a_label_is_on_the_side_that_has_room(self, outcomes):
        sides = {
            text: side
            for side, _, text in self.labels(outcomes["a target that has ended"])
            if not text.startswith("May")
        }
        assert sides == {
            "11.0 million": "right",
            "12.6 million": "right",
            "11.3 million": "left",
        }


class TestFlows:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_its_numbers_are_those_of_the_table_in_millions(self, outcomes, scenario):
        rows = charts.draw_skill_flows(outcomes[scenario]).dataset_rows["flows"]
        table = outcomes[scenario].frame("flows")
        assert [(row["year"], row["flow"]) for row in rows] == list(
            zip(table["year"], table["flow"], strict=True)
        )
        millions = [row["people"] for row in rows]
        assert millions == pytest.approx((table["people"] / 1e6).tolist(), abs=0.00005)

    @pytest.mark.parametrize(
        ("scenario", "title"),
        [
            # 126,000 of 926,000 a year
            (
                "default",
                (
                    "At the central assumptions, 14% of learners would gain the skills through the "
                    "programme"
                ),
            ),
            # 336,000 of 1,136,000 a year
            (
                "charter",
                (
                    "At the central assumptions, 30% of learners would gain the skills through the "
                    "programme"
                ),
            ),
            (
                "no programme",
                "At the central assumptions, everyone would gain the skills on their own",
            ),
            (
                "a target that has ended",
                (
                    "At the central assumptions, 14% of learners would have gained the skills "
                    "through the programme"
                ),
            ),
        ],
    )
    def test_its_title_states_the_finding(self, outcomes, scenario, title):
        assert charts.draw_skill_flows(outcomes[scenario]).to_dict()["title"]["text"] == title

    def test_its_title_if_nobody_gains_the_skills(self):
        outcome = topic.run(draws=100, unaided_gain=0, programme_starts=0)
        title = charts.draw_skill_flows(outcome).to_dict()["title"]["text"]
        assert title == "Nobody would gain the skills on these assumptions"

    def test_its_description_has_the_totals(self, outcomes):
        assert charts.draw_skill_flows(outcomes["default"]).to_dict()["description"] == (
            "Over all years, 4.8 million people would gain the skills on their own and 756,000 "
            "through the programme. The central assumptions have nobody losing the skills again. "
            "No source supports this."
        )

    def test_its_description_says_that_nobody_relapses_only_where_that_is_assumed(self):
        def describe(**values):
            return charts.draw_skill_flows(topic.run(draws=100, **values)).description

        # 126,000 people a year, of whom a tenth lose the skills in each of the following years
        assert describe(relapse_rate=0.1).endswith(
            "of the people helped would lose the skills again."
        )
        # in a single year nobody who was helped can lose the skills, whatever the rate
        assert "los" not in describe(relapse_rate=0.1, target_year=2015)

    def test_a_target_that_has_ended_is_told_in_the_past(self, outcomes):
        outcome = outcomes["a target that has ended"]
        flows, path = (topic.charts[name](outcome).description for name in ("flows", "path"))
        assert "4.8 million people would have gained the skills on their own" in flows
        assert "11.0 million in 2014 would have become 5.4 million in 2020." in path
        nobody = topic.run(quarter="2021-Q4", draws=100, unaided_gain=0, programme_starts=0)
        assert charts.draw_skill_flows(nobody).title.startswith("Nobody would have gained the")
