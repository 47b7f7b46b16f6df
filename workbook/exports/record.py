"""A run as a record: what was asked, what came out, and the held tables that it rests on."""

from typing import Any

from workbook.importers.opening import content_of
from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.tables import sha256
from workbook.topic import Topic


def record(topic: Topic, outcome: Outcome) -> dict[str, Any]:
    """The run as ``run --json`` prints it."""
    return {"topic": topic.name, **outcome.as_dict(), "data": held(topic, outcome.scenario)}


def held(topic: Topic, scenario: Scenario, reading: Scenario | None = None) -> list[dict[str, str]]:
    """The tables that the scenario reads, each with the hash of its file as it is now.

    A table is named as the scenario names it: by its own name, a registered one, or its path.
    ``reading`` is the same scenario with the paths by which the files are found now.
    """
    paths = topic.sources(reading or scenario)
    return [
        {"name": name, "sha256": sha256(content_of(table, paths[table]))}
        for table, name in topic.sources(scenario).items()
        if name
    ]
