"""What a command prints: JSON for programs, and tables for people."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from workbook import words
from workbook.claims import Verdict
from workbook.outcome import Outcome
from workbook.tables import Problem, Report
from workbook.topic import Topic


def as_json(content: Any) -> None:  # noqa: ANN401  any content that JSON can hold
    """Print as JSON, in characters that every terminal and pipe can carry."""
    sys.stdout.write(json.dumps(content, indent=2, allow_nan=False) + "\n")


def described(topic: Topic) -> dict[str, Any]:
    """The topic as ``list --json`` prints it."""
    outcome = topic.run()
    return {
        "topic": topic.name,
        "title": topic.title,
        "question": topic.question,
        "parameters": [
            {
                "name": each.name,
                "default": each.default,
                "unit": each.unit,
                "bounds": each.bounds,
                "range": each.range,
                "meaning": each.meaning,
                "source": each.source,
                "quality": each.quality,
            }
            for each in topic.Scenario.parameters().values()
        ],
        "indicators": [
            {"name": each.name, "label": each.label, "unit": each.unit}
            for each in outcome.indicators
        ],
    }


def verdicts(found: Sequence[Verdict]) -> None:
    """Print what came of each claim, and how many of each kind there are."""
    console = Console()
    grid = _grid("Claim", "As printed", "Verdict", "Working, or what is missing")
    for each in found:
        grid.add_row(
            f"{each.id} {each.claim}",
            each.printed_as,
            each.verdict,
            escape(each.working or each.missing),
        )
    console.print(grid)
    counts = Counter(each.verdict for each in found)
    console.print("; ".join(f"{count} {verdict}" for verdict, count in counts.items()) + ".")


def placed(table: str, problem: Problem) -> str:
    """A problem with its table: ``exemplar_phases, row 3, column phase: …``."""
    return f"{table}{': ' if problem.row is None else ', '}{problem}"


def topic(content: Mapping[str, Any]) -> None:
    """Print a topic for people, from what ``list --json`` has of it."""
    console = Console()
    console.print(f"[bold]{content['topic']}[/]: {content['title']}", highlight=False)
    console.print(content["question"], highlight=False, markup=False)
    parameters = _grid("Parameter", "Default", "Range", "What it means")
    for each in content["parameters"]:
        ends = " to ".join(words.cell(end, each["unit"]) for end in each["range"] or ())
        parameters.add_row(
            each["name"], words.cell(each["default"], each["unit"]), ends, each["meaning"]
        )
    indicators = _grid("Indicator", "What it is", "Unit")
    for each in content["indicators"]:
        indicators.add_row(each["name"], each["label"], each["unit"])
    console.print(parameters, indicators)


def outcome(found: Outcome) -> None:
    """Print an outcome for people: the headline, every indicator with its range, the notes."""
    console = Console()
    console.print(found.headline, style="bold", highlight=False, markup=False)
    grid = _grid("Indicator", "Value", "Likely range", "Note")
    for each in found.indicators:
        grid.add_row(each.label, each.text, each.spread, each.reason)
    console.print(grid)
    for note in found.remarks:
        console.print(f"- {note}", highlight=False, markup=False)


def report(found: Report) -> None:
    """Print everything that reading a table found, a line each with its row and column."""
    for kind, problems in (("error", found.errors), ("oddity", found.oddities)):
        for problem in problems:
            sys.stdout.write(f"{kind}: {problem}\n")
    counts = f"{len(found.frame)} rows, errors: {len(found.errors)}"
    sys.stdout.write(f"{found.table}: {counts}, oddities: {len(found.oddities)}\n")


def lines(found: Iterable[str]) -> None:
    """Print sentences, a line each."""
    for line in found:
        sys.stdout.write(f"{line}\n")


def _grid(*heads: str) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        grid.add_column(head, justify="right" if head in {"Value", "Default"} else "left")
    return grid
