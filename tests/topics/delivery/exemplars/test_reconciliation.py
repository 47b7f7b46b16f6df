"""Reasons why the published, listed and dated phases differ."""

from tests.topics.delivery.exemplars.examples import JUNE, explain_on_day, visible_data
from workbook.topics.delivery.exemplars.phase_history import phases_by_milestones
from workbook.topics.delivery.exemplars.phase_lists import latest_phase_list
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES


class TestReasons:
    def test_reasons_known_at_the_end_of_june_2014(self):
        assert explain_on_day(*visible_data("2014-Q2")[:3]) == (
            (
                "The dashboard lists 26 services and the report 25: Criminal record check and "
                "Passports share number 20."
            ),
            (
                "The dashboard lists Criminal record check in discovery, a phase that the report "
                "does not publish."
            ),
            (
                "The report has 1 fewer in alpha and 1 more in beta than the dashboard. No later "
                "list shows yet which service moved."
            ),
            (
                "Dated milestones give a different phase for Redundancy payments (alpha, listed in "
                "beta), Claim Personal Independence Payment (PIP) (discovery, listed in alpha) and "
                "Agent Online Self Serve (alpha, listed in beta)."
            ),
        )

    def test_the_july_list_shows_which_service_moved(self):
        assert explain_on_day(*visible_data("2014-Q3")[:3])[2].endswith(
            "Passports moved from alpha to beta by the list of 24 July 2014, so the report may "
            "describe that later position."
        )

    def test_sources_that_agree_have_no_reasons(self):
        message, phases, dated, _ = visible_data("2014-Q2")
        by_list = latest_phase_list(phases, JUNE).set_index("title")["phase"].sort_index()
        agree = by_list == phases_by_milestones(dated, JUNE).sort_index()
        same = phases[phases["title"].isin(agree[agree].index)]
        counts = {
            phase: int((latest_phase_list(same, JUNE)["phase"] == phase).sum())
            for phase in EXEMPLAR_PHASES
        }
        assert (
            explain_on_day(message._replace(counts=counts, services=len(same)), same, dated) == ()
        )
