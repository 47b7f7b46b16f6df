"""The exemplars on a day: METHOD's counts and times, and what always holds of a timeline."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.delivery.bundled_tables import load_bundled
from workbook.periods import last_day_of_quarter
from workbook.topics.delivery.data import (
    commitments_schema,
    exemplar_milestones_schema,
    exemplar_phases_schema,
)
from workbook.topics.delivery.exemplars.phase_history import (
    estimate_time_to_live,
    last_known_month,
    latest_phase_list,
    months_to_live,
    phase_timeline,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES
from workbook.topics.delivery.exemplars.reconciliation import (
    PHASE_COUNT_COLUMNS,
    compare_phase_counts,
    explain_differences,
    published_phase_counts,
)

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in range(2011, 2019) for n in range(1, 5)]
MONTH = st.builds("{:04d}-{:02d}".format, st.integers(2012, 2014), st.integers(1, 12))


def visible_data(quarter):
    """What a quarter sees: what is printed, the lists, the milestones, and its last day."""
    return (
        published_phase_counts(load_bundled(commitments_schema, quarter)),
        load_bundled(exemplar_phases_schema, quarter),
        load_bundled(exemplar_milestones_schema, quarter),
        last_day_of_quarter(quarter),
    )


def counts_on_day(quarter):
    return (
        compare_phase_counts(*visible_data(quarter))
        .set_index("account")[[*EXEMPLAR_PHASES, "services"]]
        .to_numpy()
        .tolist()
    )


def milestone_frame(*rows):
    frame = pd.DataFrame(rows, columns=["title", "phase", "month"], dtype=str)
    return frame.assign(state="completed", as_of="2015-02")


@st.composite
def example_milestones(draw):
    """Milestones of a few services, in any order and some phases of them only."""
    rows = draw(
        st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(EXEMPLAR_PHASES), MONTH))
    )
    return milestone_frame(*rows)


class TestAccounts:
    def test_june_2014_as_printed_as_listed_and_by_milestones(self):
        result = compare_phase_counts(*visible_data("2014-Q2"))
        assert result.to_numpy().tolist() == [
            ["Printed in the report", "2014-06-30", 0, 4, 18, 3, 25],
            ["Listed by the dashboard", "2014-06-30", 1, 5, 17, 3, 26],
            ["By milestones", "2014-06-30", 2, 6, 15, 3, 26],
        ]

    def test_later_quarters_have_no_printed_counts_and_count_a_public_beta_as_beta(self):
        assert counts_on_day("2014-Q3") == [[1, 3, 16, 6, 26], [2, 2, 16, 6, 26]]
        assert counts_on_day("2014-Q4") == [[1, 2, 15, 8, 26], [2, 2, 14, 8, 26]]

    def test_milestones_are_known_to_february_2015(self):
        result = compare_phase_counts(*visible_data("2018-Q4"))
        assert result["as_of"].tolist() == ["2018-10-31", "2015-02-28"]
        assert result["live"].tolist() == [15, 9]

    def test_before_anything_is_known_there_is_none(self):
        result = compare_phase_counts(*visible_data("2011-Q4"))
        assert result.empty
        assert tuple(result.columns) == PHASE_COUNT_COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_phases_add_up_to_the_services(self, quarter):
        for *phases, services in counts_on_day(quarter):
            assert sum(phases) == services


class TestWhy:
    def test_june_2014_as_that_quarter_knows_it(self):
        assert explain_differences(*visible_data("2014-Q2")[:3]) == (
            (
                "The list has 26 services for the 25 of the report: Criminal record check and "
                "Passports share number 20."
            ),
            (
                "The list has Criminal record check in discovery, a phase that the report does not "
                "print."
            ),
            (
                "The report prints 1 fewer in alpha and 1 more in beta than the list. Which "
                "service moved is not known by that day."
            ),
            (
                "By their dated milestones there are Redundancy payments in alpha (listed "
                "in beta), Claim Personal Independence Payment (PIP) in discovery (listed in "
                "alpha), Agent Online Self Serve in alpha (listed in beta)."
            ),
        )

    def test_the_list_of_july_tells_of_which_service(self):
        assert explain_differences(*visible_data("2014-Q3")[:3])[2].endswith(
            "Passports moved from alpha to beta by the list of 24 July 2014: it may be printed as "
            "of then."
        )

    def test_where_all_agree_there_is_nothing_to_say(self):
        message, phases, dated, _ = visible_data("2014-Q2")
        by_list = latest_phase_list(phases, JUNE).set_index("title")["phase"].sort_index()
        agree = by_list == phases_by_milestones(dated, JUNE).sort_index()
        same = phases[phases["title"].isin(agree[agree].index)]
        counts = {
            phase: int((latest_phase_list(same, JUNE)["phase"] == phase).sum())
            for phase in EXEMPLAR_PHASES
        }
        assert (
            explain_differences(message._replace(counts=counts, services=len(same)), same, dated)
            == ()
        )


class TestPrinted:
    def test_discovery_is_what_the_others_leave(self):
        message = published_phase_counts(load_bundled(commitments_schema, "2014-Q2"))
        assert message.counts == {"alpha": 4, "beta": 18, "live": 3, "discovery": 0}
        assert (message.day, message.services) == (JUNE, 25)

    @pytest.mark.parametrize("gone", ["exemplars_alpha", "exemplars_live"])
    def test_without_all_of_them_it_is_not_known(self, gone):
        rows = load_bundled(commitments_schema)
        assert published_phase_counts(rows[rows["indicator"] != gone]) is None


class TestTimeToLive:
    def months_of_live(self, day):
        durations = months_to_live(load_bundled(exemplar_milestones_schema), day)
        return sorted(durations.loc[durations["completed"], "months"])

    def test_june_2014(self):
        assert self.months_of_live(JUNE) == [7, 27, 28]
        result = estimate_time_to_live(load_bundled(exemplar_milestones_schema, "2014-Q2"), JUNE)
        assert (result.subject_count, result.completed_count, result.median) == (25, 3, 27)

    def test_february_2015_beside_the_median_of_the_completed_alone(self):
        day = date(2015, 2, 28)
        assert self.months_of_live(day) == [7, 12, 13, 14, 19, 26, 27, 27, 28]
        result = estimate_time_to_live(load_bundled(exemplar_milestones_schema), day)
        assert (result.subject_count, result.median, result.median_completed_only) == (25, 27, 19)

    def test_later_days_know_no_more(self):
        dated = load_bundled(exemplar_milestones_schema)
        first, last = (months_to_live(dated, date(year, 12, 31)) for year in (2015, 2018))
        assert first.equals(last)
        assert last_known_month(dated, date(2018, 12, 31)) == "2015-02"

    def test_a_day_within_a_month_knows_the_month_before(self):
        assert (
            last_known_month(load_bundled(exemplar_milestones_schema), date(2014, 6, 29))
            == "2014-05"
        )
        assert (
            last_known_month(load_bundled(exemplar_milestones_schema), date(2014, 1, 30))
            == "2013-12"
        )

    def test_a_service_without_a_discovery_has_no_time(self):
        result = months_to_live(load_bundled(exemplar_milestones_schema), JUNE)
        assert "Make a claim to an employment tribunal" not in set(result["title"])

    def test_nothing_known_is_none(self):
        assert (
            estimate_time_to_live(
                load_bundled(exemplar_milestones_schema, "2011-Q4"), date(2011, 12, 31)
            )
            is None
        )

    def test_a_quarter_judges_as_if_later_rows_were_not_there(self):
        for quarter in QUARTERS[4:]:
            day = last_day_of_quarter(quarter)
            seen_then = months_to_live(load_bundled(exemplar_milestones_schema, quarter), day)
            assert seen_then.equals(months_to_live(load_bundled(exemplar_milestones_schema), day))


class TestTimeline:
    def timeline_rows(self, title):
        timeline_frame = phase_timeline(load_bundled(exemplar_milestones_schema), JUNE)
        return (
            timeline_frame.loc[timeline_frame["title"] == title, ["phase", "start", "end"]]
            .to_numpy()
            .tolist()
        )

    def test_a_service_from_discovery_to_live(self):
        assert self.timeline_rows("Lasting power of attorney") == [
            ["discovery", "2012-02", "2012-04"],
            ["alpha", "2012-04", "2012-07"],
            ["beta", "2012-07", "2014-05"],
            ["live", "2014-05", "2014-06"],
        ]

    def test_one_that_was_live_before_its_alpha_stays_live(self):
        assert self.timeline_rows("Student finance") == [
            ["discovery", "2012-03", "2012-10"],
            ["live", "2012-10", "2014-06"],
        ]

    def test_two_phases_of_one_month_leave_the_first_no_time(self):
        assert ["alpha", "2013-08", "2013-08"] in self.timeline_rows("Renew a patent")

    def test_what_is_planned_is_not_reached(self):
        assert [row[0] for row in self.timeline_rows("PAYE for employees")] == ["discovery", "beta"]

    @given(example_milestones())
    def test_phases_follow_each_other_without_a_gap(self, dated):
        result = phase_timeline(dated, date(2014, 12, 31))
        assert set(result["title"]) == set(dated["title"])
        for _, rows in result.groupby("title"):
            order = [EXEMPLAR_PHASES.index(phase) for phase in rows["phase"]]
            assert order == sorted(set(order))
            assert (rows["start"] <= rows["end"]).all()
            for (_, one), (_, after) in pairwise(rows.iterrows()):
                assert one["end"] == after["start"]
            assert rows["going_on"].tolist() == [False] * (len(rows) - 1) + [True]
            assert rows["end"].iloc[-1] == "2014-12"

    @given(example_milestones(), MONTH)
    def test_a_service_is_in_the_latest_phase_that_it_has_reached(self, dated, month):
        day = last_day_of_quarter(f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}")
        reached = dated[dated["month"] <= f"{day:%Y-%m}"]
        furthest = reached.groupby("title")["phase"].agg(
            lambda phases: max(phases, key=EXEMPLAR_PHASES.index)
        )
        assert phases_by_milestones(dated, day).to_dict() == furthest.to_dict()
