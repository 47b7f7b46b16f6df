"""Sentences of the quarterly report: the headline, and the notes for each topic."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    PLAN_NOT_MET,
    WITHIN_REVISIONS,
)
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first, choose_form, format_count, join_items
from workbook.topics.quarterly_report.change_kinds import (
    CANNOT_CHANGE,
    FIRST_FIGURE,
    LIST_CHANGED,
    MEASURED_SAME,
    MOVED_KINDS,
    NO_FIGURE_NOW,
    NOT_KNOWN,
    NOT_UPDATED,
    SAME_KINDS,
)
from workbook.topics.quarterly_report.indicator_changes import (
    IndicatorChange,
    like_for_like_change,
)
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison

_SAME_DESCRIPTIONS = {
    MEASURED_SAME: "measured again and the same",
    NOT_UPDATED: "not updated",
    CANNOT_CHANGE: "resting on assumptions alone",
}
_OTHER_DESCRIPTIONS = {
    LIST_CHANGED: (
        "covers other services or commitments",
        "cover other services or commitments",
    ),
    FIRST_FIGURE: ("appears for the first time", "appear for the first time"),
    NO_FIGURE_NOW: ("is no longer known", "are no longer known"),
}
_SAME_NOTES = {
    MEASURED_SAME: "Measured again, and the same as in {}",
    CANNOT_CHANGE: "Rests on assumptions alone, the same as in {}",
}


def write_report_headline(
    comparisons: Iterable[TopicComparison],
    indicator_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
    verdict_counts: VerdictCounts,
) -> str:
    """Write what changed, and how many published figures are contradicted.

    Args:
        comparisons: Each topic's outcomes of both quarters.
        indicator_changes: All changes.
        scenario: The scenario.
        verdict_counts: Number of claims by verdict.

    Returns:
        A sentence on the indicators, one on each like-for-like change, and one or two on the
        published figures.
    """
    quarter, compared_quarter = scenario.quarter, scenario.compared_quarter
    counted_changes = (
        f"In the quarter to {format_quarter_end(quarter)}, {_count_moved(indicator_changes)} since"
        f" {format_quarter_end(compared_quarter)}."
    )
    like_for_like = _like_for_like_sentences(comparisons, quarter, compared_quarter)
    return " ".join((counted_changes, *like_for_like, _summarise_claims(verdict_counts)))


def unchanged_notes(indicator_changes: Collection[IndicatorChange]) -> Iterator[str]:
    """Note how many indicators did not change or cannot be compared, by why.

    Args:
        indicator_changes: All changes.

    Yields:
        A note of one or two sentences, if there is any such indicator.
    """
    if note := _count_others(indicator_changes).strip():
        yield note


def topic_headlines(
    comparisons: Sequence[TopicComparison], compared_quarter: str, reports: str
) -> Iterator[str]:
    """Write each topic's headline, which topics are new, and which reports are checked.

    Args:
        comparisons: The topics' outcomes of both quarters.
        compared_quarter: The quarter to compare with.
        reports: Titles of the checked reports; empty if there is none.

    Yields:
        A note of one or two sentences.
    """
    for comparison in comparisons:
        yield f"{comparison.title}: {comparison.current.headline}"
    if topics_without_previous := [part.title for part in comparisons if part.previous is None]:
        yield (
            f"There is nothing from {format_quarter_end(compared_quarter)} to compare with for"
            f" {join_items(topics_without_previous)}."
        )
    if reports:
        yield f"Figures checked: {reports}."


def topic_notes(
    comparison: TopicComparison,
    indicator_changes: Collection[IndicatorChange],
    quarter: str,
    compared_quarter: str,
) -> Iterator[str]:
    """Write what changed in a topic, and its own notes.

    Args:
        comparison: The topic's outcomes of both quarters.
        indicator_changes: All changes.
        quarter: The quarter of the report.
        compared_quarter: The quarter to compare with.

    Yields:
        A note of one or two sentences.
    """
    yield _summarise_topic_changes(
        [change for change in indicator_changes if change.comparison.name == comparison.name],
        compared_quarter,
    )
    yield from _like_for_like_sentences([comparison], quarter, compared_quarter)
    if comparison.previous is not None:
        yield from comparison.section.describe_changes(
            comparison.previous, comparison.current, compared_quarter
        )
    yield from comparison.current.warnings_and_notes


def describe_change_since(change: IndicatorChange, compared_quarter: str) -> str:
    """Write how a value changed, as shown beneath it.

    Args:
        change: The indicator in both quarters.
        compared_quarter: The quarter to compare with.

    Returns:
        The change in a few words.
    """
    kind, compared_month = change.change_kind, format_quarter_end(compared_quarter)
    if kind in {FIRST_FIGURE, NOT_KNOWN} or change.previous is None:
        return f"Not known in {compared_month}"
    if kind in SAME_KINDS:
        note = _SAME_NOTES.get(kind, capitalise_first(change.difference_text))
        return note.format(compared_month)
    if kind == LIST_CHANGED:
        previous_value = change.previous.formatted_value
        return f"{previous_value} in {compared_month}, {change.difference_text}"
    if not change.numeric_difference:
        return f"{change.previous.formatted_value} in {compared_month}"
    return f"{capitalise_first(change.difference_text)} since {compared_month}"


def format_quarter_end(quarter: str) -> str:
    """Write the month in which a quarter ends: ``June 2014``."""
    return format_month(last_day_of_quarter(quarter))


def _summarise_topic_changes(
    topic_changes: Sequence[IndicatorChange], compared_quarter: str
) -> str:
    """Write how many of a topic's indicators changed, and what became of the others."""
    return (
        f"{capitalise_first(_count_moved(topic_changes))} since"
        f" {format_quarter_end(compared_quarter)}."
        f"{_count_others(topic_changes)}"
    )


def _like_for_like_sentences(
    comparisons: Iterable[TopicComparison], quarter: str, compared_quarter: str
) -> Iterator[str]:
    for change in filter(None, map(like_for_like_change, comparisons)):
        previous_text = change.previous.formatted_value if change.previous else ""
        yield (
            f"{change.current.label}: {previous_text} in {format_quarter_end(compared_quarter)} and"
            f" {change.current.formatted_value} in {format_quarter_end(quarter)},"
            f" {change.difference_text}."
        )


def _count_moved(indicator_changes: Collection[IndicatorChange]) -> str:
    """How many values changed, of those that are known in both quarters and cover the same."""
    comparable = _count_changes(indicator_changes, *MOVED_KINDS, *SAME_KINDS)
    if not comparable:
        return "no indicator can be compared"
    moved = _count_changes(indicator_changes, *MOVED_KINDS)
    if comparable == 1:
        return f"the one comparable indicator has {'changed' if moved else 'not changed'}"
    return (
        f"{moved or 'none'} of {comparable} comparable indicators"
        f" {'have' if moved > 1 else 'has'} changed"
    )


def _count_others(indicator_changes: Collection[IndicatorChange]) -> str:
    """The values that did not change by kind, and those that cannot be compared, in sentences."""
    same = [
        f"{count} {description}"
        for kind, description in _SAME_DESCRIPTIONS.items()
        if (count := _count_changes(indicator_changes, kind))
    ]
    others = [
        f"{count} {choose_form(count, singular, plural)}"
        for kind, (singular, plural) in _OTHER_DESCRIPTIONS.items()
        if (count := _count_changes(indicator_changes, kind))
    ]
    sentences = [f"Unchanged: {join_items(same)}."] if same else []
    if others:
        sentences.append(f"Not comparable: {join_items(others)}.")
    return "".join(f" {sentence}" for sentence in sentences)


def _summarise_claims(verdict_counts: VerdictCounts) -> str:
    """Write how many published figures are confirmed, consistent and contradicted."""
    kinds = verdict_counts.kinds
    if not verdict_counts.total:
        return "No report with figures to check had been published by then."
    confirmed, consistent, contradicted = (
        format_count(kinds[kind], "is", "are", none="none")
        for kind in (CONFIRMED, CONSISTENT, CONTRADICTED)
    )
    unchecked = kinds[NOT_CHECKABLE] + kinds[WITHIN_REVISIONS]
    plans = kinds[PLAN_NOT_MET]
    plan_sentence = f" {format_count(plans, 'plan was', 'plans were')} not met." if plans else ""
    return (
        f"Of the {verdict_counts.total} published figures, {confirmed} confirmed by other data,"
        f" {consistent} only consistent within the report and {contradicted} contradicted."
        f" {unchecked or 'None'} cannot be checked.{plan_sentence}"
    )


def _count_changes(indicator_changes: Collection[IndicatorChange], *kinds: str) -> int:
    return sum(change.change_kind in kinds for change in indicator_changes)
