"""Changes of indicators between two quarters, and their result tables."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from workbook.indicators import MISSING_LABEL, Indicator
from workbook.text.numbers import format_difference, format_value
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison

_CHANGE_TABLE_COLUMNS = ("topic", "indicator", "then", "now", "change", "verdict")
_COMPARISON_TABLE_COLUMNS = (
    "topic",
    "name",
    "label",
    "unit",
    "before",
    "value",
    "difference",
    "change",
)

_RISEN, _FALLEN, _CHANGED_OTHERWISE = "risen", "fallen", "changed"
NEWLY_KNOWN, NO_LONGER_KNOWN, UNCHANGED, _UNKNOWN = (
    "new",
    "no longer known",
    "unchanged",
    "not known",
)
MOVED_KINDS = (_RISEN, _FALLEN, _CHANGED_OTHERWISE)
_CHANGED_KINDS = (*MOVED_KINDS, NEWLY_KNOWN, NO_LONGER_KNOWN)


class IndicatorChange(NamedTuple):
    """An indicator of a topic now, and in the quarter compared with if it was there."""

    comparison: TopicComparison
    current: Indicator
    previous: Indicator | None

    @property
    def change_kind(self) -> str:
        """The kind of change. Values that are written the same are unchanged."""
        if self.previous is None:
            return _UNKNOWN if self.current.value is None else NEWLY_KNOWN
        previous_value, current_value = self.previous.value, self.current.value
        if previous_value is None or current_value is None:
            return _classify_missing_value(self.previous, self.current)
        if self.previous.formatted_value == self.current.formatted_value:
            return UNCHANGED
        if isinstance(previous_value, str) or isinstance(current_value, str):
            return _CHANGED_OTHERWISE
        return _RISEN if current_value > previous_value else _FALLEN

    @property
    def has_moved(self) -> bool:
        """Whether the value is known in both quarters and has changed."""
        return self.change_kind in MOVED_KINDS

    @property
    def numeric_difference(self) -> float | None:
        """The value now minus the value before; None unless both are comparable numbers."""
        previous_value = None if self.previous is None else self.previous.value
        current_value = self.current.value
        if (
            previous_value is None
            or current_value is None
            or isinstance(previous_value, str)
            or isinstance(current_value, str)
        ):
            return None
        return float(current_value - previous_value) if self.comparison.comparable else None

    @property
    def difference_text(self) -> str:
        """The difference as readers see it, or the kind of change if there is no number."""
        if self.has_moved and not self.comparison.comparable:
            return self.comparison.incomparable_text
        difference = self.numeric_difference
        if difference is None or not self.has_moved:
            return self.change_kind
        return describe_difference(difference, self.current.unit)

    @property
    def direction_verdict(self) -> str:
        """``better`` or ``worse``; empty if the indicator has no direction or is not comparable."""
        better_kind = {"higher": _RISEN, "lower": _FALLEN}.get(self.current.direction)
        if not better_kind or self.numeric_difference is None or not self.has_moved:
            return ""
        if self.current.name in self.comparison.section.unjudged_indicators:
            return ""
        return "better" if self.change_kind == better_kind else "worse"


def describe_difference(difference: float, unit: str) -> str:
    """Write a difference: ``up 3.1 points``, ``down £0.12``.

    Args:
        difference: The value now minus the value before.
        unit: Unit of the indicator.

    Returns:
        The direction and the size.
    """
    size = abs(difference)
    if unit == "share":
        size_text = format_difference(size).removeprefix("+")
    else:
        size_text = format_value(size, unit)
    return f"{'up' if difference > 0 else 'down'} {size_text}"


def like_for_like_change(comparison: TopicComparison) -> IndicatorChange | None:
    """Compare a topic's like-for-like indicator between the quarters.

    Args:
        comparison: The topic's outcomes of both quarters.

    Returns:
        The change; None if the topic declares no such indicator, or if it is not known.
    """
    declared = comparison.section.like_for_like
    if declared is None or comparison.like_for_like is None:
        return None
    pair = declared.compare(comparison.like_for_like)
    if pair is None:
        return None
    previous, current = pair
    return IndicatorChange(comparison._replace(comparable=True), current, previous)


def compare_indicators(comparisons: Iterable[TopicComparison]) -> tuple[IndicatorChange, ...]:
    """Compare every indicator of every topic.

    Args:
        comparisons: The topics' outcomes of both quarters.

    Returns:
        The changes in the order of topics and indicators.
    """
    return tuple(
        change for comparison in comparisons for change in _compare_topic_indicators(comparison)
    )


def changed_indicators_table(indicator_changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """List the indicators that changed, as readers see them.

    Args:
        indicator_changes: All changes.

    Returns:
        A row of texts for each changed indicator, comparable changes first.
    """
    changed = [change for change in indicator_changes if change.change_kind in _CHANGED_KINDS]
    rows = [
        (
            change.comparison.title,
            change.current.label,
            change.previous.formatted_value if change.previous else "not known",
            change.current.formatted_value,
            change.difference_text,
            change.direction_verdict or None,
        )
        for change in sorted(changed, key=_sort_order)
    ]
    return pd.DataFrame(rows, columns=list(_CHANGE_TABLE_COLUMNS)).astype("str")


def all_indicators_table(indicator_changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """List every indicator with its values.

    Args:
        indicator_changes: All changes.

    Returns:
        A row for each; a value is NaN if it is not known or is no number.
    """
    rows = [
        (
            change.comparison.title,
            f"{change.comparison.name}.{change.current.name}",
            change.current.label,
            change.current.unit,
            _numeric_value(change.previous),
            _numeric_value(change.current),
            change.numeric_difference,
            change.change_kind,
        )
        for change in indicator_changes
    ]
    number_columns = dict.fromkeys(("before", "value", "difference"), float)
    return pd.DataFrame(rows, columns=list(_COMPARISON_TABLE_COLUMNS)).astype(number_columns)


def _compare_topic_indicators(comparison: TopicComparison) -> Iterator[IndicatorChange]:
    previous_indicators = (
        {
            previous_indicator.name: previous_indicator
            for previous_indicator in comparison.previous.indicators
        }
        if comparison.previous
        else {}
    )
    for indicator in comparison.current.indicators:
        yield IndicatorChange(comparison, indicator, previous_indicators.get(indicator.name))


def _classify_missing_value(previous: Indicator, current: Indicator) -> str:
    """The kind of change to or from a missing value.

    A missing value with its own label, such as never, counts as known.
    """
    if previous.value is None and current.value is None:
        return _UNKNOWN
    missing_indicator, kind = (
        (previous, NEWLY_KNOWN) if previous.value is None else (current, NO_LONGER_KNOWN)
    )
    return kind if missing_indicator.missing_label == MISSING_LABEL else _CHANGED_OTHERWISE


def _sort_order(change: IndicatorChange) -> int:
    """Sort comparable changes first, then other changes, then those without an earlier value."""
    if not change.has_moved:
        return 2
    return 0 if change.numeric_difference is not None else 1


def _numeric_value(indicator: Indicator | None) -> float | None:
    value = None if indicator is None else indicator.value
    return None if value is None or isinstance(value, str) else float(value)
