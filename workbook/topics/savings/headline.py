"""The headline of savings: by how much benefits would exceed costs, in at most 35 words."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first, format_count
from workbook.text.numbers import (
    format_estimate,
    format_share,
    format_years,
)
from workbook.topics.savings.comparison_phrases import describe_simulated_ends
from workbook.topics.savings.findings import Findings
from workbook.topics.savings.parameters import (
    Savings,
    counts_governments_transition_cost,
    starts_at_report,
)
from workbook.topics.savings.parameters.sources import EFFICIENCY_REPORT_QUARTER
from workbook.topics.savings.target_year import figures_end_before

_REPORT_YEAR = EFFICIENCY_REPORT_QUARTER[:4]
_MOST_WORDS_OF_NAME = 6
"""Words of a service's name up to which the headline names it."""


def write_savings_headline(findings: Findings) -> str:
    """Write the answer in at most 35 words.

    Args:
        findings: What it is written from.

    Returns:
        One number, its interval and what it is compared with. The number is the net present value.
        It is the annual saving above the target, and for a service without a transition cost of
        its own.
    """
    if findings.is_above_target:
        return " ".join(_above_target_sentences(findings))
    if counts_governments_transition_cost(findings.scenario):
        return " ".join(_service_saving_sentences(findings))
    if findings.scenario.service:
        return " ".join(_service_benefit_sentences(findings))
    return " ".join(_government_sentences(findings))


def _government_sentences(findings: Findings) -> Iterator[str]:
    """The net present value, then what is known of the condition or what the forecast gives."""
    net_benefit = findings.net_benefit
    result = _describe_net_benefit(findings)
    if _names_start(findings):
        result = f"{_describe_condition(findings)} ({_describe_start(findings)})"
        result += f", {net_benefit.describe_difference()}"
    yield f"{result} {net_benefit.describe_simulations()}."
    if findings.scenario.curve == "forecast":
        yield from _forecast_path_sentence(findings)
    elif not findings.scenario.target_has_ended:
        yield from _second_answer_sentence(findings)
    else:
        yield from _ended_target_sentence(findings)


def _names_start(findings: Findings) -> bool:
    """Whether the condition names the starting take-up, which leaves no room for the years."""
    if findings.scenario.curve == "forecast" or findings.is_level:
        return False
    answer = findings.on_forecast
    return findings.scenario.target_has_ended or not (answer is None or answer.is_level)


def _describe_start(findings: Findings) -> str:
    """The starting take-up with its year, where that is the report's."""
    start = findings.take_up_ends[0]
    return f"{_REPORT_YEAR}: {start}" if starts_at_report(findings.scenario) else f"from {start}"


def _ended_target_sentence(findings: Findings) -> Iterator[str]:
    """What is known of the target in a year that has ended."""
    latest, in_year = findings.latest_take_up, findings.target_year_take_up
    if in_year is not None:
        services = format_count(in_year.services, "reporting service")
        yield f"Take-up in {services} was {format_share(in_year.share)} that year."
    elif latest is not None and figures_end_before(latest, findings.scenario.target_year):
        month = format_month(latest.window_end)
        yield f"No figures after {month} show whether it was reached."


def _service_benefit_sentences(findings: Findings) -> Iterator[str]:
    """The net present value of a service with a transition cost of its own."""
    net_benefit = findings.net_benefit
    yield f"{_describe_net_benefit(findings)}."
    if net_benefit.low == net_benefit.high:
        yield "It is the same in every simulation."
        return
    yield f"{describe_simulated_ends(*net_benefit.stated_range)}."


def _service_saving_sentences(findings: Findings) -> Iterator[str]:
    """The annual saving of a service that has no transition cost of its own."""
    name = capitalise_first(_name_service(findings.scenario))
    end = findings.take_up_ends[1]
    condition = "on its tested forecast" if findings.follows_forecast else f"at {end} take-up"
    saving, simulations = _describe_annual_saving(findings), findings.describe_saving_range()
    yield f"{name} would {saving} {condition} {simulations}."
    yield "Enter its transition cost to compare benefits with costs."


def _above_target_sentences(findings: Findings) -> Iterator[str]:
    """What moving people back would cost or save, where take-up is above its target."""
    start, end = findings.take_up_ends
    yield f"Take-up{_of_service(findings)} is already {start}, above the target of {end}."
    saving, simulations = _describe_annual_saving(findings), findings.describe_saving_range()
    yield f"Moving people back would {saving} {simulations}."


def _describe_net_benefit(findings: Findings) -> str:
    """The condition, and by how much benefits would exceed costs."""
    difference = findings.net_benefit.describe_difference()
    years = format_years(findings.scenario.horizon)
    return f"{_describe_condition(findings)}, {difference} over {years}"


def _describe_condition(findings: Findings) -> str:
    """The path of take-up on which the figures rest."""
    scenario, of_service = findings.scenario, _of_service(findings)
    start, end = findings.take_up_ends
    if findings.follows_forecast:
        return f"On the tested forecast{of_service.replace(' of ', ' for ', 1)}"
    if findings.is_level:
        return f"If take-up{of_service} stays at {start}"
    if scenario.target_has_ended:
        return f"At {end} take-up{of_service} by {scenario.target_year}"
    return f"If take-up{of_service} reaches {end} by {scenario.target_year}"


def _forecast_path_sentence(findings: Findings) -> Iterator[str]:
    """How take-up changes on the forecast, if it does."""
    start, end = findings.take_up_ends
    if not findings.is_level:
        direction = "rise" if findings.is_rising else "fall"
        yield f"Take-up would {direction} from {start} to {end}, then stay level."


def _second_answer_sentence(findings: Findings) -> Iterator[str]:
    """What follows if take-up follows its forecast, if that is another path."""
    answer = findings.on_forecast
    if answer is None:
        return
    if not answer.is_level:
        forecast = answer.forecast
        length = "" if forecast.is_tested else f"{forecast.tested_quarters}-quarter "
        amount = answer.net_benefit.format_like(findings.net_benefit)
        yield f"On the {length}forecast: {amount}."
    elif not findings.is_level:
        comparison = answer.net_benefit.compare_again()
        of_report = f" ({_REPORT_YEAR})" if starts_at_report(findings.scenario) else ""
        yield f"If it stays at {findings.take_up_ends[0]}{of_report}, {comparison}."


def _describe_annual_saving(findings: Findings) -> str:
    """The annual saving or loss: ``save £228 million a year``."""
    amount = findings.annual_saving
    verb = "save" if amount >= 0 else "cost"
    if findings.scenario.target_has_ended:
        verb = {"save": "have saved", "cost": "have cost"}[verb]
    return f"{verb} {format_estimate(abs(amount), 'GBP')} a year"


def _of_service(findings: Findings) -> str:
    """The service after ``take-up``; empty for all of government."""
    return f" of {_name_service(findings.scenario)}" if findings.scenario.service else ""


def _name_service(scenario: Savings) -> str:
    """The service's name, unless it is too long for a headline."""
    is_short = len(scenario.service.split()) <= _MOST_WORDS_OF_NAME
    return scenario.service if is_short else "this service"
