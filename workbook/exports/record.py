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


def held(topic: Topic, scenario: Scenario) -> list[dict[str, str]]:
    """The tables that the scenario reads, each with the hash of its file as it is now.

    A table is named as it was asked for: by its own name, a registered one, or its path.
    """
    sources = {table: topic.source(table, scenario) for table in topic.tables}
    return [
        {"name": source, "sha256": sha256(content_of(table, source))}
        for table, source in sources.items()
        if source
    ]
