"""Sentences about changes between two quarters, like for like where figures cover others."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    join_items,
)
from workbook.topics.quarterly_report.change_kinds import (
    CANNOT_CHANGE,
    FIRST_FIGURE,
    LIST_CHANGED,
    NO_FIGURE_NOW,
    NOT_KNOWN,
    NOT_UPDATED,
    RECALCULATED_SAME,
    SAME_KINDS,
)
from workbook.topics.quarterly_report.indicator_changes import (
    IndicatorChange,
    like_for_like_change,
)
from workbook.topics.quarterly_report.new_data import (
    count_changes,
    latest_data_sentences,
    new_data_sentences,
)
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison

_SAME_DESCRIPTIONS = {
    RECALCULATED_SAME: "calculated again and the same",
    NOT_UPDATED: "not updated",
    CANNOT_CHANGE: "resting on assumptions and earlier figures",
}
_OTHER_DESCRIPTIONS = {
    LIST_CHANGED: (
        "covers other services, commitments or years",
        "cover other services, commitments or years",
    ),
    FIRST_FIGURE: ("appears for the first time", "appear for the first time"),
    NO_FIGURE_NOW: ("is no longer known", "are no longer known"),
    NOT_KNOWN: ("has no figure in either quarter", "have no figure in either quarter"),
}
_SAME_NOTES = {
    RECALCULATED_SAME: "Calculated again, and the same as in {}",
    CANNOT_CHANGE: "Rests on assumptions and earlier figures, the same as in {}",
}


def describe_recent_changes(
    comparisons: Iterable[TopicComparison],
    indicator_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
) -> Iterator[str]:
    """Write what has changed since the quarter compared with, of what can be compared.

    Args:
        comparisons: Each topic's outcomes of both quarters.
        indicator_changes: All changes.
        scenario: The scenario.

    Yields:
        A sentence for each like-for-like change, for each other value that moved, and a text on
        how many have new data.
    """
    quarters = scenario.quarter, scenario.compared_quarter
    yield from like_for_like_sentences(comparisons)
    for change in indicator_changes:
        if change.has_moved:
            yield f"{change.comparison.title}: {_compare_values(change, *quarters)}"
    yield " ".join(new_data_sentences(indicator_changes, scenario.compared_quarter))


def change_notes(
    comparisons: Sequence[TopicComparison],
    indicator_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
) -> Iterator[str]:
    """Note what changed since the quarter compared with.

    Args:
        comparisons: Each topic's outcomes of both quarters.
        indicator_changes: All changes.
        scenario: The scenario.

    Yields:
        A note of one or more sentences.
    """
    yield " ".join(
        (
            *like_for_like_sentences(comparisons),
            *_like_for_like_limits(comparisons),
            *new_data_sentences(indicator_changes, scenario.compared_quarter),
            *latest_data_sentences(indicator_changes),
        )
    )


def describe_change_since(change: IndicatorChange, compared_quarter: str) -> str:
    """Write how a value changed, as shown beneath it.

    Args:
        change: The indicator in both quarters.
        compared_quarter: The quarter to compare with.

    Returns:
        The change in a few words.
    """
    kind, compared_month = change.change_kind, format_quarter_end(compared_quarter)
    if change.has_same_missing_reason:
        return f"The same in {compared_month}"
    if kind in {FIRST_FIGURE, NOT_KNOWN} or change.previous is None:
        return f"Not known in {compared_month}"
    if kind in SAME_KINDS:
        note = _SAME_NOTES.get(kind, capitalise_first(change.difference_text))
        return note.format(compared_month)
    if kind == LIST_CHANGED:
        previous_value = change.previous.formatted_value
        return change.comparison.describe_other_value(change.current.name) or (
            f"{previous_value} in {compared_month}, {change.difference_text}"
        )
    if not change.numeric_difference:
        return f"{change.previous.formatted_value} in {compared_month}"
    return f"{capitalise_first(change.difference_text)} since {compared_month}"


def format_quarter_end(quarter: str) -> str:
    """Write the month in which a quarter ends: ``June 2014``."""
    return format_month(last_day_of_quarter(quarter))


def unchanged_notes(indicator_changes: Collection[IndicatorChange]) -> Iterator[str]:
    """Note how many indicators did not change or cannot be compared, by why.

    Args:
        indicator_changes: The changes that are counted.

    Yields:
        A note of one or two sentences, if there is any such indicator.
    """
    same = [
        f"{count} {description}"
        for kind, description in _SAME_DESCRIPTIONS.items()
        if (count := count_changes(indicator_changes, kind))
    ]
    others = [
        f"{count} {choose_form(count, singular, plural)}"
        for kind, (singular, plural) in _OTHER_DESCRIPTIONS.items()
        if (count := count_changes(indicator_changes, kind))
    ]
    sentences = [f"Unchanged: {join_items(same)}."] if same else []
    if others:
        sentences.append(f"Not comparable: {join_items(others)}.")
    if sentences:
        yield " ".join(sentences)


def like_for_like_sentences(comparisons: Iterable[TopicComparison]) -> Iterator[str]:
    """Write each like-for-like change.

    Args:
        comparisons: The topics' outcomes of both quarters.

    Yields:
        A sentence for each topic that declares such an indicator and knows it.
    """
    for comparison in comparisons:
        declared, outcome = comparison.section.like_for_like, comparison.like_for_like
        if declared and outcome and like_for_like_change(comparison):
            yield declared.describe(outcome)


def _like_for_like_limits(comparisons: Iterable[TopicComparison]) -> Iterator[str]:
    """Write what limits each like-for-like change."""
    for comparison in comparisons:
        declared, outcome, previous = (
            comparison.section.like_for_like,
            comparison.like_for_like,
            comparison.previous,
        )
        if declared and outcome and previous and like_for_like_change(comparison):
            yield from declared.describe_limits(previous, comparison.current, outcome)


def _compare_values(change: IndicatorChange, quarter: str, compared_quarter: str) -> str:
    """The value in both quarters and the difference, in a sentence.

    A value whose note differs between the quarters, such as the day of a list, is dated by it.
    """
    indicators = (change.previous, change.current)
    notes = [indicator.note if indicator else "" for indicator in indicators]
    quarters = (compared_quarter, quarter)
    dates = (
        [f"({note})" for note in notes]
        if all(notes) and notes[0] != notes[1]
        else [f"in {format_quarter_end(value_quarter)}" for value_quarter in quarters]
    )
    values = [
        f"{indicator.formatted_value if indicator else ''} {date}"
        for indicator, date in zip(indicators, dates, strict=True)
    ]
    return f"{change.current.label}: {' and '.join(values)}, {change.difference_text}."
