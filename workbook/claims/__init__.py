"""Published figures recomputed: each claim of a report against what it rests on."""

from workbook.claims.figures import Figure, figures
from workbook.claims.tables import claims, report_facts
from workbook.claims.verdicts import Verdict, check, problems

__all__ = ["Figure", "Verdict", "check", "claims", "figures", "problems", "report_facts"]
