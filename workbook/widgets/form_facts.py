"""Facts about a parameter in its field: published value, range, source, quality and review."""

from workbook.analysis.assumptions import describe_range, describe_review_status
from workbook.outcome import SubstitutedValue
from workbook.scenario import Parameter, Scenario
from workbook.text.dates import format_day
from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_cell
from workbook.widgets.scenario_changes import describe_value

Fact = tuple[str, str]
"""A heading and its text."""

_QUALITY_TEXTS = {
    "green": "Green: a published figure",
    "amber": "Amber: an estimate",
    "red": "Red: no published source",
}


def parameter_facts(parameter: Parameter, scenario: Scenario) -> list[Fact]:
    """Describe the published value of an assumption.

    Args:
        parameter: The parameter's declaration.
        scenario: The scenario, whose value moves the range and whose quarter dates the review.

    Returns:
        Headings and texts in order; none for a choice that rests on no source.
    """
    if not parameter.is_assumption:
        return []
    facts = {
        "Published value": describe_value(parameter, parameter.default),
        "Range used in simulations": describe_range(parameter, scenario.values()[parameter.name]),
        "Source": parameter.source or "No source given",
        "Quality": _QUALITY_TEXTS.get(scenario.quality_of(parameter.name), ""),
        "Review": _describe_review(parameter, scenario.quarter),
    }
    return [(heading, text) for heading, text in facts.items() if text]


def describe_substitution(parameter: Parameter, substituted: SubstitutedValue) -> str:
    """Say that the model does not use a field's value.

    Args:
        parameter: The parameter's declaration.
        substituted: What the model uses in its place.

    Returns:
        A sentence or two.
    """
    source = substituted.source.rstrip(".")
    if substituted.value is None:
        return f"This value is not used. {source}."
    return f"{format_cell(substituted.value, parameter.unit)} is used instead. {source}."


def _describe_review(parameter: Parameter, quarter: str) -> str:
    """Owner and dates of a parameter's review."""
    status = describe_review_status(parameter, quarter)
    if parameter.review is None:
        return capitalise_first(status)
    return (
        f"{capitalise_first(parameter.review.owner)}."
        f" Last reviewed {format_day(parameter.review.reviewed)}."
        f" Next review {format_day(parameter.review.due)} ({status})."
    )
