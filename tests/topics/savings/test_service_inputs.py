"""A service's own figures, as the take-up topic gives them."""

import pandas as pd
import pytest

from tests.topics.savings.examples import FEW_DRAWS, calculate_by_hand, evaluate_example
from tests.topics.take_up.example_tables import small_table
from workbook.scenario import ScenarioError
from workbook.topics.savings.parameters import Savings

VEHICLE_TAX = "Vehicle tax renewals"
TO_JUNE_2014 = (45_846_368, 24_831_133, 1.26)
"""Its transactions, those of them that were digital, and the cost of one in pounds."""

OWN = {"service": VEHICLE_TAX, "transition_cost": 10_000_000}
FORECAST = {**OWN, "curve": "forecast", "quarter": "2017-Q3"}
TWICE = ("A", "2013-06", 1000, 400), ("A", "2014-06", 1000, 500)


def evaluate_service(*rows, cost=2.0, **values):
    """Outcome of the service A on a table of take-up of one's own."""
    frame = small_table(*rows).assign(cost_per_transaction=cost)
    return evaluate_example(overrides={"take_up": frame}, **{"service": "A", **values})


def known_figures(outcome):
    """What is known of every indicator and of the ends of its band."""
    return {
        f"{indicator.name} {end}": getattr(indicator, end)
        for indicator in outcome.indicators
        for end in ("value", "low", "high")
        if getattr(indicator, end) is not None
    }


def remarks_text(outcome):
    return " ".join(outcome.warnings_and_notes)


class TestOwnFigures:
    def test_its_volume_take_up_and_cost_are_used(self):
        volume, digital, cost = TO_JUNE_2014
        share = digital / volume
        other = (cost - share * 0.15) / (1 - share)
        alike = Savings(
            volume=volume,
            take_up_now=share,
            cost_phone=other,
            phone_share=1.0,
            face_to_face_share=0.0,
            transition_cost=10_000_000,
        )
        outcome = evaluate_example(**OWN)
        assert outcome["npv"].value == pytest.approx(calculate_by_hand(alike).npv, rel=1e-9)
        assert outcome["total_saving"].value == pytest.approx(calculate_by_hand(alike).saving.sum())
        assert outcome.frame("cash_flow")["take_up"].iloc[0] == pytest.approx(share)
        channels = outcome.frame("channels")
        assert (channels["share"] * channels["cost"]).sum() == pytest.approx(other)

    def test_what_was_made_of_its_cost_is_said(self):
        assert (
            "£1.26 a transaction. With £0.15 online, the other channels cost £2.57."
            in remarks_text(evaluate_example(**OWN))
        )

    def test_the_headline_names_it(self):
        assert evaluate_example(**OWN).headline.startswith(
            f"If take-up of {VEHICLE_TAX} rises from 54.2%"
        )

    def test_without_a_published_cost_those_by_channel_are_used(self):
        outcome = evaluate_service(*TWICE, cost=None)
        assert outcome.frame("channels")["cost"].tolist() == [2.83, 6.62, 8.62]
        assert "No cost of A is published" in remarks_text(outcome)

    def test_a_cost_below_that_of_its_digital_transactions_says_nothing_of_the_others(self):
        outcome = evaluate_service(*TWICE, cost=0.05)
        assert outcome.frame("channels")["cost"].tolist() == [2.83, 6.62, 8.62]
        assert "less than its digital transactions alone would cost" in remarks_text(outcome)

    def test_of_a_service_that_is_all_digital_nothing_untrue_is_said(self):
        notes = remarks_text(
            evaluate_service(("A", "2013-06", 1000, 900), ("A", "2014-06", 1000, 1000), cost=2.5)
        )
        assert "£2.50" in notes
        assert "less than its digital transactions" not in notes

    def test_the_figures_that_its_own_replace_change_nothing(self):
        """Neither the scenario's figure nor how likely it is to be worth its cost."""
        others = {"volume": 45_000_000, "take_up_now": 0.3}
        assert known_figures(evaluate_example(**OWN, **others)) == pytest.approx(
            known_figures(evaluate_example(**OWN)), rel=1e-9
        )

    def test_not_even_where_the_scenario_has_none(self):
        assert evaluate_example(**OWN, volume=0)["npv"].value == pytest.approx(
            evaluate_example(**OWN)["npv"].value
        )

    def test_other_channels_that_cost_nothing_cannot_share_its_cost(self):
        """That is refused where it can be mended, or the published cost is used all the same."""
        nothing = {"cost_phone": 0.0, "cost_face_to_face": 0.0}
        try:
            outcome = evaluate_example(**OWN, **nothing)
        except ScenarioError as error:
            refused = {problem.name for problem in error.problems}
        else:
            refused = set()
            assert outcome["npv"].value is not None
        assert refused <= nothing.keys()

    @pytest.mark.parametrize("values", [OWN, FORECAST])
    def test_its_switching_values_bring_npv_to_zero_in_the_scenario(self, values):
        scenario = Savings(draws=FEW_DRAWS, **values)
        table = evaluate_example(scenario).frame("switching").dropna(subset=["switching_value"])
        left = {}
        for row in table.itertuples():
            whole = scenario.parameters()[row.parameter].kind == "integer"
            value = round(row.switching_value) if whole else row.switching_value
            left[row.parameter] = evaluate_example(scenario.with_value(row.parameter, value))[
                "npv"
            ].value
        assert left == pytest.approx(dict.fromkeys(left, 0), abs=100)

    def test_a_target_below_its_take_up_is_said_to_be_a_loss(self):
        outcome = evaluate_service(("A", "2013-06", 1000, 850), ("A", "2014-06", 1000, 900))
        assert outcome["annual_saving"].value < 0
        assert "the loss reaches" in outcome.headline
        assert "82%" in remarks_text(outcome)
        assert "loss" in remarks_text(outcome)

    def test_the_transition_of_all_of_government_is_said_to_be_that(self):
        outcome = evaluate_example(service=VEHICLE_TAX)
        assert f"Enter the cost of changing {VEHICLE_TAX}" in remarks_text(outcome)
        assert "Enter the cost of changing" not in remarks_text(evaluate_example(**OWN))

    def test_the_ways_say_what_part_of_government_it_is(self):
        rows = evaluate_example(**OWN).frame("ways")
        one = rows[rows["way"].str.startswith("Bottom-up")].iloc[0]
        volume, _, _ = TO_JUNE_2014
        assert one["covers"] == pytest.approx(volume / 909_200_000)
        assert rows.iloc[0]["covers"] == pytest.approx(volume / 909_200_000)
        assert "1 services" not in one["why"]


class TestOptions:
    def test_the_services_are_those_of_the_take_up_topic(self):
        uploaded_tables = {"take_up": small_table(*TWICE, ("B", "2014-06", 10, 5))}
        for service in ("", "A"):
            outcome = evaluate_example(overrides=uploaded_tables, service=service)
            assert outcome.parameter_options["service"] == ("A", "B")

    @pytest.mark.parametrize("service", ["A (Office)", "A"])
    def test_a_name_is_known_with_its_organisation_too(self, service):
        """As the take-up topic knows it, for links that were made when there were two."""
        assert evaluate_service(*TWICE, service=service)["annual_saving"].value > 0

    def test_none_is_offered_where_none_reports(self):
        assert evaluate_example(quarter="2012-Q1").parameter_options["service"] == ()


class TestWhatIsNoContact:
    def test_a_cost_from_end_to_end_is_not_taken_for_that_of_a_contact(self):
        """£2.00 at 99.9% would be £1,850 for a contact by the other channels."""
        outcome = evaluate_service(
            ("A", "2013-06", 1000, 900), ("A", "2014-06", 1000, 999), cost=2.0
        )
        assert outcome.frame("channels")["cost"].tolist() == [2.83, 6.62, 8.62]
        assert "above the highest published cost of £12.10" in remarks_text(outcome)

    def test_another_mix_of_channels_costs_what_the_service_is_published_to_cost(self):
        other = evaluate_example(**OWN, phone_share=0.0, face_to_face_share=1.0)
        assert other["annual_saving"].value == pytest.approx(
            evaluate_example(**OWN)["annual_saving"].value
        )


class TestDiscountRates:
    def test_the_only_schedule_of_a_table_is_meant(self):
        table = pd.DataFrame(
            [("mine", "2003-01-01", None, 1, 125, 0.02, "our own")],
            columns=[
                *("schedule", "valid_from", "valid_to", "from_year", "to_year", "rate", "source")
            ],
        )
        outcome = evaluate_example(overrides={"discount_rates": table})
        assert outcome.frame("discount_rates")["rate"].tolist() == [0.02]
        assert outcome.frame("cash_flow")["discount_factor"].iloc[1] == pytest.approx(1 / 1.02)
        assert outcome.parameter_options["discount_schedule"] == ("mine",)
