"""Sentences about savings: the headline and the notes."""

from collections.abc import Iterator, Mapping

import pandas as pd

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter, quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import join_items, lower_first
from workbook.text.numbers import (
    format_estimate,
    format_people,
    format_quantile,
    format_years,
    round_to_figures,
)
from workbook.topics.savings.estimates import measure_method_range
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.optimism_bias import describe_optimism_bias
from workbook.topics.savings.parameters import YEAR_END, Savings
from workbook.topics.savings.price_conversion import CONTACT_COST_YEAR
from workbook.topics.savings.service_inputs import ServiceInputs

_CONTACT_COST_NOTE = (
    "These are costs of contacts. The Digital Efficiency Report counts whole services, at "
    "£6 billion to £9 billion a year. The two are not comparable."
)
_CASH_RELEASING_NOTE = (
    "Only cash-releasing savings are counted. Non-cash-releasing benefits are shown separately and "
    "never added."
)

_LEAST_SKEW = 0.02
"""Fraction of the distance from P10 to P90 from which a difference is worth a note."""


def appraisal_notes(
    scenario: Savings, inputs: AppraisalInputs, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """Note who gains, how simulations compare with the scenario, and which conventions are used.

    Args:
        scenario: The scenario.
        inputs: Point values.
        indicators: The indicators by name.

    Yields:
        A note of one or two sentences.
    """
    if indicators["total_saving"].number:
        yield _beneficiary_note(scenario, indicators)
    yield from _skew_note(indicators)
    if scenario.transition_cost:
        yield describe_optimism_bias(scenario, inputs)
    yield _prices_note(scenario)
    if not scenario.service:
        yield _CONTACT_COST_NOTE
    yield _CASH_RELEASING_NOTE


def service_input_notes(scenario: Savings, service: ServiceInputs) -> Iterator[str]:
    """Note which figures come from the take-up topic.

    Args:
        scenario: The scenario.
        service: Figures from the take-up topic.

    Yields:
        A note of one or two sentences.
    """
    if service.unused_parameters:
        parameters = scenario.parameters()
        labels = join_items(
            lower_first(parameters[name].label)
            for name in parameters
            if name in service.unused_parameters
        )
        yield f"Figures from the digital take-up topic replace the scenario’s own: {labels}."
    if scenario.service:
        yield (
            f"The workbook has no figures on how {scenario.service} is paid for. Unless you change "
            "it, the taxpayer’s share is the one for all of government."
        )
    if service.note:
        yield service.note
    if scenario.curve == "forecast":
        yield (
            "Take-up follows the forecast of the digital take-up topic for up to 10 years, then "
            "stays level. Each simulation follows one level of the prediction interval, if the "
            "forecast has been tested that far ahead. For all of government, the change forecast "
            "for the services that report applies to take-up now."
        )


def method_range_notes(estimates: pd.DataFrame) -> Iterator[str]:
    """Note how far the methods lie apart, where there are several.

    Args:
        estimates: The table of estimates.

    Yields:
        A note of two sentences, or none.
    """
    method_range = measure_method_range(estimates)
    if method_range.methods > 1 and method_range.high != method_range.low:
        yield (
            f"{method_range.describe()}. The simulations show how uncertain one method is, not this"
            " difference between methods."
        )


def reporting_service_notes(scenario: Savings, take_up: Outcome | None) -> Iterator[str]:
    """Note if no service reports, how their transactions compare, and if they are old.

    Args:
        scenario: The scenario.
        take_up: Outcome of the take-up topic, if there is one.

    Yields:
        A note, or none.
    """
    if take_up is None:
        quarter_end = format_month(last_day_of_quarter(scenario.quarter))
        yield (
            f"No service had reported by {quarter_end}, so there is no service-by-service estimate."
        )
        return
    latest_window_end = str(take_up.frame("windows")["window_end"].iloc[-1])
    if not scenario.service:
        yield _volume_note(scenario, take_up, latest_window_end)
    if quarter_of(latest_window_end) != scenario.quarter:
        subject = scenario.service or "services"
        year_end = format_month(latest_window_end)
        yield f"The latest figures for {subject} are for the year to {year_end}."


def _volume_note(scenario: Savings, take_up: Outcome, window_end: str) -> str:
    """Compare the scenario's transactions with those of the services that report."""
    reporting = float(take_up.frame("services")["volume"].sum())
    note = (
        f"The scenario has {_format_volume(scenario.volume)} transactions a year. The services that"
        f" report made {_format_volume(reporting)} in the year to {format_month(window_end)}"
    )
    left_out = take_up.frame("left_out")
    left_out_volume = float(left_out["volume"].sum())
    if not left_out_volume:
        return f"{note}. The two counts cover different services."
    return (
        f"{note}, without {join_items(left_out['service'])}"
        f" ({_format_volume(left_out_volume)}). The two counts cover different"
        " services."
    )


def _format_volume(volume: float) -> str:
    return format_people(round_to_figures(volume, 3)).replace(".0 million", " million")


def _skew_note(indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """Say on which side of the scenario's net present value most simulations lie."""
    npv, low, median, high = (
        indicators[name].number or 0.0 for name in ("npv", "npv_p10", "npv_p50", "npv_p90")
    )
    if abs(median - npv) <= _LEAST_SKEW * (high - low):
        return
    below, worse, better = (
        ("below", "worse", "better") if median < npv else ("above", "better", "worse")
    )
    yield (
        f"Half of the simulations give a net present value {below}"
        f" {format_quantile(median, 'GBP')}. The scenario’s own is"
        f" {indicators['npv'].formatted_value}: the assumptions leave more room for {worse} results"
        f" than for {better} ones."
    )


def _prices_note(scenario: Savings) -> str:
    """Say in whose prices the amounts are, and when they fall."""
    prices = f"{scenario.price_year} prices"
    if scenario.convert_prices == "no":
        conversion = f"No price is converted: contact costs are taken to be in {prices} already."
    else:
        conversion = (
            f"Amounts are in {prices}. Contact costs and the cost of help are converted from"
            f" {CONTACT_COST_YEAR} prices with the GDP deflator. The transition cost is taken to be"
            " in the price year’s prices."
        )
    if scenario.take_up_convention != YEAR_END:
        return conversion
    return f"{conversion} Each year counts as if its last day’s take-up had held all year."


def _beneficiary_note(scenario: Savings, indicators: Mapping[str, Indicator]) -> str:
    """Say how the saving or loss is shared between the taxpayer and people who pay fees."""
    is_saving = (indicators["total_saving"].number or 0.0) >= 0
    result, verb, kind = (
        ("saved", "would go to", "saving") if is_saving else ("lost", "would fall on", "loss")
    )
    total, fiscal, fee_payers = (
        format_estimate(abs(indicators[name].number or 0.0), "GBP")
        for name in ("total_saving", "fiscal_saving", "fee_payer_saving")
    )
    return (
        f"Of the {total} that would be {result} over {format_years(scenario.horizon)}, {fiscal}"
        f" {verb} the taxpayer and {fee_payers} {verb} people who pay fees. These are different"
        f" kinds of {kind}."
    )
