"""The report's indicators: its own, and those of each topic's section with how they changed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from workbook.claims.verdict import NOT_CHECKABLE, NOT_REPRODUCED
from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.topics.quarterly_report import narrative
from workbook.topics.quarterly_report.indicator_changes import IndicatorChange
from workbook.topics.quarterly_report.published_figures import VerdictCounts
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison
from workbook.topics.quarterly_report.topic_sections import TopicSection

REPORT_INDICATORS = (
    IndicatorDefinition("indicators_changed", "Indicators that changed", "count"),
    IndicatorDefinition("claims_reproduced", "Published figures reproduced", "count"),
    IndicatorDefinition(
        "claims_not_reproduced", "Published figures not reproduced", "count", "lower"
    ),
    IndicatorDefinition(
        "claims_not_checkable", "Published figures that cannot be checked", "count", "lower"
    ),
)

_CLAIM_INDICATORS = tuple(definition.name for definition in REPORT_INDICATORS[1:])


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
    all_changes: Collection[IndicatorChange], verdict_counts: VerdictCounts
) -> tuple[Indicator, ...]:
    """Build the report's own indicators.

    Args:
        all_changes: Every indicator of every topic, with its previous value.
        verdict_counts: How many published figures came to each verdict.
    """
    has_claims = sum(verdict_counts.counts.values()) > 0
    counts = (
        verdict_counts.reproduced_count,
        verdict_counts.counts[NOT_REPRODUCED],
        verdict_counts.counts[NOT_CHECKABLE],
    )
    repeated_count = verdict_counts.repeated_count
    repeated_note = f"{repeated_count} of them only from another page of the same report"
    return build_indicators(
        REPORT_INDICATORS,
        {
            "indicators_changed": sum(change.has_moved for change in all_changes),
            **(
                dict(zip(_CLAIM_INDICATORS, counts, strict=True))
                if has_claims
                else dict.fromkeys(_CLAIM_INDICATORS)
            ),
        },
        missing_reasons=dict.fromkeys(_CLAIM_INDICATORS, "no report had been published by then"),
        notes={"claims_reproduced": repeated_note} if repeated_count else {},
    )


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
            change = changes[comparison.name, name]
            notes = (
                change.current.note,
                narrative.describe_change_since(change, compared_quarter),
            )
            yield replace(
                change.current,
                name=f"{comparison.name}.{name}",
                note="; ".join(filter(None, notes)),
            )
