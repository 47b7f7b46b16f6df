"""Status of commitments in June 2014 and later, with reasons, and properties of all statuses."""

import math
from datetime import date

import pandas as pd
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
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    STATUSES,
    CommitmentStatus,
)
from workbook.topics.delivery.commitments.status_counts import count_statuses

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in (2011, 2013, 2014, 2015, 2018) for n in range(1, 5)]
NUMBER = st.none() | st.integers(0, 500).map(float)
TARGET = st.integers(0, 500).map(float)


def commitment_with(**fields):
    return CommitmentStatus(**{"unit": "count", "period": "2014-06", "sense": AT_LEAST} | fields)


def status_of(quarter, name):
    row = assess_bundled_commitments(quarter).set_index("id").loc[name]
    return row["status"], row["why"]


class TestJune2014:
    def test_counts_by_status(self):
        result = assess_bundled_commitments("2014-Q2")
        assert count_statuses(result) == {
            MET: 0, ON_TRACK: 0, OFF_TRACK: 1, MISSED: 0, STATUS_UNKNOWN: 10,
        }  # fmt: skip
        assert (result["why"] != "").all()

    @pytest.mark.parametrize(
        ("name", "status", "why"),
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
                "D55",
                STATUS_UNKNOWN,
                (
                    "It is due by November 2014 (published as “Autumn 2014”). Whether it is done "
                    "is not published."
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
        ],
    )
    def test_statuses_have_reasons(self, name, status, why):
        assert status_of("2014-Q2", name) == (status, why)


class TestLaterQuarters:
    def test_a_target_not_met_by_its_date_is_missed(self):
        missed = (
            MISSED,
            ("6 in September 2014 against a target of at least 7, due by September 2014."),
        )
        assert status_of("2014-Q3", "D06") == missed

    def test_a_missed_target_stays_missed_when_reached_later(self):
        assert status_of("2014-Q4", "D06") == status_of("2014-Q3", "D06")

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


class TestStatus:
    def test_a_target_reached_early_is_met(self):
        assert commitment_with(value=7.0, target=7.0, target_date="2014-09").assess_on(JUNE) == (
            MET,
            "7 in June 2014 against a target of at least 7, due by September 2014.",
        )

    @pytest.mark.parametrize(("period", "status"), [("2014-06", ON_TRACK), ("2014-09", MET)])
    def test_a_limit_is_met_at_its_date_and_on_track_before(self, period, status):
        limit = commitment_with(
            value=6.0, target=7.0, target_date="2014-09", sense=FEWER_THAN, period=period
        )
        assert limit.assess_on(date(2014, 9, 30))[0] == status

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
            == MISSED
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
        ("sense", "ahead_of_date", "at_date"),
        [(AT_LEAST, ON_TRACK, MET), (MORE_THAN, OFF_TRACK, MISSED), (FEWER_THAN, ON_TRACK, MISSED)],
    )
    def test_a_value_equal_to_the_target(self, sense, ahead_of_date, at_date):
        ahead = commitment_with(
            value=50.0, paces=(50.0, 50.0), sense=sense, target=100.0, target_date="2014-09"
        )
        assert ahead.assess_on(JUNE)[0] == ahead_of_date
        then = commitment_with(value=100.0, sense=sense, target=100.0, target_date="2014-06")
        assert then.assess_on(JUNE)[0] == at_date

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
        TARGET,
        st.sampled_from([AT_LEAST, MORE_THAN, FEWER_THAN]),
        st.sampled_from(["2013-12", "2014-06", "2014-09", "2020-12"]),
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
        assert verdict in STATUSES
        assert why.endswith(".")
        assert verdict == STATUS_UNKNOWN or value is not None

    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
    def test_a_higher_value_is_never_worse(self, value, added, target, more):
        def judge(reached):
            ahead = commitment_with(
                value=reached, paces=(added, added / 2), target=target, target_date="2014-12"
            )
            return ahead.assess_on(JUNE)[0]

        assert STATUSES.index(judge(value + more)) >= STATUSES.index(judge(value))


class TestEveryQuarter:
    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_counts_by_status_add_up(self, quarter):
        result = assess_bundled_commitments(quarter)
        assert sum(count_statuses(result).values()) == len(result)
        assert len(result) == len(load_bundled(commitments_schema, quarter))
        assert tuple(result.columns) == COMMITMENT_COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_no_value_is_from_after_the_quarter(self, quarter):
        assert (
            assess_bundled_commitments(quarter)["period"].str[:7]
            <= f"{last_day_of_quarter(quarter):%Y-%m}"
        ).all()

    def test_without_derivations_derived_values_are_missing(self):
        result = assess_commitments(load_bundled(commitments_schema), JUNE, {}).set_index("id")
        assert math.isnan(result.loc["D06", "value"])
        assert result.loc["D06", "status"] == STATUS_UNKNOWN


def history_of(*rows, target_date="2014-12"):
    """A commitment to move at least 300 websites, from month, value and added of each row."""
    return pd.DataFrame(
        [
            {
                "id": "W1", "programme": "P", "commitment": "Move 300 websites", "measure": "Moved",
                "unit": "count", "sense": AT_LEAST, "target": 300.0, "target_date": target_date,
                "period": month, "value": value, "added": added, "rests_on": "", "source": "S",
            }
            for month, value, added in rows
        ]
    ).reindex(columns=list(commitments_schema.schema.columns))  # fmt: skip


class TestHistory:
    """A commitment with a row for each quarter."""

    def test_the_newest_row_counts(self):
        (row,) = assess_commitments(
            history_of(("2014-06", 200.0, None), ("2014-03", 150.0, None)), JUNE, {}
        ).to_dict("records")
        assert (row["value"], row["period"]) == (200, "2014-06")
        assert row["status"] == STATUS_UNKNOWN  # one quarter's rate
        assert "At last quarter’s rate of 50, the figure would be 300 by" in row["why"]

    def test_the_rates_of_earlier_rows_judge_the_newest(self):
        months = [("2013-12", 110.0, None), ("2014-03", 150.0, None), ("2014-06", 190.0, None)]
        (row,) = assess_commitments(history_of(*months), JUNE, {}).to_dict("records")
        assert row["status"] == OFF_TRACK
        assert row["why"].endswith(
            "The last 2 quarters added 40 each, so the figure would be 270 by December 2014."
        )

    def test_a_missed_target_stays_missed_when_a_later_row_reaches_it(self):
        history = history_of(("2014-12", 290.0, None), ("2015-03", 310.0, None))
        (row,) = assess_commitments(history, date(2015, 3, 31), {}).to_dict("records")
        assert (row["status"], row["value"]) == (MISSED, 290)
