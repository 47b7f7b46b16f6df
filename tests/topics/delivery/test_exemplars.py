"""The exemplars on a day: METHOD's counts and times, and what always holds of a timeline."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.delivery.held import held
from workbook.quarters import last_day
from workbook.topics.delivery.accounts import COLUMNS, accounts, printed, why
from workbook.topics.delivery.exemplars import (
    known_to,
    listed,
    months_to_live,
    recounted,
    time_to_live,
    timeline,
)
from workbook.topics.delivery.phases import PHASES
from workbook.topics.delivery.tables import commitments, exemplar_milestones, exemplar_phases

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in range(2011, 2019) for n in range(1, 5)]
MONTH = st.builds("{:04d}-{:02d}".format, st.integers(2012, 2014), st.integers(1, 12))


def seen(quarter):
    """What a quarter sees: what is printed, the lists, the milestones, and its last day."""
    return (
        printed(held(commitments, quarter)),
        held(exemplar_phases, quarter),
        held(exemplar_milestones, quarter),
        last_day(quarter),
    )


def counted(quarter):
    return accounts(*seen(quarter)).set_index("account")[[*PHASES, "services"]].to_numpy().tolist()


def milestones(*rows):
    frame = pd.DataFrame(rows, columns=["title", "phase", "month"], dtype=str)
    return frame.assign(state="completed", as_of="2015-02")


@st.composite
def services(draw):
    """Milestones of a few services, in any order and some phases of them only."""
    rows = draw(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(PHASES), MONTH)))
    return milestones(*rows)


class TestAccounts:
    def test_june_2014_as_printed_as_listed_and_by_milestones(self):
        found = accounts(*seen("2014-Q2"))
        assert found.to_numpy().tolist() == [
            ["Printed in the report", "2014-06-30", 0, 4, 18, 3, 25],
            ["Listed by the dashboard", "2014-06-30", 1, 5, 17, 3, 26],
            ["By milestones", "2014-06-30", 2, 6, 15, 3, 26],
        ]

    def test_later_quarters_have_no_printed_counts_and_count_a_public_beta_as_beta(self):
        assert counted("2014-Q3") == [[1, 3, 16, 6, 26], [2, 2, 16, 6, 26]]
        assert counted("2014-Q4") == [[1, 2, 15, 8, 26], [2, 2, 14, 8, 26]]

    def test_milestones_are_known_to_february_2015(self):
        found = accounts(*seen("2018-Q4"))
        assert found["as_of"].tolist() == ["2018-10-31", "2015-02-28"]
        assert found["live"].tolist() == [15, 9]

    def test_before_anything_is_known_there_is_none(self):
        found = accounts(*seen("2011-Q4"))
        assert found.empty
        assert tuple(found.columns) == COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_phases_add_up_to_the_services(self, quarter):
        for *phases, services in counted(quarter):
            assert sum(phases) == services


class TestWhy:
    def test_june_2014_as_that_quarter_knows_it(self):
        assert why(*seen("2014-Q2")[:3]) == (
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
        assert why(*seen("2014-Q3")[:3])[2].endswith(
            "Passports moved from alpha to beta by the list of 24 July 2014: it may be printed as "
            "of then."
        )

    def test_where_all_agree_there_is_nothing_to_say(self):
        said, phases, dated, _ = seen("2014-Q2")
        by_list = listed(phases, JUNE).set_index("title")["phase"].sort_index()
        agree = by_list == recounted(dated, JUNE).sort_index()
        same = phases[phases["title"].isin(agree[agree].index)]
        counts = {phase: int((listed(same, JUNE)["phase"] == phase).sum()) for phase in PHASES}
        assert why(said._replace(counts=counts, services=len(same)), same, dated) == ()


class TestPrinted:
    def test_discovery_is_what_the_others_leave(self):
        said = printed(held(commitments, "2014-Q2"))
        assert said.counts == {"alpha": 4, "beta": 18, "live": 3, "discovery": 0}
        assert (said.day, said.services) == (JUNE, 25)

    @pytest.mark.parametrize("gone", ["exemplars_alpha", "exemplars_live"])
    def test_without_all_of_them_it_is_not_known(self, gone):
        rows = held(commitments)
        assert printed(rows[rows["indicator"] != gone]) is None


class TestTimeToLive:
    def live(self, day):
        found = months_to_live(held(exemplar_milestones), day)
        return sorted(found.loc[found["completed"], "months"])

    def test_june_2014(self):
        assert self.live(JUNE) == [7, 27, 28]
        found = time_to_live(held(exemplar_milestones, "2014-Q2"), JUNE)
        assert (found.subjects, found.completed, found.median) == (25, 3, 27)

    def test_february_2015_beside_the_median_of_the_completed_alone(self):
        day = date(2015, 2, 28)
        assert self.live(day) == [7, 12, 13, 14, 19, 26, 27, 27, 28]
        found = time_to_live(held(exemplar_milestones), day)
        assert (found.subjects, found.median, found.median_completed) == (25, 27, 19)

    def test_later_days_know_no_more(self):
        dated = held(exemplar_milestones)
        first, last = (months_to_live(dated, date(year, 12, 31)) for year in (2015, 2018))
        assert first.equals(last)
        assert known_to(dated, date(2018, 12, 31)) == "2015-02"

    def test_a_day_within_a_month_knows_the_month_before(self):
        assert known_to(held(exemplar_milestones), date(2014, 6, 29)) == "2014-05"
        assert known_to(held(exemplar_milestones), date(2014, 1, 30)) == "2013-12"

    def test_a_service_without_a_discovery_has_no_time(self):
        found = months_to_live(held(exemplar_milestones), JUNE)
        assert "Make a claim to an employment tribunal" not in set(found["title"])

    def test_nothing_known_is_none(self):
        assert time_to_live(held(exemplar_milestones, "2011-Q4"), date(2011, 12, 31)) is None

    def test_a_quarter_judges_as_if_later_rows_were_not_there(self):
        for quarter in QUARTERS[4:]:
            day = last_day(quarter)
            seen_then = months_to_live(held(exemplar_milestones, quarter), day)
            assert seen_then.equals(months_to_live(held(exemplar_milestones), day))


class TestTimeline:
    def rows(self, title):
        found = timeline(held(exemplar_milestones), JUNE)
        return found.loc[found["title"] == title, ["phase", "start", "end"]].to_numpy().tolist()

    def test_a_service_from_discovery_to_live(self):
        assert self.rows("Lasting power of attorney") == [
            ["discovery", "2012-02", "2012-04"],
            ["alpha", "2012-04", "2012-07"],
            ["beta", "2012-07", "2014-05"],
            ["live", "2014-05", "2014-06"],
        ]

    def test_one_that_was_live_before_its_alpha_stays_live(self):
        assert self.rows("Student finance") == [
            ["discovery", "2012-03", "2012-10"],
            ["live", "2012-10", "2014-06"],
        ]

    def test_two_phases_of_one_month_leave_the_first_no_time(self):
        assert ["alpha", "2013-08", "2013-08"] in self.rows("Renew a patent")

    def test_what_is_planned_is_not_reached(self):
        assert [row[0] for row in self.rows("PAYE for employees")] == ["discovery", "beta"]

    @given(services())
    def test_phases_follow_each_other_without_a_gap(self, dated):
        found = timeline(dated, date(2014, 12, 31))
        assert set(found["title"]) == set(dated["title"])
        for _, rows in found.groupby("title"):
            order = [PHASES.index(phase) for phase in rows["phase"]]
            assert order == sorted(set(order))
            assert (rows["start"] <= rows["end"]).all()
            for (_, one), (_, after) in pairwise(rows.iterrows()):
                assert one["end"] == after["start"]
            assert rows["going_on"].tolist() == [False] * (len(rows) - 1) + [True]
            assert rows["end"].iloc[-1] == "2014-12"

    @given(services(), MONTH)
    def test_a_service_is_in_the_latest_phase_that_it_has_reached(self, dated, month):
        day = last_day(f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}")
        reached = dated[dated["month"] <= f"{day:%Y-%m}"]
        furthest = reached.groupby("title")["phase"].agg(
            lambda phases: max(phases, key=PHASES.index)
        )
        assert recounted(dated, day).to_dict() == furthest.to_dict()
