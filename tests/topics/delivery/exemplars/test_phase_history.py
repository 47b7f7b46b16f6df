"""Timeline of the exemplar services: bundled services, and properties of any milestones."""

from datetime import date
from itertools import pairwise

from hypothesis import given

from tests.topics.delivery.bundled_tables import load_bundled
from tests.topics.delivery.exemplars.examples import (
    JUNE,
    MONTH,
    example_milestones,
)
from workbook.periods import last_day_of_quarter
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
)
from workbook.topics.delivery.exemplars.phase_history import (
    phase_timeline,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES


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

    def test_milestones_of_one_product_are_not_those_of_the_service(self):
        # Part-time loans were live in October 2012, full-time student finance in January 2014.
        assert self.timeline_rows("Student finance") == [
            ["discovery", "2012-03", "2013-12"],
            ["alpha", "2013-12", "2014-01"],
            ["beta", "2014-01", "2014-01"],
            ["live", "2014-01", "2014-06"],
        ]

    def test_a_service_in_beta_before_its_alpha_stays_in_beta(self):
        assert self.timeline_rows("Vehicle management") == [
            ["discovery", "2013-10", "2014-03"],
            ["beta", "2014-03", "2014-06"],
        ]

    def test_two_phases_in_one_month_give_the_first_no_duration(self):
        assert ["alpha", "2013-08", "2013-08"] in self.timeline_rows("Renew a patent")

    def test_a_planned_milestone_is_not_reached(self):
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
    def test_a_service_is_in_the_latest_phase_it_has_reached(self, dated, month):
        day = last_day_of_quarter(f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}")
        reached = dated[dated["month"] <= f"{day:%Y-%m}"]
        furthest = reached.groupby("title")["phase"].agg(
            lambda phases: max(phases, key=EXEMPLAR_PHASES.index)
        )
        assert phases_by_milestones(dated, day).to_dict() == furthest.to_dict()
