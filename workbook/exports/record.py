"""A run as a record: what was asked, what came out, and the held tables that it rests on."""

from typing import Any

from workbook.outcome import Outcome
from workbook.resources import folder
from workbook.tables import sha256
from workbook.topic import Topic


def record(topic: Topic, outcome: Outcome) -> dict[str, Any]:
    """The run as ``run --json`` prints it."""
    return {"topic": topic.name, **outcome.as_dict(), "data": held(topic)}


def held(topic: Topic) -> list[dict[str, str]]:
    """The topic's held tables, each with the hash of its file as it is now."""
    data = folder("data")
    return [
        {"name": table.name, "sha256": sha256((data / f"{table.name}.csv").read_bytes())}
        for table in topic.tables
    ]
