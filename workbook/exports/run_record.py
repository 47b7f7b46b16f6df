"""A run as a record: what was asked, what came out, and the held tables that it rests on."""

from typing import Any

from workbook.importers.catalogue import read_table_bytes
from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.tables import sha256
from workbook.topic import Topic


def build_run_record(topic: Topic, outcome: Outcome) -> dict[str, Any]:
    """The run as ``run --json`` prints it."""
    return {
        "topic": topic.name,
        **outcome.as_dict(),
        "data": hash_source_tables(topic, outcome.scenario),
    }


def hash_source_tables(
    topic: Topic, scenario: Scenario, input_scenario: Scenario | None = None
) -> list[dict[str, str]]:
    """The tables that the scenario reads, each with the hash of its file as it is now.

    A table is named as the scenario names it: by its own name, a registered one, or its path.
    ``reading`` is the same scenario with the paths by which the files are found now.
    """
    paths = topic.table_sources(input_scenario or scenario)
    return [
        {"name": name, "sha256": sha256(read_table_bytes(table, paths[table]))}
        for table, name in topic.table_sources(scenario).items()
        if name
    ]
