"""The assumptions register: every assumption with its source, its owner and what it risks."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

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


class _Effect(NamedTuple):
    """An indicator at the low and at the high end of an assumption; missing where it has no figure.

    A payback that never comes is such a figure.
    """

    at_low: float | None
    at_high: float | None

    @property
    def swing(self) -> float | None:
        """Size of the difference; None where either is missing."""
        return None if self.difference is None else abs(self.difference)

    @property
    def difference(self) -> float | None:
        """The value at the high end less that at the low end; None where either is missing."""
        if self.at_low is None or self.at_high is None:
            return None
        return self.at_high - self.at_low

    def describe(self, unit: str) -> str:
        """The difference with its sign, or the end without a figure; empty for no effect."""
        if (self.at_low is None) != (self.at_high is None):
            return f"no figure at its {'low' if self.at_low is None else 'high'} value"
        return format_change(self.difference, unit) if self.difference else ""


def has_assumptions(topic: Topic) -> bool:
    """Whether a topic has parameters with a source, a range or a quality."""
    return any(parameter.is_assumption for parameter in topic.Scenario.parameters().values())


def assumptions_register(
    topic: Topic, outcome: Outcome, swings: pd.DataFrame | None = None
) -> ResultTable:
    """Build the assumptions register of an outcome, in the form of a government assumptions log.

    The swing is the difference that an assumption makes between its low and its high value, alone,
    in the topic's main indicator; it is blank where that has no figure at either. Its risk is the
    swing times the score of its quality: 1 for green, 2 for amber, and 3 for red or for a value
    without a quality.

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
    effects = _group_effects(swings)
    rows = [
        {
            **row,
            **_describe_declaration(outcome.scenario.parameters()[row["parameter"]]),
            "moves": _list_moved(outcome, names, effects.get(row["parameter"], {})),
            **_rate_risk(row["quality"], effects.get(row["parameter"], {}).get(main)),
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


def _group_effects(swings: pd.DataFrame | None) -> dict[str, dict[str, _Effect]]:
    """The effects on indicators by their names, for each parameter by its name."""
    effects: dict[str, dict[str, _Effect]] = {}
    for row in [] if swings is None else swings.to_dict("records"):
        effect = _Effect(
            *(None if pd.isna(row[end]) else row[end] for end in ("at_low", "at_high"))
        )
        effects.setdefault(str(row["parameter"]), {})[str(row["indicator"])] = effect
    return effects


def _list_moved(outcome: Outcome, names: Sequence[str], effects: Mapping[str, _Effect]) -> str:
    """The key indicators that an assumption moves, and by how much from its low to its high end."""
    texts = {name: effects[name].describe(outcome[name].unit) for name in names if name in effects}
    return "; ".join(f"{outcome[name].label}: {text}" for name, text in texts.items() if text)


def _rate_risk(quality: str, effect: _Effect | None) -> dict[str, float | None]:
    swing = effect.swing if effect else None
    score = _QUALITY_SCORES.get(quality, _UNSOURCED_SCORE)
    return {"swing": swing, "risk": None if swing is None else score * swing}
