"""The figures that were printed, checked: a row for each claim, and how many came to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from workbook.claims import ClaimVerdict, collect_figures, verify_claims
from workbook.claims.check import (
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    VerdictStatus,
)

_CLAIM_COLUMNS = ("id", "claim", "printed_as", "verdict", "because")
_NOT_REPRODUCED_COLUMNS = ("id", "claim", "printed_as", "because")
VERDICT_COUNT_COLUMNS: dict[VerdictStatus, str] = {
    NOT_REPRODUCED: "not_reproduced",
    REPRODUCED_WITHIN_ROUNDING: "within_rounding",
    REPRODUCED: "reproduced",
    NOT_CHECKABLE: "not_checkable",
}
"""The verdicts, first what does not hold, each with the column that counts it."""

_REPRODUCED_VERDICTS: tuple[VerdictStatus, ...] = (REPRODUCED, REPRODUCED_WITHIN_ROUNDING)
"""Verdicts of a figure that holds."""


def check_quarter_claims(tables: Mapping[str, pd.DataFrame]) -> list[ClaimVerdict]:
    """A verdict on every claim that was printed by the quarter that the tables are of."""
    return verify_claims(tables["claims"], collect_figures(tables))


@dataclass(frozen=True)
class VerdictCounts:
    """How many claims came to each verdict; ``repeated`` hold by the same report alone."""

    counts: Mapping[VerdictStatus, int]
    repeated_count: int

    @classmethod
    def from_verdicts(cls, claim_verdicts: Sequence[ClaimVerdict]) -> Self:
        """The counts of these verdicts."""
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
        """How many come out as printed, or within rounding."""
        return sum(self.counts[verdict] for verdict in _REPRODUCED_VERDICTS)


def claim_sources(tables: Mapping[str, pd.DataFrame]) -> str:
    """The reports in which the claims were printed, blank where there is none."""
    return "; ".join(tables["claims"]["source"].unique())


def claims_table(claim_verdicts: Iterable[ClaimVerdict]) -> pd.DataFrame:
    """Every claim with what came of it, and its working or what is missing for one."""
    return _build_claims_frame(claim_verdicts, _CLAIM_COLUMNS)


def not_reproduced_table(claim_verdicts: Iterable[ClaimVerdict]) -> pd.DataFrame:
    """The claims that are not reproduced, with the working."""
    return _build_claims_frame(
        (
            claim_verdict
            for claim_verdict in claim_verdicts
            if claim_verdict.verdict == NOT_REPRODUCED
        ),
        _NOT_REPRODUCED_COLUMNS,
    )


def verdicts_by_section(claim_verdicts: Sequence[ClaimVerdict]) -> pd.DataFrame:
    """How many claims of each section of the report came to each verdict, in the report's order."""
    rows = {}
    for section in dict.fromkeys(claim_verdict.section for claim_verdict in claim_verdicts):
        section_counts = VerdictCounts.from_verdicts(
            [each for each in claim_verdicts if each.section == section]
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
