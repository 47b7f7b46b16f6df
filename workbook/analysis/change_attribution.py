"""Attribute the change of figures since an earlier run to code, data and assumptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, get_args

import pandas as pd

from workbook.importers.catalogue import open_table
from workbook.indicators import IndicatorValue
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableSchema
from workbook.topic import Tables, Topic

Cause = Literal["code", "revised_data", "new_periods", "assumptions"]

CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
"""Causes in the order in which they are attributed: each step changes one more of them."""

Figures = Mapping[str, IndicatorValue]
"""Values of indicators by name."""

_PRECISION: Final = 1e-9
"""Part of a figure below which a difference is rounding error of the processor."""


@dataclass(frozen=True, eq=False)
class EarlierRun:
    """A run as it was.

    Args:
        scenario: All its values, as a scenario of today's class.
        tables: The tables that it read, by the name that the scenario gives them.
        figures: Its indicators.
    """

    scenario: Scenario
    tables: Tables
    figures: Figures


@dataclass(frozen=True)
class FigureChange:
    """Change of one indicator, and what each cause contributes.

    Args:
        name: Name of the indicator.
        before: Its value in the earlier run.
        now: Its value today.
        contributions: Contribution of each cause in the indicator's unit. None where a mixture of
            then and now has no value. Where all are known, they add up to the difference.
    """

    name: str
    before: IndicatorValue
    now: IndicatorValue
    contributions: Mapping[Cause, float | None]

    @property
    def difference(self) -> float | None:
        """The value today less the value before; None unless both are numbers."""
        return _subtract(self.now, self.before)


def attribute_changes(
    topic: Topic, earlier: EarlierRun, outcome: Outcome
) -> Iterator[tuple[FigureChange, ...] | None]:
    """Attribute the change of each indicator since an earlier run.

    Today's model runs on mixtures of then and now, each with one more cause: the earlier data and
    assumptions (code), today's figures for the periods of the earlier data (revised data), all of
    today's data to today's quarter (new periods), today's other assumptions.

    Args:
        topic: The topic.
        earlier: The earlier run.
        outcome: Today's outcome of the same link or scenario.

    Yields:
        None after each run of the model, then a change for each indicator of both runs.
    """
    earlier_tables, revised_tables, today = _mix_tables(topic, earlier)
    scenario, quarter = earlier.scenario, outcome.scenario.quarter
    stages: list[Figures] = [earlier.figures, _run_model(topic, scenario, earlier_tables)]
    yield None
    is_revised = not _are_equal(revised_tables, earlier_tables)
    stages.append(_run_model(topic, scenario, revised_tables) if is_revised else stages[-1])
    yield None
    has_news = quarter != scenario.quarter or not _are_equal(today, revised_tables)
    stages.append(_run_model(topic, scenario, today, quarter) if has_news else stages[-1])
    yield None
    stages.append(figures_of(outcome))
    yield tuple(
        FigureChange(
            name,
            earlier.figures[name],
            stages[-1][name],
            {
                cause: _subtract(after.get(name), before.get(name))
                for cause, (before, after) in zip(CAUSES, pairwise(stages), strict=True)
            },
        )
        for name in stages[-1]
        if name in earlier.figures
    )


def figures_of(outcome: Outcome) -> Figures:
    """Values of an outcome's indicators, by name."""
    return {indicator.name: indicator.value for indicator in outcome.indicators}


def _mix_tables(topic: Topic, earlier: EarlierRun) -> tuple[Tables, Tables, Tables]:
    """The earlier tables, today's figures for their periods, and today's tables."""
    schemas = {
        source: table
        for table, source in topic.table_sources(earlier.scenario).items()
        if source in earlier.tables
    }
    today = {source: open_table(table, source).frame for source, table in schemas.items()}
    revised = {
        source: _keep_periods(table, today[source], earlier.tables[source])
        for source, table in schemas.items()
    }
    return earlier.tables, revised, today


def _keep_periods(table: TableSchema, today: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Rows of today for the periods of an earlier table; all rows of a table without periods."""
    if not table.period:
        return today
    is_kept = today[table.period].isin(earlier[table.period].unique())
    return today if is_kept.all() else today[is_kept].reset_index(drop=True)


def _run_model(topic: Topic, scenario: Scenario, tables: Tables, quarter: str = "") -> Figures:
    """Figures of the model; none where it has no result for this mixture."""
    try:
        scenario = scenario.replace(quarter=quarter) if quarter else scenario
        return figures_of(topic.evaluate_model(topic.load_tables(scenario, tables), scenario))
    except ScenarioError:
        return {}


def _are_equal(first: Tables, second: Tables) -> bool:
    return all(first[name].equals(second[name]) for name in first)


def _subtract(minuend: IndicatorValue, subtrahend: IndicatorValue) -> float | None:
    if isinstance(minuend, str | None) or isinstance(subtrahend, str | None):
        return None
    difference = float(minuend) - float(subtrahend)
    is_rounding = abs(difference) <= _PRECISION * max(abs(minuend), abs(subtrahend))
    return 0.0 if is_rounding else difference
