"""Print comparisons of snapshots and of releases for people."""

import pandas as pd
from rich.console import Console

from workbook.analysis.release_comparison import MovedIndicator, ReleaseComparison, ReleasedTopic
from workbook.cli.output import print_text_frame
from workbook.snapshots.change_sizes import MAJOR, MINOR
from workbook.snapshots.comparison_narrative import (
    causes_frame,
    comparison_headline,
    comparison_notes,
    describe_change,
    key_changes,
    order_note,
)
from workbook.snapshots.revision_text import describe_revision
from workbook.snapshots.snapshot_comparison import SnapshotComparison
from workbook.text.grammar import format_count, format_part
from workbook.text.numbers import format_value

_MOST_SETTINGS = 3
"""Values of a scenario that are printed, at most: a random one has others everywhere."""


def print_snapshot_comparison(comparison: SnapshotComparison) -> None:
    """Print a comparison of two snapshots.

    Args:
        comparison: The comparison.
    """
    console = Console()
    console.print(comparison_headline(comparison), style="bold", highlight=False, markup=False)
    for size in (MAJOR, MINOR):
        print_text_frame(console, causes_frame(comparison, size))
    sentences = [
        *(describe_change(comparison, entry) for entry in key_changes(comparison)),
        order_note(),
        *map(describe_revision, comparison.revisions),
        *comparison_notes(comparison),
    ]
    for sentence in sentences:
        console.print(f"- {sentence}", highlight=False, markup=False)


def print_release_comparison(comparison: ReleaseComparison) -> None:
    """Print a comparison of two releases.

    Args:
        comparison: The comparison.
    """
    console = Console()
    moved = sum(len(topic.indicators) for topic in comparison.topics)
    count = format_count(comparison.scenarios, "scenario")
    console.print(
        f"{format_count(moved, 'indicator', none='No')} moved from {comparison.before} to"
        f" {comparison.now}, on {count}.",
        style="bold",
        highlight=False,
        markup=False,
    )
    print_text_frame(console, _moved_frame(comparison))
    for sentence in (*_release_sentences(comparison), *comparison.notes):
        console.print(f"- {sentence}", highlight=False, markup=False)


def _moved_frame(comparison: ReleaseComparison) -> pd.DataFrame:
    rows = [
        (
            f"{topic.title}: {indicator.label}",
            f"{indicator.moved} of {topic.scenarios}",
            _describe_largest(indicator) if indicator.moved else "only P10 or P90 moved",
            _describe_scenario(indicator) if indicator.moved else "",
        )
        for topic in comparison.topics
        for indicator in topic.indicators
    ]
    return pd.DataFrame(rows, columns=["Figure", "Moved in", "Largest change", "Where"])


def _describe_largest(indicator: MovedIndicator) -> str:
    before, now = (
        format_value(value, indicator.unit) for value in (indicator.before, indicator.now)
    )
    return f"{before} → {now}"


def _describe_scenario(indicator: MovedIndicator) -> str:
    settings = [
        f"{name}={value:.4g}" if isinstance(value, float) else f"{name}={value}"
        for name, value in indicator.scenario.items()
        if name != "draws"
    ]
    if len(settings) > _MOST_SETTINGS:
        return "a random scenario"
    return ", ".join(settings) or "the default scenario"


def _release_sentences(comparison: ReleaseComparison) -> list[str]:
    return [sentence for topic in comparison.topics for sentence in _describe_topic(topic)]


def _describe_topic(topic: ReleasedTopic) -> list[str]:
    part = format_part(topic.same, topic.scenarios, "scenario")
    sentences = [f"{topic.title}: {part} give the same figures."]
    for count, release in ((topic.rejected_before, "the old"), (topic.rejected_now, "the new")):
        if count:
            number = format_count(count, "scenario")
            sentences.append(f"{topic.title}: only {release} release rejects {number}.")
    if topic.first_error:
        sentences.append(f"{topic.title}: the first error is {topic.first_error}")
    return [*sentences, *(f"{topic.title}: {change}" for change in topic.changes)]
