"""Inputs of one service from the take-up topic."""

import pandas as pd
import pytest

from tests.topics.savings.examples import FEW_DRAWS, calculate_by_hand, evaluate_example
from tests.topics.take_up.example_tables import small_table
from workbook.scenario import ScenarioError
from workbook.topics.savings import topic
from workbook.topics.savings.parameters import Savings

VEHICLE_TAX = "Vehicle tax renewals"
TO_JUNE_2014 = (45_846_368, 24_831_133, 1.26)
"""Transactions, digital transactions, and cost of a transaction in pounds."""

OWN = {"service": VEHICLE_TAX, "transition_cost": 10_000_000}
FORECAST = {**OWN, "curve": "forecast", "quarter": "2017-Q3"}
TWICE = ("A", "2013-06", 1000, 400), ("A", "2014-06", 1000, 500)


def evaluate_service(*rows, cost=2.0, **values):
    """Evaluate service A on a small table of take-up."""
    frame = small_table(*rows).assign(cost_per_transaction=cost)
    return evaluate_example(overrides={"take_up": frame}, **{"service": "A", **values})


def known_figures(outcome):
    """Known values and interval ends of all indicators."""
    return {
        f"{indicator.name} {end}": getattr(indicator, end)
        for indicator in outcome.indicators
        for end in ("value", "low", "high")
        if getattr(indicator, end) is not None
    }


def notes_text(outcome):
    return " ".join(outcome.warnings_and_notes)


class TestOwnFigures:
    def test_the_services_volume_take_up_and_cost_are_used(self):
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
        outcome = evaluate_example(**OWN, convert_prices="no")
        alike = alike.replace(convert_prices="no")
        assert outcome["npv"].value == pytest.approx(calculate_by_hand(alike).npv, rel=1e-9)
        assert outcome["total_saving"].value == pytest.approx(calculate_by_hand(alike).saving.sum())
        assert outcome.frame("cash_flow")["take_up"].iloc[0] == pytest.approx(share)
        channels = outcome.frame("channels")
        assert (channels["share"] * channels["cost"]).sum() == pytest.approx(other)

    def test_a_note_explains_the_published_cost(self):
        assert (
            "£1.26 a transaction. With £0.15 online, the other channels cost £2.57."
            in notes_text(evaluate_example(**OWN, convert_prices="no"))
        )

    def test_the_published_cost_is_converted_from_the_middle_of_its_year(self):
        """The middle of the year to June 2014 is in 2013, so prices grow by 1.451%."""
        outcome = evaluate_example(**OWN)
        volume, digital, published = TO_JUNE_2014
        share, online = digital / volume, 0.15 * 1.02292 * 1.01451
        other = (published * 1.01451 - share * online) / (1 - share)
        channels = outcome.frame("channels")
        assert (channels["share"] * channels["cost"]).sum() == pytest.approx(other)
        assert "£1.26 a transaction, or £1.28 in 2014-15 prices." in notes_text(outcome)

    def test_a_published_cost_of_a_year_outside_the_deflator_is_kept_and_said(self):
        notes = notes_text(evaluate_example(**FORECAST))
        assert "The deflator does not cover that year, so it is not converted." in notes

    def test_the_headline_names_the_service(self):
        assert evaluate_example(**OWN).headline.startswith(
            f"If take-up of {VEHICLE_TAX} reaches 82% by 2018-19, "
        )

    def test_costs_by_channel_are_used_without_a_published_cost(self):
        outcome = evaluate_service(*TWICE, cost=None, convert_prices="no")
        assert outcome.frame("channels")["cost"].tolist() == [2.83, 6.62, 8.62]
        assert "No cost of A is published" in notes_text(outcome)

    def test_a_published_cost_below_the_digital_cost_is_not_used(self):
        outcome = evaluate_service(*TWICE, cost=0.05, convert_prices="no")
        assert outcome.frame("channels")["cost"].tolist() == [2.83, 6.62, 8.62]
        assert "less than its digital transactions alone would cost" in notes_text(outcome)

    def test_the_note_of_an_all_digital_service_is_true(self):
        notes = notes_text(
            evaluate_service(("A", "2013-06", 1000, 900), ("A", "2014-06", 1000, 1000), cost=2.5)
        )
        assert "£2.50" in notes
        assert "less than its digital transactions" not in notes

    def test_replaced_parameters_change_nothing(self):
        """Neither the values nor the simulations change."""
        others = {"volume": 45_000_000, "take_up_now": 0.3}
        assert known_figures(evaluate_example(**OWN, **others)) == pytest.approx(
            known_figures(evaluate_example(**OWN)), rel=1e-9
        )

    def test_a_replaced_volume_of_zero_changes_nothing(self):
        assert evaluate_example(**OWN, volume=0)["npv"].value == pytest.approx(
            evaluate_example(**OWN)["npv"].value
        )

    def test_free_other_channels_are_handled(self):
        """Either these costs are invalid, or the published cost is used."""
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
    def test_switching_values_of_a_service_bring_npv_to_zero(self, values):
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

    def test_a_target_below_take_up_now_is_a_loss(self):
        outcome = evaluate_service(("A", "2013-06", 1000, 850), ("A", "2014-06", 1000, 900))
        assert outcome["annual_saving"].value < 0
        assert outcome.headline.startswith("Take-up of A is already 90%, above the target of 82%.")
        assert "82%" in notes_text(outcome)
        assert "loss" in notes_text(outcome)

    def test_a_warning_asks_for_the_services_own_transition_cost(self):
        outcome = evaluate_example(service=VEHICLE_TAX)
        assert f"Enter the cost of changing {VEHICLE_TAX}" in notes_text(outcome)
        assert "Enter the cost of changing" not in notes_text(evaluate_example(**OWN))

    def test_estimates_give_the_services_share_of_government(self):
        rows = evaluate_example(**OWN).frame("ways")
        one = rows[rows["way"].str.startswith("Bottom-up")].iloc[0]
        volume, _, _ = TO_JUNE_2014
        assert one["covers"] == pytest.approx(volume / 909_200_000)
        assert rows.iloc[0]["covers"] == pytest.approx(volume / 909_200_000)
        assert "1 services" not in one["why"]


class TestOptions:
    def test_service_options_are_those_of_the_take_up_topic(self):
        uploaded_tables = {"take_up": small_table(*TWICE, ("B", "2014-06", 10, 5))}
        for service in ("", "A"):
            outcome = evaluate_example(overrides=uploaded_tables, service=service)
            assert outcome.parameter_options["service"] == ("A", "B")

    @pytest.mark.parametrize("service", ["A (Office)", "A"])
    def test_a_name_with_its_organisation_is_known(self, service):
        """The take-up topic knows both names, so that old links still open."""
        assert evaluate_service(*TWICE, service=service)["annual_saving"].value > 0

    def test_there_are_no_options_before_any_service_reports(self):
        assert evaluate_example(quarter="2012-Q4").parameter_options["service"] == ()


class TestWholeServiceCosts:
    def test_the_cost_of_a_whole_service_is_not_used(self):
        """£2.00 at a take-up of 99.9% implies £1,850 for a contact by other channels."""
        outcome = evaluate_service(
            ("A", "2013-06", 1000, 900),
            ("A", "2014-06", 1000, 999),
            cost=2.0,
            convert_prices="no",
        )
        assert outcome.frame("channels")["cost"].tolist() == [2.83, 6.62, 8.62]
        assert "above the highest published cost of £12.10" in notes_text(outcome)

    def test_another_mix_of_channels_keeps_the_published_cost(self):
        other = evaluate_example(**OWN, phone_share=0.0, face_to_face_share=1.0)
        assert other["annual_saving"].value == pytest.approx(
            evaluate_example(**OWN)["annual_saving"].value
        )


class TestDiscountRates:
    def test_the_only_schedule_of_a_table_is_used(self):
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


class TestUsersAtEachLevel:
    SHARES = "service,level,share\nVehicle tax renewals,2,0.12\nVehicle tax renewals,8,0.88\n"

    @pytest.fixture
    def shares(self, tmp_path):
        path = tmp_path / "shares.csv"
        path.write_text(self.SHARES)
        return str(path)

    def test_the_share_that_needs_help_is_that_of_the_table(self, shares):
        from_table = topic.run(draws=FEW_DRAWS, **OWN, assisted_data=shares)
        by_hand = evaluate_example(**OWN, assisted_share=0.12)
        assert from_table["annual_saving"].value == pytest.approx(by_hand["annual_saving"].value)
        substituted = from_table.substituted_values["assisted_share"]
        assert substituted.value == pytest.approx(0.12)
        assert substituted.source == f"Digital take-up page: {VEHICLE_TAX}"
        assert "people moving online who need help" in notes_text(from_table)

    def test_all_of_government_takes_the_share_of_the_services_in_the_table(self, shares):
        outcome = topic.run(draws=FEW_DRAWS, assisted_data=shares)
        assert outcome.substituted_values["assisted_share"].value == pytest.approx(0.12)
        assert set(outcome.substituted_values) == {"assisted_share"}

    def test_a_table_without_the_service_is_an_error(self, shares):
        with pytest.raises(ScenarioError, match="it has no shares for VAT transactions"):
            topic.run(service="VAT transactions", assisted_data=shares)
