"""Sentences on how many indicators have new data since an earlier quarter, and on the newest."""

from collections.abc import Collection, Iterator
from datetime import date

from workbook.periods import is_financial_year, last_day_of_quarter, period_end
from workbook.text.dates import format_month
from workbook.text.grammar import format_count, join_items, lower_first
from workbook.topics.quarterly_report.change_kinds import (
    CANNOT_CHANGE,
    MOVED_KINDS,
    NOT_KNOWN,
    NOT_UPDATED,
    RECALCULATED_SAME,
)
from workbook.topics.quarterly_report.indicator_changes import IndicatorChange, describe_period

_UNDATED_KINDS = (CANNOT_CHANGE, NOT_KNOWN)
"""Kinds of values that no publication can have changed."""


def new_data_sentences(
    indicator_changes: Collection[IndicatorChange], compared_quarter: str
) -> Iterator[str]:
    """Write how many values have new data that can be compared, and what became of them.

    Args:
        indicator_changes: The changes that are counted.
        compared_quarter: The quarter to compare with.

    Yields:
        A sentence, and one on the values without new data if there are any beside the others.
    """
    month = format_month(last_day_of_quarter(compared_quarter))
    moved, same, stale = (
        count_changes(indicator_changes, *kinds)
        for kinds in (MOVED_KINDS, (RECALCULATED_SAME,), (NOT_UPDATED,))
    )
    if moved + same:
        subject = format_count(moved + same, "indicator has", "indicators have", one="One")
        yield f"{subject} new comparable data since {month}: {_describe_results(moved, same)}."
        if stale:
            yield f"{stale:,} had no new data."
    elif not stale:
        is_comparable = count_changes(indicator_changes, CANNOT_CHANGE)
        verb = "could have changed" if is_comparable else "can be compared"
        yield f"No indicator {verb} since {month}."
    elif _has_no_new_data(indicator_changes):
        newest = max(_newest_periods(indicator_changes).values(), key=_data_period_end)
        yield f"No figure used here is newer than {describe_period(newest)}."
    else:
        yield f"No indicator has new comparable data since {month}."


def _describe_results(moved: int, same: int) -> str:
    """How many values changed and how many are the same, after a colon."""
    if moved + same == 1:
        return "it changed" if moved else "it is the same"
    if not moved or not same:
        return "all changed" if moved else "all are the same"
    return (
        f"{'one' if moved == 1 else moved} changed and {format_count(same, 'is', 'are')} the same"
    )


def latest_data_sentences(indicator_changes: Collection[IndicatorChange]) -> Iterator[str]:
    """Date the newest figure of each topic, if no figure has new data.

    A figure can use newer data of another topic. No date is after that of the topic's own tables.

    Args:
        indicator_changes: The changes that are counted.

    Yields:
        A sentence, or none.
    """
    if not count_changes(indicator_changes, NOT_UPDATED) or not _has_no_new_data(indicator_changes):
        return
    own_periods = {
        change.comparison.title: change.comparison.own_newest_periods.current
        for change in indicator_changes
    }
    latest = {
        title: min(period, own_periods[title] or period, key=_data_period_end)
        for title, period in _newest_periods(indicator_changes).items()
    }
    titles: dict[str, list[str]] = {}
    for title in sorted(latest, key=lambda title: _data_period_end(latest[title]), reverse=True):
        titles.setdefault(describe_period(latest[title]), []).append(lower_first(title))
    dated = [f"{period} ({join_items(names)})" for period, names in titles.items()]
    yield f"The latest figures are for {join_items(dated)}."


def _newest_periods(indicator_changes: Collection[IndicatorChange]) -> dict[str, str]:
    """The newest period of each topic's figures, by its title.

    It is that of the topic's tables where its figures rest on assumptions and earlier figures.
    """
    periods: dict[str, set[str]] = {}
    table_periods: dict[str, str] = {}
    for change in indicator_changes:
        title = change.comparison.title
        table_periods[title] = change.comparison.own_newest_periods.current
        if change.change_kind == NOT_UPDATED:
            periods.setdefault(title, set()).add(change.data_periods.current)
    return {
        title: max(periods.get(title, {table_period}), key=_data_period_end)
        for title, table_period in table_periods.items()
        if table_period or title in periods
    }


def _data_period_end(period: str) -> date:
    """The last day of a period, which can also be a financial year such as ``2013-14``."""
    return period_end(f"{int(period[:4]) + 1}-03" if is_financial_year(period) else period)


def _has_no_new_data(indicator_changes: Collection[IndicatorChange]) -> bool:
    """Whether no value and no table of the topics has data of a later period."""
    unchanged = count_changes(indicator_changes, NOT_UPDATED, *_UNDATED_KINDS)
    return unchanged == len(indicator_changes) and all(
        change.comparison.own_newest_periods.is_same for change in indicator_changes
    )


def count_changes(indicator_changes: Collection[IndicatorChange], *kinds: str) -> int:
    """Count the changes of some kinds."""
    return sum(change.change_kind in kinds for change in indicator_changes)
