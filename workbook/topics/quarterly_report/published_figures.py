"""Check the published figures: a row for each claim, and how many findings there are of each kind.

Trends that the reports claim have a table of their own, with every way to measure them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from workbook.claims.check import verify_report
from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    PLAN_NOT_MET,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    WITHIN_REVISIONS,
    ClaimVerdict,
    FindingKind,
    VerdictStatus,
)
from workbook.text.dates import format_month
from workbook.text.grammar import join_items
from workbook.topics.quarterly_report.claims import PUBLISHED_REPORTS
from workbook.topics.quarterly_report.claims.trend_variants import TAKE_UP, list_trend_variants
from workbook.topics.quarterly_report.finding_notes import group_statements
from workbook.topics.quarterly_report.finding_ranks import rank_findings
from workbook.topics.quarterly_report.parameters import QuarterlyReport

_CLAIM_COLUMNS = ("id", "claim", "printed_as", "verdict", "kind", "because")
_REFUTED_COLUMNS = ("id", "claim", "printed_as", "kind", "because")
_TREND_COLUMNS = ("trend", "year_end", "left_out", "measure", "unit", "size", "holds")
KIND_COUNT_COLUMNS: dict[FindingKind, str] = {
    CONTRADICTED: "contradicted",
    PLAN_NOT_MET: "plan_not_met",
    WITHIN_REVISIONS: "within_revisions",
    CONSISTENT: "consistent",
    CONFIRMED: "confirmed",
    NOT_CHECKABLE: "not_checkable",
}
"""Each kind of finding with the column that counts it. The contradicted figures come first."""


FINDING_LABELS: dict[FindingKind, str] = {
    CONFIRMED: "Confirmed by other data",
    CONSISTENT: "Consistent, not confirmed",
    CONTRADICTED: "Contradicted",
    PLAN_NOT_MET: "Plan not met",
    NOT_CHECKABLE: "Not checkable or within revisions",
}
"""Labels of the findings, the confirmed figures first."""

NOT_BY_DEPARTMENT = "published figures are not checked by department."
"""What is said in place of the checks in a report on departments."""

_FINDING_MEANINGS: dict[FindingKind, str] = {
    CONFIRMED: "It agrees with data from outside the report.",
    CONSISTENT: "It agrees with, or is calculated from, other figures of the report.",
    CONTRADICTED: "The data, or the report’s own figures, refute it.",
    PLAN_NOT_MET: "Less was done than planned by the date it was due. A plan is not a misprint.",
    NOT_CHECKABLE: (
        "What it rests on is not held here, the report does not define it, or a plan is not due "
        "yet. Or it lies within revisions of the data."
    ),
}


def check_quarter_claims(tables: Mapping[str, pd.DataFrame], quarter: str) -> list[ClaimVerdict]:
    """Check every claim that had been published by the end of a quarter.

    Args:
        tables: Data frames by table name, with what the quarter may see.
        quarter: The quarter. Plans that are due later are not checkable yet.

    Returns:
        The verdicts, report by report.
    """
    return [
        verdict
        for report in PUBLISHED_REPORTS
        for verdict in verify_report(report, tables, quarter)
    ]


@dataclass(frozen=True)
class VerdictCounts:
    """How many claims there are of each verdict and of each kind of finding.

    ``distinct_plans_not_met`` counts a plan that is stated more than once as one.
    """

    verdicts: Mapping[VerdictStatus, int]
    kinds: Mapping[FindingKind, int]
    distinct_plans_not_met: int

    @classmethod
    def from_verdicts(cls, claim_verdicts: Sequence[ClaimVerdict]) -> Self:
        """Count the verdicts and the kinds."""
        verdicts = [claim_verdict.verdict for claim_verdict in claim_verdicts]
        kinds = [claim_verdict.kind for claim_verdict in claim_verdicts]
        statuses: tuple[VerdictStatus, ...] = (
            REPRODUCED,
            REPRODUCED_WITHIN_ROUNDING,
            NOT_REPRODUCED,
            NOT_CHECKABLE,
        )
        return cls(
            {status: verdicts.count(status) for status in statuses},
            {kind: kinds.count(kind) for kind in KIND_COUNT_COLUMNS},
            len(group_statements([v for v in claim_verdicts if v.kind == PLAN_NOT_MET])),
        )

    @property
    def total(self) -> int:
        """How many claims there are."""
        return sum(self.verdicts.values())

    @property
    def unsettled_count(self) -> int:
        """How many claims are neither confirmed, consistent, contradicted nor plans not met."""
        return self.kinds[NOT_CHECKABLE] + self.kinds[WITHIN_REVISIONS]

    @property
    def reproduced_count(self) -> int:
        """How many claims are reproduced, exactly or within rounding."""
        return self.verdicts[REPRODUCED] + self.verdicts[REPRODUCED_WITHIN_ROUNDING]


def claim_sources(tables: Mapping[str, pd.DataFrame]) -> str:
    """List the reports that make the claims; empty where no claim had been published."""
    sources = [
        source for report in PUBLISHED_REPORTS for source in tables[report.claims.name]["source"]
    ]
    return "; ".join(dict.fromkeys(sources))


def claims_table(claim_verdicts: Iterable[ClaimVerdict]) -> pd.DataFrame:
    """List every claim with its verdict, its finding, and its working or what is missing."""
    return _build_claims_frame(claim_verdicts, _CLAIM_COLUMNS)


def refuted_table(claim_verdicts: Iterable[ClaimVerdict]) -> pd.DataFrame:
    """List the claims that are contradicted and the plans that were not met, by their rank."""
    return _build_claims_frame(rank_findings(claim_verdicts), _REFUTED_COLUMNS)


def count_findings(claim_verdicts: Sequence[ClaimVerdict]) -> pd.DataFrame:
    """Count the published figures with each finding.

    Args:
        claim_verdicts: The verdicts on all published figures.

    Returns:
        A row for each kind of finding, with what it means; no rows without published figures.
    """
    counts = VerdictCounts.from_verdicts(claim_verdicts)
    figures = {**counts.kinds, NOT_CHECKABLE: counts.unsettled_count}
    rows = [
        (FINDING_LABELS[kind], figures[kind], meaning)
        for kind, meaning in _FINDING_MEANINGS.items()
        if claim_verdicts
    ]
    return pd.DataFrame(rows, columns=["kind", "figures", "meaning"]).astype({"figures": "int64"})


def findings_by_section(claim_verdicts: Sequence[ClaimVerdict]) -> pd.DataFrame:
    """Count the kinds of finding in each section of the reports, in the reports' order."""
    rows = []
    for section in dict.fromkeys(claim_verdict.section for claim_verdict in claim_verdicts):
        kinds = VerdictCounts.from_verdicts(
            [verdict for verdict in claim_verdicts if verdict.section == section]
        ).kinds
        rows.append((section, *(kinds[kind] for kind in KIND_COUNT_COLUMNS)))
    columns = ["section", *KIND_COUNT_COLUMNS.values()]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], "int64"))


def trends_table(tables: Mapping[str, pd.DataFrame], scenario: QuarterlyReport) -> pd.DataFrame:
    """List every way to measure the trends that the reports claim, and whether they hold.

    Args:
        tables: Data frames by table name. Without a report the table is empty.
        scenario: The scenario. For departments the table is empty.

    Returns:
        A row for each variant.
    """
    has_claims = not scenario.department and any(
        len(tables[report.claims.name]) for report in PUBLISHED_REPORTS
    )
    variants = list_trend_variants(tables["take_up"]) if has_claims else ()
    rows = [
        (
            variant.trend,
            format_month(variant.year_end),
            join_items(variant.left_out) or "no service",
            variant.measure,
            "points" if variant.trend == TAKE_UP else "share",
            variant.change,
            "yes" if variant.extent > 0 else "no",
        )
        for variant in variants
    ]
    frame = pd.DataFrame(rows, columns=list(_TREND_COLUMNS))
    texts = {name: "str" for name in _TREND_COLUMNS if name != "size"}
    return frame.astype({**texts, "size": float})


def _build_claims_frame(
    claim_verdicts: Iterable[ClaimVerdict], columns: tuple[str, ...]
) -> pd.DataFrame:
    rows = [
        {**vars(claim_verdict), "because": claim_verdict.explanation}
        for claim_verdict in claim_verdicts
    ]
    return pd.DataFrame(rows, columns=list(columns)).astype("str")
