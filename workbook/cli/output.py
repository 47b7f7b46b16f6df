"""Print the results of commands: JSON for programs, tables for people."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from workbook.analysis.scenario_comparison import ScenarioComparison
from workbook.claims.verdict import (
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    VERDICTS_OF_KIND,
    WITHIN_REVISIONS,
    ClaimVerdict,
)
from workbook.outcome import Outcome
from workbook.tables import TableIssue, TableReport
from workbook.tables.issue_groups import issue_lines
from workbook.text.grammar import format_count, join_items
from workbook.text.numbers import format_cell
from workbook.text.passwords import mask_passwords
from workbook.text.quoting import quote_text

_MOST_HEADINGS = 12
"""Headings that are not recognised and are named, at most."""

_SETTLED_KINDS = tuple(
    kind for kind, verdicts in VERDICTS_OF_KIND.items() if NOT_CHECKABLE not in verdicts
)
"""Kinds of finding that say whether a figure is right or a plan was met."""


def print_json(content: Any) -> None:  # noqa: ANN401  any content that JSON can hold
    """Print JSON in ASCII, which every terminal and pipe can handle."""
    sys.stdout.write(json.dumps(content, indent=2, allow_nan=False) + "\n")


def print_errors(sentences: Iterable[str]) -> None:
    """Print sentences on standard error, a line each, without the passwords of addresses."""
    for sentence in sentences:
        sys.stderr.write(f"{mask_passwords(sentence)}\n")


def print_verdicts(report_title: str, verdicts: Sequence[ClaimVerdict]) -> None:
    """Print a report's claims with their findings by all data held, and how many there are of each.

    Args:
        report_title: The title of the publication.
        verdicts: The verdicts on its claims.
    """
    console = Console()
    console.print(f"{report_title}, with all data held to date:", highlight=False, markup=False)
    text_table = create_text_table(
        "Claim", "Published figure", "Finding", "Working, or what is missing"
    )
    for claim_verdict in verdicts:
        text_table.add_row(
            f"{claim_verdict.id} {claim_verdict.claim}",
            claim_verdict.printed_as,
            claim_verdict.kind,
            escape(claim_verdict.explanation),
        )
    console.print(text_table)
    findings = Counter(verdict.kind for verdict in verdicts)
    agreeing: dict[str, int] = {kind: findings[kind] for kind in _SETTLED_KINDS}
    console.print(f"Findings: {_join_counts(agreeing)}.")
    console.print(f"{format_count(len(verdicts), 'figure')}: {_summarise_verdicts(verdicts)}.")


def _summarise_verdicts(verdicts: Sequence[ClaimVerdict]) -> str:
    """Count the verdicts, with those that hold by rounding or lie within revisions among them."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    rounded, refuted = counts[REPRODUCED_WITHIN_ROUNDING], counts[NOT_REPRODUCED]
    reproduced, neither = counts[REPRODUCED] + rounded, counts[NOT_CHECKABLE]
    revised = sum(verdict.kind == WITHIN_REVISIONS for verdict in verdicts)
    rounding = f", {_count_in_words(rounded)} of them within rounding" if rounded else ""
    revisions = f", of which {_count_in_words(revised)} within revisions" if revised else ""
    return (
        f"{reproduced} reproduced{rounding}; {refuted} not reproduced; {neither} neither{revisions}"
    )


def _count_in_words(count: int) -> str:
    return "one" if count == 1 else str(count)


def _join_counts(counts: Mapping[str, int]) -> str:
    return join_items(f"{frequency} {name}" for name, frequency in counts.items() if frequency)


def format_table_fault(table: str, issue: TableIssue) -> str:
    """Format an issue with the name of its table: ``exemplar_phases: row 3, column phase: …``."""
    return f"{table}: {issue}"


def print_topic(description: Mapping[str, Any]) -> None:
    """Print a topic for people.

    Args:
        description: The topic, from ``describe_topic``.
    """
    console = Console()
    console.print(f"[bold]{description['topic']}[/]: {description['title']}", highlight=False)
    console.print(description["question"], highlight=False, markup=False)
    parameters = create_text_table("Parameter", "Default", "Range", "Meaning")
    for entry in description["parameters"]:
        range_text = " to ".join(
            format_cell(bound, entry["unit"]) for bound in entry["range"] or ()
        )
        parameters.add_row(
            entry["name"],
            format_cell(entry["default"], entry["unit"]),
            range_text,
            entry["meaning"],
        )
    indicators = create_text_table("Indicator", "Label", "Unit")
    for entry in description["indicators"]:
        indicators.add_row(entry["name"], entry["label"], entry["unit"])
    console.print(parameters, indicators)


def print_outcome(outcome: Outcome) -> None:
    """Print an outcome for people: the headline, the indicators and the notes."""
    console = Console()
    console.print(outcome.headline, style="bold", highlight=False, markup=False)
    print_text_frame(console, outcome.indicator_table())
    for note in outcome.warnings_and_notes:
        console.print(f"- {note}", highlight=False, markup=False)


def print_comparison(comparison: ScenarioComparison, indicators: Iterable[str]) -> None:
    """Print a comparison for people: headline, parameters, indicators, contributions and notes.

    Args:
        comparison: The comparison.
        indicators: Names of the indicators whose contributions are printed.
    """
    console = Console()
    console.print(comparison.headline, style="bold", highlight=False, markup=False)
    print_text_frame(console, comparison.parameter_texts)
    print_text_frame(console, comparison.indicator_texts)
    first, *others = comparison.names
    for scenario in others:
        console.print(
            f"What makes the difference of {scenario} to {first}, averaged over orders:",
            highlight=False,
            markup=False,
        )
        print_text_frame(console, comparison.contribution_texts(scenario, indicators))
    for note in comparison.notes:
        console.print(f"- {note}", highlight=False, markup=False)


def print_report(report: TableReport) -> None:
    """Print the errors and warnings of a table, a line for each kind with rows and column."""
    for kind, issues in (("error", report.errors), ("warning", report.warnings)):
        for line in issue_lines(issues):
            sys.stdout.write(f"{kind}: {line}\n")
    counts = (
        format_count(len(report.frame), "row"),
        format_count(len(report.errors), "error"),
        format_count(len(report.warnings), "warning"),
    )
    sys.stdout.write(f"{report.table}: {join_items(counts)}\n")


def describe_corrections(report: TableReport) -> Iterator[str]:
    """Say which options would let a rejected file be read."""
    if report.unmatched_columns and report.unmatched_headings:
        headings = join_items(map(quote_text, report.unmatched_headings[:_MOST_HEADINGS]))
        yield (
            f"Headings not recognised: {headings}. To name the column of one:"
            f' --map "HEADING={report.unmatched_columns[0]}"'
        )
    if report.suggestions:
        cells = format_count(report.suggestions, "cell")
        yield f"To use the suggested readings of {cells}: --accept-readings"


def print_lines(lines: Iterable[str]) -> None:
    """Print sentences, a line each."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def print_text_frame(console: Console, frame: pd.DataFrame) -> None:
    """Print a frame of texts under its headings; nothing if it has no rows."""
    if frame.empty:
        return
    text_table = create_text_table(*(escape(str(name)) for name in frame))
    for row in frame.itertuples(index=False, name=None):
        text_table.add_row(*map(escape, row))
    console.print(text_table)


def create_text_table(*headings: str) -> Grid:
    """Create a table for people, without lines, whose numbers are on the right.

    Args:
        *headings: Heading of each column.

    Returns:
        The table without rows.
    """
    text_table = Grid(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        text_table.add_column(
            heading, justify="right" if heading in {"Value", "Default"} else "left"
        )
    return text_table
