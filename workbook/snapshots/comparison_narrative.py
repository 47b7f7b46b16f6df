"""What a comparison of two snapshots says: its headline, its sentences and its table."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from workbook.analysis.change_attribution import CAUSES, Cause
from workbook.analysis.comparison_text import value_texts
from workbook.snapshots.change_sizes import MAJOR, MINOR, NONE, ChangeSize
from workbook.snapshots.snapshot_comparison import IndicatorComparison, SnapshotComparison
from workbook.text.grammar import choose_form, format_count, format_part, join_items

CAUSE_LABELS: Final[Mapping[Cause, str]] = {
    "new_periods": "New periods",
    "revised_data": "Revised data",
    "assumptions": "Changed assumptions",
    "code": "Changed code",
}

_ORDER_NOTE: Final = (
    "Each difference is split in this order: {}. Today’s model runs on the earlier snapshot’s"
    " inputs, then with one more of the causes. An effect of two causes together is counted with"
    " the later one. Changed code is what is left, so the parts add up to the difference."
)

_INVISIBLE: Final = "less than is shown"
_UNKNOWN_COMMIT: Final = "an unknown commit"


def comparison_headline(comparison: SnapshotComparison) -> str:
    """Say how many figures changed.

    Args:
        comparison: The comparison.

    Returns:
        A sentence.
    """
    sizes = Counter(entry.size for entry in comparison.distinct_indicators)
    total = sum(sizes.values())
    changed = sizes[MAJOR] + sizes[MINOR]
    names = f"from {comparison.earlier.name} to {comparison.later.name}"
    if not changed:
        return f"None of {format_count(total, 'figure')} changed {names}."
    counts = f"{format_count(sizes[MAJOR], 'major change')} and {sizes[MINOR]:,} minor"
    part = format_part(changed, total, "figure")
    return f"{part[:1].upper()}{part[1:]} changed {names}: {counts}."


def order_note() -> str:
    """Say in which order the causes are taken."""
    return _ORDER_NOTE.format(join_items(label.lower() for label in CAUSE_LABELS.values()))


def changed_indicators(comparison: SnapshotComparison) -> list[IndicatorComparison]:
    """List the indicators that changed, the largest change first.

    Args:
        comparison: The comparison.

    Returns:
        Major changes before minor ones; each by its size as a part of the larger value. What a
        report repeats from another topic is left out.
    """
    changed = (entry for entry in comparison.distinct_indicators if entry.size != NONE)
    return sorted(changed, key=lambda entry: (entry.size != MAJOR, -_relative_change(entry)))


def changes_frame(comparison: SnapshotComparison) -> pd.DataFrame:
    """Write the indicators that changed as a table of texts, the largest change first.

    Args:
        comparison: The comparison.

    Returns:
        A row for each, with a column for each cause that plays a part.
    """
    changed = changed_indicators(comparison)
    causes = [
        cause for cause in CAUSES if any(entry.change.contributions[cause] for entry in changed)
    ]
    rows = [
        {
            "Figure": _describe_figure(comparison, entry),
            "Size": entry.size,
            comparison.earlier.name: entry.earlier.formatted_value,
            comparison.later.name: entry.later.formatted_value,
            "Difference": format_change(entry, entry.change.difference),
            **{
                CAUSE_LABELS[cause]: format_change(entry, entry.change.contributions[cause])
                for cause in causes
            },
        }
        for entry in changed
    ]
    return pd.DataFrame(rows)


def causes_frame(comparison: SnapshotComparison, size: ChangeSize) -> pd.DataFrame:
    """Write the changes of one size as a narrow table of texts, the largest first.

    Args:
        comparison: The comparison.
        size: Major or minor.

    Returns:
        A row for each, with its causes in one column.
    """
    rows = [
        {
            f"{size.capitalize()} changes": _describe_figure(comparison, entry),
            "From and to": f"{entry.earlier.formatted_value} → {entry.later.formatted_value}",
            "Difference": format_change(entry, entry.change.difference),
            "Cause": _describe_causes(entry),
        }
        for entry in changed_indicators(comparison)
        if entry.size == size
    ]
    return pd.DataFrame(rows)


def key_changes(comparison: SnapshotComparison) -> list[IndicatorComparison]:
    """List the major changes of the figures that the topics show first, the largest first.

    Args:
        comparison: The comparison.

    Returns:
        The indicators.
    """
    keys = {
        (compared.topic.name, name)
        for compared in comparison.topics
        for name in compared.key_indicators
    }
    return [
        entry
        for entry in changed_indicators(comparison)
        if entry.size == MAJOR and (entry.topic, entry.later.name) in keys
    ]


def describe_change(comparison: SnapshotComparison, entry: IndicatorComparison) -> str:
    """Say how an indicator changed, and why.

    Args:
        comparison: The comparison.
        entry: The indicator.

    Returns:
        A sentence or two.
    """
    values = f"{entry.earlier.formatted_value} to {entry.later.formatted_value}"
    sentence = f"{_describe_figure(comparison, entry)} went from {values}."
    if entry.change.difference is None:
        return f"{sentence} This change cannot be split by cause."
    others = [entry.change.contributions[cause] for cause in CAUSES if cause != "code"]
    if others == [None] * len(others):
        return f"{sentence} The cause is not known: today’s model cannot use these inputs."
    parts = [
        f"{format_change(entry, amount)} from {CAUSE_LABELS[cause].lower()}"
        for cause in CAUSES
        if (amount := entry.change.contributions[cause])
    ]
    difference = format_change(entry, entry.change.difference)
    if len(parts) == 1:
        source = parts[0].removeprefix(f"{difference} ")
        return f"{sentence} The whole difference, {difference}, comes {source}."
    return f"{sentence} The difference of {difference} is {join_items(parts)}."


def comparison_notes(comparison: SnapshotComparison) -> Iterator[str]:
    """Say what else differs, and what cannot be compared.

    Args:
        comparison: The comparison.

    Yields:
        Sentences: changed assumptions, the code, and what is in one only. ``describe_revision``
        tells of the revised tables.
    """
    for compared in comparison.topics:
        for change in compared.parameters:
            before, now = value_texts(change.parameter, [change.before, change.now])
            yield f"{compared.topic.title}: “{change.parameter.label}” was {before} and is {now}."
    yield _describe_code(comparison)
    yield from comparison.notes
    for compared in comparison.topics:
        yield from compared.notes
    yield from _joint_effects(comparison)


def format_change(entry: IndicatorComparison, amount: float | None) -> str:
    """Format a part of an indicator's change; empty where it is not known.

    Args:
        entry: The indicator.
        amount: The part, in the indicator's unit.

    Returns:
        The text that a reader sees.
    """
    if amount is None:
        return ""
    text = entry.later.format_change(amount)
    return _INVISIBLE if amount and text == entry.later.format_change(0.0) else text


def _describe_causes(entry: IndicatorComparison) -> str:
    """The causes that play a part, with their parts where there are several."""
    parts = {
        CAUSE_LABELS[cause].lower(): format_change(entry, amount)
        for cause, amount in entry.change.contributions.items()
        if amount
    }
    if len(parts) == 1:
        return next(iter(parts))
    return ", ".join(f"{label} {text}" for label, text in parts.items())


def _describe_figure(comparison: SnapshotComparison, entry: IndicatorComparison) -> str:
    title = next(
        compared.topic.title for compared in comparison.topics if compared.topic.name == entry.topic
    )
    return f"{title}: {entry.later.label}"


def _relative_change(entry: IndicatorComparison) -> float:
    difference = entry.change.difference
    if difference is None:
        return math.inf
    size = max(abs(entry.earlier.number or 0), abs(entry.later.number or 0))
    return abs(difference) / size if size else 0.0


def _describe_code(comparison: SnapshotComparison) -> str:
    snapshots = (comparison.earlier, comparison.later)
    commits = [_describe_commit(snapshot.manifest) for snapshot in snapshots]
    versions = [dict(snapshot.manifest.get("versions") or {}) for snapshot in snapshots]
    changed = [
        f"{package} {versions[0].get(package, 'none')} to {versions[1].get(package, 'none')}"
        for package in dict.fromkeys([*versions[0], *versions[1]])
        if versions[0].get(package) != versions[1].get(package)
    ]
    packages = f" Changed versions: {', '.join(changed)}." if changed else ""
    if commits[0] == commits[1] and _is_recorded(comparison.later.manifest):
        return f"Both snapshots were made with the code of {commits[0]}.{packages}"
    sentence = f"{comparison.earlier.name} was made with the code of {commits[0]}"
    return f"{sentence}, {comparison.later.name} with that of {commits[1]}.{packages}"


def _describe_commit(manifest: Mapping[str, Any]) -> str:
    commit = manifest.get("commit")
    if not isinstance(commit, str) or not commit.isalnum():
        return _UNKNOWN_COMMIT
    changes = "" if _is_recorded(manifest) else " with changes that are not recorded"
    return f"commit {commit[:12]}{changes}"


def _is_recorded(manifest: Mapping[str, Any]) -> bool:
    """Whether the commit is known, and the code was that of the commit."""
    return isinstance(manifest.get("commit"), str) and manifest.get("modified") is False


def _joint_effects(comparison: SnapshotComparison) -> Iterator[str]:
    """Say which figures have no value on the way, so that a cause counts with a later one."""
    joint = [
        entry
        for entry in comparison.indicators
        if entry.change.difference and None in entry.change.contributions.values()
    ]
    if joint:
        verb = choose_form(len(joint), "has", "have")
        yield (
            f"{format_count(len(joint), 'figure')} {verb} no value for some combination of the"
            " two snapshots’ inputs. What a cause adds there is counted with a later cause:"
            f" {', '.join(_quote_labels(joint))}."
        )


def _quote_labels(entries: Iterable[IndicatorComparison]) -> list[str]:
    return [f"“{entry.later.label}”" for entry in entries]
