"""Sensitivity curves: an indicator over a range of one parameter."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from workbook.analysis.model_runner import (
    as_declared_kind,
    indicator_number,
    make_model_runner,
    nearest_allowed_value,
)
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Scenario
from workbook.text.grammar import lower_first
from workbook.topic import SensitivityCurve, Tables, Topic

CURVE_POINT_COUNT = 21

SensitivityRow = dict[str, float | bool | None]


def sensitivity_curve(
    topic: Topic,
    curve: SensitivityCurve,
    scenario: Scenario | None = None,
    *,
    tables: Tables | None = None,
) -> pd.DataFrame:
    """Evaluate an indicator at even steps of a parameter.

    Args:
        topic: The topic whose model is run.
        curve: The indicator, the parameter and its range.
        scenario: The scenario to start from; the default by default.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        A row for each of 21 steps and for the scenario's own value, sorted by the parameter. The
        columns are named after the parameter and the indicator. ``scenario`` is true in the row of
        the scenario's own value. Steps that contradict the scenario's other values are left out.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> curve = SensitivityCurve("people_excluded", "programme_starts", low=0, high=1_000_000)
        >>> frame = sensitivity_curve(topic, curve, topic.Scenario(draws=100))
        >>> frame["people_excluded"].tolist()[0]
        6200000.0
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    return sort_curve_rows(curve_points(topic, tables, scenario, curve), curve)


def sort_curve_rows(rows: Iterable[SensitivityRow], curve: SensitivityCurve) -> pd.DataFrame:
    """Sort rows of ``curve_points`` by the parameter."""
    return pd.DataFrame(rows).sort_values(curve.parameter, ignore_index=True)


def sensitivity_table(
    topic: Topic, outcome: Outcome, curve: SensitivityCurve, frame: pd.DataFrame
) -> ResultTable:
    """Make the result table of a sensitivity curve.

    Args:
        topic: The topic whose parameter is varied.
        outcome: The outcome of the scenario.
        curve: The indicator and the parameter.
        frame: Rows from ``sort_curve_rows``.

    Returns:
        The table, named after the curve.
    """
    indicator, parameter = outcome[curve.indicator], topic.Scenario.parameters()[curve.parameter]
    columns = {
        curve.parameter: Column(parameter.label, parameter.unit),
        curve.indicator: Column(indicator.label, indicator.unit),
        "scenario": Column("This scenario"),
    }
    title = f"{indicator.label}, by {lower_first(parameter.label)}"
    return ResultTable(curve.name, title, frame, columns)


def curve_points(
    topic: Topic, tables: Tables, scenario: Scenario, curve: SensitivityCurve
) -> Iterator[SensitivityRow]:
    """Yield the points of a sensitivity curve one by one; each takes one run of the model."""
    run_model = make_model_runner(topic, tables, scenario, curve.parameter)
    current = float(scenario.values()[curve.parameter])
    low, high = (
        nearest_allowed_value(scenario, curve.parameter, end)
        for end in (curve.low, max(curve.high, current))
    )
    steps = {
        as_declared_kind(scenario, curve.parameter, step)
        for step in np.linspace(low, high, CURVE_POINT_COUNT)
    }
    for value in [current, *sorted(steps - {current})]:
        yield {
            curve.parameter: float(value),
            curve.indicator: indicator_number(run_model(value), curve.indicator),
            "scenario": value == current,
        }
