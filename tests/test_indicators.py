"""Indicators: nothing unknown is passed off as a number, and each is declared once."""

import math

import numpy as np
import pytest

from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.topics.registry import TOPICS

JOBS = IndicatorDefinition("jobs", "Jobs", "count", "higher")
PAY = IndicatorDefinition(
    "pay",
    "Pay in the target year",
    "GBP",
    missing_label="none by {year}",
    scenario_label="Pay in {year}",
)


class TestIndicator:
    @pytest.mark.parametrize("end", ["value", "low", "high"])
    @pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
    def test_a_number_that_is_not_finite_is_refused(self, end, number):
        parts = {"value": 1.0, "low": 0.0, "high": 2.0, end: number}
        with pytest.raises(ValueError, match="jobs is not finite: what is not known is None"):
            Indicator("jobs", "Jobs", "count", **parts)

    def test_what_is_not_known_needs_a_reason(self):
        with pytest.raises(ValueError, match="jobs has no value: say why"):
            Indicator("jobs", "Jobs", "count", None)
        assert (
            Indicator("jobs", "Jobs", "count", None, missing_reason="not counted").formatted_value
            == "not known"
        )

    def test_a_missing_value_is_no_number(self):
        assert Indicator("jobs", "Jobs", "count", 3).number == 3.0
        assert Indicator("jobs", "Jobs", "count", None, missing_reason="not counted").number is None

    def test_a_known_value_has_no_reason_to_be_missing(self):
        with pytest.raises(ValueError, match="jobs has a value, so it has no missing_reason"):
            Indicator("jobs", "Jobs", "count", 3.0, missing_reason="not counted")

    def test_the_record_holds_the_missing_reason_and_the_note(self):
        note = Indicator("jobs", "Jobs", "count", 3.0, note="up 1")
        reason = Indicator("jobs", "Jobs", "count", None, missing_reason="not counted")
        both = Indicator("jobs", "Jobs", "count", None, missing_reason="not counted", note="as in")
        assert [each.as_dict()["reason"] for each in (note, reason, both)] == [
            "up 1",
            "not counted",
            "not counted; as in",
        ]

    def test_an_unknown_unit_is_refused_with_those_that_there_are(self):
        with pytest.raises(ValueError, match=r'"percent" is unknown\. Choose from: people; share'):
            Indicator("jobs", "Jobs", "percent", 1.0)

    def test_a_range_the_wrong_way_round_is_refused(self):
        with pytest.raises(ValueError, match=r"from 2\.0 to 1\.0"):
            Indicator("jobs", "Jobs", "count", 1.0, 2.0, 1.0)

    def test_its_text_is_in_its_unit(self):
        jobs = Indicator("jobs", "Jobs", "people", 1_234.0, 1_000.0, 2_000.4)
        assert (jobs.formatted_value, jobs.formatted_range) == ("1,230", "1,000 to 2,000")

    def test_a_simulated_count_has_three_figures_and_its_range_two(self):
        firms = Indicator("firms", "Firms", "count", 604_123.7, 379_880.8561, 915_950.4171)
        assert (firms.formatted_value, firms.formatted_range) == ("604,000", "380,000 to 920,000")
        assert (firms.value, firms.low) == (604_123.7, 379_880.8561)

    @pytest.mark.parametrize(
        ("value", "text"), [(0.035, "4%"), (0.0, "under 1%"), (1.0, "over 99%")]
    )
    def test_a_probability_is_never_shown_as_certain(self, value, text):
        chance = Indicator("chance", "Probability", "share", value, is_probability=True)
        assert chance.formatted_value == text

    def test_a_value_that_is_known_exactly_is_shown_in_full(self):
        assert Indicator("sites", "Sites", "count", 17_232.0).formatted_value == "17,232"

    @pytest.mark.parametrize("ends", [(None, None), (1.0, None), (None, 1.0)])
    def test_where_nothing_is_uncertain_there_is_no_range(self, ends):
        assert Indicator("jobs", "Jobs", "people", 1.0, *ends).formatted_range == ""

    def test_its_record_has_the_contracts_fields(self):
        jobs = Indicator("jobs", "Jobs", "count", 3.0, 1.0, 5.0, direction="higher")
        assert jobs.as_dict() == {
            "name": "jobs",
            "label": "Jobs",
            "value": 3.0,
            "unit": "count",
            "low": 1.0,
            "high": 5.0,
            "reason": "",
        }


class TestDefinition:
    def test_an_unknown_unit_is_refused(self):
        with pytest.raises(ValueError, match='jobs: unit "percent" is unknown'):
            IndicatorDefinition("jobs", "Jobs", "percent")


class TestBuildIndicators:
    def test_they_come_in_the_order_of_their_definitions(self):
        pay, jobs = build_indicators(
            [PAY, JOBS], {"jobs": 1, "pay": 2}, label_fields={"year": 2020}
        )
        assert (jobs.name, jobs.label, jobs.value, jobs.direction) == ("jobs", "Jobs", 1, "higher")
        assert (pay.name, pay.label, pay.value) == ("pay", "Pay in 2020", 2)

    @pytest.mark.parametrize("value", [None, math.nan, math.inf, np.float64("-inf")])
    def test_a_value_that_is_not_known_has_a_reason_and_a_label_in_its_place(self, value):
        [pay] = build_indicators(
            [PAY],
            {"pay": value},
            intervals={"pay": (1.0, 2.0)},
            missing_reasons={"pay": "nobody is paid"},
            notes={"pay": "before tax"},
            label_fields={"year": 2020},
        )
        assert (pay.value, pay.low, pay.high, pay.note) == (None, None, None, "")
        assert (pay.missing_reason, pay.formatted_value) == ("nobody is paid", "none by 2020")

    def test_a_missing_value_without_a_reason_is_refused(self):
        with pytest.raises(ValueError, match="jobs has no value: say why"):
            build_indicators([JOBS], {"jobs": None})

    def test_a_known_value_keeps_its_note_and_ignores_the_reason(self):
        [jobs] = build_indicators(
            [JOBS], {"jobs": 0}, missing_reasons={"jobs": "not counted"}, notes={"jobs": "all lost"}
        )
        assert (jobs.value, jobs.missing_reason, jobs.note) == (0, "", "all lost")

    def test_an_interval_without_two_finite_ends_is_left_out(self):
        def interval_of(*ends):
            [jobs] = build_indicators([JOBS], {"jobs": 2.0}, intervals={"jobs": ends})
            return jobs.low, jobs.high

        assert interval_of(np.float64(1), 3.0) == (1.0, 3.0)
        assert interval_of(1.0, math.inf) == interval_of(None, None) == (None, None)

    def test_another_label_can_stand_for_a_missing_value(self):
        [jobs] = build_indicators(
            [JOBS],
            {"jobs": None},
            missing_reasons={"jobs": "too few"},
            missing_labels={"jobs": "not reached"},
        )
        assert jobs.formatted_value == "not reached"

    def test_a_quarter_is_a_value(self):
        start = IndicatorDefinition("start", "From", "quarter")
        [quarter] = build_indicators([start], {"start": "2014-Q2"})
        assert (quarter.value, quarter.formatted_value) == ("2014-Q2", "April to June 2014")

    def test_a_quarter_can_stand_for_the_12_months_that_end_with_it(self):
        start = IndicatorDefinition("start", "First 12 months", "quarter", is_year_to=True)
        [quarter] = build_indicators([start], {"start": "2014-Q2"})
        assert (quarter.value, quarter.formatted_value) == ("2014-Q2", "year to June 2014")

    def test_a_value_that_was_forgotten_is_an_error(self):
        with pytest.raises(KeyError, match="jobs"):
            build_indicators([JOBS], {})


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
class TestOurTopics:
    def test_the_outcome_has_the_declared_indicators_in_their_order(self, topic):
        indicators = topic.run().indicators
        assert [
            (each.name, each.unit, each.direction, each.is_difference) for each in indicators
        ] == [
            (each.name, each.unit, each.direction, each.is_difference) for each in topic.indicators
        ]

    def test_every_declared_label_holds_for_every_scenario(self, topic):
        for definition in topic.indicators:
            assert definition.label
            assert "{" not in definition.label
