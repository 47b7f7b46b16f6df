"""Compare the figures of two releases of the models on the same scenarios."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbook.indicators import IndicatorValue
from workbook.scenario import ParameterValue
from workbook.topic import Topic

_PRECISION: Final = 1e-9
"""Part of a figure below which a difference is rounding error of the processor."""

Result = Mapping[str, Any]
"""Outcome of a scenario: ``figures`` with value, P10 and P90 by indicator, or an ``error``."""

Values = Mapping[str, ParameterValue]


@dataclass(frozen=True)
class MovedIndicator:
    """An indicator that two releases do not agree on.

    Args:
        name: Name of the indicator.
        label: Label that a reader sees.
        unit: Its unit.
        moved: Number of scenarios in which its value differs.
        range_moved: Number of scenarios in which only its P10 or P90 differs.
        before: Value in the old release where the values differ most.
        now: Value in the new release there.
        scenario: Values of that scenario that differ from the topic's defaults.
    """

    name: str
    label: str
    unit: str
    moved: int
    range_moved: int
    before: IndicatorValue
    now: IndicatorValue
    scenario: Values


@dataclass(frozen=True)
class ReleasedTopic:
    """A topic in two releases.

    Args:
        topic: Name of the topic.
        title: Title that a reader sees.
        scenarios: Number of scenarios that both releases were run on.
        same: Number of them in which every figure is the same.
        rejected_before: Number of them that only the old release rejects.
        rejected_now: Number of them that only the new release rejects.
        first_error: Why one of these is rejected; empty if there is none.
        indicators: The indicators that moved, the one that moved most often first.
        changes: Sentences on parameters, defaults and indicators that are new, gone or changed.
    """

    topic: str
    title: str
    scenarios: int
    same: int
    rejected_before: int
    rejected_now: int
    first_error: str
    indicators: tuple[MovedIndicator, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseComparison:
    """Comparison of two releases of the models.

    Args:
        before: Name of the old release.
        now: Name of the new release.
        topics: The topics of both.
        notes: Sentences on topics of one release only, and on tables that one could not read.
    """

    before: str
    now: str
    topics: tuple[ReleasedTopic, ...]
    notes: tuple[str, ...] = ()

    @property
    def scenarios(self) -> int:
        """Number of scenarios."""
        return sum(topic.scenarios for topic in self.topics)

    def as_dict(self) -> dict[str, Any]:
        """The comparison as ``compare --release --json`` prints it."""
        return {
            "from": self.before,
            "to": self.now,
            "scenarios": self.scenarios,
            "topics": [_topic_as_dict(topic) for topic in self.topics],
            "notes": list(self.notes),
        }


@dataclass
class _Movement:
    """What has been seen of one indicator so far."""

    moved: int = 0
    range_moved: int = 0
    largest: float = -1.0
    before: IndicatorValue = None
    now: IndicatorValue = None
    scenario: Values = field(default_factory=dict)


def compare_results(
    topic: Topic,
    scenarios: Sequence[Values],
    before: Sequence[Result],
    now: Sequence[Result],
    changes: Sequence[str] = (),
) -> ReleasedTopic:
    """Compare the results of a topic's scenarios.

    Args:
        topic: The topic, in the new release.
        scenarios: Values of each scenario.
        before: Result of each in the old release.
        now: Result of each in the new release.
        changes: Sentences on what else is different.

    Returns:
        The indicators that moved, and how many scenarios are rejected by one release only.
    """
    movements: dict[str, _Movement] = {}
    same = 0
    rejected: tuple[list[str], list[str]] = ([], [])
    defaults = topic.Scenario().values()
    for values, old, new in zip(scenarios, before, now, strict=True):
        if "error" in old or "error" in new:
            if "error" in old and "error" in new:
                same += 1
            else:
                rejected["error" in new].append(str(old.get("error") or new.get("error")))
            continue
        changed = {name: value for name, value in values.items() if value != defaults[name]}
        if not _record_movements(movements, changed, old["figures"], new["figures"]):
            same += 1
    labels = {definition.name: definition for definition in topic.indicators}
    indicators = tuple(
        MovedIndicator(
            name,
            labels[name].label if name in labels else name,
            labels[name].unit if name in labels else "",
            movement.moved,
            movement.range_moved,
            movement.before,
            movement.now,
            movement.scenario,
        )
        for name, movement in sorted(
            movements.items(), key=lambda item: (-item[1].moved, -item[1].largest)
        )
    )
    return ReleasedTopic(
        topic.name,
        topic.title,
        len(scenarios),
        same,
        len(rejected[0]),
        len(rejected[1]),
        next(iter([*rejected[1], *rejected[0]]), ""),
        indicators,
        tuple(changes),
    )


def describe_declarations(
    before: Mapping[str, Any], now: Mapping[str, Any], former_names: Mapping[str, str]
) -> Iterator[str]:
    """Say which parameters, defaults and indicators are new, gone or changed.

    Args:
        before: ``defaults`` and ``indicators`` of the topic in the old release.
        now: The same in the new release.
        former_names: Name in the old release of each parameter that was renamed.

    Yields:
        Sentences.
    """
    yield from _describe_parameters(before["defaults"], now["defaults"], former_names)
    for name in now["indicators"]:
        if name not in before["indicators"]:
            yield f"New indicator {name}."
    for name in before["indicators"]:
        if name not in now["indicators"]:
            yield f"{name} is no longer an indicator."


def _describe_parameters(
    before: Values, now: Values, former_names: Mapping[str, str]
) -> Iterator[str]:
    names = {name: former_names.get(name, name) for name in now}
    for name, old_name in names.items():
        if old_name not in before:
            yield f"New parameter {name}."
            continue
        if name != old_name:
            yield f"{old_name} is called {name} now."
        old, new = before[old_name], now[name]
        if old != new:
            yield f"The default of {name} was {_format_value(old)} and is {_format_value(new)}."
    for name in before:
        if name not in names.values():
            yield f"{name} is no longer a parameter."


def _record_movements(
    movements: dict[str, _Movement],
    scenario: Values,
    before: Mapping[str, Sequence[IndicatorValue]],
    now: Mapping[str, Sequence[IndicatorValue]],
) -> bool:
    """Record what differs in one scenario; returns whether anything does."""
    has_moved = False
    for name in before.keys() & now.keys():
        old, new = before[name], now[name]
        if all(map(_are_same, old, new)):
            continue
        has_moved = True
        movement = movements.setdefault(name, _Movement())
        if _are_same(old[0], new[0]):
            movement.range_moved += 1
            continue
        movement.moved += 1
        size = _relative_difference(old[0], new[0])
        if size > movement.largest:
            movement.largest, movement.scenario = size, scenario
            movement.before, movement.now = old[0], new[0]
    return has_moved


def _are_same(first: IndicatorValue, second: IndicatorValue) -> bool:
    if isinstance(first, str | None) or isinstance(second, str | None):
        return first == second
    return math.isclose(first, second, rel_tol=_PRECISION)


def _relative_difference(first: IndicatorValue, second: IndicatorValue) -> float:
    """Difference as a part of the larger value; infinite where one is not a number."""
    if isinstance(first, str | None) or isinstance(second, str | None):
        return math.inf
    return abs(second - first) / max(abs(first), abs(second))


def _topic_as_dict(topic: ReleasedTopic) -> dict[str, Any]:
    return {
        "topic": topic.topic,
        "scenarios": topic.scenarios,
        "same": topic.same,
        "rejected_before": topic.rejected_before,
        "rejected_now": topic.rejected_now,
        "first_error": topic.first_error,
        "indicators": [
            {
                "name": moved.name,
                "unit": moved.unit,
                "moved": moved.moved,
                "range_moved": moved.range_moved,
                "from": moved.before,
                "to": moved.now,
                "scenario": dict(moved.scenario),
            }
            for moved in topic.indicators
        ],
        "changes": list(topic.changes),
    }


def _format_value(value: ParameterValue) -> str:
    return "blank" if value == "" else str(value)
