"""Status of commitments in June 2014 and later, with reasons, and properties of all statuses."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.delivery.bundled_tables import assess_bundled_commitments, load_bundled
from workbook.periods import last_day_of_quarter
from workbook.topics.delivery.commitments import newest_rows
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
)
from workbook.topics.delivery.commitments.status_labels import count_statuses, label_status

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in (2011, 2013, 2014, 2015, 2018) for n in range(1, 5)]
NUMBER = st.none() | st.integers(0, 500).map(float)


def commitment_with(**fields):
    return CommitmentStatus(**{"unit": "count", "period": "2014-06", "sense": AT_LEAST} | fields)


def indicator_value(assessed, name, column="value"):
    value = newest_rows(assessed)[name][column]
    return None if math.isnan(value) else value


def status_of(quarter, name):
    row = assess_bundled_commitments(quarter).set_index("id").loc[name]
    return row["on_course"], row["why"]


class TestJune2014:
    def test_indicators_have_their_published_values(self):
        result = assess_bundled_commitments("2014-Q2")
        names = dict.fromkeys(load_bundled(commitments_schema)["indicator"].dropna())
        assert {
            name: indicator_value(result, name) for name in names if name != "sites_target"
        } == {
            "exemplars_discovery": 0,
            "exemplars_alpha": 4,
            "exemplars_beta": 18,
            "exemplars_live": 3,
            "exemplars_live_recounted": 3,
            "median_months_to_live": None,  # 2 services followed to 27 months are too few
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
            "dashboards": 18,
        }
        assert indicator_value(result, "sites_target") is None
        assert indicator_value(result, "sites_target", "target") == 300

    def test_counts_by_status(self):
        result = assess_bundled_commitments("2014-Q2")
        assert count_statuses(result) == {ON_TRACK: 0, OFF_TRACK: 1, STATUS_UNKNOWN: 21}
        assert result["kind"].value_counts().to_dict() == {
            "figure": 39,
            "commitment": 22,
            "event": 16,
        }
        assert result["target"].notna().sum() == 18

    def test_only_commitments_have_a_status(self):
        result = assess_bundled_commitments("2014-Q2")
        is_commitment = result["kind"] == "commitment"
        assert (result["on_course"].ne("") == is_commitment).all()
        assert (result["why"].ne("") == is_commitment).all()

    @pytest.mark.parametrize(
        ("name", "on_course", "why"),
        [
            (
                "D06",
                OFF_TRACK,
                (
                    "3 in June 2014 against a target of at least 7. The last 4 quarters added 0 "
                    "to 2 each, so the figure would be 3 to 5 by September 2014."
                ),
            ),
            (
                "D14",
                STATUS_UNKNOWN,
                (
                    "Counting begins in July 2014. The target is at least 65 by September 2014. At "
                    "last quarter’s rate of 50, the figure would be 50 by September 2014. One "
                    "quarter’s rate is too little to judge by."
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
                "The target is at least 75% by July 2014. The current value is not published.",
            ),
            (
                "D04",
                STATUS_UNKNOWN,
                "3 in June 2014 against a target of at least 25. The report gives no target date.",
            ),
            (
                "D37",
                STATUS_UNKNOWN,
                (
                    "3 of 6 months had passed in June 2014. The report says “halfway”. Time that "
                    "has passed does not show progress."
                ),
            ),
            (
                "D22",
                STATUS_UNKNOWN,
                "From 1 April 2014 the target is 100%. The current value is not published.",
            ),
            (
                "D24",
                STATUS_UNKNOWN,
                "From 1 April 2014 the target is 100%. The current value is not published.",
            ),
            (
                "D29",
                STATUS_UNKNOWN,
                "The target is at least level 7. The current value is not published.",
            ),
            (
                "D55",
                STATUS_UNKNOWN,
                (
                    "The target is at least 1 by November 2014 (published as “Autumn 2014”). The "
                    "current value is not published."
                ),
            ),
            (
                "D73",
                STATUS_UNKNOWN,
                (
                    "Counting begins in July 2014. The target is 100% by September 2014 "
                    "(published as “for the next 3 months”)."
                ),
            ),
            ("D43", "", ""),
            ("D15", STATUS_UNKNOWN, "The report gives no target."),
        ],
    )
    def test_statuses_have_reasons(self, name, on_course, why):
        assert status_of("2014-Q2", name) == (on_course, why)

    def test_a_trend_needs_two_known_values(self):
        result = assess_bundled_commitments("2014-Q2")
        rising = result[result["trend"] != ""].set_index("id")
        assert set(rising["trend"]) == {"rising"}
        assert rising["previous"].to_dict() == {
            "D06": 1,
            "D40": 1,
            "D46": 13_668,  # published, unlike the number of suppliers who left
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
            indicator_value(assess_bundled_commitments("2014-Q4"), "exemplars_live_recounted") == 8
        )

    def test_a_target_due_without_a_newer_figure_has_unknown_status(self):
        assert status_of("2014-Q3", "D14") == (
            STATUS_UNKNOWN,
            (
                "The target is at least 65 by September 2014. This workbook holds no outcome at"
                " the due date."
            ),
        )
        assert status_of("2014-Q4", "D11")[1] == (
            "The target is more than 300 by December 2014. This workbook holds no outcome at the"
            " due date."
        )
        assert status_of("2014-Q4", "D37")[1] == (
            "3 of 6 months had passed in June 2014. The report says “halfway”. This workbook"
            " holds no outcome at the due date."
        )

    def test_a_missed_target_has_its_own_word(self):
        labels = [
            label_status(assess_bundled_commitments(quarter).set_index("id").loc["D06"].to_dict())
            for quarter in ("2014-Q2", "2014-Q3")
        ]
        assert labels == ["off track", "missed"]


class TestStatus:
    def test_a_target_met_early_is_on_track(self):
        assert commitment_with(value=7.0, target=7.0, target_date="2014-09").assess_on(JUNE) == (
            ON_TRACK,
            "Target met: 7 in June 2014 against a target of at least 7.",
        )

    def test_a_target_met_by_a_later_figure_has_unknown_status(self):
        assert commitment_with(value=7.0, target=7.0, target_date="2014-05").assess_on(JUNE) == (
            STATUS_UNKNOWN,
            (
                "7 in June 2014 against a target of at least 7. Whether it was met by May 2014 is "
                "not known."
            ),
        )

    def test_a_later_figure_below_the_target_is_a_miss(self):
        assert (
            commitment_with(value=6.0, target=7.0, target_date="2014-05").assess_on(JUNE)[0]
            == OFF_TRACK
        )

    def test_a_target_without_a_sense_cannot_be_assessed(self):
        assert commitment_with(value=7.0, target=7.0, sense="").assess_on(JUNE) == (
            STATUS_UNKNOWN,
            "The report does not say whether 7 is a minimum or a maximum.",
        )

    def test_without_an_earlier_figure_the_status_is_unknown(self):
        assert commitment_with(value=6.0, target=7.0, target_date="2014-09").assess_on(JUNE) == (
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
            value=50.0, paces=(50.0, 50.0), sense=sense, target=100.0, target_date="2014-09"
        )
        assert ahead.assess_on(JUNE)[0] == (ON_TRACK if sense == FEWER_THAN else expected)
        then = commitment_with(value=100.0, sense=sense, target=100.0, target_date="2014-06")
        assert then.assess_on(JUNE)[0] == expected

    @pytest.mark.parametrize(
        ("paces", "expected"),
        [
            ((), STATUS_UNKNOWN),
            ((30.0,), STATUS_UNKNOWN),  # one quarter, however fast
            ((5.0,), STATUS_UNKNOWN),  # or slow
            ((30.0, 25.0), ON_TRACK),  # 40 + 2 × 25 = 90
            ((30.0, 24.0), STATUS_UNKNOWN),  # 40 + 2 × 24 = 88 and 40 + 2 × 30 = 100
            ((24.0, 10.0, 0.0), OFF_TRACK),  # 40 + 2 × 24 = 88 at most
        ],
    )
    def test_the_slowest_and_the_fastest_quarter_must_agree(self, paces, expected):
        ahead = commitment_with(value=40.0, paces=paces, target=90.0, target_date="2014-12")
        assert ahead.assess_on(JUNE)[0] == expected

    def test_a_rate_is_projected_over_the_months_to_the_target(self):
        ahead = commitment_with(value=40.0, paces=(30.0, 30.0), target=60.0, target_date="2014-07")
        assert ahead.assess_on(JUNE) == (
            OFF_TRACK,
            (
                "40 in June 2014 against a target of at least 60. The last 2 quarters added 30 "
                "each, so the figure would be 50 by July 2014."
            ),
        )

    @pytest.mark.parametrize("value", [0.0, 3.0, 6.0])
    def test_time_that_has_passed_is_neither_on_nor_off_track(self, value):
        coached = commitment_with(
            unit="months", value=value, paces=(3.0, 3.0), target=6.0, target_date="2014-09"
        )
        assert coached.assess_on(JUNE)[0] == STATUS_UNKNOWN
        quicker = commitment_with(
            unit="months", value=5.0, sense=FEWER_THAN, target=6.0, target_date="2014-09"
        )
        assert quicker.assess_on(JUNE)[0] == ON_TRACK

    def test_nothing_is_said_before_counting_begins(self):
        later = commitment_with(target=65.0, target_date="2014-09", counted_from="2014-07")
        assert later.assess_on(JUNE)[1] == (
            "Counting begins in July 2014. The target is at least 65 by September 2014."
        )
        assert later.assess_on(date(2014, 7, 1))[1] == (
            "The target is at least 65 by September 2014. The current value is not published."
        )

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
            value=value,
            paces=() if added is None else (added, 2 * added),
            target=target,
            sense=sense,
            target_date=by,
            period=period,
        ).assess_on(JUNE)
        assert verdict in {ON_TRACK, OFF_TRACK, STATUS_UNKNOWN}
        assert why.endswith(".")
        assert verdict == STATUS_UNKNOWN or None not in {value, target}

    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
    def test_a_higher_value_is_never_worse(self, value, added, target, more):
        def judge(reached):
            ahead = commitment_with(
                value=reached, paces=(added, added / 2), target=target, target_date="2014-12"
            )
            return ahead.assess_on(JUNE)[0]

        assert (judge(value), judge(value + more)) != (ON_TRACK, OFF_TRACK)


class TestEveryQuarter:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_counts_by_status_add_up(self, quarter):
        result = assess_bundled_commitments(quarter)
        assert sum(count_statuses(result).values()) == (result["kind"] == "commitment").sum()
        assert len(result) == len(load_bundled(commitments_schema, quarter))
        assert tuple(result.columns) == COMMITMENT_COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_no_value_is_from_after_the_quarter(self, quarter):
        assert (
            assess_bundled_commitments(quarter)["period"].str[:7]
            <= f"{last_day_of_quarter(quarter):%Y-%m}"
        ).all()

    def test_without_derivations_derived_values_are_missing(self):
        result = assess_commitments(load_bundled(commitments_schema), JUNE, {})
        assert indicator_value(result, "exemplars_live_recounted") is None
        assert indicator_value(result, "exemplars_live") == 3
