"""Sentences of the quarterly report: the headline, and the notes for each topic."""

from collections.abc import Collection, Iterator, Sequence

from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    PLAN_NOT_MET,
    WITHIN_REVISIONS,
)
from workbook.text.grammar import capitalise_first, choose_form, format_count, join_items
from workbook.topics.quarterly_report.indicator_changes import (
    MOVED_KINDS,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    UNCHANGED,
    IndicatorChange,
    like_for_like_change,
)
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison


def write_report_headline(
    indicator_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
    verdict_counts: VerdictCounts,
) -> str:
    """Write how many indicators changed and how many published figures are contradicted.

    Args:
        indicator_changes: All changes.
        scenario: The scenario.
        verdict_counts: Number of claims by verdict.

    Returns:
        One or two sentences.
    """
    return (
        f"{_summarise_changes(indicator_changes, scenario.quarter, scenario.compared_quarter)}"
        f" {_summarise_claims(verdict_counts)}"
    )


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
            f"There is nothing from {compared_quarter} to compare with for"
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
    if like_for_like := like_for_like_change(comparison):
        previous_text = like_for_like.previous.formatted_value if like_for_like.previous else ""
        yield (
            f"{like_for_like.current.label}: {previous_text} in {compared_quarter} and"
            f" {like_for_like.current.formatted_value} in {quarter},"
            f" {like_for_like.difference_text}."
        )
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
    if change.change_kind == NEWLY_KNOWN or change.previous is None:
        return f"Not known in {compared_quarter}"
    if change.change_kind == UNCHANGED:
        return f"Same as in {compared_quarter}"
    if not change.comparison.comparable:
        incomparable_text = change.comparison.incomparable_text
        return f"{change.previous.formatted_value} in {compared_quarter}, {incomparable_text}"
    change_text = (
        f"{change.difference_text} since {compared_quarter}" if change.numeric_difference else ""
    )
    return (
        capitalise_first(change_text) or f"{change.previous.formatted_value} in {compared_quarter}"
    )


def _summarise_topic_changes(
    topic_changes: Sequence[IndicatorChange], compared_quarter: str
) -> str:
    """Write how many of a topic's indicators changed and how many are new."""
    changed, new = (
        _count_changes(topic_changes, *MOVED_KINDS),
        _count_changes(topic_changes, NEWLY_KNOWN),
    )
    if not changed and not new:
        return (
            f"None of the {len(topic_changes)} indicators has changed since {compared_quarter}."
            " Nothing they rest on was published in between."
        )
    others = f" {format_count(new, 'more is', 'more are')} known for the first time." if new else ""
    changed_text = f"{changed or 'None'} of the {len(topic_changes)} indicators"
    return f"{changed_text} {choose_form(changed, 'has', 'have')} changed.{others}"


def _summarise_changes(
    indicator_changes: Collection[IndicatorChange], quarter: str, compared_quarter: str
) -> str:
    comparable_count = _count_changes(indicator_changes, *MOVED_KINDS, UNCHANGED)
    changed, new, gone = (
        _count_changes(indicator_changes, *MOVED_KINDS),
        _count_changes(indicator_changes, NEWLY_KNOWN),
        _count_changes(indicator_changes, NO_LONGER_KNOWN),
    )
    if not changed + new + gone:
        return (
            f"Nothing has changed since {compared_quarter}, because nothing was published in"
            " between."
        )
    others = [
        f"{count} {more}{choose_form(count, 'is', 'are')} {status}"
        for count, more, status in (
            (new, "more ", "known for the first time"),
            (gone, "", "no longer known"),
        )
        if count
    ]
    opening = (
        f"In {quarter}, {changed or 'none'} of {comparable_count} indicators"
        f" {choose_form(changed, 'has', 'have')} changed since {compared_quarter}."
    )
    return f"{opening} {capitalise_first(join_items(others))}." if others else opening


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
