"""One-way sensitivity (tornado): an indicator with each assumption at its low and high value."""

from collections.abc import Iterable, Iterator

import pandas as pd

from workbook.analysis.model_runner import (
    indicator_number,
    limit_draws,
    make_model_runner,
    nearest_allowed_value,
)
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Parameter, Scenario
from workbook.text.grammar import lower_first
from workbook.topic import Tables, Topic

TornadoRow = dict[str, float | str | None]

TORNADO_NAME = "swing"
"""Name of the tornado's chart and table."""

_RANGE_COLUMNS = {
    "parameter": Column("Parameter", is_name=True),
    "label": Column("Assumption"),
    "unit": Column("Unit"),
    "quality": Column("Quality"),
    "low": Column("Low value", unit_column="unit"),
    "high": Column("High value", unit_column="unit"),
}
_INDICATOR_COLUMN_LABELS = {
    "at_low": "Result at the low value",
    "at_high": "Result at the high value",
    "now": "Result in this scenario",
    "swing": "Difference between the two",
}
"""Labels of the columns in the indicator's unit."""


def tornado(topic: Topic, tables: Tables, scenario: Scenario, indicator: str) -> pd.DataFrame:
    """Calculate the one-way sensitivity of an indicator to every assumption.

    If a low or high value contradicts the scenario's other values, the nearest allowed one is used.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario to start from.
        indicator: Name of the indicator.

    Returns:
        A row for each parameter with a range, the largest effect first. ``parameter``, ``label``,
        ``unit`` and ``quality`` describe the parameter, without a quality where the user has
        changed its value; ``low`` and ``high`` are its values.
        ``at_low``, ``at_high`` and ``now`` are the indicator at each value and in the scenario.
        ``swing`` is the difference between the first two, 0 where either is missing. These four
        are in the indicator's unit.

    Raises:
        KeyError: The topic has no such indicator.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> scenario = topic.Scenario(draws=100)
        >>> table = tornado(topic, topic.load_tables(scenario), scenario, "people_excluded")
        >>> table["parameter"].head(2).tolist()
        ['unaided_gain', 'deadweight']
    """
    return rank_tornado_rows(filter(None, tornado_rows(topic, tables, scenario, indicator)))


def rank_tornado_rows(rows: Iterable[TornadoRow]) -> pd.DataFrame:
    """Sort rows of ``tornado_rows``, the largest effect first."""
    return pd.DataFrame(rows, columns=[*_RANGE_COLUMNS, *_INDICATOR_COLUMN_LABELS]).sort_values(
        ["swing", "parameter"], ascending=[False, True], ignore_index=True
    )


def tornado_table(outcome: Outcome, indicator_name: str, frame: pd.DataFrame) -> ResultTable:
    """Make the result table of a tornado.

    Args:
        outcome: The outcome of the scenario.
        indicator_name: Name of the indicator.
        frame: Rows from ``rank_tornado_rows``.

    Returns:
        The table, named ``TORNADO_NAME``.
    """
    indicator = outcome[indicator_name]
    columns = {
        name: Column(label, indicator.unit) for name, label in _INDICATOR_COLUMN_LABELS.items()
    }
    title = f"One-way sensitivity: {lower_first(indicator.label)}"
    return ResultTable(TORNADO_NAME, title, frame, _RANGE_COLUMNS | columns)


def tornado_rows(
    topic: Topic, tables: Tables, scenario: Scenario, indicator: str
) -> Iterator[TornadoRow | None]:
    """Yield the rows of a tornado one by one, and None after each run of the model in between."""
    current = indicator_number(topic.evaluate_model(tables, limit_draws(scenario)), indicator)
    for name, parameter in topic.Scenario.parameters().items():
        if parameter.range:
            run_model = make_model_runner(topic, tables, scenario, name)
            value = scenario.values()[name]
            value_range = parameter.range_around(float(value))
            low, high = (nearest_allowed_value(scenario, name, end) for end in value_range)
            at_low = indicator_number(run_model(low), indicator)
            yield None
            at_high = indicator_number(run_model(high), indicator)
            row = _tornado_row(parameter, (low, high), (at_low, at_high), current)
            yield row if value == parameter.default else row | {"quality": ""}


def _tornado_row(
    parameter: Parameter,
    ends: tuple[float, float],
    at_ends: tuple[float | None, float | None],
    current: float | None,
) -> TornadoRow:
    (low, high), (at_low, at_high) = ends, at_ends
    return {
        "parameter": parameter.name,
        "label": parameter.label,
        "unit": parameter.unit,
        "quality": parameter.quality,
        "low": low,
        "high": high,
        "at_low": at_low,
        "at_high": at_high,
        "now": current,
        "swing": 0.0 if at_low is None or at_high is None else abs(at_high - at_low),
    }
