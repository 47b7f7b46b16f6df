"""Status of commitments in June 2014 and later, with reasons, and properties of all statuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.delivery.bundled_tables import assess_bundled_commitments, load_bundled
from workbook.periods import last_day_of_quarter
from workbook.topics.delivery.commitments.assessment import (
    COMMITMENT_COLUMNS,
    assess_commitments,
)
from workbook.topics.delivery.commitments.data import (
    AT_LEAST,
    FEWER_THAN,
    MORE_THAN,
    commitments_schema,
)
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentStatus,
    count_statuses,
)
from workbook.topics.delivery.commitments.totals import indicator_total

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in (2011, 2013, 2014, 2015, 2018) for n in range(1, 5)]
NUMBER = st.none() | st.integers(0, 500).map(float)


def commitment_with(**fields):
    return CommitmentStatus(**{"unit": "count", "period": "2014-06", "sense": AT_LEAST} | fields)


def status_of(quarter, name):
    row = assess_bundled_commitments(quarter).set_index("id").loc[name]
    return row["on_course"], row["why"]


class TestJune2014:
    def test_indicators_have_their_published_values(self):
        result = assess_bundled_commitments("2014-Q2")
        names = dict.fromkeys(load_bundled(commitments_schema)["indicator"].dropna())
        assert {
            name: indicator_total(result, name) for name in names if name != "sites_target"
        } == {
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
        assert indicator_total(result, "sites_target") is None
        assert indicator_total(result, "sites_target", "target") == 300

    def test_counts_by_status(self):
        result = assess_bundled_commitments("2014-Q2")
        assert count_statuses(result) == {ON_TRACK: 1, OFF_TRACK: 2, STATUS_UNKNOWN: 69}
        assert result["target"].isna().sum() == 60

    @pytest.mark.parametrize(
        ("name", "on_course", "why"),
        [
            (
                "D06",
                OFF_TRACK,
                (
                    "3 in June 2014 against a target of at least 7. At last quarter’s rate of 2, "
                    "the figure would be 5 by September 2014."
                ),
            ),
            (
                "D14",
                OFF_TRACK,
                (
                    "0 in June 2014 against a target of at least 65. At last quarter’s rate of "
                    "50, the figure would be 50 by September 2014."
                ),
            ),
            (
                "D11",
                STATUS_UNKNOWN,
                (
                    "The value in June 2014 is not published. At last quarter’s rate of 50, it "
                    "would have to be more than 200 to reach more than 300 by December 2014."
                ),
            ),
            (
                "D12",
                STATUS_UNKNOWN,
                "The target is at least 75%. The current value is not published.",
            ),
            (
                "D04",
                STATUS_UNKNOWN,
                "3 in June 2014 against a target of at least 25. No target date is published.",
            ),
            (
                "D37",
                ON_TRACK,
                (
                    "3 in June 2014 against a target of at least 6. At last quarter’s rate of 3, "
                    "the figure would be 6 by September 2014."
                ),
            ),
            ("D15", STATUS_UNKNOWN, "No target is published."),
        ],
    )
    def test_statuses_have_reasons(self, name, on_course, why):
        assert status_of("2014-Q2", name) == (on_course, why)

    def test_a_trend_needs_two_known_values(self):
        result = assess_bundled_commitments("2014-Q2")
        rising = result[result["trend"] != ""].set_index("id")
        assert set(rising["trend"]) == {"rising"}
        assert rising["previous"].to_dict() == {
            "D04": 1,  # 2 of the 3 went live in the quarter
            "D06": 1,
            "D37": 0,
            "D40": 1,
            "D43": 1079,  # 1,518 without 439 new ones
            "D46": 13_668,
        }


class TestLaterQuarters:
    def test_a_target_not_met_by_its_date_is_missed(self):
        missed = (
            OFF_TRACK,
            (
                "Target missed: 6 in September 2014 against a target of at least 7, due by "
                "September 2014."
            ),
        )
        assert status_of("2014-Q3", "D06") == missed

    def test_a_missed_target_stays_missed_when_reached_later(self):
        assert status_of("2014-Q4", "D06") == status_of("2014-Q3", "D06")
        assert (
            indicator_total(assess_bundled_commitments("2014-Q4"), "exemplars_live_recounted") == 8
        )

    def test_a_target_due_without_a_newer_figure_has_unknown_status(self):
        assert status_of("2014-Q3", "D14") == (
            STATUS_UNKNOWN,
            (
                "The target was due by September 2014. Latest figure: 0 in June 2014 against a "
                "target of at least 65."
            ),
        )
        assert status_of("2014-Q4", "D11")[1] == (
            "The target is more than 300. The current value is not published."
        )


class TestStatus:
    def test_a_target_met_early_is_on_track(self):
        assert commitment_with(value=7.0, target=7.0, target_date="2014-09").assess(JUNE) == (
            ON_TRACK,
            "Target met: 7 in June 2014 against a target of at least 7.",
        )

    def test_a_target_met_by_a_later_figure_has_unknown_status(self):
        assert commitment_with(value=7.0, target=7.0, target_date="2014-05").assess(JUNE) == (
            STATUS_UNKNOWN,
            (
                "7 in June 2014 against a target of at least 7. Whether it was met by May 2014 is "
                "not known."
            ),
        )

    def test_a_later_figure_below_the_target_is_a_miss(self):
        assert (
            commitment_with(value=6.0, target=7.0, target_date="2014-05").assess(JUNE)[0]
            == OFF_TRACK
        )

    def test_a_target_without_a_sense_cannot_be_assessed(self):
        assert commitment_with(value=7.0, target=7.0, sense="").assess(JUNE) == (
            STATUS_UNKNOWN,
            "The report does not say whether 7 is a minimum or a maximum.",
        )

    def test_without_an_earlier_figure_the_status_is_unknown(self):
        assert commitment_with(value=6.0, target=7.0, target_date="2014-09").assess(JUNE) == (
            STATUS_UNKNOWN,
            (
                "6 in June 2014 against a target of at least 7. No earlier figure shows the rate "
                "of progress."
            ),
        )

    @pytest.mark.parametrize(
        ("sense", "expected"),
        [(AT_LEAST, ON_TRACK), (MORE_THAN, OFF_TRACK), (FEWER_THAN, OFF_TRACK)],
    )
    def test_a_value_equal_to_the_target(self, sense, expected):
        ahead = commitment_with(
            value=50.0, added=50.0, sense=sense, target=100.0, target_date="2014-09"
        )
        assert ahead.assess(JUNE)[0] == (ON_TRACK if sense == FEWER_THAN else expected)
        then = commitment_with(value=100.0, sense=sense, target=100.0, target_date="2014-06")
        assert then.assess(JUNE)[0] == expected

    @given(
        NUMBER,
        NUMBER,
        NUMBER,
        st.sampled_from([AT_LEAST, MORE_THAN, FEWER_THAN]),
        st.sampled_from(["", "2013-12", "2014-06", "2014-09", "2020-12"]),
        st.sampled_from(["2014-03", "2014-06", "2014-06-30"]),
    )
    def test_every_status_has_a_reason_in_a_sentence(self, value, added, target, sense, by, period):
        verdict, why = commitment_with(
            value=value, added=added, target=target, sense=sense, target_date=by, period=period
        ).assess(JUNE)
        assert verdict in {ON_TRACK, OFF_TRACK, STATUS_UNKNOWN}
        assert why.endswith(".")
        assert verdict == STATUS_UNKNOWN or None not in {value, target}

    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
    def test_a_higher_value_is_never_worse(self, value, added, target, more):
        def judge(reached):
            ahead = commitment_with(
                value=reached, added=added, target=target, target_date="2014-12"
            )
            return ahead.assess(JUNE)[0]

        assert (judge(value), judge(value + more)) != (ON_TRACK, OFF_TRACK)


class TestEveryQuarter:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_counts_by_status_add_up(self, quarter):
        result = assess_bundled_commitments(quarter)
        assert (
            sum(count_statuses(result).values())
            == len(result)
            == len(load_bundled(commitments_schema, quarter))
        )
        assert result["target"].isna().sum() <= count_statuses(result)[STATUS_UNKNOWN]
        assert tuple(result.columns) == COMMITMENT_COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_no_value_is_from_after_the_quarter(self, quarter):
        assert (
            assess_bundled_commitments(quarter)["period"].str[:7]
            <= f"{last_day_of_quarter(quarter):%Y-%m}"
        ).all()

    def test_without_derivations_derived_values_are_missing(self):
        result = assess_commitments(load_bundled(commitments_schema), JUNE, {})
        assert indicator_total(result, "median_months_to_live") is None
        assert indicator_total(result, "exemplars_live") == 3
