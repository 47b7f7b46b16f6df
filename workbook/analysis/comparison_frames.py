"""Frames of a comparison: parameters that differ, indicators, and contributions."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.analysis.attribution import Attribution
from workbook.analysis.scenario_runner import indicator_numbers
from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.text.grammar import join_items

_NOISE = 1e-12
"""Share of an indicator below which a contribution is the rounding of sums."""

_CONTRIBUTION_COLUMNS = ["scenario", "indicator", "parameter", "label", "in_order", "average"]


def parameter_frame(outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """Make the frame of the parameters that differ.

    Args:
        outcomes: Outcome of each scenario by its name.

    Returns:
        A row for each parameter that differs. None stands where a scenario has the default.
    """
    scenarios = {name: outcome.scenario for name, outcome in outcomes.items()}
    values = {name: scenario.values() for name, scenario in scenarios.items()}
    changed = {name: scenario.non_default_values() for name, scenario in scenarios.items()}
    parameters = next(iter(scenarios.values())).parameters()
    rows = [
        {
            "name": name,
            "label": parameter.label,
            "unit": parameter.unit,
            **{scenario: changed[scenario].get(name) for scenario in scenarios},
        }
        for name, parameter in parameters.items()
        if len({scenario_values[name] for scenario_values in values.values()}) > 1
    ]
    return pd.DataFrame(rows, columns=["name", "label", "unit", *scenarios], dtype=object)


def indicator_frame(outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """Make the frame of the indicators and their differences.

    Args:
        outcomes: Outcome of each scenario by its name.

    Returns:
        A row for each indicator, with its value in each scenario and the difference of each
        scenario to the first.
    """
    first, *others = outcomes
    numbers = {name: indicator_numbers(outcome) for name, outcome in outcomes.items()}
    columns = difference_columns(outcomes)
    rows = [
        {
            "name": indicator.name,
            "label": common_label(outcomes, indicator.name),
            "unit": indicator.unit,
            **{name: outcome[indicator.name].value for name, outcome in outcomes.items()},
            **{
                columns[name]: numbers[name][indicator.name] - numbers[first][indicator.name]
                for name in others
            },
        }
        for indicator in outcomes[first]
    ]
    return pd.DataFrame(rows, columns=["name", "label", "unit", *outcomes, *columns.values()])


def difference_columns(outcomes: Mapping[str, Outcome]) -> dict[str, str]:
    """Column with the difference to the first scenario, by the name of each other scenario."""
    _, *others = outcomes
    is_only = len(others) == 1
    return {name: "difference" if is_only else f"difference {name}" for name in others}


def common_label(outcomes: Mapping[str, Outcome], indicator: str) -> str:
    """Label of an indicator; all of them where the scenarios differ in it."""
    return " / ".join(dict.fromkeys(outcome[indicator].label for outcome in outcomes.values()))


def contribution_frame(
    outcomes: Mapping[str, Outcome], attributions: Mapping[str, Attribution]
) -> pd.DataFrame:
    """Make the frame of the contributions.

    Args:
        outcomes: Outcome of each scenario by its name.
        attributions: Attribution of the difference to the first scenario, by the other's name.

    Returns:
        A row for each scenario, indicator that has a value in both, and group of parameters.
    """
    first = next(iter(outcomes))
    rows = [
        dict(zip(_CONTRIBUTION_COLUMNS, row, strict=True))
        for name, attribution in attributions.items()
        for row in _scenario_rows(name, outcomes[first], outcomes[name], attribution)
    ]
    return pd.DataFrame(rows, columns=_CONTRIBUTION_COLUMNS).astype(
        {"in_order": "float64", "average": "float64"}
    )


def _scenario_rows(
    name: str, first: Outcome, last: Outcome, attribution: Attribution
) -> list[tuple[object, ...]]:
    parameters, ends = (
        first.scenario.parameters(),
        (indicator_numbers(first), indicator_numbers(last)),
    )
    labels = [
        join_items(parameters[parameter].label for parameter in group)
        for group in attribution.groups
    ]
    rows: list[tuple[object, ...]] = []
    for place, indicator in enumerate(attribution.indicators):
        start, end = (numbers[indicator] for numbers in ends)
        if np.isfinite(start) and np.isfinite(end):
            scale = max(abs(start), abs(end))
            in_order, average = (
                _remove_noise(contributions[:, place], scale)
                for contributions in (attribution.in_order, attribution.average)
            )
            rows.extend(
                (name, indicator, ", ".join(group), *others)
                for group, *others in zip(
                    attribution.groups, labels, in_order, average, strict=True
                )
            )
    return rows


def _remove_noise(contributions: FloatArray, scale: float) -> FloatArray:
    return np.where(np.abs(contributions) < _NOISE * scale, 0.0, contributions)
