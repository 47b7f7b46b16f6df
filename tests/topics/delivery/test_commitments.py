"""Commitments: which are on course, and why, in June 2014 and after; what always holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.delivery.held import course, held
from workbook.quarters import last_day
from workbook.topics.delivery.commitments import (
    COLUMNS,
    counts,
    figure,
    judged,
    selected,
    without_target,
)
from workbook.topics.delivery.course import NO, NOT_KNOWN, YES, Course
from workbook.topics.delivery.tables import AT_LEAST, FEWER_THAN, MORE_THAN, commitments

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in (2011, 2013, 2014, 2015, 2018) for n in range(1, 5)]
NUMBER = st.none() | st.integers(0, 500).map(float)


def of(**given):
    return Course(**{"unit": "count", "period": "2014-06", "sense": AT_LEAST} | given)


def said(quarter, name):
    row = course(quarter).set_index("id").loc[name]
    return row["on_course"], row["why"]


class TestJune2014:
    def test_every_indicator_of_the_report_has_its_value(self):
        found = course("2014-Q2")
        names = dict.fromkeys(held(commitments)["indicator"].dropna())
        assert {name: figure(found, name) for name in names if name != "sites_target"} == {
            "exemplars_discovery": 0,
            "exemplars_alpha": 4,
            "exemplars_beta": 18,
            "exemplars_live": 3,
            "exemplars_live_recounted": 3,
            "median_months_to_live": 27,
            "sites_moved": 50,
            "mobile_share": 0.24,
            "tablet_share": 0.12,
            "service_assessments": 16,
            "charter_signatories": 52,
            "people_trained": 59_000,
            "gcloud_suppliers": 1518,
            "gcloud_small_supplier_share": 0.88,
            "gcloud_services": 17_232,
            "gcloud_sales": 175_000_000,
            "gcloud_small_sales_share": 0.6,
            "framework_call_offs": 9,
            "framework_value": 2_300_000,
            "identity_providers": 2,
            "hires": 18,
            "dashboards": 18 + 82 + 37,
        }
        assert figure(found, "sites_target") is None
        assert figure(found, "sites_target", "target") == 300

    def test_how_many_are_on_course(self):
        found = course("2014-Q2")
        assert counts(found) == {YES: 1, NO: 2, NOT_KNOWN: 69}
        assert without_target(found) == 60

    @pytest.mark.parametrize(
        ("name", "on_course", "why"),
        [
            (
                "D06",
                NO,
                (
                    "3 in June 2014 against at least 7; at the last quarter's pace of 2 it would "
                    "be 5 by September 2014."
                ),
            ),
            (
                "D14",
                NO,
                (
                    "0 in June 2014 against at least 65; at the last quarter's pace of 50 it "
                    "would be 50 by September 2014."
                ),
            ),
            (
                "D11",
                NOT_KNOWN,
                (
                    "At the last quarter's pace of 50 it takes more than 200 by June 2014 to reach "
                    "more than 300 by December 2014; how many there were is not published."
                ),
            ),
            (
                "D12",
                NOT_KNOWN,
                "The target is at least 75%; where it stands is not published.",
            ),
            (
                "D04",
                NOT_KNOWN,
                "3 in June 2014 against at least 25; by when is not published.",
            ),
            (
                "D37",
                YES,
                (
                    "3 in June 2014 against at least 6; at the last quarter's pace of 3 it would "
                    "be 6 by September 2014."
                ),
            ),
            ("D15", NOT_KNOWN, "No target is published."),
        ],
    )
    def test_and_why(self, name, on_course, why):
        assert said("2014-Q2", name) == (on_course, why)

    def test_trends_where_two_values_are_known(self):
        found = course("2014-Q2")
        rising = found[found["trend"] != ""].set_index("id")
        assert set(rising["trend"]) == {"rising"}
        assert rising["previous"].to_dict() == {
            "D04": 1,  # 2 of the 3 went live in the quarter
            "D06": 1,
            "D37": 0,
            "D40": 1,
            "D43": 1079,  # 1,518 without 439 new ones
            "D46": 13_668,
        }


class TestLater:
    def test_three_of_the_four_more_were_live_by_september(self):
        missed = (NO, "6 in September 2014 against at least 7: it was due by September 2014.")
        assert said("2014-Q3", "D06") == missed

    def test_and_missed_it_stays_though_8_were_live_by_december(self):
        assert said("2014-Q4", "D06") == said("2014-Q3", "D06")
        assert figure(course("2014-Q4"), "exemplars_live_recounted") == 8

    def test_what_fell_due_without_a_newer_figure_is_not_known(self):
        assert said("2014-Q3", "D14") == (
            NOT_KNOWN,
            (
                "It was due by September 2014; the newest figure is 0 in June 2014 against "
                "at least 65."
            ),
        )
        assert said("2014-Q4", "D11")[1] == (
            "The target is more than 300; where it stands is not published."
        )


class TestCourse:
    def test_reached_before_its_date(self):
        assert of(value=7.0, target=7.0, target_date="2014-09").judged(JUNE) == (
            YES,
            "7 in June 2014 against at least 7: it is reached.",
        )

    def test_reached_by_a_figure_of_after_its_date_is_not_known_to_be_in_time(self):
        assert of(value=7.0, target=7.0, target_date="2014-05").judged(JUNE) == (
            NOT_KNOWN,
            "7 in June 2014 against at least 7; whether by May 2014 is not known.",
        )

    def test_short_by_a_figure_of_after_its_date_is_missed(self):
        assert of(value=6.0, target=7.0, target_date="2014-05").judged(JUNE)[0] == NO

    def test_a_target_whose_sense_is_blank_is_no_target_to_be_judged_by(self):
        assert of(value=7.0, target=7.0, sense="").judged(JUNE) == (
            NOT_KNOWN,
            "Whether 7 is to be the least or the most is not told.",
        )

    def test_ahead_without_a_pace(self):
        assert of(value=6.0, target=7.0, target_date="2014-09").judged(JUNE) == (
            NOT_KNOWN,
            "6 in June 2014 against at least 7; no earlier figure tells at what pace.",
        )

    @pytest.mark.parametrize(
        ("sense", "expected"), [(AT_LEAST, YES), (MORE_THAN, NO), (FEWER_THAN, NO)]
    )
    def test_at_the_target_itself(self, sense, expected):
        ahead = of(value=50.0, added=50.0, sense=sense, target=100.0, target_date="2014-09")
        assert ahead.judged(JUNE)[0] == (YES if sense == FEWER_THAN else expected)
        then = of(value=100.0, sense=sense, target=100.0, target_date="2014-06")
        assert then.judged(JUNE)[0] == expected

    @given(
        NUMBER,
        NUMBER,
        NUMBER,
        st.sampled_from([AT_LEAST, MORE_THAN, FEWER_THAN]),
        st.sampled_from(["", "2013-12", "2014-06", "2014-09", "2020-12"]),
        st.sampled_from(["2014-03", "2014-06", "2014-06-30"]),
    )
    def test_each_has_a_verdict_and_a_sentence(self, value, added, target, sense, by, period):
        verdict, why = of(
            value=value, added=added, target=target, sense=sense, target_date=by, period=period
        ).judged(JUNE)
        assert verdict in {YES, NO, NOT_KNOWN}
        assert why.endswith(".")
        assert verdict == NOT_KNOWN or None not in {value, target}

    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
    def test_more_is_never_worse(self, value, added, target, more):
        def judge(reached):
            ahead = of(value=reached, added=added, target=target, target_date="2014-12")
            return ahead.judged(JUNE)[0]

        assert (judge(value), judge(value + more)) != (YES, NO)


class TestAlways:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_the_counts_add_up(self, quarter):
        found = course(quarter)
        assert sum(counts(found).values()) == len(found) == len(held(commitments, quarter))
        assert without_target(found) <= counts(found)[NOT_KNOWN]
        assert tuple(found.columns) == COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_no_value_is_of_a_later_day(self, quarter):
        assert (course(quarter)["period"].str[:7] <= f"{last_day(quarter):%Y-%m}").all()

    def test_without_the_recounts_what_rests_on_them_is_not_known(self):
        found = judged(held(commitments), JUNE, {})
        assert figure(found, "median_months_to_live") is None
        assert figure(found, "exemplars_live") == 3


class TestSelected:
    def test_none_named_is_all(self):
        assert len(selected(held(commitments))) == len(held(commitments))

    def test_of_a_department_and_a_programme(self):
        rows = held(commitments)
        found = selected(rows, ["Department of Health"], ["Digital policymaking"])
        assert set(found["department"]) == {"Department of Health"}
        assert set(found["programme"]) == {"Digital policymaking"}
        assert len(found) == 1

    def test_every_row_is_in_one_programme(self):
        rows = held(commitments)
        parts = [selected(rows, (), [programme]) for programme in rows["programme"].unique()]
        assert sum(map(len, parts)) == len(rows)
