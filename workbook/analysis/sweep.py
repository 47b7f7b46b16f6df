"""Sweep: run many scenarios, a row each, from a frame or from all combinations of values."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from workbook.analysis.scenario_runner import ScenarioRunner
from workbook.analysis.steps import Steps, run_steps
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Tables, Topic

ERROR_COLUMN: Final = "error"
"""Column that says why a scenario is rejected."""


def sweep(
    topic: Topic,
    scenarios: pd.DataFrame | Mapping[str, Iterable[Any]],
    scenario: Scenario | None = None,
    *,
    uploaded: Tables | None = None,
) -> pd.DataFrame:
    """Run many scenarios of a topic.

    Args:
        topic: The topic.
        scenarios: A row for each scenario, with parameters as columns; or values by parameter, of
            which every combination is run.
        scenario: Where the other values come from, and those of blank cells; the default by
            default.
        uploaded: Tables uploaded in this visit, by name.

    Returns:
        The rows with a column for each indicator, in its unit, and a column ``error``. It says why
        a scenario is rejected, and is empty where it is not. What is missing is NaN or None.

    Raises:
        ValueError: A column is not a parameter, or a table has errors in every scenario.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> starts = {"programme_starts": [0, 800_000], "dropout": [0.3]}
        >>> frame = sweep(topic, starts, topic.Scenario(draws=100))
        >>> frame[["programme_starts", "people_excluded"]].to_numpy().tolist()
        [[0.0, 6200000.0], [800000.0, 4184000.0]]
    """
    return run_steps(sweep_steps(topic, scenarios, scenario, uploaded=uploaded))


def sweep_steps(
    topic: Topic,
    scenarios: pd.DataFrame | Mapping[str, Iterable[Any]],
    scenario: Scenario | None = None,
    *,
    uploaded: Tables | None = None,
) -> Steps[pd.DataFrame]:
    """Run a sweep step by step. The caller may stop between any two steps.

    Args:
        topic: The topic.
        scenarios: As for ``sweep``.
        scenario: As for ``sweep``.
        uploaded: Tables uploaded in this visit, by name.

    Yields:
        None after each run of the model.

    Returns:
        The frame.
    """
    frame = scenarios if isinstance(scenarios, pd.DataFrame) else _combinations(scenarios)
    _check_columns(topic, frame)
    runner, base = ScenarioRunner(topic, uploaded), scenario or topic.Scenario()
    results: list[dict[str, Any]] = []
    for row in _iterate_rows(frame):
        results.append(_run_row(runner, base, row))
        yield None
    names = dict.fromkeys(name for result in results for name in result if name != ERROR_COLUMN)
    columns = [*names, ERROR_COLUMN]
    outcomes = pd.DataFrame(results, index=frame.index, columns=columns)
    return pd.concat([frame, outcomes], axis="columns")


def _run_row(runner: ScenarioRunner, base: Scenario, values: Mapping[str, Any]) -> dict[str, Any]:
    """Indicators of one scenario, or why it is rejected."""
    try:
        outcome = runner.run(base.replace(**values))
    except (ScenarioError, TableError) as error:
        return {ERROR_COLUMN: str(error)}
    return {indicator.name: indicator.value for indicator in outcome} | {ERROR_COLUMN: ""}


def _combinations(values: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """Every combination of values, the last parameter varying fastest."""
    rows = list(itertools.product(*values.values()))
    return pd.DataFrame(rows, columns=list(values))


def _iterate_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Values of each row by parameter, without blank cells."""
    columns = [frame[name].tolist() for name in frame]
    for cells in zip(*columns, strict=True):
        row = dict(zip(map(str, frame), cells, strict=True))
        yield {name: cell for name, cell in row.items() if not _is_blank(cell)}


def _is_blank(cell: Any) -> bool:  # noqa: ANN401  any cell of a frame
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def _check_columns(topic: Topic, frame: pd.DataFrame) -> None:
    """Raise ValueError if a column is not a parameter, or stands twice."""
    parameters = topic.Scenario.parameters()
    for name in map(str, frame):
        if name not in parameters:
            raise ValueError(unknown_name_message("parameter", name, parameters))
    if not frame.columns.is_unique:
        raise ValueError("A parameter stands in two columns: keep one of them.")
