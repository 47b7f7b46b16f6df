"""Sentences about savings: the headline and the notes."""

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.periods import financial_year, last_day_of_quarter, quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import join_items, lower_first
from workbook.text.numbers import format_money, format_share, format_years
from workbook.topics.savings.estimates import measure_method_range
from workbook.topics.savings.forecast_narrative import forecast_sentences
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings
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


def write_savings_headline(
    scenario: Savings,
    inputs: AppraisalInputs,
    indicators: Mapping[str, Indicator],
    on_forecast: ForecastAnswer | None,
) -> str:
    """Write the main results in a few sentences.

    Args:
        scenario: The scenario.
        inputs: Point values.
        indicators: The indicators by name.
        on_forecast: The second answer, None where there is no forecast.

    Returns:
        The annual saving, the net present value with its range, and the probability that it is
        positive.
    """
    return " ".join(
        [
            _annual_saving_sentence(scenario, inputs, indicators),
            *_npv_sentences(scenario, indicators),
            *forecast_sentences(scenario, on_forecast),
        ]
    )


def appraisal_notes(scenario: Savings, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """Note who gains, how simulations compare with the scenario, and which prices are used.

    Args:
        scenario: The scenario.
        indicators: The indicators by name.

    Yields:
        A note of one or two sentences.
    """
    if _indicator_amount(indicators, "total_saving"):
        yield _beneficiary_note(scenario, indicators)
    npv, median = (_indicator_amount(indicators, name) for name in ("npv", "npv_p50"))
    if median < npv:
        yield (
            f"Half of the simulations give a net present value below {format_money(median)}, less "
            "than the scenario’s own. The assumptions leave more room for worse results than for "
            "better ones."
        )
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
    """Note if no service reports, or if the latest figures are from an earlier quarter.

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
    if quarter_of(latest_window_end) != scenario.quarter:
        subject = scenario.service or "services"
        year_end = format_month(latest_window_end)
        yield f"The latest figures for {subject} are for the year to {year_end}."


def _annual_saving_sentence(
    scenario: Savings, inputs: AppraisalInputs, indicators: Mapping[str, Indicator]
) -> str:
    start, end = float(inputs.initial_take_up), float(inputs.final_take_up)
    annual_saving = _indicator_amount(indicators, "annual_saving")
    of_service = f" of {scenario.service}" if scenario.service else ""
    if format_share(start) == format_share(end):
        no_change = "is not forecast to change from" if scenario.curve == "forecast" else "stays at"
        return f"Take-up{of_service} {no_change} {format_share(start)}, so nothing is saved."
    change = "rises" if end > start else "falls"
    take_up_range = f"from {format_share(start)} to {format_share(end)}"
    if scenario.curve == "forecast":
        timing = f"over {format_years(scenario.horizon)} as forecast"
    else:
        first_year = int(scenario.price_year[:4])
        timing = f"by {financial_year(first_year + math.ceil(scenario.years_to_target))}"
    result = "saving" if annual_saving >= 0 else "loss"
    return (
        f"If take-up{of_service} {change} {take_up_range} {timing}, the {result} reaches"
        f" {format_money(abs(annual_saving))} a year."
    )


def _npv_sentences(scenario: Savings, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    npv = _indicator_amount(indicators, "npv")
    comparison = "benefits exceed costs" if npv >= 0 else "costs exceed benefits"
    yield (
        f"Over {format_years(scenario.horizon)} {comparison} by {format_money(abs(npv))}"
        f" (net present value, {scenario.price_year} prices)."
    )
    low, high = (
        _format_gain_or_loss(_indicator_amount(indicators, name)) for name in ("npv_p10", "npv_p90")
    )
    yield f"In 80% of simulations the result is between {low} (P10) and {high} (P90)."
    probability = indicators["probability_npv_positive"]
    if probability.number is None:
        yield f"No probability is given: {probability.missing_reason}."
    else:
        yield f"The probability that benefits exceed costs is {probability.formatted_value}."


def _prices_note(scenario: Savings) -> str:
    """Say whose prices the amounts are in."""
    prices = f"{scenario.price_year} prices"
    if scenario.convert_prices == "no":
        return f"No price is converted: contact costs are taken to be in {prices} already."
    return (
        f"Amounts are in {prices}. Contact costs are converted from {CONTACT_COST_YEAR} prices with"
        " the GDP deflator. The transition cost is taken to be in the price year’s prices."
    )


def _beneficiary_note(scenario: Savings, indicators: Mapping[str, Indicator]) -> str:
    """Say how the saving or loss is shared between the taxpayer and people who pay fees."""
    amounts = [
        _indicator_amount(indicators, name)
        for name in ("total_saving", "fiscal_saving", "fee_payer_saving")
    ]
    result, verb, kind = (
        ("saved", "goes to", "saving") if amounts[0] >= 0 else ("lost", "falls on", "loss")
    )
    total, fiscal, fee_payers = (format_money(abs(amount)) for amount in amounts)
    return (
        f"Of the {total} {result} over {format_years(scenario.horizon)}, {fiscal} {verb} the"
        f" taxpayer and {fee_payers} {verb} people who pay fees. These are different kinds of"
        f" {kind}."
    )


def _indicator_amount(indicators: Mapping[str, Indicator], name: str) -> float:
    return indicators[name].number or 0.0


def _format_gain_or_loss(amount: float) -> str:
    return f"a {'gain' if amount >= 0 else 'loss'} of {format_money(abs(amount))}"
