"""Audit tests of a claimed saving, answered from the scenario or by its author."""

from collections.abc import Iterator

import pandas as pd

from workbook.text.grammar import lower_first
from workbook.text.numbers import format_money, format_years
from workbook.topics.savings.parameters import Savings

_AUTHOR_TESTS = {
    "quality_kept": "The service is not worse for it",
    "baseline_realistic": "The baseline is realistic",
    "not_reallocated": "The cost is gone, not moved elsewhere",
}
_ANSWER_REASONS = {
    "yes": "So says the scenario’s author.",
    "no": "So says the scenario’s author: as it is, an auditor would not accept the claim.",
    "not known": "The figures cannot tell. Answer it in the form, under “What auditors ask”.",
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
        "It is computed by the stated method",
        "yes",
        "Year by year and channel by channel; the working is in the tables.",
    )
    yield (
        "It says whether it is nominal or real",
        "yes",
        (
            f"Everything is real, in prices of {scenario.price_year}; costs of a contact are taken "
            "as published, in prices of 2008 to 2012."
        ),
    )
    yield _assess_transition_cost(scenario)
    values = scenario.values()
    for name, test in _AUTHOR_TESTS.items():
        yield test, str(values[name]), _ANSWER_REASONS[str(values[name])]


def _assess_reliability(scenario: Savings) -> tuple[str, str, str]:
    """Whether every uncertain input has a source. A changed value counts as the author's own."""
    uncertain = [parameter for parameter in scenario.parameters().values() if parameter.range]
    changed = scenario.non_default_values()
    red = [each for each in uncertain if each.quality == "red" and each.name not in changed]
    test = "It rests on reliable data or is a cautious estimate"
    if not red:
        return test, "yes", "Every uncertain input has a published source or is the author’s own."
    labels = "; ".join(lower_first(each.label) for each in red)
    count_text = f"{len(red)} of {len(uncertain)} uncertain inputs"
    advice = "A cautious claim is the low end of the range (P10)."
    return test, "no", f"{count_text} are assumptions without a source ({labels}). {advice}"


def _assess_transition_cost(scenario: Savings) -> tuple[str, str, str]:
    test = "It is net of the cost of transition, in the year in which that falls"
    if not scenario.transition_cost:
        return test, "no", "The scenario counts no cost of transition."
    if (years_beyond := scenario.transition_years - scenario.horizon - 1) > 0:
        return test, "no", f"{format_years(years_beyond)} of the transition fall after the horizon."
    cost = format_money(scenario.transition_cost * (1 + scenario.optimism_bias))
    period = f"over {format_years(scenario.transition_years)} from year 0"
    dual_running = f", and dual running for {format_years(scenario.dual_running_years)}"
    return (
        test,
        "yes",
        f"{cost} with optimism bias, {period}{dual_running * (scenario.dual_running_years > 0)}.",
    )
