"""Published counts after the baseline, and target years that have ended."""

import pytest

from workbook.scenario import ScenarioError
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.indicators import INTERIM_PROBABILITIES

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
            assert "Survey estimates" not in outcome.headline

    def test_the_count_of_2015_lies_far_above_the_projection(self, in_2016):
        (row,) = in_2016.frame("comparison").to_dict("records")
        assert (row["period"], row["people"]) == ("2015", 12_600_000)
        assert row["projected"] == pytest.approx(11_000_000 - 926_000)
        # the audit: the P90 of 2015 is 10.26 million
        assert row["people_high"] == pytest.approx(10_260_000, abs=10_000)
        assert row["position"] == "above 8 in 10 simulations"

    def test_a_miss_is_in_the_headline_and_a_note_with_the_break_in_the_series(self, in_2016):
        assert in_2016.headline.endswith(
            "Survey estimates do not bear this out: 12.6 million in 2015, 2.3 million above 8 in "
            "10 simulations."
        )
        first, series, probabilities, *_ = in_2016.notes
        assert "for 2015 is 12.6 million adults without basic digital skills (Go ON UK" in first
        assert "The estimate is above that range by 2.3 million." in first
        assert "different publications. A break in the series may explain part" in series
        assert probabilities == "The probabilities do not take these estimates into account."

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
        assert outcome.frame("comparison")["position"].tolist() == ["within 8 in 10 simulations"]
        assert "Survey estimates" not in outcome.headline
        assert not any("break in the series" in note for note in outcome.notes)


class TestEndedTarget:
    def test_it_has_an_outcome_and_no_probability(self, in_2021):
        assert in_2021.headline == (
            "The target for 2020 was 4.6 million people without basic digital skills. "
            "No estimate on the same measure was published for "
            "2020. The nearest, for 2018, was 11.3 million: 6.7 million above the target. On these "
            "assumptions, 5.4 million would have lacked the skills in 2020; 8 in 10 simulations "
            "give 4.9 million to 6.4 million. The survey estimate for 2018 lies 3.4 million above "
            "8 in 10 simulations for that year."
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
        assert (
            "The survey estimate for 2015 was 12.6 million, 3.1 million above the target, so it "
            "was missed." in missed.headline
        )
        met = topic.run(draws=100, quarter="2015-Q4", target_year=2015, baseline_people=15_000_000)
        # 15 m × √0.75 = 13.0 m
        assert "so it was met." in met.headline

    def test_a_year_has_ended_on_its_last_day(self):
        for quarter, is_known in (("2020-Q3", True), ("2020-Q4", False)):
            outcome = topic.run(draws=100, quarter=quarter)
            assert all((outcome[n].value is not None) == is_known for n in TARGET_PROBABILITIES)

    def test_without_a_count_the_headline_says_so(self):
        outcome = topic.run(draws=100, quarter="2014-Q4", baseline_year=2012, target_year=2013)
        # the count of April 2014 is the nearest
        assert "The nearest, for 2014, was 11.0 million" in outcome.headline
        outcome = topic.run(draws=100, quarter="2014-Q4", baseline_year=2013, target_year=2014)
        assert "The survey estimate for 2014 was 11.0 million" in outcome.headline


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
