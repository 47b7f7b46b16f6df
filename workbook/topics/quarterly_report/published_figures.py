"""Check the published figures: a row for each claim, and how many there are of each verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from workbook.claims.check import verify_report
from workbook.claims.verdict import (
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    ClaimVerdict,
    VerdictStatus,
)
from workbook.topics.quarterly_report.claims import PUBLISHED_REPORTS

_CLAIM_COLUMNS = ("id", "claim", "printed_as", "verdict", "because")
_NOT_REPRODUCED_COLUMNS = ("id", "claim", "printed_as", "because")
VERDICT_COUNT_COLUMNS: dict[VerdictStatus, str] = {
    NOT_REPRODUCED: "not_reproduced",
    REPRODUCED_WITHIN_ROUNDING: "within_rounding",
    REPRODUCED: "reproduced",
    NOT_CHECKABLE: "not_checkable",
}
"""Each verdict with the column that counts it. The figures not reproduced come first."""

_REPRODUCED_VERDICTS: tuple[VerdictStatus, ...] = (REPRODUCED, REPRODUCED_WITHIN_ROUNDING)
"""Verdicts on a figure that is reproduced."""


def check_quarter_claims(tables: Mapping[str, pd.DataFrame]) -> list[ClaimVerdict]:
    """Check every claim that had been published by the end of the tables' quarter.

    Args:
        tables: Data frames by table name, with what a quarter may see.

    Returns:
        The verdicts, report by report.
    """
    return [verdict for report in PUBLISHED_REPORTS for verdict in verify_report(report, tables)]


@dataclass(frozen=True)
class VerdictCounts:
    """How many claims there are of each verdict.

    Attributes:
        counts: The number of claims by verdict.
        repeated_count: How many of the reproduced claims rest only on the same report.
    """

    counts: Mapping[VerdictStatus, int]
    repeated_count: int

    @classmethod
    def from_verdicts(cls, claim_verdicts: Sequence[ClaimVerdict]) -> Self:
        """Count the verdicts."""
        results = [verdict.verdict for verdict in claim_verdicts]
        repeated = [
            claim_verdict
            for claim_verdict in claim_verdicts
            if claim_verdict.repeated and claim_verdict.verdict in _REPRODUCED_VERDICTS
        ]
        return cls(
            {verdict: results.count(verdict) for verdict in VERDICT_COUNT_COLUMNS}, len(repeated)
        )

    @property
    def reproduced_count(self) -> int:
        """How many claims are reproduced, exactly or within rounding."""
        return sum(self.counts[verdict] for verdict in _REPRODUCED_VERDICTS)


def claim_sources(tables: Mapping[str, pd.DataFrame]) -> str:
    """List the reports that make the claims; empty where no claim had been published."""
    sources = [
        source for report in PUBLISHED_REPORTS for source in tables[report.claims.name]["source"]
    ]
    return "; ".join(dict.fromkeys(sources))


def claims_table(claim_verdicts: Iterable[ClaimVerdict]) -> pd.DataFrame:
    """List every claim with its verdict, and its working or what is missing."""
    return _build_claims_frame(claim_verdicts, _CLAIM_COLUMNS)


def not_reproduced_table(claim_verdicts: Iterable[ClaimVerdict]) -> pd.DataFrame:
    """List the claims that are not reproduced, with the working."""
    return _build_claims_frame(
        (
            claim_verdict
            for claim_verdict in claim_verdicts
            if claim_verdict.verdict == NOT_REPRODUCED
        ),
        _NOT_REPRODUCED_COLUMNS,
    )


def verdicts_by_section(claim_verdicts: Sequence[ClaimVerdict]) -> pd.DataFrame:
    """Count the verdicts in each section of the reports, in the reports' order."""
    rows = {}
    for section in dict.fromkeys(claim_verdict.section for claim_verdict in claim_verdicts):
        section_counts = VerdictCounts.from_verdicts(
            [verdict for verdict in claim_verdicts if verdict.section == section]
        )
        rows[section] = (
            section,
            *(section_counts.counts[verdict] for verdict in VERDICT_COUNT_COLUMNS),
        )
    columns = ["section", *VERDICT_COUNT_COLUMNS.values()]
    return pd.DataFrame(rows.values(), columns=columns).astype(dict.fromkeys(columns[1:], "int64"))


def _build_claims_frame(
    claim_verdicts: Iterable[ClaimVerdict], columns: tuple[str, ...]
) -> pd.DataFrame:
    rows = [
        {
            **vars(claim_verdict),
            "because": claim_verdict.working or f"Missing: {claim_verdict.missing}",
        }
        for claim_verdict in claim_verdicts
    ]
    return pd.DataFrame(rows, columns=list(columns)).astype("str")
