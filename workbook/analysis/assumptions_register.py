"""The assumptions register: every assumption with its source, its owner and what it risks."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from workbook.analysis.assumptions import ROW_COLUMNS, register_rows
from workbook.analysis.tornado import tornado
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Parameter, Scenario
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_change
from workbook.topic import Tables, Topic

REGISTER_NAME: Final = "assumptions"
"""Name of the register's table, and of the analysis that calculates its risks."""

_TITLE: Final = "Assumptions and their sources"

_QUALITY_SCORES: Final[Mapping[str, int]] = {"green": 1, "amber": 2, "red": 3}
_UNSOURCED_SCORE: Final = 3
"""Score of a value without a quality: one that a user has changed, or that nobody has judged."""

_FIXED: Final = "fixed in every simulation"


def has_assumptions(topic: Topic) -> bool:
    """Whether a topic has parameters with a source, a range or a quality."""
    return any(parameter.is_assumption for parameter in topic.Scenario.parameters().values())


def assumptions_register(
    topic: Topic, outcome: Outcome, swings: pd.DataFrame | None = None
) -> ResultTable:
    """Build the assumptions register of an outcome, in the form of a government assumptions log.

    The swing is the difference that an assumption makes between its low and its high value, alone,
    in the topic's main indicator. Its risk is the swing times the score of its quality: 1 for
    green, 2 for amber, and 3 for red or for a value without a quality.

    A value that a user has changed has no source, quality or review: those of the published value
    say nothing about it. Nor do they about a value that the model takes from elsewhere.

    Args:
        topic: The topic.
        outcome: The outcome of one of its scenarios.
        swings: Rows of ``tornado`` for every indicator; without them no risk is known.

    Returns:
        A row for each parameter with a source, a range or a quality, the highest risk first; in the
        order of the form where no risk is known. ``swing`` and ``risk`` are in the main indicator's
        unit, and blank for a lever.
    """
    names = topic.key_indicators or tuple(indicator.name for indicator in outcome.indicators)
    main = topic.tornado or next(iter(names), "")
    swings_by_parameter = _group_swings(swings)
    rows = [
        {
            **row,
            **_describe_declaration(outcome.scenario.parameters()[row["parameter"]]),
            "moves": _list_moved(outcome, names, swings_by_parameter.get(row["parameter"], {})),
            **_rate_risk(row["quality"], swings_by_parameter.get(row["parameter"], {}).get(main)),
        }
        for row in register_rows(outcome)
    ]
    columns = _describe_columns(outcome, main)
    frame = pd.DataFrame(rows, columns=list(columns)).sort_values(
        "risk", ascending=False, na_position="last", kind="stable", ignore_index=True
    )
    return ResultTable(REGISTER_NAME, _TITLE, frame, columns)


def build_register(
    topic: Topic, scenario: Scenario | None = None, *, tables: Tables | None = None
) -> ResultTable:
    """Run a topic's model, and build the register of its assumptions with their risks.

    Args:
        topic: The topic.
        scenario: The scenario; the default one by default.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        The table of ``assumptions_register``.

    Raises:
        ScenarioError: The tables have no data for the scenario.
        TableError: A table has errors.
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    outcome = topic.evaluate_model(tables, scenario)
    return assumptions_register(topic, outcome, tornado(topic, scenario, tables=tables))


def _describe_columns(outcome: Outcome, main: str) -> dict[str, Column]:
    indicator = outcome[main] if main else None
    unit = indicator.unit if indicator else ""
    swing = f"Swing: {lower_first(indicator.label)}" if indicator else "Swing"
    return {
        "parameter": ROW_COLUMNS["parameter"],
        "label": ROW_COLUMNS["label"],
        "meaning": Column("Meaning"),
        "value": ROW_COLUMNS["value"],
        "range": ROW_COLUMNS["range"],
        "distribution": Column("Distribution"),
        "source": Column("Basis"),
        "quality": ROW_COLUMNS["quality"],
        "owner": ROW_COLUMNS["owner"],
        "reviewed": ROW_COLUMNS["reviewed"],
        "review_due": ROW_COLUMNS["review_due"],
        "review_status": ROW_COLUMNS["review_status"],
        "moves": Column("Key indicators that it moves"),
        "swing": Column(swing, unit),
        "risk": Column("Risk (quality × swing)", unit),
    }


def _describe_declaration(parameter: Parameter) -> dict[str, str]:
    distribution = parameter.distribution if parameter.range else ""
    return {"meaning": parameter.meaning, "distribution": distribution or _FIXED}


def _group_swings(swings: pd.DataFrame | None) -> dict[str, dict[str, float]]:
    """The swing of each indicator by its name, for each parameter by its name."""
    grouped: dict[str, dict[str, float]] = {}
    columns = (
        [] if swings is None else [swings[name] for name in ("parameter", "indicator", "swing")]
    )
    for parameter, indicator, swing in zip(*columns, strict=True):
        grouped.setdefault(parameter, {})[indicator] = float(swing)
    return grouped


def _list_moved(outcome: Outcome, names: Sequence[str], swings: Mapping[str, float]) -> str:
    """The key indicators that an assumption moves, and by how much."""
    return "; ".join(
        f"{outcome[name].label}: {format_change(swings[name], outcome[name].unit)}"
        for name in names
        if swings.get(name, 0) > 0
    )


def _rate_risk(quality: str, swing: float | None) -> dict[str, float | None]:
    score = _QUALITY_SCORES.get(quality, _UNSOURCED_SCORE)
    return {"swing": swing, "risk": None if swing is None else score * swing}
