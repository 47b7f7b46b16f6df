"""Published counts after the baseline, and target years that have ended."""

from dataclasses import replace

import pytest

from workbook.scenario import ScenarioError
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.count_notes import latest_miss_notes, other_count_notes
from workbook.topics.digital_inclusion.indicators import INTERIM_PROBABILITIES
from workbook.topics.digital_inclusion.observed_counts import SKILLS_MEASURE, ObservedCount
from workbook.topics.digital_inclusion.projection import (
    project_exclusion,
    simulate_inclusion_parameters,
)

TARGET_PROBABILITIES = (
    "probability_of_target",
    "probability_with_floor",
    "highest_probability_with_floor",
    "probability_below_published",
)


@pytest.fixture(scope="module")
def in_2016():
    return topic.run(quarter="2016-Q1")


@pytest.fixture(scope="module")
def in_2021():
    return topic.run(quarter="2021-Q4")


class TestCounts:
    def test_none_is_compared_before_it_was_known(self):
        for quarter in ("2014-Q2", "2015-Q3"):
            outcome = topic.run(quarter=quarter, draws=100)
            assert outcome.frame("comparison").empty
            assert "survey" not in outcome.headline

    def test_the_count_of_2015_lies_far_above_the_projection(self, in_2016):
        (row,) = in_2016.frame("comparison").to_dict("records")
        assert (row["period"], row["people"]) == ("2015", 12_600_000)
        assert row["projected"] == pytest.approx(11_000_000 - 926_000)
        # the audit: the P90 of 2015 is 10.26 million
        assert row["people_high"] == pytest.approx(10_260_000, abs=10_000)
        assert row["position"] == "above every simulation"

    def test_a_miss_is_in_the_headline_and_a_note_with_the_break_in_the_series(self, in_2016):
        assert in_2016.headline.endswith(
            "The 2015 survey estimate, 12.6 million, does not support this."
        )
        assert in_2016.notes[0] == (
            "The survey estimate for 2015 is 12.6 million (Go ON UK Basic Digital Skills 2015). "
            "That is 2.3 million above the top of the range that holds 8 in 10 simulations (9.9 to "
            "10.3 million). It lies above every simulation for that year. It comes from another "
            "publication than the start, so a break in the series may explain part of the "
            "difference. Its sampling error is not known here. The probabilities do not take it "
            "into account."
        )

    def test_each_miss_from_another_publication_may_be_a_break_in_the_series(self, in_2021):
        notes = [note for note in in_2021.notes if note.startswith("The survey estimate for")]
        assert [note[24:28] for note in notes] == ["2018", "2015"]
        for note in notes:
            assert "It comes from another publication than the start" in note
            assert note.endswith("Its sampling error is not known here.")

    def test_a_sampling_error_is_known_with_a_sample_size(self):
        count = ObservedCount(
            "2015", 2015, SKILLS_MEASURE, 3.0, "Survey", is_new_source=True, has_sample_size=True
        )
        (note,) = other_count_notes([replace(count, low=1.0, high=4.0)])
        assert "sampling error" not in note

    @pytest.mark.parametrize(
        ("people", "text"),
        [
            (9, "above every simulation"),
            (8, "above at least 9 in 10 simulations"),
            (6, "within the range that holds 8 in 10 simulations"),
            (4, "within the range that holds 8 in 10 simulations"),
            (3, "below at least 9 in 10 simulations"),
            (2, "below at least 9 in 10 simulations"),
            (1, "below every simulation"),
        ],
    )
    def test_a_place_beyond_a_quantile_is_not_beyond_all_simulations(self, people, text):
        count = ObservedCount("2015", 2015, SKILLS_MEASURE, people, "Survey", is_new_source=True)
        count = replace(count, least=2.0, low=4.0, high=6.0, most=8.0)
        assert count.position_text == text
        if count.is_miss:
            (note,) = latest_miss_notes(topic.Scenario(), [count])
            assert f"It lies {text} for that year." in note

    def test_the_share_of_simulations_below_an_estimate_agrees_with_the_words(self):
        # 10.3 million lies above P90 of 2015, but not above the highest simulation
        outcome = topic.run(quarter="2016-Q1", baseline_people=13_300_000)
        (row,) = outcome.frame("comparison").to_dict("records")
        simulated = simulate_inclusion_parameters(outcome.scenario)
        *_, left = (step.people for step in project_exclusion({**simulated, "target_year": 2015}))
        share_below = (left < 12_600_000).mean()
        assert 0.9 < share_below < 1
        assert row["position"] == "above at least 9 in 10 simulations"

    def test_a_count_on_another_measure_is_not_compared(self, in_2021):
        rows = in_2021.frame("comparison").set_index("period")
        assert rows.index.tolist() == ["2015", "2018", "2020"]
        assert rows.loc["2020", "position"] == "not compared: another measure or year"
        # the audit: 11.3 million in 2018 against 6.9 to 7.9 million
        low, high = rows.loc["2018", ["people_low", "people_high"]]
        assert (low, high) == pytest.approx((6_900_000, 7_900_000), abs=50_000)
        assert any(
            note.startswith("On another measure, the survey estimate for 2020 is 11.7 million")
            for note in in_2021.notes
        )

    def test_a_count_within_the_range_is_no_miss(self):
        # nobody learns unaided, and nobody is helped: 11.0 million stay in every year
        values = {"unaided_gain": 0, "programme_starts": 0, "baseline_people": 12_600_000}
        outcome = topic.run(quarter="2016-Q1", **values)
        assert outcome.frame("comparison")["position"].tolist() == [
            "within the range that holds 8 in 10 simulations"
        ]
        assert "survey" not in outcome.headline
        assert any("That is within the range that holds 8" in note for note in outcome.notes)
        assert not any("break in the series" in note for note in outcome.notes)


class TestEndedTarget:
    def test_it_has_an_outcome_and_no_probability(self, in_2021):
        assert in_2021.headline == (
            "A survey estimates 11.3 million UK adults without basic digital skills in 2018. "
            "For 2020, the calculated target was 4.6 million and these assumptions give 5.4 "
            "million (8 in 10 simulations: 4.9 to 6.4 million)."
        )
        assert in_2021.notes[0] == (
            "No 2020 estimate of basic digital skills is held here. The estimate for 2018 was 5.1 "
            "million above that year’s interim target, 6.2 million."
        )
        assert in_2021["probability_of_target"].missing_reason == (
            "2020 has ended; no survey estimate on this measure is held for 2020"
        )
        # 11 m × 0.75² = 6.2 m
        assert in_2021["probability_2018"].missing_reason == (
            "2018 has ended; the survey estimate of 11.3 million is 5.1 million above that year’s "
            "target, 6.2 million"
        )
        for name in (*TARGET_PROBABILITIES, *INTERIM_PROBABILITIES.values()):
            assert in_2021[name].value is None
            assert "has ended" in in_2021[name].missing_reason
            assert in_2021[name].formatted_value == "not applicable"

    def test_it_is_told_in_the_past(self, in_2021):
        assert in_2021["people_excluded"].label == (
            "People without basic digital skills in 2020 (projection)"
        )
        for text in (in_2021.headline, *in_2021.notes):
            assert "will" not in text.split()
            assert "would lack" not in text
        assert topic.charts["path"](topic.run(draws=100, quarter="2015-Q4", target_year=2015))

    def test_a_count_of_the_target_year_says_whether_it_was_met(self):
        missed = topic.run(draws=100, quarter="2015-Q4", target_year=2015)
        # 11 m × √0.75 = 9.5 m
        assert "The calculated target, 9.5 million, was missed." in missed.headline
        assert missed.notes[0] == "The survey estimate for 2015 is 3.1 million above the target."
        met = topic.run(draws=100, quarter="2015-Q4", target_year=2015, baseline_people=15_000_000)
        # 15 m × √0.75 = 13.0 m
        assert "The calculated target, 13.0 million, was met." in met.headline

    def test_a_year_has_ended_on_its_last_day(self):
        for quarter, is_known in (("2020-Q3", True), ("2020-Q4", False)):
            outcome = topic.run(draws=100, quarter=quarter)
            assert all((outcome[n].value is not None) == is_known for n in TARGET_PROBABILITIES)

    def test_without_a_count_of_its_year_the_headline_has_the_nearest(self):
        outcome = topic.run(draws=100, quarter="2014-Q4", baseline_year=2012, target_year=2013)
        assert "11.0 million UK adults without basic digital skills in 2014" in outcome.headline
        # 2014 has no interim target, so no difference is given
        assert outcome.notes[0] == (
            "No 2013 estimate of basic digital skills is held here. The estimate for 2014 was 11.0 "
            "million."
        )

    def test_without_any_count_the_headline_says_so(self):
        outcome = topic.run(draws=100, quarter="2017-Q4", baseline_year=2016, target_year=2017)
        assert outcome.headline.startswith("No survey has estimated UK adults without basic")
        assert "since 2016. For 2017, the calculated target was 9.5" in outcome.headline


class TestQuarter:
    @pytest.mark.parametrize("quarter", ["2010-Q1", "2014-Q1"])
    def test_a_quarter_before_the_baseline_is_refused(self, quarter):
        with pytest.raises(ScenarioError) as refused:
            topic.run(quarter=quarter)
        (problem,) = refused.value.problems
        assert problem.message == (
            f'quarter is "{quarter}": it must be 2014-Q2 or later. The number of people at the '
            "start was published in April 2014."
        )

    def test_a_start_after_the_quarter_is_warned_about(self):
        (warning,) = topic.run(draws=100, baseline_year=2016).parameter_warnings
        assert warning.name == "baseline_year"
        assert "no count of that year was known at the end of 2014-Q2" in warning.message
        assert not topic.run(draws=100).parameter_warnings
