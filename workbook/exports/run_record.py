"""Record a run: its scenario, its outcome and the checksums of its tables."""

from typing import Any

from workbook.importers.catalogue import read_table_bytes
from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.tables import sha256
from workbook.topic import Topic


def build_run_record(topic: Topic, outcome: Outcome) -> dict[str, Any]:
    """Record a run as ``run --json`` prints it.

    Args:
        topic: The topic.
        outcome: Its outcome.

    Returns:
        The record, ready for JSON.
    """
    return {
        "topic": topic.name,
        **outcome.as_dict(),
        "data": hash_source_tables(topic, outcome.scenario),
    }


def hash_source_tables(
    topic: Topic, scenario: Scenario, input_scenario: Scenario | None = None
) -> list[dict[str, str]]:
    """Give the checksum of every table that a scenario reads.

    Args:
        topic: The topic.
        scenario: The scenario. It names a table by its own name, a registered name or a path.
        input_scenario: The same scenario with the current paths of the files, if they differ.

    Returns:
        The name and SHA-256 of each table.
    """
    paths = topic.table_sources(input_scenario or scenario)
    return [
        {"name": name, "sha256": sha256(read_table_bytes(table, paths[table]))}
        for table, name in topic.table_sources(scenario).items()
        if name
    ]
