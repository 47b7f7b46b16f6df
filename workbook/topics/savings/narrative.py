"""The notes of savings, the one that would mislead most if left out first."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.grammar import format_count, join_items, lower_first
from workbook.text.numbers import format_estimate, format_quantile, format_share, format_years
from workbook.topics.savings.counterfactual import counterfactual_notes
from workbook.topics.savings.estimates import compare_methods
from workbook.topics.savings.findings import Findings
from workbook.topics.savings.forecast_narrative import forecast_notes
from workbook.topics.savings.optimism_bias import describe_optimism_bias
from workbook.topics.savings.parameters import (
    Savings,
    counts_governments_transition_cost,
    starts_at_report,
)
from workbook.topics.savings.parameters.appraisal import YEAR_END
from workbook.topics.savings.price_conversion import CONTACT_COST_YEAR, PUBLISHED_PRICES_SENTENCE
from workbook.topics.savings.reporting_services import format_volume, reporting_service_notes
from workbook.topics.savings.service_inputs import ServiceInputs
from workbook.topics.savings.target_year import ended_target_notes
from workbook.topics.savings.uncertain_inputs import uncertain_parameters, unsourced_parameters
from workbook.topics.savings.user_benefits import user_benefit_notes

_CONTACT_COST_NOTE = (
    "These are costs of contacts. The Digital Efficiency Report counts whole services, at "
    "£6 billion to £9 billion a year."
)
_CASH_RELEASING_NOTE = (
    "Only cash-releasing savings are counted. Time and space that are freed are shown apart and "
    "never added."
)
_FORECAST_NOTE = (
    "Take-up follows the forecast of the digital take-up page as far as it has been tested, for up "
    "to 10 years. It then stays level. Each simulation follows one level of the prediction "
    "interval."
)
_GOVERNMENT_FORECAST = (
    "For all of government, the change forecast for services that reported in every period applies "
    "to the scenario’s starting take-up, in log-odds."
)

_LEAST_SKEW = 0.02
"""Fraction of the distance from P10 to P90 from which a difference is worth a note."""


def write_savings_notes(findings: Findings) -> Iterator[str]:
    """Write what a reader must know beside the headline.

    Args:
        findings: What the notes are written from.

    Yields:
        Notes of one to four sentences: first what the answer assumes without the move, then other
        answers to the question, then what the answer rests on, then conventions and sources.
    """
    scenario, inputs = findings.scenario, findings.inputs
    yield from counterfactual_notes(findings)
    yield from ended_target_notes(scenario, findings.take_up, findings.suspects)
    yield from _verdict_notes(findings)
    yield from _starting_take_up_notes(findings)
    yield from _service_input_notes(scenario, inputs.service)
    yield from _method_notes(findings)
    if not scenario.service:
        yield _CONTACT_COST_NOTE
    yield _CASH_RELEASING_NOTE
    yield from _beneficiary_notes(findings)
    yield _write_prices_note(scenario)
    yield from user_benefit_notes(scenario, findings.user_benefits)
    yield from reporting_service_notes(
        scenario, findings.take_up, findings.latest_take_up, findings.suspects
    )


def _verdict_notes(findings: Findings) -> Iterator[str]:
    """Say what the comparison of benefits with costs rests on.

    Nothing for one service with the transition cost of all of government, which no figure of the
    comparison fits.
    """
    scenario = findings.scenario
    if counts_governments_transition_cost(scenario):
        return
    yield from forecast_notes(
        scenario,
        findings.on_forecast,
        findings.indicators["break_even_take_up"].number,
    )
    yield from _unsourced_notes(findings)
    yield from _condition_notes(findings)
    if scenario.transition_cost:
        yield describe_optimism_bias(scenario, findings.inputs)
    yield from _skew_notes(findings)


def _condition_notes(findings: Findings) -> Iterator[str]:
    """The probability with its condition, and the annual saving with its range."""
    scenario, probability = findings.scenario, findings.indicators["probability_npv_positive"]
    amount = findings.annual_saving
    if findings.is_above_target or not amount:
        return
    end = findings.take_up_ends[1]
    condition = "On the forecast, the" if scenario.curve == "forecast" else f"At {end} take-up, the"
    verb = "have reached" if scenario.target_has_ended else "reach"
    probability_sentence = (
        ""
        if probability.number is None
        else f" The probability that benefits exceed costs is {probability.formatted_value}."
    )
    yield (
        f"{condition} {'saving' if amount > 0 else 'loss'} would {verb}"
        f" {format_estimate(abs(amount), 'GBP')} a year {findings.describe_saving_range()}."
        f"{probability_sentence}"
    )


def _unsourced_notes(findings: Findings) -> Iterator[str]:
    """Name the uncertain assumptions for which no published source was found."""
    scenario, inputs = findings.scenario, findings.inputs
    unsourced = [parameter.name for parameter in unsourced_parameters(scenario, inputs)]
    uncertain_count = len(uncertain_parameters(inputs))
    if not unsourced:
        return
    amount = format_estimate(scenario.transition_cost, "GBP")
    is_among_them = "transition_cost" in unsourced
    among_them = f", among them the transition cost ({amount})" if is_among_them else ""
    yield (
        f"{len(unsourced)} of the {uncertain_count} uncertain assumptions have no published"
        f" source{among_them}."
    )


def _service_input_notes(scenario: Savings, service: ServiceInputs) -> Iterator[str]:
    """Say which figures come from the take-up topic."""
    if service.note:
        yield service.note
    if service.unused_parameters:
        parameters = scenario.parameters()
        labels = join_items(
            lower_first(parameters[name].label)
            for name in parameters
            if name in service.unused_parameters
        )
        yield f"Figures from the digital take-up page replace the scenario’s own: {labels}."
    if scenario.service:
        yield (
            f"The workbook has no figures on how {scenario.service} is paid for. Unless you change"
            " it, the taxpayer’s share is that of all government."
        )
    if scenario.curve == "forecast":
        yield _FORECAST_NOTE if scenario.service else f"{_FORECAST_NOTE} {_GOVERNMENT_FORECAST}"


def _method_notes(findings: Findings) -> Iterator[str]:
    """Give the estimate of each method, where there are several."""
    comparison = compare_methods(findings.estimates)
    if comparison.is_level:
        return
    start = format_share(float(findings.inputs.initial_take_up))
    whose = "service" if findings.scenario.service else "scenario"
    partial = _describe_partial(findings) if comparison.has_partial else ""
    yield (
        f"{comparison.describe_prices(findings.scenario.price_year)} Both begin at the {whose}’s"
        f" starting take-up, {start}.{partial} The simulations show how uncertain one method is,"
        " not this difference between methods."
    )


def _describe_partial(findings: Findings) -> str:
    """The estimate for the services that report alone; empty where there is none."""
    estimate = findings.bottom_up_estimate
    if estimate is None:
        return ""
    services = format_count(estimate.service_count, "service")
    amount = format_estimate(estimate.saving, "GBP")
    return (
        f" A third covers only {services}, from their own take-up of"
        f" {format_share(estimate.take_up)}, and gives {amount} for them."
        f"{estimate.describe_exclusion()}"
    )


def _skew_notes(findings: Findings) -> Iterator[str]:
    """Say on which side of the scenario's net present value most simulations lie."""
    net_benefit = findings.net_benefit
    median = findings.indicators["npv_p50"].number or 0.0
    if abs(median - net_benefit.npv) <= _LEAST_SKEW * (net_benefit.high - net_benefit.low):
        return
    side = "below" if median < net_benefit.npv else "above"
    npv = findings.indicators["npv"].formatted_value
    yield (
        f"More than half of the simulations lie {side} {npv}, the scenario’s own result. Their"
        f" median is {format_quantile(median, 'GBP')}."
    )


def _beneficiary_notes(findings: Findings) -> Iterator[str]:
    """Say how the saving or loss is shared between the taxpayer and people who pay fees."""
    total = findings.indicators["total_saving"].number
    if not total:
        return
    result, verb, on = ("saved", "is", "for") if total > 0 else ("lost", "falls", "on")
    would_be = "would have been" if findings.scenario.target_has_ended else "would be"
    amount, fiscal, fee_payers = (
        format_estimate(abs(findings.indicators[name].number or 0.0), "GBP")
        for name in ("total_saving", "fiscal_saving", "fee_payer_saving")
    )
    yield (
        f"Before discounting and before the costs of the move, {amount} {would_be} {result} over"
        f" {format_years(findings.scenario.horizon)}. Of that, {fiscal} {verb} {on} the"
        f" taxpayer and {fee_payers} {on} people who pay fees."
    )


def _starting_take_up_notes(findings: Findings) -> Iterator[str]:
    """Say whose figure starting take-up is, while it is the report's."""
    if not starts_at_report(findings.scenario):
        return
    volume = format_volume(float(Savings.parameters()["volume"].default))
    latest = findings.latest_take_up
    reported = (
        ""
        if latest is None or findings.scenario.target_has_ended
        else f" Take-up in all {latest.describe_services()} was {format_share(latest.share)} in"
        f" the year to {format_month(latest.window_end)}."
    )
    yield (
        f"The starting point, {findings.take_up_ends[0]}, is the Digital Efficiency Report’s"
        f" (November 2012) for {volume} transactions. It is not take-up in this quarter.{reported}"
    )


def _write_prices_note(scenario: Savings) -> str:
    """Say in whose prices the amounts are, and when they fall."""
    year = scenario.price_year
    conversion = (
        f"Contact costs are taken to be in {year} prices already."
        if scenario.convert_prices == "no"
        else (
            f"Contact costs and the cost of help are converted from {CONTACT_COST_YEAR} prices with"
            f" the UK GDP deflator. The transition cost is taken to be in {year} prices."
        )
    )
    note = (
        f"The scenario’s amounts are in {year} prices. {PUBLISHED_PRICES_SENTENCE} Only the net"
        " present value, the benefit-cost ratio, the discounted payback and what follows from them"
        f" are discounted, to {year}. {conversion}"
    )
    if scenario.take_up_convention != YEAR_END:
        return note
    return f"{note} Each year counts as if its last day’s take-up had held all year."
