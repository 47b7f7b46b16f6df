"""Compare two snapshots: every indicator's difference by its causes, and every revised table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.analysis.change_attribution import (
    CAUSES,
    FigureChange,
    attribute_changes,
    attribute_to_code,
)
from workbook.importers.table_revision import TableRevision
from workbook.indicators import Indicator
from workbook.scenario import Parameter, ParameterValue, Scenario
from workbook.snapshots.change_sizes import ChangeSize, classify_size
from workbook.snapshots.errors import describe_error
from workbook.snapshots.recorded_inputs import (
    compare_inputs,
    migration_notes,
    read_indicators,
    read_run,
)
from workbook.snapshots.stored_snapshot import StoredSnapshot
from workbook.text.quoting import quote_value
from workbook.topic import Topic


@dataclass(frozen=True)
class IndicatorComparison:
    """An indicator in two snapshots.

    Args:
        topic: Name of the topic.
        earlier: The indicator in the earlier snapshot.
        later: The indicator in the later snapshot.
        change: Its change by causes.
    """

    topic: str
    earlier: Indicator
    later: Indicator
    change: FigureChange

    @property
    def size(self) -> ChangeSize:
        """Whether the change is major, minor or none."""
        return classify_size(self.earlier, self.later)

    def as_dict(self) -> dict[str, Any]:
        """The indicator as ``compare --json`` prints it."""
        return {
            "topic": self.topic,
            "name": self.later.name,
            "from": self.earlier.value,
            "to": self.later.value,
            "difference": self.change.difference,
            **{cause: self.change.contributions[cause] for cause in CAUSES},
        }


@dataclass(frozen=True)
class ParameterChange:
    """A parameter whose value differs between two snapshots.

    Args:
        parameter: Its declaration.
        before: Its value in the earlier snapshot.
        now: Its value in the later snapshot.
    """

    parameter: Parameter
    before: ParameterValue
    now: ParameterValue


@dataclass(frozen=True, eq=False)
class ComparedTopic:
    """A topic in two snapshots.

    Args:
        topic: The topic.
        indicators: The indicators of both, in the later one's order.
        parameters: The parameters that differ, apart from the quarter.
        notes: Sentences on what cannot be compared.
    """

    topic: Topic
    indicators: tuple[IndicatorComparison, ...]
    parameters: tuple[ParameterChange, ...]
    notes: tuple[str, ...]

    @property
    def key_indicators(self) -> tuple[str, ...]:
        """Names of the figures that the topic shows first; all where it declares none."""
        return self.topic.key_indicators or tuple(entry.later.name for entry in self.indicators)


@dataclass(frozen=True, eq=False)
class SnapshotComparison:
    """Comparison of two snapshots.

    Args:
        earlier: The earlier snapshot.
        later: The later snapshot.
        topics: The topics of both.
        revisions: The tables that the later snapshot has revised.
        notes: Sentences on what is in one snapshot only.
    """

    earlier: StoredSnapshot
    later: StoredSnapshot
    topics: tuple[ComparedTopic, ...]
    revisions: tuple[TableRevision, ...]
    notes: tuple[str, ...]

    @property
    def indicators(self) -> tuple[IndicatorComparison, ...]:
        """Every indicator of both, topic by topic."""
        return tuple(entry for topic in self.topics for entry in topic.indicators)

    @property
    def distinct_indicators(self) -> tuple[IndicatorComparison, ...]:
        """The indicators without those that a report repeats from another topic of both."""
        compared = {f"{entry.topic}.{entry.later.name}" for entry in self.indicators}
        return tuple(entry for entry in self.indicators if entry.later.name not in compared)

    def as_dict(self) -> dict[str, Any]:
        """The comparison as ``compare --json`` prints it."""
        return {
            "from": self.earlier.name,
            "to": self.later.name,
            "order": list(CAUSES),
            "indicators": [entry.as_dict() for entry in self.indicators],
        }


def compare_snapshots(
    earlier: StoredSnapshot, later: StoredSnapshot, topics: Mapping[str, Topic]
) -> SnapshotComparison:
    """Compare two snapshots.

    Today's model runs on each mixture of their tables, scenarios and quarters.

    Args:
        earlier: The snapshot to start from.
        later: The snapshot to end at. If it is the earlier one, a note says so.
        topics: Today's topics by name.

    Returns:
        The comparison. A topic of one snapshot only is left out, and a note says so.

    Raises:
        ValueError: They have no topic in common, or one does not hold its tables.
    """
    common = [topics[name] for name in topics if name in earlier.topics and name in later.topics]
    if not common:
        msg = f"{earlier.name} and {later.name} have no topic in common, so nothing can be compared"
        raise ValueError(msg)
    compared = tuple(_compare_topic(topic, earlier, later) for topic in common)
    revisions = tuple(compare_inputs(common, earlier, later))
    notes = (*describe_order(earlier, later), *_topic_notes(earlier, later, topics))
    return SnapshotComparison(earlier, later, compared, revisions, notes)


def describe_order(first: StoredSnapshot, second: StoredSnapshot) -> Iterator[str]:
    """Say that a comparison goes back in time, if it does.

    Args:
        first: The snapshot to start from.
        second: The snapshot to end at.

    Yields:
        A sentence, or nothing.
    """
    moments = [(side.quarter, str(side.manifest.get("finished", ""))) for side in (first, second)]
    if moments[0] > moments[1]:
        yield f"{first.name} is later than {second.name}: the changes run backwards in time."


def _compare_topic(topic: Topic, earlier: StoredSnapshot, later: StoredSnapshot) -> ComparedTopic:
    before, after = (read_indicators(side, topic.name, topic) for side in (earlier, later))
    notes = list(_indicator_notes(topic, (earlier, before), (later, after)))
    parameters: tuple[ParameterChange, ...] = ()
    try:
        runs = read_run(topic, earlier), read_run(topic, later)
        *_, attributed = attribute_changes(topic, *runs)
    except Exception as error:  # noqa: BLE001  a model may fail in any way on inputs of then
        cause = str(error) if isinstance(error, ValueError) else describe_error(error)
        notes.append(
            f"{topic.title}: today’s model cannot use the inputs of both snapshots."
            f" {cause.rstrip('.')}. Every difference is counted as changed code."
        )
        figures = ({name: entry.value for name, entry in side.items()} for side in (before, after))
        changes = attribute_to_code(*figures)
    else:
        changes = attributed or ()
        parameters = tuple(_parameter_changes(topic, runs[0].scenario, runs[1].scenario))
        notes += migration_notes(topic, earlier, later)
    by_name = {
        change.name: change
        for change in changes
        if before[change.name].unit == after[change.name].unit
    }
    indicators = tuple(
        IndicatorComparison(topic.name, before[name], indicator, by_name[name])
        for name, indicator in after.items()
        if name in by_name
    )
    return ComparedTopic(topic, indicators, parameters, tuple(notes))


def _parameter_changes(topic: Topic, *scenarios: Scenario) -> Iterator[ParameterChange]:
    before, after = (scenario.values() for scenario in scenarios)
    for name, parameter in topic.Scenario.parameters().items():
        if name != "quarter" and before[name] != after[name]:
            yield ParameterChange(parameter, before[name], after[name])


def _indicator_notes(
    topic: Topic, *sides: tuple[StoredSnapshot, Mapping[str, Indicator]]
) -> Iterator[str]:
    """Say which indicators are in one snapshot only."""
    for (snapshot, own), (_, other) in (sides, sides[::-1]):
        labels = [f"“{entry.label}”" for name, entry in own.items() if name not in other]
        if labels:
            yield f"{topic.title}: in {snapshot.name} only: {', '.join(labels)}."
    before, after = (own for _, own in sides)
    for name, entry in after.items():
        if name in before and before[name].unit != entry.unit:
            units = f"{before[name].unit} and {entry.unit}"
            yield f"{topic.title}: “{entry.label}” is not compared, as its units differ: {units}."


def _topic_notes(
    earlier: StoredSnapshot, later: StoredSnapshot, topics: Mapping[str, Topic]
) -> Iterator[str]:
    """Say which topics cannot be compared."""
    for name in dict.fromkeys([*earlier.topics, *later.topics]):
        title = topics[name].title if name in topics else quote_value(name)
        owners = [snapshot.name for snapshot in (earlier, later) if name in snapshot.topics]
        if len(owners) == 1:
            yield f"{title} is in {owners[0]} only and is not compared."
        elif name not in topics:
            yield f"{title} is not compared: no topic of this name is installed today."
