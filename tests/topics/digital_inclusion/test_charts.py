"""Tests of the data and specification of digital inclusion's charts."""

import json
import re

import pytest
import vl_convert

from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from tests.result_tables import copy_frames
from workbook.exports.static_svg import with_fixed_width
from workbook.topics.digital_inclusion import charts, topic
from workbook.topics.digital_inclusion.charts.exclusion_path import LABEL_POSITIONS
from workbook.topics.digital_inclusion.charts.observed_counts import MEASURE_STYLES

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

    def test_its_labels_have_the_figures_of_the_last_year(self, outcomes):
        assert self.labels(outcomes["default"]) == {
            ("end_over", 2020, 5.444, "Scenario: 5.4m"),
            ("end_under", 2020, 4.6406, "Target: 4.6m"),
            ("start_under", 2014, 5.0828, "May never gain the skills: 5.1m"),
            ("middle_over", 2017, 8.4096, "By age group:\n6.3m in 2020"),
        }

    def test_its_subtitle_says_which_shape_is_which_population(self, outcomes):
        figure = charts.draw_exclusion_path(outcomes["default"])
        assert figure.subtitle.endswith(
            "Diamond: lacks basic digital skills (published)."
            " Square: never used the internet (published)"
        )

    def test_counts_have_short_labels_where_the_chart_is_narrow(self, outcomes):
        figure = charts.draw_exclusion_path(outcomes["everything observed"])
        texts = {}
        for width in (320, 720):
            svg = vl_convert.vegalite_to_svg(with_fixed_width(figure.to_dict(), width))
            texts[width] = re.findall(r"<text[^>]*>([^<]*)<|<tspan[^>]*>([^<]*)<", svg)
            texts[width] = {text for pair in texts[width] for text in pair}
        assert {"11.0m", "11.0m (published)"} & texts[320] == {"11.0m"}
        assert {"11.0m", "11.0m (published)"} & texts[720] == {"11.0m (published)"}

    def test_its_labels_swap_sides_when_the_lines_cross(self, outcomes):
        assert self.labels(outcomes["charter"]) == {
            ("end_under", 2020, 4.184, "Scenario: 4.2m"),
            ("end_over", 2020, 4.6406, "Target: 4.6m"),
            ("start_under", 2014, 5.0828, "May never gain the skills: 5.1m"),
            ("middle_over", 2017, 7.8265, "By age group:\n5.3m in 2020"),
        }

    def labels(self, outcome):
        """Position, year, people and text of each label."""
        return {
            (place, row["year"], row["people"], row[place])
            for row in charts.draw_exclusion_path(outcome).dataset_rows["labels"]
            for place in LABEL_POSITIONS
            if row[place]
        }

    @pytest.mark.parametrize(
        ("scenario", "title"),
        [
            # 11 m × 0.9³ = 8.0 m, above every simulation and every floor
            (
                "a target above the floor",
                "The probability of meeting the 2020 target is over 99% on these assumptions",
            ),
            (
                "a miss",
                "The survey estimate for 2015, 12.6 million, lies above 8 in 10 simulations",
            ),
            (
                "a target that has ended",
                "The survey estimate for 2018, 11.3 million, lies above 8 in 10 simulations",
            ),
            (
                "no programme",
                "The probability of meeting the 2020 target is under 1% on these assumptions",
            ),
        ],
    )
    def test_its_title_states_the_finding(self, outcomes, scenario, title):
        assert charts.draw_exclusion_path(outcomes[scenario]).to_dict()["title"]["text"] == title

    @pytest.mark.parametrize(
        # the audit: 0.0355 and 0.6029 in 4 million draws
        ("starts", "probability", "with_floor"),
        [(300_000, "4%", "1%"), (800_000, "60%", "21%")],
    )
    def test_its_title_has_both_probabilities(self, starts, probability, with_floor):
        outcome = topic.run(programme_starts=starts)
        assert charts.draw_exclusion_path(outcome).to_dict()["title"]["text"] == (
            f"The probability of meeting the 2020 target is {probability}, or {with_floor} if the"
            " estimate of who may never gain the skills holds"
        )

    def test_its_description_says_that_the_floor_is_above_the_target(self, outcomes):
        text = charts.draw_exclusion_path(outcomes["default"]).to_dict()["description"]
        assert "11.0 million in 2014 would become 5.4 million in 2020." in text
        assert (
            "The strategy estimates that 5.1 million people may never gain the skills, which is "
            "more than the target." in text
        )

    def test_its_description_has_a_floor_below_the_target(self):
        text = charts.draw_exclusion_path(topic.run(draws=100, floor_share=0.05)).to_dict()[
            "description"
        ]
        assert "You assume that 2.6 million people may never gain the skills." in text

    def test_observed_populations_are_separate(self, outcomes):
        observed = charts.draw_exclusion_path(outcomes["default"]).dataset_rows["observed"]
        assert {row["name"]: row["people"] for row in observed} == {
            "Lacks basic digital skills": 11.0,
            "Never used the internet": 6.4,
        }
        assert {row["text"] for row in observed} == {
            "Lacks basic digital skills:\n11.0m (published)",
            "Never used the internet:\n6.4m (published)",
        }

    def test_counts_not_yet_published_are_not_shown(self, outcomes):
        for scenario, counts in (("default", 2), ("a miss", 3), ("everything observed", 6)):
            assert len(charts.draw_exclusion_path(outcomes[scenario]).data["observed"]) == counts

    def test_a_count_outside_the_range_is_joined_to_it(self, outcomes):
        (miss,) = charts.draw_exclusion_path(outcomes["a miss"]).dataset_rows["misses"]
        path = outcomes["a miss"].frame("path").set_index("year")
        assert (miss["year"], miss["people"]) == (2015.5, 12.6)
        assert miss["range_end"] == pytest.approx(path.loc[2015, "people_high"] / 1e6, abs=1e-4)

    def test_a_label_is_on_the_side_that_has_room(self, outcomes):
        rows = charts.draw_exclusion_path(outcomes["a target that has ended"]).dataset_rows
        sides = {row["year"]: row["left"] != "" for row in rows["observed"]}
        assert [year for year, is_left in sides.items() if is_left] == [2018.5, 2020.5]

    def test_every_population_has_a_different_style(self):
        looks = MEASURE_STYLES.values()
        for part in ("name", "colour", "shape"):
            assert len({getattr(look, part) for look in looks}) == len(MEASURE_STYLES)

    def test_every_observed_measure_has_a_style(self, outcomes):
        observed = outcomes["everything observed"].frame("observed").dropna(subset=["people"])
        assert set(observed["measure"]) == set(MEASURE_STYLES)


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
                "14% of people who gain the skills would do so through the programme",
            ),
            # 336,000 of 1,136,000 a year
            (
                "charter",
                "30% of people who gain the skills would do so through the programme",
            ),
            ("no programme", "Everyone who gains the skills would do so on their own"),
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
            "through the programme. Nobody who was helped would lose the skills again."
        )
