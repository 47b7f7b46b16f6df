"""What a topic says for departments that it has no figures for."""

from collections.abc import Iterable

from workbook.departments import DEPARTMENT_NAMES
from workbook.indicators import IndicatorDefinition, build_indicators
from workbook.outcome import Outcome
from workbook.scenario import DEPARTMENT_PARAMETER, Scenario, split_list
from workbook.text.grammar import join_items

_NO_ARTICLE = "HM "
"""How the names begin that stand without an article in a sentence."""

_NO_FIGURE = "no figure"


def write_departments(departments: str) -> str:
    """Write departments as they stand in a sentence.

    Args:
        departments: A scenario's departments, a list with semicolons.

    Returns:
        Such as ``the Home Office and HM Treasury``.
    """
    return join_items(
        name if name.startswith(_NO_ARTICLE) else f"the {name}" for name in split_list(departments)
    )


def no_figures_reason(departments: str) -> str:
    """Write why a topic has no figures: ``no figures for the Home Office``.

    Args:
        departments: A scenario's departments, a list with semicolons.
    """
    return f"no figures for {write_departments(departments)}"


def outcome_without_figures(
    title: str, definitions: Iterable[IndicatorDefinition], scenario: Scenario
) -> Outcome:
    """Make the outcome of a topic that has no figures for a scenario's departments.

    Args:
        title: Title of the topic.
        definitions: Definitions of its indicators.
        scenario: The scenario.

    Returns:
        An outcome whose headline says so. It has every indicator without a value, and no tables.
    """
    reason = no_figures_reason(scenario.department)
    definitions = [definition.for_any_scenario() for definition in definitions]
    names = [definition.name for definition in definitions]
    return Outcome(
        scenario=scenario,
        headline=f"{title}: {reason}.",
        indicators=build_indicators(
            definitions,
            dict.fromkeys(names),
            missing_reasons=dict.fromkeys(names, reason),
            missing_labels=dict.fromkeys(names, _NO_FIGURE),
        ),
        parameter_options={DEPARTMENT_PARAMETER: DEPARTMENT_NAMES},
        no_figures_reason=reason,
        left_out=frozenset(names),
    )
