"""The assumptions log: every parameter with its source, its owner and what it risks."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from workbook.analysis.assumptions import REGISTER_COLUMNS, register_rows
from workbook.analysis.tornado import tornado
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Parameter, Scenario
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_change
from workbook.topic import Tables, Topic

LOG_NAME: Final = "assumptions_log"

_QUALITY_SCORES: Final[Mapping[str, int]] = {"green": 1, "amber": 2, "red": 3}
_UNSOURCED_SCORE: Final = 3
"""Score of a value without a quality: one that a user has changed, or that nobody has judged."""

_FIXED: Final = "fixed in every simulation"


def build_assumptions_log(
    topic: Topic, scenario: Scenario | None = None, *, tables: Tables | None = None
) -> ResultTable:
    """Build the log of a topic's assumptions, as government analysis keeps it.

    The swing is the difference that an assumption makes between its low and its high value, alone,
    in the topic's main indicator. Its risk is the swing times the score of its quality: 1 for
    green, 2 for amber, and 3 for red or for a value without a quality.

    Args:
        topic: The topic.
        scenario: The scenario; the default one by default.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        A row for each parameter with a source, a range or a quality, the highest risk first.
        ``swing`` and ``risk`` are in the main indicator's unit, and blank for a lever.

    Raises:
        ScenarioError: The tables have no data for the scenario.
        TableError: A table has errors.
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    outcome = topic.evaluate_model(tables, scenario)
    swings = tornado(topic, scenario, tables=tables)
    names = topic.key_indicators or tuple(indicator.name for indicator in outcome.indicators)
    main = topic.tornado or names[0]
    main_swings = dict(swings.loc[swings["indicator"] == main, ["parameter", "swing"]].to_numpy())
    rows = [
        {
            **row,
            **_describe_declaration(scenario.parameters()[row["parameter"]]),
            "moves": _list_moved(outcome, names, swings, row["parameter"]),
            **_rate_risk(row["quality"], main_swings.get(row["parameter"])),
        }
        for row in register_rows(outcome)
    ]
    columns = _describe_columns(outcome, main)
    frame = pd.DataFrame(rows, columns=list(columns)).sort_values(
        "risk", ascending=False, na_position="last", kind="stable", ignore_index=True
    )
    return ResultTable(LOG_NAME, f"Assumptions log: {topic.title}", frame, columns)


def _describe_columns(outcome: Outcome, main: str) -> dict[str, Column]:
    indicator = outcome[main]
    return {
        "parameter": Column("Identifier"),
        "label": REGISTER_COLUMNS["label"],
        "meaning": Column("Meaning"),
        "value": REGISTER_COLUMNS["value"],
        "range": REGISTER_COLUMNS["range"],
        "distribution": Column("Distribution"),
        "source": Column("Basis"),
        "quality": REGISTER_COLUMNS["quality"],
        "owner": REGISTER_COLUMNS["owner"],
        "reviewed": REGISTER_COLUMNS["reviewed"],
        "review_due": REGISTER_COLUMNS["review_due"],
        "review_status": REGISTER_COLUMNS["review_status"],
        "moves": Column("Key indicators that it moves"),
        "swing": Column(f"Swing: {lower_first(indicator.label)}", indicator.unit),
        "risk": Column("Risk (quality × swing)", indicator.unit),
    }


def _describe_declaration(parameter: Parameter) -> dict[str, str]:
    distribution = parameter.distribution if parameter.range else ""
    return {"meaning": parameter.meaning, "distribution": distribution or _FIXED}


def _list_moved(outcome: Outcome, names: Sequence[str], swings: pd.DataFrame, name: str) -> str:
    """The key indicators that an assumption moves, and by how much."""
    rows = swings[(swings["parameter"] == name) & (swings["swing"] > 0)]
    moved = {str(row["indicator"]): float(row["swing"]) for row in rows.to_dict("records")}
    return "; ".join(
        f"{outcome[indicator].label}: {format_change(moved[indicator], outcome[indicator].unit)}"
        for indicator in names
        if indicator in moved
    )


def _rate_risk(quality: str, swing: float | None) -> dict[str, float | None]:
    score = _QUALITY_SCORES.get(quality, _UNSOURCED_SCORE)
    return {"swing": swing, "risk": None if swing is None else score * swing}
