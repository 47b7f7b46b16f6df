"""The report's indicators: its own, and those of each topic's section with how they changed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    PLAN_NOT_MET,
    WITHIN_REVISIONS,
)
from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.text.grammar import format_count, lower_first
from workbook.topics.quarterly_report import change_narrative
from workbook.topics.quarterly_report.change_kinds import MOVED_KINDS, RECALCULATED_SAME
from workbook.topics.quarterly_report.indicator_changes import IndicatorChange
from workbook.topics.quarterly_report.new_data import count_changes
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import NOT_BY_DEPARTMENT, VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison
from workbook.topics.quarterly_report.topic_sections import TopicSection

REPORT_INDICATORS = (
    IndicatorDefinition("indicators_changed", "Indicators that changed", "count"),
    IndicatorDefinition("claims_confirmed", "Figures confirmed by other data", "count"),
    IndicatorDefinition(
        "claims_consistent", "Figures consistent with the report’s own figures", "count"
    ),
    IndicatorDefinition("claims_contradicted", "Figures contradicted", "count", "lower"),
    IndicatorDefinition("claims_reproduced", "Figures reproduced", "count"),
    IndicatorDefinition("claims_not_reproduced", "Figures not reproduced", "count", "lower"),
    IndicatorDefinition("claims_not_checkable", "Figures with neither result", "count", "lower"),
    IndicatorDefinition(
        "claims_unsettled", "Figures not checkable or within revisions", "count", "lower"
    ),
)


def key_indicator_definitions(sections: Iterable[TopicSection]) -> Iterator[IndicatorDefinition]:
    """Definitions of the indicators that the sections show, named ``TOPIC.INDICATOR``.

    Args:
        sections: The sections of the report.

    Yields:
        A definition for each indicator, section by section.
    """
    for section in sections:
        for definition in section.definitions:
            yield replace(definition, name=f"{section.name}.{definition.name}")


def report_indicators(
    all_changes: Collection[IndicatorChange],
    verdict_counts: VerdictCounts,
    scenario: QuarterlyReport,
) -> tuple[Indicator, ...]:
    """Build the report's own indicators.

    Args:
        all_changes: Every indicator of every topic, with its previous value.
        verdict_counts: How many published figures came to each verdict and finding.
        scenario: The scenario.
    """
    no_counts_reason = (
        NOT_BY_DEPARTMENT.rstrip(".")
        if scenario.department
        else "no report had been published by then"
    )
    verdicts, kinds = verdict_counts.verdicts, verdict_counts.kinds
    counts = {
        "claims_confirmed": kinds[CONFIRMED],
        "claims_consistent": kinds[CONSISTENT],
        "claims_contradicted": kinds[CONTRADICTED],
        "claims_reproduced": verdict_counts.reproduced_count,
        "claims_not_reproduced": verdicts[NOT_REPRODUCED],
        "claims_not_checkable": verdicts[NOT_CHECKABLE],
        "claims_unsettled": verdict_counts.unsettled_count,
    }
    return build_indicators(
        REPORT_INDICATORS,
        {
            "indicators_changed": sum(change.has_moved for change in all_changes),
            **(counts if verdict_counts.total else dict.fromkeys(counts)),
        },
        missing_reasons=dict.fromkeys(counts, no_counts_reason),
        notes={
            "indicators_changed": (
                f"of {count_changes(all_changes, *MOVED_KINDS, RECALCULATED_SAME)} with new"
                f" comparable data, among {format_count(len(all_changes), 'indicator')};"
                " like-for-like changes are not among them"
            ),
            **_claim_notes(verdict_counts),
        },
    )


def _claim_notes(verdict_counts: VerdictCounts) -> dict[str, str]:
    """Say what the counts contain, where it is not plain from their names."""
    contradicted, plans, revisions = (
        verdict_counts.kinds[kind] for kind in (CONTRADICTED, PLAN_NOT_MET, WITHIN_REVISIONS)
    )
    undefined = verdict_counts.verdicts[NOT_REPRODUCED] - contradicted - plans
    distinct_plans = verdict_counts.distinct_plans_not_met
    plan_note = (
        f"{format_count(plans, 'is a plan', 'are plans')} not met"
        if distinct_plans == plans
        else f"{plans} state {format_count(distinct_plans, 'plan', one='one')} not met"
    )
    revision_note = f"{format_count(revisions, 'lies', 'lie')} within revisions of the data"
    undefined_note = f"{format_count(undefined, 'is', 'are')} not defined by the report"
    other_notes = [plan_note] * bool(plans) + [undefined_note] * bool(undefined)
    return {
        **({"claims_not_reproduced": "; ".join(other_notes)} if other_notes else {}),
        **({"claims_unsettled": revision_note} if revisions else {}),
    }


def left_out_indicators(
    comparisons: Iterable[TopicComparison], scenario: QuarterlyReport
) -> frozenset[str]:
    """Names of the indicators that a report on departments leaves out.

    Args:
        comparisons: The topics of the report.
        scenario: The scenario.

    Returns:
        Those that the topics leave out, and for departments the report's own counts.
    """
    topical = {
        f"{comparison.name}.{name}"
        for comparison in comparisons
        for name in comparison.section.indicators
        if name in comparison.current.left_out
    }
    counts = {definition.name for definition in REPORT_INDICATORS}
    return frozenset(topical | counts if scenario.department else topical)


def key_indicators(
    comparisons: Iterable[TopicComparison],
    all_changes: Iterable[IndicatorChange],
    compared_quarter: str,
) -> Iterator[Indicator]:
    """The indicators that each section shows, each with a note on how it has changed.

    Args:
        comparisons: The topics of the report.
        all_changes: Every indicator of every topic, with its previous value.
        compared_quarter: The quarter that the report compares with.

    Yields:
        The indicator, named ``TOPIC.INDICATOR``.
    """
    changes = {(change.comparison.name, change.current.name): change for change in all_changes}
    for comparison in comparisons:
        for name in comparison.section.indicators:
            if not comparison.has_figures:
                yield replace(comparison.current[name], name=f"{comparison.name}.{name}")
                continue
            change = changes[comparison.name, name]
            note = change_narrative.describe_change_since(change, compared_quarter)
            if change.current.explanation:
                note = lower_first(note)
            if change.current.note:
                note = f"{change.current.note}; {note}"
            yield replace(
                change.current,
                name=f"{comparison.name}.{name}",
                note=note,
            )
