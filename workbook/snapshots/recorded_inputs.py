"""Read what a topic of a snapshot was run on, for today's model: scenario, tables and figures."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import cast

import pandas as pd

from workbook.analysis.change_attribution import RecordedRun
from workbook.importers.catalogue import open_table_content, read_bytes
from workbook.importers.table_revision import TableRevision, compare_tables
from workbook.indicators import Indicator, IndicatorDefinition, Unit
from workbook.scenario import Scenario, ScenarioError
from workbook.scenario.migration import OpenedScenario, migrate
from workbook.scenario.scenario_file import ScenarioFile
from workbook.snapshots.stored_snapshot import RecordedIndicator, StoredSnapshot
from workbook.tables import TableError, TableSchema
from workbook.topic import Tables, Topic


def read_run(topic: Topic, snapshot: StoredSnapshot) -> RecordedRun:
    """Read what a topic was run on, and its figures.

    Args:
        topic: The topic.
        snapshot: The snapshot.

    Returns:
        The run.

    Raises:
        ScenarioError: Today's topic does not allow the scenario.
        TableError: Today's topic does not allow a table.
        ValueError: The snapshot does not hold a table.
    """
    scenario = _open_scenario(topic, snapshot).scenario
    figures = {entry.name: entry.value for entry in snapshot.read_indicators(topic.name)}
    return RecordedRun(scenario, _read_tables(topic, snapshot, scenario), figures)


def read_indicators(
    snapshot: StoredSnapshot, name: str, topic: Topic | None
) -> dict[str, Indicator]:
    """Read a topic's indicators, to be shown as the topic defines them.

    Args:
        snapshot: The snapshot.
        name: Name of the topic.
        topic: The topic; None if it is not installed.

    Returns:
        The indicators by name.

    Raises:
        ValueError: The snapshot does not have them.
    """
    definitions = {definition.name: definition for definition in topic.indicators} if topic else {}
    return {
        entry.name: show_indicator(entry, definitions.get(entry.name))
        for entry in snapshot.read_indicators(name)
    }


def migration_notes(topic: Topic, *snapshots: StoredSnapshot) -> Iterator[str]:
    """Say what has happened to a topic's parameters since the snapshots were made.

    Args:
        topic: The topic.
        *snapshots: The snapshots.

    Yields:
        A sentence for each parameter that was renamed or removed.
    """
    for snapshot in snapshots:
        for migration in _open_scenario(topic, snapshot).migrations:
            if migration.new is None or migration.kind == "renamed":
                yield f"{topic.title}, {snapshot.name}: {migration}"


def compare_inputs(
    topics: Iterable[Topic], earlier: StoredSnapshot, later: StoredSnapshot
) -> Iterator[TableRevision]:
    """Compare the tables of topics row by row, for the periods that the earlier snapshot knew.

    Args:
        topics: The topics.
        earlier: The earlier snapshot.
        later: The later snapshot.

    Yields:
        The revision of each table in which anything differs. A table of several topics is compared
        once, and one that today's topic rejects is left out.
    """
    compared: set[tuple[str, ...]] = set()
    for topic in topics:
        try:
            sources, others = (
                _find_sources(topic, snapshot, _open_scenario(topic, snapshot).scenario)
                for snapshot in (earlier, later)
            )
        except ScenarioError:
            continue
        for table, (source, digest) in sources.items():
            other_source, other_digest = others.get(table, ("", digest))
            key = (table.name, digest, other_digest)
            if digest != other_digest and key not in compared:
                compared.add(key)
                with suppress(TableError):
                    frame = _read_table(table, source, earlier, digest)
                    known = table.filter_to_quarter(frame, earlier.quarter)
                    new_frame = _read_table(table, other_source, later, other_digest)
                    revision = compare_tables(table, known, new_frame)
                    if revision.has_revisions:
                        yield revision


def _open_scenario(topic: Topic, snapshot: StoredSnapshot) -> OpenedScenario[Scenario]:
    values = snapshot.parameters(topic.name)
    file = ScenarioFile(topic=topic.name, parameters=values, defaults=values)
    opened = migrate(file, topic.Scenario, topic.name, snapshot.name)
    return OpenedScenario(*opened, file=file)


def _read_tables(topic: Topic, snapshot: StoredSnapshot, scenario: Scenario) -> Tables:
    """Tables by the names of their schemas."""
    return {
        table.name: _read_table(table, source, snapshot, digest)
        for table, (source, digest) in _find_sources(topic, snapshot, scenario).items()
    }


def _find_sources(
    topic: Topic, snapshot: StoredSnapshot, scenario: Scenario
) -> dict[TableSchema, tuple[str, str]]:
    """Name or path and SHA-256 of each table, apart from those that the snapshot did not read."""
    hashes = snapshot.table_hashes(topic.name)
    return {
        table: (source, hashes[source])
        for table, source in topic.table_sources(scenario).items()
        if source in hashes
    }


def _read_table(
    table: TableSchema, source: str, snapshot: StoredSnapshot, digest: str
) -> pd.DataFrame:
    content = read_bytes(snapshot.input_file(digest))
    return open_table_content(table, source, content).frame


def show_indicator(entry: RecordedIndicator, definition: IndicatorDefinition | None) -> Indicator:
    """Give a recorded figure the style of today's definition.

    Args:
        entry: The figure. Its label, unit and value stay.
        definition: Today's definition; None where there is none.

    Returns:
        The indicator.

    Raises:
        ValueError: The unit is unknown, or a number is not finite.
    """
    is_known, unit = entry.value is not None, cast("Unit", entry.unit)  # checked by both
    style = definition or IndicatorDefinition(entry.name, entry.label, unit)
    return Indicator(
        entry.name,
        entry.label,
        unit,
        entry.value,
        entry.low,
        entry.high,
        missing_reason="" if is_known else entry.reason or "not recorded",
        note=entry.reason if is_known else "",
        direction=style.direction,
        is_difference=style.is_difference,
        is_probability=style.is_probability,
        is_quantile=style.is_quantile,
        is_year_to=style.is_year_to,
    )
