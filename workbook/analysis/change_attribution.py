"""Attribute the change of figures between two runs to periods, data, assumptions and code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from workbook.analysis.table_mixture import add_new_periods
from workbook.indicators import IndicatorValue
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Tables, Topic

Cause = Literal["new_periods", "revised_data", "assumptions", "code"]

CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
"""Causes in the order in which they are attributed: each step changes one more of them."""

Figures = Mapping[str, IndicatorValue]
"""Values of indicators by name."""

_PRECISION: Final = 1e-9
"""Part of a figure below which a difference is rounding error of the processor."""


@dataclass(frozen=True, eq=False)
class RecordedRun:
    """A run as it was.

    Args:
        scenario: All its values, as a scenario of today's class.
        tables: The tables that it read, by the names of their schemas.
        figures: Its indicators.
        is_current: Whether today's model gave the figures.
    """

    scenario: Scenario
    tables: Tables
    figures: Figures
    is_current: bool = False


@dataclass(frozen=True)
class FigureChange:
    """Change of one indicator, and what each cause contributes.

    Args:
        name: Name of the indicator.
        before: Its value in the earlier run.
        now: Its value in the later run.
        contributions: Contribution of each cause in the indicator's unit. They add up to the
            difference. All are None where there is no difference of numbers. One is None where a
            mixture has no value: the effect is then counted with the next cause that has one.
    """

    name: str
    before: IndicatorValue
    now: IndicatorValue
    contributions: Mapping[Cause, float | None]

    @property
    def difference(self) -> float | None:
        """The value now less the value before; None unless both are numbers."""
        return _subtract_values(self.now, self.before)


@dataclass(frozen=True, eq=False)
class _Inputs:
    """What a mixture runs on: None where today's code allows no such scenario."""

    scenario: Scenario | None
    tables: Tables

    def equals(self, other: "_Inputs") -> bool:
        return self.scenario == other.scenario and _are_equal(self.tables, other.tables)


def attribute_changes(
    topic: Topic, earlier: RecordedRun, later: RecordedRun
) -> Iterator[tuple[FigureChange, ...] | None]:
    """Attribute the change of each indicator between two runs.

    Today's model runs on mixtures of the two, each with one more cause: the earlier run's inputs,
    with the periods that were new in the later run, with its revised data, with its assumptions.
    Changed code gets what is left: the difference of today's model to each run on its own inputs.

    Args:
        topic: The topic, with today's model.
        earlier: The earlier run.
        later: The later run.

    Yields:
        None after each run of the model, then a change for each indicator of both runs.
    """
    mixtures = _mix_inputs(topic, earlier, later)
    stages: list[Figures] = []
    for place, inputs in enumerate(mixtures):
        if place and inputs.equals(mixtures[place - 1]):
            stages.append(stages[-1])
        elif later.is_current and inputs is mixtures[-1]:
            stages.append(later.figures)
        else:
            stages.append(_run_model(topic, inputs))
            yield None
    yield tuple(
        FigureChange(
            name, before, later.figures[name], _attribute_difference(name, earlier, later, stages)
        )
        for name, before in earlier.figures.items()
        if name in later.figures
    )


def attribute_to_code(earlier: Figures, later: Figures) -> tuple[FigureChange, ...]:
    """Attribute every change to the code, where today's model cannot run on the inputs.

    Args:
        earlier: Indicators of the earlier run.
        later: Indicators of the later run.

    Returns:
        A change for each indicator of both runs.
    """
    *others, code = CAUSES
    return tuple(
        FigureChange(
            name,
            before,
            later[name],
            {**dict.fromkeys(others), code: _subtract_values(later[name], before)},
        )
        for name, before in earlier.items()
        if name in later
    )


def figures_of(outcome: Outcome) -> Figures:
    """Values of an outcome's indicators, by name."""
    return {indicator.name: indicator.value for indicator in outcome.indicators}


def _mix_inputs(topic: Topic, earlier: RecordedRun, later: RecordedRun) -> list[_Inputs]:
    """The earlier inputs, then with the new periods, the revised data and the assumptions."""
    schemas = {table.name: table for table in topic.table_sources(earlier.scenario)}
    revised = {name: later.tables.get(name, frame) for name, frame in earlier.tables.items()}
    extended = {
        name: add_new_periods(schemas[name], frame, earlier.scenario.quarter, revised[name])
        for name, frame in earlier.tables.items()
    }
    moved = _move_to_quarter(earlier.scenario, later.scenario.quarter)
    return [
        _Inputs(earlier.scenario, earlier.tables),
        _Inputs(moved, extended),
        _Inputs(moved, revised),
        _Inputs(later.scenario, later.tables),
    ]


def _move_to_quarter(scenario: Scenario, quarter: str) -> Scenario | None:
    try:
        return scenario.replace(quarter=quarter)
    except ScenarioError:
        return None


def _run_model(topic: Topic, inputs: _Inputs) -> Figures:
    """Figures of the model; none where it has no result for this mixture."""
    if inputs.scenario is None:
        return {}
    uploaded = {
        source: inputs.tables[table.name]
        for table, source in topic.table_sources(inputs.scenario).items()
        if table.name in inputs.tables
    }
    try:
        tables = topic.load_tables(inputs.scenario, uploaded)
        return figures_of(topic.evaluate_model(tables, inputs.scenario))
    except ScenarioError:
        return {}


def _attribute_difference(
    name: str, earlier: RecordedRun, later: RecordedRun, stages: list[Figures]
) -> Mapping[Cause, float | None]:
    """Contribution of each cause to the difference in one indicator."""
    difference = _subtract_values(later.figures[name], earlier.figures[name])
    *others, code = CAUSES
    contributions: dict[Cause, float | None] = dict.fromkeys(CAUSES)
    if difference is None:
        return contributions
    level = stages[0].get(name)
    for cause, stage in zip(others, stages[1:], strict=True):
        contributions[cause] = _subtract_values(stage.get(name), level)
        level = level if stage.get(name) is None else stage[name]
    known = sum(filter(None, contributions.values()))
    scale = max(abs(known), abs(difference), *map(_measure_size, (earlier.figures[name], level)))
    return contributions | {code: _drop_rounding(difference - known, scale)}


def _are_equal(first: Tables, second: Tables) -> bool:
    return first.keys() == second.keys() and all(
        frame is second[name] or frame.equals(second[name]) for name, frame in first.items()
    )


def _subtract_values(minuend: IndicatorValue, subtrahend: IndicatorValue) -> float | None:
    if isinstance(minuend, str | None) or isinstance(subtrahend, str | None):
        return None
    scale = max(_measure_size(minuend), _measure_size(subtrahend))
    return _drop_rounding(float(minuend) - float(subtrahend), scale)


def _measure_size(value: IndicatorValue) -> float:
    return 0.0 if isinstance(value, str | None) else abs(float(value))


def _drop_rounding(difference: float, scale: float) -> float:
    return 0.0 if abs(difference) <= _PRECISION * scale else difference
