"""The headline of savings: at most 35 words, a number and an interval, whatever the scenario."""

import re

import pytest

from tests.topics.savings.examples import FEW_DRAWS, evaluate_example
from workbook.topics.savings.comparison_phrases import NetBenefit
from workbook.topics.savings.parameters import Savings

VEHICLE_TAX = "Vehicle tax renewals"
LONGEST_NAME = "Orders for a copy of a birth, death or marriage certificate"

BRANCHES = {
    "published": {},
    "no service reports": {"quarter": "2012-Q4"},
    "partly tested forecast": {"quarter": "2015-Q1"},
    "tested forecast": {"quarter": "2017-Q3"},
    "target year has ended": {"quarter": "2021-Q4"},
    "target year has ended, with figures for it": {"quarter": "2021-Q4", "years_to_target": 1.0},
    "target year has ended, about break-even": {
        "quarter": "2021-Q4",
        "transition_cost": 830_000_000,
    },
    "starts at another take-up": {"take_up_now": 0.7},
    "follows an untested forecast": {"curve": "forecast"},
    "follows a partly tested forecast": {"curve": "forecast", "quarter": "2015-Q1"},
    "follows a tested forecast": {"curve": "forecast", "quarter": "2017-Q3"},
    "target of today": {"take_up_target": 0.7228},
    "above the target": {"take_up_now": 0.9},
    "above the target of an ended year": {"take_up_now": 0.9, "quarter": "2021-Q4"},
    "above the target, and digital is dearer": {"take_up_now": 0.9, "cost_digital": 10.0},
    "loss": {"take_up_now": 0.8},
    "about break-even": {"transition_cost": 830_000_000},
    "largest amounts": {"volume": 10**11, "transition_cost": 10**12, "optimism_bias": 5.0},
    "nothing at all": {"volume": 0, "transition_cost": 0},
    "nothing releases cash": {"realisable_share": 0.0},
    "longest appraisal": {"horizon": 125},
    "slowest rise": {"years_to_target": 20.0},
    "service with the cost of government": {"service": VEHICLE_TAX},
    "service with its own cost": {"service": VEHICLE_TAX, "transition_cost": 10_000_000},
    "service on a forecast": {
        "service": VEHICLE_TAX,
        "transition_cost": 10_000_000,
        "curve": "forecast",
        "quarter": "2017-Q3",
    },
    "service on a forecast with the cost of government": {
        "service": VEHICLE_TAX,
        "curve": "forecast",
        "quarter": "2017-Q3",
    },
    "service whose year has ended": {
        "service": VEHICLE_TAX,
        "transition_cost": 10_000_000,
        "quarter": "2021-Q4",
        "take_up_target": 0.95,
    },
    "service with a long name": {
        "service": LONGEST_NAME,
        "transition_cost": 10_000_000,
        "take_up_target": 0.95,
    },
    "service with a long name and the cost of government": {
        "service": LONGEST_NAME,
        "take_up_target": 0.95,
    },
    "service above its target": {"service": LONGEST_NAME},
}


def split_sentences(text):
    return re.split(r"(?<=[.?!])\s+", text)


@pytest.fixture(scope="module", params=list(BRANCHES))
def outcome(request):
    return evaluate_example(**BRANCHES[request.param])


def test_the_headline_has_at_most_35_words(outcome):
    assert len(outcome.headline.split()) <= 35, outcome.headline


def test_the_headline_has_a_number_and_its_interval(outcome):
    assert re.search(r"£\d|\d%", outcome.headline)
    assert "in 10 simulations" in outcome.headline or "in every simulation" in outcome.headline


def test_no_sentence_of_headline_and_notes_has_more_than_25_words(outcome):
    texts = (outcome.headline, *outcome.warnings_and_notes)
    long = [s for text in texts for s in split_sentences(text) if len(s.split()) > 25]
    assert not long


def values_at_bounds():
    """Each parameter at each end of its bounds. Shares of channels add up to 1."""
    for name, declared in Savings.parameters().items():
        if declared.kind != "string" and name not in {"draws", "seed"}:
            for value in declared.bounds:
                yield name, value


@pytest.mark.parametrize(("name", "value"), list(values_at_bounds()))
def test_every_extreme_reads_well(name, value):
    outcome = evaluate_example(Savings(draws=FEW_DRAWS).with_value(name, value))
    assert len(outcome.headline.split()) <= 35, outcome.headline
    texts = " ".join((outcome.headline, *outcome.warnings_and_notes))
    assert not [s for s in split_sentences(texts) if len(s.split()) > 25]
    assert not re.search(r"\b(nan|None|inf)\b|\.0 (m|b)illion", texts)


def write_headline(**values):
    return evaluate_example(draws=10_000, **values).headline


def test_benefits_are_compared_with_costs_on_both_paths():
    assert write_headline() == (
        "If take-up reaches 82% by 2018-19, benefits would exceed costs by £505 million over 10 "
        "years (8 in 10 simulations: −£85 million to £1.1 billion). If it stays at 72.3% (2012), "
        "costs would exceed benefits."
    )
    assert write_headline(quarter="2015-Q1").endswith(
        "On the 3-quarter forecast: £130 million (−£860 million to £1.9 billion)."
    )


def test_a_second_amount_has_the_sign_of_the_sentence_before():
    gain, loss = NetBenefit(5e8, 1e8, 9e8), NetBenefit(-5e8, -9e8, -1e8)
    second = NetBenefit(2e8, -1e8, 4e8)
    assert second.format_like(gain) == "£200 million (−£100 million to £400 million)"
    assert second.format_like(loss) == "−£200 million (−£400 million to £100 million)"


def test_only_the_report_s_start_is_dated():
    assert "stays at 70%, costs" in write_headline(take_up_now=0.7)


class TestEndedTargetYear:
    def test_it_is_told_as_past_with_what_was_observed(self):
        text = write_headline(quarter="2021-Q4")
        assert text.startswith(
            "At 82% take-up by 2018-19 (2012: 72.3%), benefits would have exceeded costs by £"
        )
        assert text.endswith("No figures after September 2017 show whether it was reached.")
        assert "80.1%" not in text

    def test_figures_for_the_target_year_are_given_where_there_are_some(self):
        outcome = evaluate_example(quarter="2021-Q4", years_to_target=1.0)
        assert outcome.headline.endswith("Take-up in 42 reporting services was 82.4% that year.")
        assert outcome.notes[1].startswith(
            "2015-16 has ended, so no probability is shown. Ranges are for 82% take-up. In the year"
            " to March 2016, take-up of the 42 services that reported was 82.4%. In the year"
            " to September 2017, "
        )

    def test_a_service_that_reports_again_without_digital_transactions_is_named(self):
        ended, running = (evaluate_example(quarter=quarter) for quarter in ("2021-Q4", "2017-Q3"))
        text = (
            "One service reports again with a digital count of 0: Domestic applications for UK "
            "passports. That is probably a missing figure. Without it take-up would be 84.1%."
        )
        assert ended.notes[1] == (
            "2018-19 has ended and its take-up is not known, so no probability is shown. "
            "Ranges are "
            "for 82% take-up. In the year to September 2017, the latest with figures, take-up "
            "of the 26 services that reported was 80.1%. " + text
        )
        assert text in running.notes
        assert "digital count of 0" not in " ".join(evaluate_example(quarter="2015-Q1").notes)

    def test_nothing_that_reads_as_a_probability_is_left(self):
        ended, running = (evaluate_example(quarter=quarter) for quarter in ("2021-Q4", "2017-Q3"))
        assert "not paid back within 10 years in" in running["payback_years"].note
        assert running["evpi"].number > 0
        for name in ("payback_years", "discounted_payback_years"):
            assert "not paid back" not in ended[name].explanation
        assert ended["evpi"].formatted_value == "not applicable"
        assert ended["evpi"].missing_reason == (
            "2018-19 has ended, so knowing more cannot change the decision"
        )

    @pytest.mark.parametrize(
        ("quarter", "has_probability"), [("2018-Q4", True), ("2019-Q1", False), ("2021-Q4", False)]
    )
    def test_it_has_no_probability_from_its_last_day_on(self, quarter, has_probability):
        outcome = evaluate_example(quarter=quarter)
        probability = outcome["probability_npv_positive"]
        assert (probability.value is not None) == has_probability
        if not has_probability:
            assert probability.formatted_value == "not applicable"
            assert probability.missing_reason == "the target year, 2018-19, has ended"
            assert outcome.notes[1].startswith("2018-19 has ended and its take-up is not known")

    def test_a_later_target_year_still_has_one(self):
        outcome = evaluate_example(quarter="2021-Q4", years_to_target=8.0)
        assert outcome["probability_npv_positive"].value is not None
        assert outcome.headline.startswith("If take-up reaches 82% by 2022-23 (2012: 72.3%), ")


class TestService:
    def test_the_cost_of_government_gives_no_verdict_on_one_service(self):
        text = write_headline(service=VEHICLE_TAX)
        assert text.startswith(
            "Vehicle tax renewals would save £17.6 million a year at 82% take-up"
        )
        assert text.endswith("Enter its transition cost to compare benefits with costs.")
        assert "exceed" not in text

    def test_its_own_cost_gives_one(self):
        text = write_headline(service=VEHICLE_TAX, transition_cost=10_000_000)
        assert "benefits would exceed costs by £" in text

    def test_a_long_name_is_replaced(self):
        assert LONGEST_NAME not in write_headline(service=LONGEST_NAME)
        assert "this service" in write_headline(service=LONGEST_NAME)


def test_moving_people_back_is_a_cost_or_a_saving():
    loss = evaluate_example(take_up_target=0.6).headline
    assert "Moving people back would cost £288 million a year (8 in 10 simulations: £" in loss
    saving = evaluate_example(take_up_target=0.6, cost_digital=10.0).headline
    assert "Moving people back would save £" in saving
