"""The headline and the notes of savings."""

import numpy as np
import pytest

from tests.topics.savings.examples import calculate_by_hand, evaluate_example
from workbook.text.numbers import format_estimate
from workbook.topics.savings.parameters import Savings


class TestSentences:
    @pytest.mark.parametrize(
        ("years", "when"), [(4.0, "2018-19"), (4.4, "2019-20"), (2.5, "2017-18"), (1.0, "2015-16")]
    )
    def test_the_headline_names_the_year_of_the_target(self, years, when):
        outcome = evaluate_example(years_to_target=years, take_up_convention="year-end")
        assert f"by the end of {when}, the saving would reach" in outcome.headline
        table = outcome.frame("cash_flow")
        reached = table[np.isclose(table["take_up"], 0.82)].iloc[0]
        assert reached["financial_year"] == when

    def test_the_probability_has_its_condition(self):
        headline = evaluate_example(draws=10_000).headline
        assert "If 82% is reached, the probability that benefits exceed costs is 85%." in headline
        assert "8 in 10 simulations lie between −£85 million and £1.1 billion." in headline

    def test_the_annual_saving_has_its_range(self):
        saving = evaluate_example(draws=10_000)
        assert "£228 million a year (8 in 10 simulations: £150 million to £340 million)." in (
            saving.headline
        )
        loss = evaluate_example(take_up_target=0.6)
        assert "the loss would reach £288 million a year (8 in 10 simulations: £" in loss.headline

    def test_the_value_of_time_says_in_whose_prices_it_is(self):
        notes = " ".join(evaluate_example(users_time_minutes=10).notes)
        assert "The published value of time is in 2002 prices" in notes
        own = " ".join(evaluate_example(users_time_minutes=10, value_of_time=9.0).notes)
        assert "2002 prices" not in own

    def test_a_result_that_most_simulations_contradict_is_about_break_even(self):
        outcome = evaluate_example(transition_cost=830_000_000, draws=10_000)
        assert 0 < outcome["npv"].value < 40_000_000
        assert outcome["probability_npv_positive"].value < 0.5
        assert "the result would be about break-even: a gain of £" in outcome.headline
        assert "benefits would exceed costs by" not in outcome.headline

    def test_a_service_with_governments_cost_says_so_in_the_headline(self):
        headline = evaluate_example(service="Vehicle tax renewals").headline
        assert (
            "This counts all of government’s transition cost, £500 million, against Vehicle tax "
            "renewals alone." in headline
        )
        own = evaluate_example(service="Vehicle tax renewals", transition_cost=10_000_000).headline
        assert "all of government" not in own

    def test_the_published_saving_is_not_one_services(self):
        outcome = evaluate_example(service="Vehicle tax renewals")
        assert outcome["published_saving"].value is None
        assert "all of government’s" in outcome["published_saving"].missing_reason

    def test_skew_is_said_on_the_side_where_it_is(self):
        notes = " ".join(evaluate_example(draws=10_000).notes)
        assert "Half of the simulations give a net present value below £440 million." in notes
        other = evaluate_example(draws=10_000, optimism_bias=2.0, transition_cost=500_000_000)
        median, npv = other["npv_p50"].value, other["npv"].value
        side = "below" if median < npv else "above"
        assert f"Half of the simulations give a net present value {side}" in " ".join(other.notes)

    def test_optimism_bias_names_its_measures_and_the_published_value(self):
        notes = " ".join(evaluate_example().notes)
        assert "No measure that mitigates it is named" in notes
        at_published = calculate_by_hand(Savings(optimism_bias=2.0)).npv
        assert (
            f"At 200% the net present value would be {format_estimate(at_published, 'GBP')}"
            in notes
        )
        named = " ".join(evaluate_example(optimism_mitigations="pilot; fixed price").notes)
        assert "Measures that mitigate it: pilot and fixed price." in named
        assert "is not below" in " ".join(evaluate_example(optimism_bias=2.0).notes)

    def test_the_transactions_are_compared_with_those_that_report(self):
        [note] = [note for note in evaluate_example().notes if "The two counts cover" in note]
        assert note.startswith("The scenario has 909 million transactions a year.")
        assert "made 414 million in the year to June 2014" in note
        assert "(800 million)" in note

    def test_one_year_is_singular(self):
        outcome = evaluate_example(horizon=1)
        assert "Over 1 year costs would exceed benefits" in outcome.headline
        reason = outcome["payback_years"].missing_reason
        assert reason == "the costs are not recovered within 1 year"
