"""A row of the table of claims, and the verdicts made from it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from workbook.claims.comparison import PublishedFigure
from workbook.claims.report_tables import (
    CHECKS,
    OPEN_DEFINITION,
    PLAN,
    RANGE,
    REVISED_DATA,
    WORDINGS,
)
from workbook.claims.verdict import NOT_CHECKABLE, ClaimVerdict, FindingKind, VerdictStatus
from workbook.periods import is_month
from workbook.tables import HEADER_ROW, TableIssue
from workbook.text.suggestions import describe_choices

_NUMBER_COLUMNS = frozenset({"printed", "precision"})
_TWO_FORMULA_CHECKS = frozenset({REVISED_DATA, RANGE})


class ClaimRow(NamedTuple):
    """A row of the table of claims. A blank text is empty; a blank number is NaN."""

    row: int
    id: str
    section: str
    claim: str
    printed_as: str
    printed: float
    unit: str
    wording: str
    precision: float
    check: str
    formula: str
    other_formula: str
    due: str
    missing: str
    note: str
    early_note: str
    conflict: str

    @property
    def published(self) -> PublishedFigure:
        """The published figure, to compare others with."""
        return PublishedFigure(self.printed, self.wording, self.precision)

    def first_error(self) -> tuple[str, str] | None:
        """Give the first column whose cell makes the check impossible, and why."""
        return next(_row_errors(self), None)

    def make_verdict(
        self,
        verdict: VerdictStatus,
        kind: FindingKind,
        **details: Any,  # noqa: ANN401  the verdict's own
    ) -> ClaimVerdict:
        """Make the verdict on this claim."""
        return ClaimVerdict(
            self.id,
            self.section,
            self.claim,
            self.printed_as,
            None if pd.isna(self.printed) else self.printed,
            self.unit,
            verdict,
            kind,
            **details,
        )

    def make_unchecked(self, missing: str, **details: Any) -> ClaimVerdict:  # noqa: ANN401  the verdict's own
        """Make the verdict on a claim that cannot be checked for want of something."""
        return self.make_verdict(NOT_CHECKABLE, NOT_CHECKABLE, missing=missing, **details)

    def make_error(self, column: str, message: str) -> ClaimVerdict:
        """Make the verdict on a row with an error: not checkable."""
        cell = str(getattr(self, column)) or None
        issue = TableIssue(self.row, column, cell, message)
        return self.make_unchecked(str(issue), issue=issue)


def list_claim_rows(claims: pd.DataFrame) -> list[ClaimRow]:
    """List the rows of a table of claims.

    Args:
        claims: The table, with the columns of ``define_claims_table``.

    Returns:
        One row for each claim, in the order of the table.
    """
    columns = [name for name in ClaimRow._fields if name != "row"]
    rows = claims.reindex(columns=columns).astype(object).itertuples(index=False, name=None)
    return [
        ClaimRow(HEADER_ROW + row_number, *map(_blank_to_empty, columns, cells))
        for row_number, cells in enumerate(rows, start=1)
    ]


def _blank_to_empty(column: str, cell: Any) -> Any:  # noqa: ANN401  a cell
    return "" if pd.isna(cell) and column not in _NUMBER_COLUMNS else cell


def _row_errors(claim: ClaimRow) -> Iterator[tuple[str, str]]:
    for column in ("printed", "precision"):
        if pd.isna(getattr(claim, column)):
            yield column, "is blank or not a number: the figure cannot be compared"
    if claim.precision <= 0:
        yield "precision", "must be above 0: the place value of the last printed digit"
    if claim.wording not in WORDINGS:
        yield "wording", f"must be {describe_choices(WORDINGS)}"
    if claim.check not in CHECKS:
        yield "check", f"must be {describe_choices(CHECKS)}"
    if claim.due and not is_month(claim.due):
        yield "due", "must be a month such as 2014-12"
    yield from _check_errors(claim)


def _check_errors(claim: ClaimRow) -> Iterator[tuple[str, str]]:
    """Find blank cells that the row's check needs, and a formula that it does not use."""
    if claim.check == PLAN and not claim.due:
        yield "due", "is blank: a plan needs the month by whose end it was due, such as 2014-12"
    if claim.check == OPEN_DEFINITION and not claim.missing:
        yield "missing", "is blank: name what the report leaves undefined"
    if claim.check in _TWO_FORMULA_CHECKS and not claim.other_formula:
        yield "other_formula", f'is blank: a check of "{claim.check}" needs two formulas'
    if claim.check not in _TWO_FORMULA_CHECKS and claim.other_formula:
        yield "other_formula", f'must be blank: a check of "{claim.check}" has one formula'
