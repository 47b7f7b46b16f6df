"""Sweep: run many scenarios, a row each, from a frame or from all combinations of values."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from workbook.analysis.bulk_run import run_in_bulk
from workbook.analysis.scenario_runner import ScenarioRunner
from workbook.analysis.steps import Steps, run_steps
from workbook.methods.arrays import FloatArray
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
    with_simulations: bool = True,
) -> pd.DataFrame:
    """Run many scenarios of a topic.

    Args:
        topic: The topic.
        scenarios: A row for each scenario, with parameters as columns; or values by parameter, of
            which every combination is run.
        scenario: Where the other values come from, and those of blank cells; the default by
            default.
        uploaded: Tables uploaded in this visit, by name.
        with_simulations: Whether the simulations are run. Without them a topic with
            ``evaluate_many`` runs thousands of scenarios at once. Indicators that only simulations
            can give, such as probabilities, are then left out.

    Returns:
        The rows with a column for each indicator, in its unit, and a column ``error``. It says why
        a scenario is rejected, and is empty where it is not. What is missing is NaN or None.

    Raises:
        ValueError: A column is not a parameter, a table has errors in every scenario, or the topic
            cannot be run without simulations.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> starts = {"programme_starts": [0, 800_000], "dropout": [0.3]}
        >>> frame = sweep(topic, starts, topic.Scenario(draws=100))
        >>> frame[["programme_starts", "people_excluded"]].to_numpy().tolist()
        [[0.0, 6200000.0], [800000.0, 4184000.0]]
    """
    return run_steps(
        sweep_steps(
            topic, scenarios, scenario, uploaded=uploaded, with_simulations=with_simulations
        )
    )


def sweep_steps(
    topic: Topic,
    scenarios: pd.DataFrame | Mapping[str, Iterable[Any]],
    scenario: Scenario | None = None,
    *,
    uploaded: Tables | None = None,
    with_simulations: bool = True,
) -> Steps[pd.DataFrame]:
    """Run a sweep step by step. The caller may stop between any two steps.

    Args:
        topic: The topic.
        scenarios: As for ``sweep``.
        scenario: As for ``sweep``.
        uploaded: Tables uploaded in this visit, by name.
        with_simulations: As for ``sweep``.

    Yields:
        None after each run of the model; never without simulations.

    Returns:
        The frame.
    """
    frame = scenarios if isinstance(scenarios, pd.DataFrame) else _list_combinations(scenarios)
    _check_columns(topic, frame)
    runner, base = ScenarioRunner(topic, uploaded), scenario or topic.Scenario()
    rows = _iterate_rows(frame)
    columns: Mapping[str, Sequence[Any] | FloatArray]
    if with_simulations:
        results = []
        for row in rows:
            results.append(_run_row(runner, base, row))
            yield None
        columns, errors = _indicator_columns(results), [row[ERROR_COLUMN] for row in results]
    else:
        columns, errors = run_in_bulk(runner, base, rows)
    outcomes = pd.DataFrame({**columns, ERROR_COLUMN: errors}, index=frame.index)
    return pd.concat([frame, outcomes], axis="columns")


def _run_row(runner: ScenarioRunner, base: Scenario, values: Mapping[str, Any]) -> dict[str, Any]:
    """Indicators of one scenario, or why it is rejected."""
    try:
        outcome = runner.run(base.replace(**values))
    except (ScenarioError, TableError) as error:
        return {ERROR_COLUMN: str(error)}
    return {indicator.name: indicator.value for indicator in outcome} | {ERROR_COLUMN: ""}


def _indicator_columns(results: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Values of each indicator that some scenario has, by its name."""
    names = dict.fromkeys(name for result in results for name in result if name != ERROR_COLUMN)
    return {name: [result.get(name) for result in results] for name in names}


def _list_combinations(values: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """Every combination of values, the last parameter varying fastest."""
    rows = list(itertools.product(*values.values()))
    return pd.DataFrame(rows, columns=list(values))


def _iterate_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Values of each row by parameter, without blank cells."""
    names, is_blank = [*map(str, frame)], frame.isna().to_numpy()
    columns = [frame[name].tolist() for name in frame]
    has_blanks = bool(is_blank.any())
    for position, cells in enumerate(zip(*columns, strict=True)):
        row = dict(zip(names, cells, strict=True))
        if has_blanks:
            blanks = dict(zip(names, is_blank[position], strict=True))
            row = {name: cell for name, cell in row.items() if not blanks[name]}
        yield row


def _check_columns(topic: Topic, frame: pd.DataFrame) -> None:
    """Raise ValueError if a column is not a parameter, or stands twice."""
    parameters = topic.Scenario.parameters()
    for name in map(str, frame):
        if name not in parameters:
            raise ValueError(unknown_name_message("parameter", name, parameters))
    if not frame.columns.is_unique:
        raise ValueError("A parameter stands in two columns: keep one of them.")
