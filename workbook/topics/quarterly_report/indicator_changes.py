"""Changes of indicators between two quarters, and their result tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbook.indicators import Indicator
from workbook.periods import is_day, is_month
from workbook.text.dates import format_month
from workbook.text.numbers import format_difference, format_value
from workbook.topics.quarterly_report.change_kinds import (
    FALLEN,
    LIST_CHANGED,
    LISTED_KINDS,
    MOVED_KINDS,
    NOT_UPDATED,
    RISEN,
    DataPeriods,
    classify_change,
)
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
    "as_of",
)


@dataclass(frozen=True, eq=False)
class IndicatorChange:
    """An indicator of a topic now, and in the quarter compared with if it was there."""

    comparison: TopicComparison
    current: Indicator
    previous: Indicator | None
    is_like_for_like: bool = False

    @cached_property
    def change_kind(self) -> str:
        """The kind of change, one of those in ``change_kinds``."""
        has_other_list = not self.is_like_for_like and self.comparison.has_other_list(
            self.current.name
        )
        return classify_change(
            self.previous, self.current, self.data_periods, has_other_list=has_other_list
        )

    @property
    def data_periods(self) -> DataPeriods:
        """The newest period of the data behind the value in both quarters."""
        previous_as_of = None if self.previous is None else self.previous.as_of
        topic_periods = self.comparison.newest_periods
        return DataPeriods(
            topic_periods.previous if previous_as_of is None else previous_as_of,
            topic_periods.current if self.current.as_of is None else self.current.as_of,
        )

    @property
    def has_same_missing_reason(self) -> bool:
        """Whether the value is missing in both quarters for the same reason."""
        previous = self.previous
        return (
            previous is not None
            and previous.value is None
            and self.current.value is None
            and previous.missing_reason == self.current.missing_reason
        )

    @property
    def has_moved(self) -> bool:
        """Whether the value is known in both quarters, covers the same, and has changed."""
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
        is_comparable = self.change_kind != LIST_CHANGED
        return float(current_value - previous_value) if is_comparable else None

    @property
    def difference_text(self) -> str:
        """The difference as readers see it, or the kind of change if there is no number."""
        if self.change_kind == LIST_CHANGED:
            return self.comparison.describe_other_list(self.current.name)
        if self.change_kind == NOT_UPDATED:
            return f"not updated since {describe_period(self.data_periods.current)}"
        difference = self.numeric_difference
        if difference is None or not self.has_moved:
            return self.change_kind
        if self.previous and self.previous.formatted_value == self.current.formatted_value:
            return f"{'up' if difference > 0 else 'down'} by less than is shown"
        return describe_difference(difference, self.current.unit)

    @property
    def direction_verdict(self) -> str:
        """``better`` or ``worse``; empty if the indicator has no direction or is not comparable."""
        better_kind = {"higher": RISEN, "lower": FALLEN}.get(self.current.direction)
        if not better_kind or self.numeric_difference is None or not self.has_moved:
            return ""
        if self.current.name in self.comparison.section.unjudged_indicators:
            return ""
        return "better" if self.change_kind == better_kind else "worse"


def describe_period(period: str) -> str:
    """Write a month or a day as its month, any other period as it is."""
    return format_month(period) if is_month(period) or is_day(period) else period


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
    return IndicatorChange(comparison, current, previous, is_like_for_like=True)


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
        A row of texts for each: comparable changes first, then values that cover another list,
        then first figures and those that are no longer known.
    """
    changed = [change for change in indicator_changes if change.change_kind in LISTED_KINDS]
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
        A row for each; a value is NaN if it is not known or is no number. ``as_of`` is the newest
        period of the data behind it, missing if it rests on assumptions alone.
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
            change.data_periods.current or None,
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


def _sort_order(change: IndicatorChange) -> int:
    """Sort comparable changes first, then values of other lists, then first and last figures."""
    if change.has_moved:
        return 0
    return 1 if change.change_kind == LIST_CHANGED else 2


def _numeric_value(indicator: Indicator | None) -> float | None:
    value = None if indicator is None else indicator.value
    return None if value is None or isinstance(value, str) else float(value)
