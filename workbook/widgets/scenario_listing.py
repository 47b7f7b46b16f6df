"""Saved scenarios and their histories, in the words of the page."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, TypedDict

from workbook.scenario import (
    HistoryEntry,
    NamedScenarios,
    Parameter,
    Scenario,
    Version,
)
from workbook.scenario.scenario_names import name_key
from workbook.scenario.store import ValueChange
from workbook.scenario.store.version import CHANGED_ELSEWHERE
from workbook.text.dates import format_day
from workbook.text.grammar import capitalise_first, format_count
from workbook.widgets.scenario_changes import describe_file_value

_MOST_VERSIONS: Final = 50
"""Versions of a scenario that the page lists: the newest."""


class ListedScenario(TypedDict):
    """A saved scenario in the page's list.

    ``saved`` says by whom and when, and ``changes`` how many values differ from the published ones.
    """

    name: str
    saved: str
    why: str
    changes: str
    is_published: bool
    is_editable: bool


class ListedVersion(TypedDict):
    """A version in a scenario's history, with a sentence for each value that it changed."""

    version: int
    saved: str
    why: str
    changes: list[str]


def list_scenarios(
    scenarios: NamedScenarios[Scenario], editable: Collection[str]
) -> list[ListedScenario]:
    """Describe the saved scenarios of a topic.

    Args:
        scenarios: The scenarios.
        editable: Keys of the names that can be changed here.

    Returns:
        The descriptions, in the order of their names.
    """
    listed = [_describe_scenario(scenarios, name, editable) for name in scenarios]
    return sorted(listed, key=lambda scenario: name_key(scenario["name"]))


def list_versions(
    entries: Iterable[HistoryEntry], parameters: Mapping[str, Parameter]
) -> list[ListedVersion]:
    """Describe a history.

    Args:
        entries: The versions, the oldest first.
        parameters: The topic's parameters by name.

    Returns:
        The newest versions, the newest first.
    """
    newest = list(entries)[-_MOST_VERSIONS:]
    return [_describe_entry(entry, parameters) for entry in reversed(newest)]


def describe_version(version: Version) -> str:
    """Say which version it is, who made it and when.

    Args:
        version: The version.

    Returns:
        The description, such as ``version 2, saved by Ada on 3 March 2014 at 14:05 UTC``.
    """
    author = f" by {version.author}" if version.author else ""
    day = version.file.date
    if version.event == CHANGED_ELSEWHERE and day:  # the time of a copied file says nothing
        return f"version {version.number}, in a file{author} of {format_day(day)}"
    return f"version {version.number}, {version.event}{author} on {format_time(version.time)}"


def format_time(time: datetime) -> str:
    """Write a time, which is the same for readers everywhere: ``3 March 2014 at 14:05 UTC``."""
    time = time.astimezone(UTC)
    return f"{format_day(time)} at {time:%H:%M} UTC"


def _describe_scenario(
    scenarios: NamedScenarios[Scenario], name: str, editable: Collection[str]
) -> ListedScenario:
    opened = scenarios.open(name)
    content = opened.file
    day = format_day(content.date) if content.date else ""
    count = len(opened.scenario.non_default_values())
    return ListedScenario(
        name=name,
        saved=", ".join(filter(None, (content.author, day))),
        why=content.rationale,
        changes=format_count(count, "change") if count else "no changes",
        is_published=content.published,
        is_editable=name_key(name) in editable,
    )


def _describe_entry(entry: HistoryEntry, parameters: Mapping[str, Parameter]) -> ListedVersion:
    text = describe_version(entry.version)
    return ListedVersion(
        version=entry.version.number,
        saved=capitalise_first(text),
        why=entry.version.why,
        changes=[_describe_change(change, parameters) for change in entry.changes],
    )


def _describe_change(change: ValueChange, parameters: Mapping[str, Parameter]) -> str:
    parameter = parameters.get(change.parameter)
    label = parameter.label if parameter else change.parameter
    old, new = (describe_file_value(parameter, value) for value in (change.old, change.new))
    return f"{label}: {old} → {new}"
