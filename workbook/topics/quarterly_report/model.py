"""Model of the quarterly report: each topic's results, their changes, and the checked claims."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from workbook.claims.verdict import ClaimVerdict
from workbook.departments import department_of_2014
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import DEPARTMENT_PARAMETER
from workbook.topics.quarterly_report import (
    bodies,
    indicator_changes,
    narrative,
    published_figures,
)
from workbook.topics.quarterly_report.change_narrative import (
    change_notes,
    describe_recent_changes,
    format_quarter_end,
    unchanged_notes,
)
from workbook.topics.quarterly_report.columns import REPORT_COLUMNS
from workbook.topics.quarterly_report.finding_notes import finding_notes
from workbook.topics.quarterly_report.indicator_changes import IndicatorChange
from workbook.topics.quarterly_report.indicators import (
    key_indicators,
    left_out_indicators,
    report_indicators,
)
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.published_figures import NOT_BY_DEPARTMENT, VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison, compare_topics
from workbook.topics.quarterly_report.topic_sections import TopicSection


def evaluate_quarterly_report(
    tables: Mapping[str, pd.DataFrame],
    scenario: QuarterlyReport,
    outcomes: Mapping[str, Outcome],
    sections: Sequence[TopicSection],
) -> Outcome:
    """Evaluate a quarter's report from the topics' outcomes of both quarters.

    Args:
        tables: The tables of published claims and facts, and those of the topics.
        scenario: The quarter, and the one that it is compared with.
        outcomes: The topics' outcomes of both quarters, by the names of the dependencies.
        sections: The topics that are reported on, in order.

    Returns:
        The report's outcome, with the topics' outcomes as its parts.

    Raises:
        ScenarioError: A topic that is required knows nothing of the quarter.
    """
    all_topics = compare_topics(outcomes, sections, tables, scenario)
    comparisons = [comparison for comparison in all_topics if comparison.has_figures]
    all_changes = indicator_changes.compare_indicators(comparisons)
    compared_quarter = scenario.compared_quarter
    claim_verdicts = (
        []  # the claims are of all of government
        if scenario.department
        else published_figures.check_quarter_claims(tables, scenario.quarter)
    )
    verdict_counts = VerdictCounts.from_verdicts(claim_verdicts)
    indicators = (
        *report_indicators(all_changes, verdict_counts, scenario),
        *key_indicators(all_topics, all_changes, compared_quarter),
    )
    return Outcome(
        scenario=scenario,
        headline=narrative.write_report_headline(
            comparisons, all_changes, scenario, verdict_counts
        ),
        indicators=indicators,
        left_out=left_out_indicators(all_topics, scenario),
        tables=(
            bodies.bodies_table(comparisons),
            *_change_tables(comparisons, all_changes, scenario),
            *_claim_tables(claim_verdicts, tables, scenario),
            *_section_tables(all_topics, sections),
        ),
        notes=(
            *narrative.department_notes(all_topics, scenario),
            *change_notes(comparisons, all_changes, scenario),
            *finding_notes(claim_verdicts),
            *unchanged_notes(all_changes),
            *narrative.coverage_notes(
                comparisons,
                compared_quarter,
                "" if scenario.department else published_figures.claim_sources(tables),
            ),
        ),
        parameter_options={DEPARTMENT_PARAMETER: _department_options(all_topics)},
        recent_changes=tuple(describe_recent_changes(comparisons, all_changes, scenario)),
        part_outcomes={
            comparison.name: replace(
                comparison.current,
                notes=tuple(narrative.topic_notes(comparison, all_changes, compared_quarter)),
                parameter_warnings=(),
            )
            for comparison in all_topics
        },
    )


def _department_options(comparisons: Sequence[TopicComparison]) -> tuple[str, ...]:
    """Names of 2014 of the departments that topics offer."""
    offered = {
        department_of_2014(name)
        for comparison in comparisons
        for name in comparison.current.parameter_options.get(DEPARTMENT_PARAMETER, ())
    }
    return tuple(sorted(offered))


def _change_tables(
    comparisons: Sequence[TopicComparison],
    all_changes: Collection[IndicatorChange],
    scenario: QuarterlyReport,
) -> Iterator[ResultTable]:
    """Tables of the changes since the quarter compared with."""
    quarter_columns = {
        "then": Column(format_quarter_end(scenario.compared_quarter)),
        "now": Column(format_quarter_end(scenario.quarter)),
    }
    yield ResultTable(
        "changes",
        "Indicators that changed, cover another list or have a first figure",
        indicator_changes.changed_indicators_table(
            [*filter(None, map(indicator_changes.like_for_like_change, comparisons)), *all_changes]
        ),
        REPORT_COLUMNS | quarter_columns,
    )
    yield ResultTable(
        "compared",
        "All indicators in both quarters",
        indicator_changes.all_indicators_table(all_changes),
        REPORT_COLUMNS,
    )


def _section_tables(
    comparisons: Sequence[TopicComparison], sections: Sequence[TopicSection]
) -> Iterator[ResultTable]:
    """The table behind each section's chart, where the topic has it."""
    for comparison, section in zip(comparisons, sections, strict=True):
        if comparison.section.chart in comparison.current.table_names:
            table = comparison.current.table(comparison.section.chart)
            is_renamed = table.name != section.chart
            yield replace(table, name=section.chart) if is_renamed else table


def _claim_tables(
    claim_verdicts: Sequence[ClaimVerdict],
    tables: Mapping[str, pd.DataFrame],
    scenario: QuarterlyReport,
) -> Iterator[ResultTable]:
    """Tables of the checked claims, without rows in a report on departments."""
    for table in _list_claim_tables(claim_verdicts, tables, scenario):
        yield replace(table, empty_text=NOT_BY_DEPARTMENT) if scenario.department else table


def _list_claim_tables(
    claim_verdicts: Sequence[ClaimVerdict],
    tables: Mapping[str, pd.DataFrame],
    scenario: QuarterlyReport,
) -> Iterator[ResultTable]:
    yield ResultTable(
        "findings",
        "Published figures by finding",
        published_figures.count_findings(claim_verdicts),
        REPORT_COLUMNS,
    )
    yield ResultTable(
        "refuted",
        "Published figures contradicted, and plans not met",
        published_figures.refuted_table(claim_verdicts),
        REPORT_COLUMNS,
    )
    yield ResultTable(
        "sections",
        "Findings by section of the report",
        published_figures.findings_by_section(claim_verdicts),
        REPORT_COLUMNS,
    )
    yield ResultTable(
        "claims",
        "All published figures and the result of each check",
        published_figures.claims_table(claim_verdicts),
        REPORT_COLUMNS | {"verdict": Column("Result")},
    )
    yield ResultTable(
        "trends",
        "Trends that the report claims, by every way to measure them",
        published_figures.trends_table(tables, scenario),
        REPORT_COLUMNS,
    )
