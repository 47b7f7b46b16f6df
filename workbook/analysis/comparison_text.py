"""What a comparison says: its headline, its notes, and its tables as text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from workbook.analysis.attribution import Attribution
from workbook.analysis.comparison_frames import common_label, difference_columns
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.scenario import Parameter, ParameterValue, Scenario
from workbook.text.grammar import join_items
from workbook.text.numbers import format_cell, format_change

METHODS: Final = {
    "in_order": "the parameters change one at a time, in this order",
    "average": "effects averaged over the orders of change",
}
"""How each column of contributions is calculated, as the end of a sentence."""


def comparison_headline(
    scenarios: Mapping[str, Scenario],
    outcomes: Mapping[str, Outcome],
    contributions: pd.DataFrame,
    indicator: str,
) -> str:
    """Write the finding: an indicator in each scenario, and what makes most of the difference.

    Args:
        scenarios: The scenarios by name, as they were given.
        outcomes: Outcome of each by its name, with at most ``MAXIMUM_DRAWS`` simulations.
        contributions: Frame of the contributions.
        indicator: Name of the indicator; empty where the outcomes have none in common.

    Returns:
        A sentence or two.
    """
    if len(set(scenarios.values())) == 1:
        return "The scenarios do not differ: every parameter has the same value."
    if not indicator:
        return "The scenarios have no figure in common."
    label = common_label(outcomes, indicator)
    values = [
        f"{outcome[indicator].formatted_value} in “{name}”" for name, outcome in outcomes.items()
    ]
    sentence = f"{label}: {join_items(values)}."
    rows = contributions[
        (contributions["indicator"] == indicator) & (contributions["average"].abs() > 0)
    ]
    if rows.empty:
        return sentence
    largest = rows.iloc[int(rows["average"].abs().to_numpy().argmax())]
    change = format_change(float(largest["average"]), next(iter(outcomes.values()))[indicator].unit)
    return f"{sentence} “{largest['label']}” makes the largest difference: {change}."


def comparison_notes(
    outcomes: Mapping[str, Outcome],
    attributions: Mapping[str, Attribution],
    contributions: pd.DataFrame,
    limit_notes: Iterable[str],
) -> tuple[str, ...]:
    """Write what a reader needs to interpret the contributions.

    Args:
        outcomes: Outcome of each scenario by its name.
        attributions: Attribution of the difference to the first scenario, by the other's name.
        contributions: Frame of the contributions.
        limit_notes: Notes on scenarios that have more simulations than are run.

    Returns:
        Sentences.
    """
    first = next(iter(outcomes.values()))
    sentences = [
        *_missing_notes(outcomes, contributions),
        *(
            note
            for attribution in attributions.values()
            for note in _attribution_notes(first, attribution)
        ),
    ]
    return tuple(dict.fromkeys([*sentences, *limit_notes]))


def missing_reason(first: Indicator, last: Indicator, contributions: Sequence[float]) -> str:
    """Say why a difference has no contributions.

    Args:
        first: The indicator in the first scenario.
        last: The indicator in the other scenario.
        contributions: The contributions, NaN where they are not known.

    Returns:
        A sentence; empty where there are contributions.
    """
    if isinstance(first.value, str) or isinstance(last.value, str):
        return f"“{first.label}” is not a number, so no parameter has a share in its difference."
    if missing := next((indicator for indicator in (first, last) if indicator.value is None), None):
        return f"“{missing.label}” is missing in a scenario: {missing.missing_reason}."
    if any(contribution != contribution for contribution in contributions):  # noqa: PLR0124  NaN
        return f"“{first.label}” has no value in a mixture of the scenarios."
    return ""


def parameter_texts(outcomes: Mapping[str, Outcome], parameters: pd.DataFrame) -> pd.DataFrame:
    """Write the parameters that differ as text: label, and the value in each scenario.

    Args:
        outcomes: Outcome of each scenario by its name.
        parameters: Frame of the parameters that differ.

    Returns:
        The cells as a reader sees them, empty where a scenario has the default value.
    """
    declared = next(iter(outcomes.values())).scenario.parameters()
    rows = [
        (row["label"], *value_texts(declared[row["name"]], [row[name] for name in outcomes]))
        for row in parameters.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["Parameter", *outcomes])


def indicator_texts(outcomes: Mapping[str, Outcome], indicators: pd.DataFrame) -> pd.DataFrame:
    """Write the indicators as text: label, value in each scenario, and difference to the first.

    Args:
        outcomes: Outcome of each scenario by its name.
        indicators: Frame of the indicators.

    Returns:
        The cells as a reader sees them.
    """
    columns = difference_columns(outcomes)
    rows = [
        (
            row["label"],
            *(outcome[row["name"]].formatted_value for outcome in outcomes.values()),
            *(_change_text(row[column], row["unit"]) for column in columns.values()),
        )
        for row in indicators.to_dict("records")
    ]
    headings = [
        column.capitalize() if column == "difference" else column for column in columns.values()
    ]
    return pd.DataFrame(rows, columns=["Indicator", *outcomes, *headings])


def contribution_texts(
    outcomes: Mapping[str, Outcome],
    contributions: pd.DataFrame,
    scenario: str,
    indicators: Iterable[str],
) -> pd.DataFrame:
    """Write what each parameter adds to the difference of a scenario to the first as text.

    Args:
        outcomes: Outcome of each scenario by its name.
        contributions: Frame of the contributions.
        scenario: Name of the scenario.
        indicators: Names of the indicators, each a column unless it is missing in a scenario.

    Returns:
        The cells as a reader sees them, averaged over the orders.
    """
    rows = contributions[contributions["scenario"] == scenario]
    first = next(iter(outcomes.values()))
    columns: dict[str, list[str]] = {}
    for name in indicators:
        own_rows = rows[rows["indicator"] == name]
        if len(own_rows):
            columns["Parameter"] = own_rows["label"].tolist()
            columns[common_label(outcomes, name)] = [
                _change_text(change, first[name].unit) or first[name].missing_label
                for change in own_rows["average"].tolist()
            ]
    return pd.DataFrame(columns)


def value_texts(parameter: Parameter, values: Sequence[ParameterValue | None]) -> list[str]:
    """Format values of a parameter so that different ones never look the same.

    Args:
        parameter: The parameter's declaration.
        values: The values; None where there is none.

    Returns:
        The labels of choices. Other values are in their unit, with all their digits where rounded
        ones would look the same.
    """
    if parameter.choices:
        return ["" if value is None else parameter.label_choice(str(value)) for value in values]
    texts = [
        parameter.blank_label if value == "" else format_cell(value, parameter.unit)
        for value in values
    ]
    known = [value for value in values if value is not None]
    if len({text for text in texts if text}) == len(set(known)):
        return texts
    return ["" if value is None else str(value) for value in values]


def _change_text(change: float, unit: str) -> str:
    return "" if change != change else format_change(change, unit)  # noqa: PLR0124  NaN


def _missing_notes(outcomes: Mapping[str, Outcome], contributions: pd.DataFrame) -> Iterator[str]:
    first, *others = outcomes
    for indicator in outcomes[first]:
        is_row = contributions["indicator"] == indicator.name
        for name in others:
            values = contributions["average"][is_row & (contributions["scenario"] == name)]
            reason = missing_reason(indicator, outcomes[name][indicator.name], values.tolist())
            if reason:
                yield reason


def _attribution_notes(first: Outcome, attribution: Attribution) -> Iterator[str]:
    parameters = first.scenario.parameters()
    for group in attribution.groups:
        if len(group) > 1:
            names = join_items(_quote_label(parameters[name]) for name in group)
            yield f"{names} are counted together: a change of one alone has no result."
    if attribution.sampled_orders:
        yield (
            f"The averages are over {attribution.sampled_orders} random orders of"
            f" {len(attribution.groups)} parameters, not over all of them."
        )


def _quote_label(parameter: Parameter) -> str:
    return f"“{parameter.label}”"
