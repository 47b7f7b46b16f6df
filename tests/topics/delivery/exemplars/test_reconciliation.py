"""Reasons why the published, listed and dated phases differ."""

from tests.topics.delivery.exemplars.examples import JUNE, explain_on_day, visible_data
from workbook.topics.delivery.exemplars.phase_history import phases_by_milestones
from workbook.topics.delivery.exemplars.phase_lists import latest_phase_list
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES


class TestReasons:
    def test_reasons_known_at_the_end_of_june_2014(self):
        assert explain_on_day(*visible_data("2014-Q2")[:3]) == (
            (
                "The dashboard’s list has 26 entries for the report’s 25 services: Criminal "
                "record check and Passports share number 20."
            ),
            (
                "The dashboard lists Criminal record check in discovery, a phase that the report "
                "does not publish."
            ),
            (
                "The report has 1 fewer in alpha and 1 more in beta than the dashboard’s list last "
                "updated on 12 June 2014. Services may have moved between that update and 30 June "
                "2014. No later list is known yet."
            ),
            (
                "Dated milestones give a different phase for Redundancy payments (alpha, listed in "
                "beta), Claim Personal Independence Payment (PIP) (discovery, listed in alpha) and "
                "Agent Online Self Serve (alpha, listed in beta). Claim Personal Independence "
                "Payment (PIP) has discovery completed, and no dated milestone after it."
            ),
        )

    def test_the_july_list_shows_which_service_moved(self):
        assert explain_on_day(*visible_data("2014-Q3")[:3])[2].endswith(
            "By the next list, last updated on 18 July 2014, Renew a patent moved to live and "
            "Passports moved to beta. The report has 4 in alpha and 18 in beta, which would need "
            "Passports in beta by 30 June 2014. The dashboard’s milestones date the move of "
            "Passports in July 2014, which gives 5 in alpha and 17 in beta."
        )

    def test_a_move_that_milestones_date_in_time_gives_the_published_counts(self):
        published, phases, dated, _ = visible_data("2014-Q3")
        is_move = dated["title"].eq("Passports") & dated["phase"].eq("beta")
        earlier = dated.assign(month=dated["month"].mask(is_move, "2014-06"))
        assert explain_on_day(published, phases, earlier)[2].endswith(
            "With only Passports moved by 30 June 2014, the lists give 4 alpha, 18 beta, 3 live, "
            "as the report does."
        )

    def test_the_july_list_less_patents_has_the_published_counts(self):
        published, phases, *_ = visible_data("2014-Q3")
        july = phases[phases["updated"] == "2014-07-18"].set_index("title")["phase"]
        counts = july.drop("Criminal record check").replace({"public": "beta"})
        before = counts.where(counts.index != "Renew a patent", "beta").value_counts()
        assert before.to_dict() == {"alpha": 4, "beta": 18, "live": 3}
        assert {phase: published.counts[phase] for phase in before.index} == before.to_dict()

    def test_moves_that_cannot_give_the_published_counts_are_said(self):
        published, phases, dated, _ = visible_data("2014-Q3")
        other = published._replace(counts={"discovery": 0, "alpha": 2, "beta": 20, "live": 3})
        assert explain_on_day(other, phases, dated)[2].endswith(
            "No choice of these moves gives the report’s counts."
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
