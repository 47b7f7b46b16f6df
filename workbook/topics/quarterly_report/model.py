"""The quarterly report: every topic's answer, what changed, and what was printed, checked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from workbook.claims.verdict import NOT_CHECKABLE, NOT_REPRODUCED, ClaimVerdict
from workbook.outcome import Direction, Indicator, Outcome
from workbook.result_table import Column, ResultTable
from workbook.topics.quarterly_report import indicator_changes, narrative, published_figures
from workbook.topics.quarterly_report.columns import REPORT_COLUMNS
from workbook.topics.quarterly_report.indicator_changes import IndicatorChange
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import (
    REPORTED_CHARTS,
    TopicComparison,
    compare_topics,
)

_KEY_INDICATOR_COUNT = 3
"""Indicators of each topic that the report repeats: the first."""


def evaluate_quarterly_report(
    tables: Mapping[str, pd.DataFrame],
    scenario: QuarterlyReport,
    outcomes: Mapping[str, Outcome],
    titles: Mapping[str, str],
) -> Outcome:
    """Outcome of a quarter's report, from the topics' outcomes of both quarters.

    ``titles`` are those of the topics that are told, by their names.
    Raises ScenarioError where a topic has nothing for the quarter.
    """
    comparisons, claim_verdicts = (
        compare_topics(outcomes, titles),
        published_figures.check_quarter_claims(tables),
    )
    all_changes, compared_quarter = (
        indicator_changes.compare_indicators(comparisons),
        scenario.compared_quarter,
    )
    verdict_counts = VerdictCounts.from_verdicts(claim_verdicts)
    return Outcome(
        scenario=scenario,
        headline=narrative.write_report_headline(all_changes, scenario, verdict_counts),
        indicators=(
            *_report_indicators(all_changes, verdict_counts),
            *_topic_indicators(comparisons, all_changes, compared_quarter),
        ),
        tables=(
            *_change_tables(comparisons, all_changes, scenario),
            *_claim_tables(claim_verdicts),
            *(each.current.table(REPORTED_CHARTS[each.name]) for each in comparisons),
        ),
        notes=tuple(
            narrative.topic_headlines(
                comparisons, compared_quarter, published_figures.claim_sources(tables)
            )
        ),
        part_outcomes={
            comparison.name: replace(
                comparison.current,
                notes=tuple(
                    narrative.topic_notes(
                        comparison, all_changes, scenario.quarter, compared_quarter
                    )
                ),
                parameter_warnings=(),
            )
            for comparison in comparisons
        },
    )


def _report_indicators(
    all_changes: Collection[IndicatorChange], verdict_counts: VerdictCounts
) -> Iterator[Indicator]:
    """How many indicators changed, and what came of the printed figures."""
    changed_count = sum(change.has_moved for change in all_changes)
    yield Indicator("indicators_changed", "Indicators that changed", "count", changed_count)
    missing_reason = (
        "" if sum(verdict_counts.counts.values()) else "no report had been printed by then"
    )
    repeated_note = (
        f"{verdict_counts.repeated_count} of them only as printed elsewhere in the report"
    )
    definitions: dict[str, tuple[str, int, str, Direction]] = {
        "reproduced": (
            "that hold",
            verdict_counts.reproduced_count,
            repeated_note if verdict_counts.repeated_count else "",
            "",
        ),
        "not_reproduced": ("that do not", verdict_counts.counts[NOT_REPRODUCED], "", "lower"),
        "not_checkable": (
            "that cannot be checked",
            verdict_counts.counts[NOT_CHECKABLE],
            "",
            "lower",
        ),
    }
    for name, (label, count, note, better) in definitions.items():
        value = None if missing_reason else count
        yield Indicator(
            f"claims_{name}",
            f"Printed figures {label}",
            "count",
            value,
            reason=missing_reason or note,
            direction=better,
        )


def _topic_indicators(
    comparisons: Sequence[TopicComparison],
    all_changes: Collection[IndicatorChange],
    compared_quarter: str,
) -> Iterator[Indicator]:
    """The first indicators of each topic, each with how it has moved."""
    for comparison in comparisons:
        for change in [
            change for change in all_changes if change.comparison.name == comparison.name
        ][:_KEY_INDICATOR_COUNT]:
            notes = [
                change.current.reason,
                narrative.describe_change_since(change, compared_quarter),
            ]
            yield replace(
                change.current,
                name=f"{comparison.name}.{change.current.name}",
                reason="; ".join(filter(None, notes)),
            )


def _change_tables(
    comparisons: Sequence[TopicComparison],
    all_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
) -> Iterator[ResultTable]:
    """What has changed since the quarter compared with."""
    quarter_columns = {
        "then": Column(f"In {scenario.compared_quarter}"),
        "now": Column(f"In {scenario.quarter}"),
    }
    yield ResultTable(
        "changes",
        "Indicators that changed, or are known for the first time",
        indicator_changes.changed_indicators_table(
            [*filter(None, map(indicator_changes.like_for_like_change, comparisons)), *all_changes]
        ),
        REPORT_COLUMNS | quarter_columns,
    )
    yield ResultTable(
        "compared",
        "Every indicator, then and now",
        indicator_changes.all_indicators_table(all_changes),
        REPORT_COLUMNS,
    )


def _claim_tables(claim_verdicts: Sequence[ClaimVerdict]) -> Iterator[ResultTable]:
    """What came of checking the published figures."""
    yield ResultTable(
        "refuted",
        "Figures that do not come out as printed",
        published_figures.not_reproduced_table(claim_verdicts),
        REPORT_COLUMNS,
    )
    yield ResultTable(
        "sections",
        "What came of the printed figures, section by section",
        published_figures.verdicts_by_section(claim_verdicts),
        REPORT_COLUMNS,
    )
    yield ResultTable(
        "claims",
        "Every printed figure, and what came of checking it",
        published_figures.claims_table(claim_verdicts),
        REPORT_COLUMNS | {"verdict": Column("Verdict")},
    )
