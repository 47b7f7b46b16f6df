"""Audit tests of a claimed saving: facts of the scenario, or questions to its author."""

import pytest

from tests.topics.savings.examples import evaluate_example


def audit_answers(**values):
    """Answer and reason of each audit test."""
    table = evaluate_example(**values).frame("checks")
    return {test: (answer, why) for test, answer, why in table.to_numpy()}


class TestAuditTests:
    def test_the_scenario_answers_what_it_can(self):
        actual = [answer for answer, _ in audit_answers().values()]
        assert len(actual) == 7
        assert actual == ["no", "yes", "yes", "yes", "not known", "not known", "not known"]

    def test_the_author_answers_the_rest(self):
        file_name = {"quality_kept": "yes", "baseline_realistic": "no", "not_reallocated": "yes"}
        assert sorted(answer for answer, _ in audit_answers(**file_name).values()) == sorted(
            ["no", "yes", "yes", "yes", "yes", "no", "yes"]
        )

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"take_up_convention": "year-end"}, "last day’s take-up"),
            ({"discount_timing": "mid-year"}, "discounted from its middle"),
        ],
    )
    def test_another_convention_is_not_the_stated_method(self, values, reason):
        answer, why = audit_answers(**values)["The saving is calculated by the stated method"]
        assert answer == "no"
        assert reason in why

    def test_the_stated_method_is_shown_by_the_totals(self):
        answer, why = audit_answers()["The saving is calculated by the stated method"]
        assert answer == "yes"
        assert "both add up to £1.8 billion" in why

    def test_unconverted_costs_are_not_real_terms(self):
        test = "The claim says whether it is nominal or real"
        answer, why = audit_answers(convert_prices="no")[test]
        assert answer == "no"
        assert "amounts in 2012 prices count as 2014-15 prices: cost of a digital contact" in why
        own = {
            "cost_digital": 0.2,
            "cost_phone": 3.0,
            "cost_post": 7.0,
            "cost_face_to_face": 9.0,
            "assisted_cost": 3.0,
        }
        assert audit_answers(convert_prices="no", **own)[test][0] == "yes"

    def test_only_the_scenarios_amounts_are_said_to_be_in_its_prices(self):
        _, why = audit_answers()["The claim says whether it is nominal or real"]
        assert why == (
            "Real terms: the scenario’s amounts are in 2014-15 prices. Amounts from the Digital "
            "Efficiency Report and published savings are as published. Contact costs are converted "
            "from 2012 prices with the UK GDP deflator."
        )

    def test_every_assumption_without_a_published_source_is_named(self):
        answer, why = audit_answers()["The data is reliable, or the estimate is cautious"]
        assert answer == "no"
        assert why.startswith("5 of the 15 uncertain assumptions have no published source (")
        assert "taxpayer" not in why

    def test_the_authors_own_values_need_a_source(self):
        own = {
            "assisted_share": 0.2,
            "assisted_cost": 3.0,
            "transition_cost": 400_000_000,
            "dual_running_years": 0.5,
            "fiscal_share": 0.6,
        }
        test = "The data is reliable, or the estimate is cautious"
        answer, why = audit_answers(optimism_mitigations="fixed price", **own)[test]
        assert answer == "not known"
        assert why.startswith("Provide the source of your own values: people moving")

    def test_what_is_not_known_says_what_to_provide(self):
        for answer, why in audit_answers().values():
            assert (answer == "not known") == why.startswith("Provide ")

    def test_governments_transition_cost_is_not_a_services(self):
        answer, why = self.net_of_transition(service="Vehicle tax renewals")
        assert answer == "no"
        assert "all of government’s" in why

    def net_of_transition(self, **values):
        (net_answer,) = (
            answer for test, answer in audit_answers(**values).items() if "net of" in test
        )
        return net_answer

    def test_a_transition_without_cost_fails(self):
        answer, _ = self.net_of_transition(transition_cost=0)
        assert answer == "no"

    def test_a_transition_that_ends_after_the_appraisal_fails(self):
        answer, _ = self.net_of_transition(transition_years=10, horizon=5)
        assert answer == "no"

    def test_dual_running_is_named_only_if_there_is_some(self):
        _, why = self.net_of_transition(dual_running_years=0.0)
        assert "dual running" not in why
