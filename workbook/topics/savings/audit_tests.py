"""Audit tests of a claimed saving, answered from the scenario or by its author."""

from collections.abc import Iterator

import pandas as pd

from workbook.text.grammar import choose_form, join_items, lower_first
from workbook.text.numbers import format_money, format_years
from workbook.topics.savings.parameters import Savings

_AUTHOR_TESTS = {
    "quality_kept": "Service quality is not harmed",
    "baseline_realistic": "The baseline is realistic",
    "not_reallocated": "The saving is real, not moved elsewhere",
}
_ANSWER_REASONS = {
    "yes": "The scenario’s author says so.",
    "no": "The scenario’s author says no. An auditor would not accept the claim as it stands.",
    "not known": "The figures cannot answer this. Answer it in the form, under “Audit tests”.",
}


def audit_tests_table(scenario: Savings) -> pd.DataFrame:
    """Answer the audit tests.

    Args:
        scenario: The scenario.

    Returns:
        A row for each test: ``test``, ``answer`` (yes, no or not known) and ``reason``.
    """
    return pd.DataFrame(list(_build_rows(scenario)), columns=["test", "answer", "reason"])


def _build_rows(scenario: Savings) -> Iterator[tuple[str, str, str]]:
    yield _assess_reliability(scenario)
    yield (
        "The saving is calculated by the stated method",
        "yes",
        "By year and by channel. The tables show the working.",
    )
    yield (
        "The claim says whether it is nominal or real",
        "yes",
        (
            f"Amounts are in real terms, in {scenario.price_year} prices. Contact costs are as "
            "published, in 2008 to 2012 prices."
        ),
    )
    yield _assess_transition_cost(scenario)
    values = scenario.values()
    for name, test in _AUTHOR_TESTS.items():
        yield test, str(values[name]), _ANSWER_REASONS[str(values[name])]


def _assess_reliability(scenario: Savings) -> tuple[str, str, str]:
    """Check that every uncertain input has a source. A changed value counts as the author's own."""
    uncertain = [parameter for parameter in scenario.parameters().values() if parameter.range]
    changed = scenario.non_default_values()
    red = [
        parameter
        for parameter in uncertain
        if parameter.quality == "red" and parameter.name not in changed
    ]
    test = "The data is reliable, or the estimate is cautious"
    if not red:
        return (
            test,
            "yes",
            "Every uncertain assumption has a published source or is the author’s own.",
        )
    labels = join_items(lower_first(parameter.label) for parameter in red)
    verb = choose_form(len(red), "has", "have")
    count_text = (
        f"{len(red)} of the {len(uncertain)} uncertain assumptions {verb} no published source"
    )
    advice = "The cautious figure to claim is the pessimistic one (P10)."
    return test, "no", f"{count_text} ({labels}). {advice}"


def _assess_transition_cost(scenario: Savings) -> tuple[str, str, str]:
    test = "The saving is net of the transition cost, in the year it falls"
    if not scenario.transition_cost:
        return test, "no", "The scenario has no transition cost."
    if (years_beyond := scenario.transition_years - scenario.horizon - 1) > 0:
        return test, "no", f"The transition ends {format_years(years_beyond)} after the appraisal."
    cost = format_money(scenario.transition_cost * (1 + scenario.optimism_bias))
    period = f"over {format_years(scenario.transition_years)} from year 0"
    dual_running = f", plus dual running for {format_years(scenario.dual_running_years)}"
    return (
        test,
        "yes",
        f"{cost} with optimism bias, {period}{dual_running * (scenario.dual_running_years > 0)}.",
    )
