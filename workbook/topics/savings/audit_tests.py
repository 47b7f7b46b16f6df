"""Audit tests of a claimed saving, answered from facts of the scenario or by its author.

A test is answered yes only where the scenario shows it. Where its author must show it, the answer
is not known until the author gives one, and the reason says what to provide.
"""

import math
from collections.abc import Iterator

import pandas as pd

from workbook.scenario import Parameter
from workbook.text.grammar import choose_form, join_items, lower_first
from workbook.text.numbers import format_estimate, format_money, format_share, format_years
from workbook.topics.savings.cash_flow import yearly_cash_flows
from workbook.topics.savings.cash_flow_tables import saving_by_channel
from workbook.topics.savings.contact_costs import CONVERTED_PARAMETERS
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import Savings, counts_governments_transition_cost
from workbook.topics.savings.parameters.appraisal import YEAR_END
from workbook.topics.savings.parameters.move_costs import PUBLISHED_OPTIMISM_BIAS
from workbook.topics.savings.price_conversion import CONTACT_COST_YEAR, PUBLISHED_PRICES_SENTENCE
from workbook.topics.savings.uncertain_inputs import uncertain_parameters, unsourced_parameters

_YES, _NO, _NOT_KNOWN = "yes", "no", "not known"

AuditRow = tuple[str, str, str]
"""The test, its answer and the reason."""

_AUTHOR_TESTS = {
    "quality_kept": (
        "Service quality is not harmed",
        "user satisfaction and completion rates before and after the move",
    ),
    "baseline_realistic": (
        "The baseline is realistic",
        "the transactions and the take-up that you would expect without the work",
    ),
    "not_reallocated": (
        "The saving is real, not moved elsewhere",
        "the budgets from which the saving is taken, and what users now pay or do themselves",
    ),
}
_AUTHOR_REASONS = {
    _YES: "The scenario’s author says so. The workbook has no figures to check it.",
    _NO: "The scenario’s author says no. An auditor would not accept the claim as it stands.",
}


def audit_tests_table(scenario: Savings, inputs: AppraisalInputs) -> pd.DataFrame:
    """Answer the audit tests.

    Args:
        scenario: The scenario.
        inputs: Point values.

    Returns:
        A row for each test: ``test``, ``answer`` (yes, no or not known) and ``reason``.
    """
    rows = (
        _assess_reliability(scenario, inputs),
        _assess_method(scenario, inputs),
        _assess_prices(scenario, inputs),
        _assess_transition_cost(scenario),
        *_ask_author(scenario),
    )
    return pd.DataFrame(rows, columns=["test", "answer", "reason"])


def _assess_reliability(scenario: Savings, inputs: AppraisalInputs) -> AuditRow:
    """Check that every uncertain input in use has a source."""
    test = "The data is reliable, or the estimate is cautious"
    uncertain = uncertain_parameters(inputs)
    unsourced = unsourced_parameters(scenario, inputs)
    if unsourced:
        verb = choose_form(len(unsourced), "has", "have")
        return (
            test,
            _NO,
            (
                f"{len(unsourced)} of the {len(uncertain)} uncertain assumptions {verb} no"
                f" published source ({_list_labels(unsourced)}). The cautious figure to claim is"
                " the pessimistic one (P10)."
            ),
        )
    changed = scenario.non_default_values()
    user_values = [parameter for parameter in uncertain if parameter.name in changed]
    if user_values:
        return (
            test,
            _NOT_KNOWN,
            f"Provide the source of your own values: {_list_labels(user_values)}.",
        )
    return test, _YES, "Every uncertain assumption has a published source."


def _list_labels(parameters: list[Parameter]) -> str:
    return join_items(lower_first(parameter.label) for parameter in parameters)


def _assess_method(scenario: Savings, inputs: AppraisalInputs) -> AuditRow:
    """Check the conventions, and that years and channels add up to the same total."""
    test = "The saving is calculated by the stated method"
    by_year = sum(float(year.net_saving) for year in yearly_cash_flows(inputs))
    by_channel = float(saving_by_channel(inputs)["total_saving"].sum())
    if not math.isclose(by_year, by_channel, rel_tol=1e-6, abs_tol=1.0):
        return (
            test,
            _NO,
            (
                f"The years add up to {format_money(by_year)}, but the channels to"
                f" {format_money(by_channel)}."
            ),
        )
    departures = list(_list_departures(scenario))
    if departures:
        return test, _NO, f"The scenario departs from the method: {join_items(departures)}."
    return (
        test,
        _YES,
        (
            f"The years and the channels both add up to {format_estimate(by_year, 'GBP')}. Each"
            " year has its average take-up and is discounted from its end."
        ),
    )


def _list_departures(scenario: Savings) -> Iterator[str]:
    """Conventions that differ from those of the method."""
    defaults = {name: declared.default for name, declared in scenario.parameters().items()}
    if scenario.take_up_convention == YEAR_END:
        yield "a year counts as if its last day’s take-up had held all year, which is too high"
    if scenario.discount_timing != defaults["discount_timing"]:
        yield "each year is discounted from its middle"
    if scenario.discount_data != defaults["discount_data"]:
        yield "the discount rates are not those of the Green Book"


def _assess_prices(scenario: Savings, inputs: AppraisalInputs) -> AuditRow:
    """Check that every amount of the scenario is in the prices of one year."""
    test = "The claim says whether it is nominal or real"
    prices = f"{scenario.price_year} prices"
    kept = [
        parameter
        for name, parameter in scenario.parameters().items()
        if name in CONVERTED_PARAMETERS and scenario.values()[name] == parameter.default
    ]
    if scenario.convert_prices == "no" and kept:
        return (
            test,
            _NO,
            (
                f"Real terms are claimed, but amounts in {CONTACT_COST_YEAR} prices count as"
                f" {prices}: {_list_labels(kept)}."
            ),
        )
    if inputs.service.has_unconverted_cost:
        return (
            test,
            _NO,
            (
                f"Real terms are claimed, but the published cost of {scenario.service} is in the"
                f" prices of another year. The deflator does not reach from there to {prices}."
            ),
        )
    converted = (
        "Your own contact costs count as entered in those prices."
        if scenario.convert_prices == "no"
        else (
            f"Contact costs are converted from {CONTACT_COST_YEAR} prices with the UK GDP deflator."
        )
    )
    return (
        test,
        _YES,
        (
            f"Real terms: the scenario’s amounts are in {prices}. {PUBLISHED_PRICES_SENTENCE}"
            f" {converted}"
        ),
    )


def _assess_transition_cost(scenario: Savings) -> AuditRow:
    test = "The saving is net of the transition cost, in the year it falls"
    if not scenario.transition_cost:
        return test, _NO, "The scenario has no transition cost."
    if counts_governments_transition_cost(scenario):
        return (
            test,
            _NO,
            (
                f"The transition cost of {format_estimate(scenario.transition_cost, 'GBP')} is all"
                f" of government’s. Enter the cost of changing {scenario.service}."
            ),
        )
    if (years_beyond := scenario.transition_years - scenario.horizon - 1) > 0:
        return test, _NO, f"The transition ends {format_years(years_beyond)} after the appraisal."
    cost = format_estimate(scenario.transition_cost * (1 + scenario.optimism_bias), "GBP")
    period = f"over {format_years(scenario.transition_years)} from year 0"
    dual_running = f", plus dual running for {format_years(scenario.dual_running_years)}"
    bias = format_share(scenario.optimism_bias)
    unmitigated = scenario.optimism_bias < PUBLISHED_OPTIMISM_BIAS and (
        scenario.quality_of("optimism_bias") == "red"
    )
    question = " Provide the measures that justify less than 200%." if unmitigated else ""
    return (
        test,
        _YES,
        (
            f"{cost} {period}, with an optimism bias of"
            f" {bias}{dual_running * (scenario.dual_running_years > 0)}.{question}"
        ),
    )


def _ask_author(scenario: Savings) -> Iterator[AuditRow]:
    """Tests that only the author can answer, each with what to provide."""
    for name, (test, evidence) in _AUTHOR_TESTS.items():
        answer = str(scenario.values()[name])
        question = f"Provide {evidence}. Then answer under “Audit tests” in the form."
        yield test, answer, _AUTHOR_REASONS.get(answer, question)
