"""Rank the figures that are contradicted and the plans not met by how much they matter."""

from collections.abc import Iterable

from workbook.claims.verdict import CONTRADICTED, PLAN_NOT_MET, ClaimVerdict

_REFUTED_KINDS = (CONTRADICTED, PLAN_NOT_MET)


def rank_findings(claim_verdicts: Iterable[ClaimVerdict]) -> list[ClaimVerdict]:
    """Rank the figures that are contradicted and the plans not met by how much they matter.

    Figures that data from outside the report refute come first. Then come those that the report's
    own figures refute, then plans that were not met. Among these the largest gap comes first, as a
    share of the published figure.

    Args:
        claim_verdicts: The verdicts on all published figures.

    Returns:
        The figures contradicted and the plans not met, the most important first.
    """
    refuted = [verdict for verdict in claim_verdicts if verdict.kind in _REFUTED_KINDS]
    return sorted(refuted, key=_rank_finding)


def _rank_finding(verdict: ClaimVerdict) -> tuple[bool, bool, float]:
    return verdict.kind != CONTRADICTED, not verdict.data, -_relative_gap(verdict)


def _relative_gap(verdict: ClaimVerdict) -> float:
    """The gap between the published and the recomputed figure, as a share of the published one."""
    if not verdict.printed or verdict.computed is None:
        return 0.0
    return abs(verdict.computed - verdict.printed) / abs(verdict.printed)
