"""Users' time and distributional weights: shown apart, and never added."""

import numpy as np
import pytest

from tests.topics.savings.examples import evaluate_example, green_book_factors
from workbook.topics.savings import topic
from workbook.topics.savings.user_benefits import FEE_LABEL, TIME_LABEL, distributional_weight

OPTIONS = {"users_time_minutes": 10.0, "users_income": 0.5}


@pytest.fixture(scope="module")
def outcome():
    return evaluate_example(**OPTIONS)


@pytest.fixture(scope="module")
def benefits(outcome):
    return outcome.frame("users").set_index("benefit")


def test_no_other_figure_changes(outcome):
    default = evaluate_example()
    assert outcome.headline == default.headline
    assert outcome.indicators == default.indicators
    for name in default.table_names:
        assert outcome.frame(name).equals(default.frame(name))
    assert set(outcome.table_names) == {*default.table_names, "users"}


def test_time_is_valued_for_each_transaction_that_moves(outcome, benefits):
    rise = outcome.frame("cash_flow")["take_up"].to_numpy() - 0.7228
    hours = 909_200_000 * rise * 10 / 60
    expected = (hours * 4.46 * green_book_factors(10)).sum()
    assert benefits.loc[TIME_LABEL, "user_value"] == pytest.approx(expected)
    assert benefits.loc[TIME_LABEL, "low"] < expected < benefits.loc[TIME_LABEL, "high"]


def test_savings_of_fee_payers_are_their_share_at_present_value(outcome, benefits):
    saving = outcome.frame("cash_flow")["fee_payer_saving"].to_numpy()
    expected = (saving * green_book_factors(10)).sum()
    assert benefits.loc[FEE_LABEL, "user_value"] == pytest.approx(expected)


def test_weights_follow_the_green_book(benefits):
    # Half the median income: 2 to the power of 1.3
    assert distributional_weight(0.5) == pytest.approx(2**1.3)
    assert distributional_weight(1) == 1
    assert benefits["weight"].tolist() == pytest.approx([2**1.3] * 2)
    assert benefits["weighted_value"].tolist() == pytest.approx(
        (benefits["user_value"] * 2**1.3).tolist()
    )


def test_notes_say_that_nothing_is_added(outcome):
    text = " ".join(outcome.notes)
    assert "It releases no cash, and is not added to the savings." in text
    assert "At 50% of the median income, £1 to users has the Green Book’s weight 2.46." in text
    assert "No other figure is weighted." in text


def test_lost_time_is_negative():
    lost = evaluate_example(users_time_minutes=-5.0).frame("users").set_index("benefit")
    assert lost.loc[TIME_LABEL, "user_value"] < 0
    assert np.isfinite(lost["user_value"]).all()


def test_the_options_are_off_by_default_and_are_no_uncertain_assumptions():
    parameters = topic.Scenario.parameters()
    assert [parameters[name].default for name in OPTIONS] == [0, 1]
    assert not any(parameters[name].range for name in (*OPTIONS, "value_of_time"))
