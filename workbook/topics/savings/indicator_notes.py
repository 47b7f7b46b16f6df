"""Notes of the indicators of savings: what a reader must know beside a figure."""

from collections.abc import Iterator, Mapping

import numpy as np

from workbook.methods.arrays import FloatOrArray
from workbook.text.numbers import format_probability, format_share, format_years
from workbook.topics.savings.parameters import Savings, counts_governments_transition_cost

PAYBACK_INDICATORS = ("payback_years", "discounted_payback_years")

_GOVERNMENT_COST_NOTE = "counts the transition cost of all of government"
_ON_TRANSITION_COST = ("npv", "probability_npv_positive", "npv_on_forecast", "benefit_cost_ratio")
_ON_CONDITION = ("npv", "probability_npv_positive")
_EVPI_NOTE = "the most that it is worth to know every assumption before the decision"
_UNDISCOUNTED_NOTE = "not discounted, before transition costs and dual running"
_UNDISCOUNTED_INDICATORS = ("total_saving", "fiscal_saving", "fee_payer_saving")


def indicator_notes(
    scenario: Savings,
    simulated: Mapping[str, FloatOrArray],
    forecast_notes: Mapping[str, str],
) -> dict[str, str]:
    """Write the notes.

    Args:
        scenario: The scenario.
        simulated: Figures of each simulation by indicator name, shape (draws,).
        forecast_notes: Notes of the indicators of the second answer.

    Returns:
        Notes by indicator name; several of one indicator are joined.
    """
    notes: dict[str, str] = {}
    for name, note in (
        *_condition_notes(scenario),
        *_not_paid_back_notes(scenario, simulated),
        *((name, _UNDISCOUNTED_NOTE) for name in _UNDISCOUNTED_INDICATORS),
        ("evpi", _EVPI_NOTE),
        *forecast_notes.items(),
        *_government_cost_notes(scenario),
    ):
        notes[name] = "; ".join(filter(None, (notes.get(name, ""), note)))
    return notes


def _condition_notes(scenario: Savings) -> Iterator[tuple[str, str]]:
    """Say on what path of take-up the comparison of benefits with costs rests."""
    target = format_share(scenario.take_up_target)
    condition = f"if take-up reaches {target} by {scenario.target_year}"
    if scenario.target_has_ended:
        condition = f"at {target} take-up by {scenario.target_year}"
    if scenario.curve == "forecast":
        condition = "if take-up follows its forecast"
    for name in _ON_CONDITION:
        yield name, condition


def _government_cost_notes(scenario: Savings) -> Iterator[tuple[str, str]]:
    """Say which figures of one service count the transition cost of all of government."""
    if counts_governments_transition_cost(scenario):
        for name in _ON_TRANSITION_COST:
            yield name, _GOVERNMENT_COST_NOTE


def _not_paid_back_notes(
    scenario: Savings, simulated: Mapping[str, FloatOrArray]
) -> Iterator[tuple[str, str]]:
    """Note the share of simulations in which the costs are not paid back.

    None if the target year has ended, as that share would be read as a probability.
    """
    if scenario.target_has_ended:
        return
    period = format_years(scenario.horizon)
    for name in PAYBACK_INDICATORS:
        if share := float(np.mean(np.isinf(simulated[name]))):
            yield (
                name,
                f"not paid back within {period} in {format_probability(share)} of simulations",
            )
