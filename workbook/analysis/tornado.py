"""One-way sensitivity (tornado): indicators with each assumption at its low and high value."""

import pandas as pd

from workbook.analysis.model_runner import (
    indicator_number,
    limit_draws,
    make_model_runner,
    nearest_allowed_value,
)
from workbook.analysis.steps import Steps, run_steps
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Parameter, Scenario
from workbook.text.grammar import lower_first
from workbook.text.suggestions import unknown_name_message
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


def tornado(
    topic: Topic,
    scenario: Scenario | None = None,
    *,
    indicator: str | None = None,
    tables: Tables | None = None,
) -> pd.DataFrame:
    """Calculate the one-way sensitivity of indicators to every assumption.

    Two runs of the model for each assumption give every indicator. If a low or high value
    contradicts the scenario's other values, the nearest allowed one is used.

    Args:
        topic: The topic whose model is run.
        scenario: The scenario to start from; the default one by default.
        indicator: Name of the indicator; all that are numbers by default.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        A row for each indicator and parameter with a range, the largest effect first: before all
        others the parameters at one end of which there is no figure.
        ``indicator`` is the indicator's name, left out where one is asked for. ``parameter``,
        ``label``, ``unit`` and ``quality`` describe the parameter, without a quality where the user
        has changed its value; ``low`` and ``high`` are its values. ``at_low``, ``at_high`` and
        ``now`` are the indicator at each value and in the scenario. ``swing`` is the difference
        between the first two, missing where either is. These four are in the indicator's unit.

    Raises:
        ValueError: The topic has no such indicator, or it is not a number.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> table = tornado(topic, topic.Scenario(draws=100), indicator="people_excluded")
        >>> table["parameter"].head(2).tolist()
        ['unaided_gain', 'deadweight']
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    rows = run_steps(tornado_steps(topic, tables, scenario))
    return rows if indicator is None else select_tornado(rows, indicator)


def select_tornado(rows: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Select the rows of one indicator from those of all.

    Args:
        rows: Rows from ``tornado_steps``.
        indicator: Name of the indicator.

    Returns:
        Its rows, without the column ``indicator``.

    Raises:
        ValueError: There is no such indicator that is a number.
    """
    names = rows["indicator"].unique().tolist()
    if names and indicator not in names:
        raise ValueError(unknown_name_message("numeric indicator", indicator, names))
    return rows[rows["indicator"] == indicator].drop(columns="indicator").reset_index(drop=True)


def tornado_table(outcome: Outcome, indicator_name: str, frame: pd.DataFrame) -> ResultTable:
    """Make the result table of a tornado.

    Args:
        outcome: The outcome of the scenario.
        indicator_name: Name of the indicator.
        frame: Rows from ``select_tornado``.

    Returns:
        The table, named ``TORNADO_NAME``.
    """
    indicator = outcome[indicator_name]
    columns = {
        name: Column(label, indicator.unit) for name, label in _INDICATOR_COLUMN_LABELS.items()
    }
    title = f"One-way sensitivity: {lower_first(indicator.label)}"
    return ResultTable(TORNADO_NAME, title, frame, _RANGE_COLUMNS | columns)


def tornado_steps(topic: Topic, tables: Tables, scenario: Scenario) -> Steps[pd.DataFrame]:
    """Calculate the tornado of every indicator step by step.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario to start from.

    Yields:
        None after each run of the model.

    Returns:
        The rows of ``tornado`` for every indicator that is a number, in the indicators' order.
    """
    columns = ["indicator", *_RANGE_COLUMNS, *_INDICATOR_COLUMN_LABELS]
    parameters = topic.Scenario.parameters().items()
    ranged = {name: parameter for name, parameter in parameters if parameter.range}
    if not ranged:
        return pd.DataFrame(columns=columns)
    start = topic.evaluate_model(tables, limit_draws(scenario))
    names = [indicator.name for indicator in start.indicators if indicator.unit != "quarter"]
    rows: list[TornadoRow] = []
    yield None
    for name, parameter in ranged.items():
        run_model = make_model_runner(topic, tables, scenario, name)
        value = scenario.values()[name]
        value_range = parameter.range_around(float(value))
        low, high = (nearest_allowed_value(scenario, name, end) for end in value_range)
        at_low = run_model(low)
        yield None
        at_high = run_model(high)
        yield None
        quality = parameter.quality if value == parameter.default else ""
        rows += [
            {
                "indicator": indicator,
                **_describe_parameter(parameter, quality, low, high),
                **_indicator_values(indicator, at_low, at_high, start),
            }
            for indicator in names
        ]
    frame = pd.DataFrame(rows, columns=columns)
    order = {name: place for place, name in enumerate(names)}
    is_disappearing = find_disappearing(frame)
    ends, now = frame[["at_low", "at_high"]].astype(float), frame["now"].astype(float)
    reach = ends.sub(now, axis=0).abs().max(axis=1)
    keys = frame[["parameter"]].assign(
        indicator=frame["indicator"].map(order),
        is_disappearing=is_disappearing,
        effect=frame["swing"].astype(float).where(~is_disappearing, reach),
    )
    columns = ["indicator", "is_disappearing", "effect", "parameter"]
    sorted_keys = keys.sort_values(columns, ascending=[True, False, False, True])
    return frame.loc[sorted_keys.index].reset_index(drop=True)


def find_disappearing(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Find the rows of a tornado with a figure at one end only, such as a payback that never comes.

    Args:
        rows: Rows of ``tornado``.

    Returns:
        Whether each is one.
    """
    return rows["at_low"].isna() != rows["at_high"].isna()


def _describe_parameter(
    parameter: Parameter, quality: str, low: float, high: float
) -> dict[str, float | str | None]:
    return {
        "parameter": parameter.name,
        "label": parameter.label,
        "unit": parameter.unit,
        "quality": quality,
        "low": low,
        "high": high,
    }


def _indicator_values(
    indicator: str, at_low: Outcome, at_high: Outcome, start: Outcome
) -> dict[str, float | None]:
    low, high, now = (indicator_number(outcome, indicator) for outcome in (at_low, at_high, start))
    swing = None if low is None or high is None else abs(high - low)
    return {"at_low": low, "at_high": high, "now": now, "swing": swing}
