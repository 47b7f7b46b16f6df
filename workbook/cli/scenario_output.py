"""Print named scenarios and their histories."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape

from workbook.cli.output import create_text_table
from workbook.scenario import HistoryEntry, OpenedScenario, Parameter, Scenario
from workbook.text.dates import format_day
from workbook.text.numbers import format_cell

_BLANK = "(blank)"


def describe_scenario(topic: str, opened: OpenedScenario[Scenario]) -> dict[str, Any]:
    """Describe a scenario as ``scenario list --json`` prints it."""
    content = opened.file
    return {
        "topic": topic,
        "name": content.name,
        "author": content.author,
        "date": content.date.isoformat() if content.date else None,
        "rationale": content.rationale,
        "published": content.published,
        "parameters": opened.scenario.non_default_values(),
        "migrations": [
            {
                "parameter": migration.parameter,
                "kind": migration.kind,
                "old": migration.old,
                "new": migration.new,
                "message": str(migration),
            }
            for migration in opened.migrations
        ],
    }


def describe_history(entries: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """Describe a history as ``scenario history --json`` prints it."""
    return [
        {
            "version": entry.version.number,
            "event": entry.version.event,
            "name": entry.version.file.name,
            "author": entry.version.author,
            "time": entry.version.time.isoformat(),
            "why": entry.version.why,
            "changes": [
                {"parameter": change.parameter, "old": change.old, "new": change.new}
                for change in entry.changes
            ],
        }
        for entry in entries
    ]


def print_scenario_list(descriptions: Iterable[dict[str, Any]]) -> None:
    """Print scenarios for people, a row each."""
    text_table = create_text_table("Topic", "Scenario", "Author", "Date", "Published", "Rationale")
    for description in descriptions:
        text_table.add_row(
            description["topic"],
            escape(description["name"]),
            escape(description["author"]),
            format_day(description["date"]) if description["date"] else "",
            "yes" if description["published"] else "",
            escape(description["rationale"]),
        )
    Console().print(text_table)


def print_scenario(opened: OpenedScenario[Scenario], version: int) -> None:
    """Print a scenario for people: who, when, why, and what differs from the default.

    Args:
        opened: The scenario.
        version: Number of its version.
    """
    console, content = Console(), opened.file
    author = [content.author, format_day(content.date) if content.date else ""]
    state = ["published" if content.published else "", f"version {version}"]
    console.print(content.name, style="bold", highlight=False, markup=False)
    console.print(", ".join(filter(None, (*author, *state))), highlight=False, markup=False)
    if content.rationale:
        console.print(content.rationale, highlight=False, markup=False)
    text_table = create_text_table("Parameter", "Value", "Default")
    parameters = opened.scenario.parameters()
    for name, value in opened.scenario.non_default_values().items():
        declaration = parameters[name]
        text_table.add_row(
            name, _format_value(value, declaration), _format_value(declaration.default, declaration)
        )
    console.print(text_table if text_table.rows else "Every parameter has its default.")
    for migration in opened.migrations:
        console.print(f"- {migration}", highlight=False, markup=False)


def print_history(entries: Iterable[HistoryEntry], parameters: dict[str, Parameter]) -> None:
    """Print a history for people, the newest version first.

    Args:
        entries: The versions and what each changed, the oldest first.
        parameters: The topic's parameters by name.
    """
    text_table = create_text_table("Version", "Time (UTC)", "Author", "Event", "Why", "Changes")
    for entry in reversed(tuple(entries)):
        version = entry.version
        changes = [
            f"{change.parameter}: {_format_value(change.old, parameters.get(change.parameter))} to"
            f" {_format_value(change.new, parameters.get(change.parameter))}"
            for change in entry.changes
        ]
        text_table.add_row(
            str(version.number),
            f"{version.time:%Y-%m-%d %H:%M}",
            escape(version.author),
            version.event,
            escape(version.why),
            escape("\n".join(changes)),
        )
    Console().print(text_table)


def _format_value(value: Any, declaration: Parameter | None) -> str:  # noqa: ANN401  a file's value can be any
    is_number = isinstance(value, int | float)
    unit = declaration.unit if declaration and is_number and declaration.kind != "string" else ""
    return escape(format_cell(value, unit)) or _BLANK
