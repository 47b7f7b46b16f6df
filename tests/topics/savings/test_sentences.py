"""The headline and the notes of savings."""

import re

import numpy as np
import pytest

from tests.topics.savings.examples import calculate_by_hand, evaluate_example
from workbook.text.numbers import format_estimate
from workbook.topics.savings import topic
from workbook.topics.savings.parameters import Savings


class TestSentences:
    @pytest.mark.parametrize(
        ("years", "when"), [(4.0, "2018-19"), (4.4, "2019-20"), (2.5, "2017-18"), (1.0, "2015-16")]
    )
    def test_the_headline_names_the_year_of_the_target(self, years, when):
        outcome = evaluate_example(years_to_target=years, take_up_convention="year-end")
        assert f"If take-up reaches 82% by {when}, " in outcome.headline
        table = outcome.frame("cash_flow")
        reached = table[np.isclose(table["take_up"], 0.82)].iloc[0]
        assert reached["financial_year"] == when

    def test_the_value_of_time_says_in_whose_prices_it_is(self):
        notes = " ".join(evaluate_example(users_time_minutes=10).notes)
        assert "The published value of time is in 2002 prices" in notes
        own = " ".join(evaluate_example(users_time_minutes=10, value_of_time=9.0).notes)
        assert "2002 prices" not in own

    def test_a_result_that_most_simulations_contradict_is_about_break_even(self):
        outcome = evaluate_example(transition_cost=830_000_000, draws=10_000)
        assert 0 < outcome["npv"].value < 40_000_000
        assert outcome["probability_npv_positive"].value < 0.5
        assert "benefits less costs would be £2" in outcome.headline
        assert "benefits would exceed costs by" not in outcome.headline

    def test_the_published_saving_is_not_one_services(self):
        outcome = evaluate_example(service="Vehicle tax renewals")
        assert outcome["published_saving"].value is None
        assert "all of government’s" in outcome["published_saving"].missing_reason

    def test_skew_is_said_on_the_side_where_it_is(self):
        notes = " ".join(evaluate_example(draws=10_000).notes)
        assert (
            "More than half of the simulations lie below £505 million, the scenario’s own result. "
            "Their median is £440 million."
        ) in notes
        other = evaluate_example(draws=10_000, optimism_bias=2.0, transition_cost=500_000_000)
        median, npv = other["npv_p50"].value, other["npv"].value
        side = "below" if median < npv else "above"
        assert f"More than half of the simulations lie {side} " in " ".join(other.notes)

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
        assert "The 41 services that report made 414 million in the year to June 2014" in note
        assert "(800 million)" in note

    def test_transactions_of_services_without_a_digital_count_are_not_counted(self):
        [note] = [n for n in evaluate_example(quarter="2015-Q1").notes if "two counts cover" in n]
        assert "The 40 services that report made 421 million in the year to March 2015" in note

    def test_methods_that_count_different_things_are_not_made_a_range(self):
        notes = " ".join(evaluate_example(quarter="2021-Q4").notes)
        assert (
            "Contacts alone: £228 million a year (2014-15 prices, cash-releasing only). Whole "
            "services: £379 million or £1 billion (2012 report’s prices). The two are not "
            "comparable. Both begin at the scenario’s starting take-up, 72.3%. A third covers "
            "only 26 services, from their own take-up of 80.1%, and gives £34.1 million for them. "
            "The saving is £21.8 million without Domestic applications for UK passports, whose "
            "digital count of 0 is probably missing."
        ) in notes
        one_service = " ".join(evaluate_example(service="Vehicle tax renewals").notes)
        assert "A third covers" not in one_service
        assert "The saving is" not in " ".join(evaluate_example(quarter="2015-Q1").notes)

    def test_the_cost_of_all_transactions_is_the_report_s_by_its_ratio(self):
        reasons = " ".join(evaluate_example().frame("ways")["why"])
        assert (
            "of £6.3 billion, the cost of all transactions as implied by the report, on this cost "
            "ratio."
        ) in reasons

    def test_a_loss_and_its_range_have_the_same_sign(self):
        note = evaluate_example(draws=10_000).notes[1]
        assert note.startswith(
            "With no rise from 72.3%, the whole cost of the move is lost: £725 million discounted "
            "to 2014-15, or £750 million undiscounted. Discounted, 8 in 10 simulations lie "
            "between £"
        )
        assert note.endswith(
            "How probable that is cannot be said: there is too little data to test a forecast."
        )

    def test_the_start_is_said_to_be_the_report_s(self):
        note = (
            "The starting point, 72.3%, is the Digital Efficiency Report’s (November 2012) for 909 "
            "million transactions. It is not take-up in this quarter."
        )
        for quarter, reported in (
            (
                "2014-Q2",
                " Take-up in all 41 services that report was 72.1% in the year to June 2014.",
            ),
            ("2021-Q4", ""),
        ):
            assert f"{note}{reported}" in evaluate_example(quarter=quarter).notes
        for other in ({"take_up_now": 0.7}, {"service": "Vehicle tax renewals"}):
            assert not [n for n in evaluate_example(**other).notes if "starting point" in n]

    @pytest.mark.parametrize("quarter", ["2014-Q2", "2015-Q1", "2021-Q4"])
    def test_the_start_is_not_called_take_up_now(self, quarter):
        outcome = evaluate_example(quarter=quarter)
        charts = (draw(outcome) for draw in topic.charts.values())
        texts = (
            outcome.headline,
            *outcome.warnings_and_notes,
            *(indicator.explanation for indicator in outcome.indicators),
            *(text for c in charts for text in (c.title, c.subtitle, c.description)),
        )
        assert not [text for text in texts if re.search("today’s|take-up now", text, re.IGNORECASE)]

    def test_what_is_not_discounted_is_said(self):
        outcome = evaluate_example()
        for name in ("total_saving", "fiscal_saving", "fee_payer_saving"):
            assert outcome[name].note == "not discounted, before transition costs and dual running"
        assert (
            "Before discounting and before the costs of the move, £1.8 billion would be saved over "
            "10 years. Of that, £1.2 billion is for the taxpayer and £646 million for people who "
            "pay fees."
        ) in outcome.notes
        lost = " ".join(evaluate_example(take_up_target=0.6).notes)
        assert (
            "would be lost over 10 years. Of that, £1.5 billion falls on the taxpayer and £800 "
            "million on people who pay fees."
        ) in lost

    def test_prices_and_discounting_are_said_for_each_kind_of_amount(self):
        [note] = [
            note for note in evaluate_example().notes if "prices" in note and "UK GDP" in note
        ]
        assert note.startswith(
            "The scenario’s amounts are in 2014-15 prices. Amounts from the Digital Efficiency "
            "Report and published savings are as published. Only the net present value, the "
            "benefit-cost ratio, the discounted payback and what follows from them are discounted, "
            "to 2014-15."
        )
        assert "converted from 2012 prices with the UK GDP deflator" in note

    @pytest.mark.parametrize(
        ("values", "condition"),
        [
            ({}, "if take-up reaches 82% by 2018-19"),
            ({"quarter": "2021-Q4"}, "at 82% take-up by 2018-19"),
            ({"curve": "forecast"}, "if take-up follows its forecast"),
            (
                {"service": "Vehicle tax renewals"},
                (
                    "if take-up reaches 82% by 2018-19; counts the transition cost of all of "
                    "government"
                ),
            ),
        ],
    )
    def test_the_net_present_value_says_its_condition(self, values, condition):
        assert evaluate_example(**values)["npv"].note == condition

    def test_one_year_is_singular(self):
        outcome = evaluate_example(horizon=1)
        assert "costs would exceed benefits by £499 million over 1 year" in outcome.headline
        reason = outcome["payback_years"].missing_reason
        assert reason == "the costs are not recovered within 1 year"
