"""Sentences of the quarterly report: the headline, and the notes for each topic."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    PLAN_NOT_MET,
)
from workbook.department_figures import write_departments
from workbook.scenario import split_list
from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    format_count,
    join_items,
    lower_first,
)
from workbook.topics.quarterly_report.change_narrative import (
    format_quarter_end,
    like_for_like_sentences,
    unchanged_notes,
)
from workbook.topics.quarterly_report.indicator_changes import IndicatorChange
from workbook.topics.quarterly_report.new_data import new_data_sentences
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import NOT_BY_DEPARTMENT, VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison


def write_report_headline(
    comparisons: Sequence[TopicComparison],
    indicator_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
    verdict_counts: VerdictCounts,
) -> str:
    """Write the result of the checks and what changed, in at most 35 words.

    The counts of the published figures add up to all of them.

    Args:
        comparisons: The outcomes of both quarters of each topic that has figures.
        indicator_changes: All changes.
        scenario: The scenario.
        verdict_counts: Number of claims by verdict and by finding.

    Returns:
        A text on the published figures, if there are any, and one on the first like-for-like
        change, or on the indicators where there is none. The notes have the rest. For departments
        it names them, and the first topic's answer stands where there is no change.
    """
    if scenario.department:
        headlines = (comparison.current.headline for comparison in comparisons)
        answer = next(chain(like_for_like_sentences(comparisons), headlines))
        if write_departments(scenario.department).casefold() in answer.casefold():
            return answer
        return f"{join_items(split_list(scenario.department))}: {lower_first(answer)}"
    change_text = next(
        chain(
            like_for_like_sentences(comparisons),
            new_data_sentences(indicator_changes, scenario.compared_quarter),
        )
    )
    if not verdict_counts.total:
        return f"{change_text} No report with figures to check had been published by then."
    return f"{_summarise_claims(verdict_counts)} {change_text}"


def department_notes(
    comparisons: Iterable[TopicComparison], scenario: QuarterlyReport
) -> Iterator[str]:
    """Note what a report on departments leaves out.

    Args:
        comparisons: The topics' outcomes of both quarters.
        scenario: The scenario.

    Yields:
        A note on the topics without figures for the departments, and one on the published figures.
    """
    if not scenario.department:
        return
    if titles := [part.title for part in comparisons if not part.has_figures]:
        verb = choose_form(len(titles), "has", "have")
        yield (
            f"{join_items(titles)} {verb} no figures for {write_departments(scenario.department)}."
        )
    yield capitalise_first(NOT_BY_DEPARTMENT)


def coverage_notes(
    comparisons: Iterable[TopicComparison], compared_quarter: str, reports: str
) -> Iterator[str]:
    """Note which topics have nothing to compare with, and which reports are checked.

    Args:
        comparisons: The topics' outcomes of both quarters.
        compared_quarter: The quarter to compare with.
        reports: Titles of the checked reports; empty if there is none.

    Yields:
        A note of one sentence.
    """
    if topics_without_previous := [part.title for part in comparisons if part.previous is None]:
        yield (
            f"{join_items(topics_without_previous)}"
            f" {choose_form(len(topics_without_previous), 'has', 'have')} no figures for"
            f" {format_quarter_end(compared_quarter)} to compare with."
        )
    if reports:
        yield f"Figures checked: {reports}."


def topic_notes(
    comparison: TopicComparison,
    indicator_changes: Collection[IndicatorChange],
    compared_quarter: str,
) -> Iterator[str]:
    """Write a topic's headline, what changed in it, and its own notes.

    Args:
        comparison: The topic's outcomes of both quarters.
        indicator_changes: All changes.
        compared_quarter: The quarter to compare with.

    Yields:
        A note of one or more sentences: the headline first, the count of changes last. A topic
        without figures for the departments has one line.
    """
    if not comparison.has_figures:
        yield f"{capitalise_first(comparison.current.no_figures_reason)}."
        yield from comparison.current.warnings_and_notes
        return
    yield comparison.current.headline
    yield from like_for_like_sentences([comparison])
    if comparison.previous is not None:
        yield from comparison.section.describe_changes(
            comparison.previous, comparison.current, compared_quarter
        )
    yield from comparison.current.warnings_and_notes
    topic_changes = [
        change for change in indicator_changes if change.comparison.name == comparison.name
    ]
    yield " ".join(
        (*new_data_sentences(topic_changes, compared_quarter), *unchanged_notes(topic_changes))
    )


def _summarise_claims(verdict_counts: VerdictCounts) -> str:
    """Write how many published figures have each finding: the counts add up to all figures."""
    kinds = verdict_counts.kinds
    findings = {
        "unsettled": verdict_counts.unsettled_count,
        "confirmed": kinds[CONFIRMED],
        "only consistent": kinds[CONSISTENT],
        "contradicted": kinds[CONTRADICTED],
    }
    counts = [f"{count or 'none'} {finding}" for finding, count in findings.items()]
    if plans := kinds[PLAN_NOT_MET]:
        counts.append(f"{plans} not met")
    return f"{format_count(verdict_counts.total, 'published figure')}: {', '.join(counts)}."
