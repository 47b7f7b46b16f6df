"""Published figures recomputed: each claim of a report against what it rests on."""

from workbook.claims.check import ClaimVerdict, claim_issues, verify_claims
from workbook.claims.figures import NamedFigure, collect_figures
from workbook.claims.tables import report_claims, report_facts

__all__ = [
    "ClaimVerdict",
    "NamedFigure",
    "claim_issues",
    "collect_figures",
    "report_claims",
    "report_facts",
    "verify_claims",
]
