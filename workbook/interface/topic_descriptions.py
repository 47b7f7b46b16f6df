"""Describe topics for programs: their parameters and indicators."""

from collections.abc import Mapping
from typing import Any

from workbook.interface.errors import UnknownItemError
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic


def find_topic(name: str, topics: Mapping[str, Topic]) -> Topic:
    """Look up a topic.

    Args:
        name: Its name.
        topics: The topics by name.

    Returns:
        The topic.

    Raises:
        UnknownItemError: There is none of this name. The message suggests one.
    """
    if name in topics:
        return topics[name]
    raise UnknownItemError("topic", unknown_name_message("topic", name, topics))


def describe_topic(topic: Topic) -> dict[str, Any]:
    """Describe a topic as ``list --json`` prints it."""
    return {
        "topic": topic.name,
        "title": topic.title,
        "question": topic.question,
        "parameters": [
            {
                "name": entry.name,
                "default": entry.default,
                "unit": entry.unit,
                "bounds": entry.bounds,
                "range": entry.range,
                "meaning": entry.meaning,
                "source": entry.source,
                "quality": entry.quality,
            }
            for entry in topic.Scenario.parameters().values()
        ],
        "indicators": [
            {"name": definition.name, "label": definition.label, "unit": definition.unit}
            for definition in topic.indicators
        ],
    }
