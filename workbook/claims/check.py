"""Check the claims of a report: recompute each published figure and compare the two."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from workbook.claims.figures import NamedFigure, collect_figures
from workbook.claims.formula import FormulaError, evaluate_formula, figure_names, validate_formula
from workbook.claims.published_report import PublishedReport
from workbook.claims.report_tables import ABOUT, EXACTLY, FEWER, OVER, WORDINGS
from workbook.claims.verdict import (
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    ClaimVerdict,
    VerdictStatus,
)
from workbook.claims.working import format_figure, format_rounded_result, typeset_working
from workbook.tables import HEADER_ROW, TableIssue
from workbook.text.suggestions import describe_choices

_EQUALITY_TOLERANCE = 1e-9
"""Relative difference between two equal figures that floating-point arithmetic may cause."""


class _ClaimRow(NamedTuple):
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
    formula: str
    missing: str

    def make_verdict(self, status: VerdictStatus, **details: Any) -> ClaimVerdict:  # noqa: ANN401  the verdict's own
        printed = None if pd.isna(self.printed) else self.printed
        return ClaimVerdict(
            self.id,
            self.section,
            self.claim,
            self.printed_as,
            printed,
            self.unit,
            status,
            **details,
        )

    def make_error_verdict(self, column: str, message: str) -> ClaimVerdict:
        """Make the verdict on a row with an error: not checkable."""
        cell = str(getattr(self, column)) or None
        issue = TableIssue(self.row, column, cell, message)
        return self.make_verdict(NOT_CHECKABLE, missing=str(issue), issue=issue)


def verify_report(
    report: PublishedReport, tables: Mapping[str, pd.DataFrame]
) -> list[ClaimVerdict]:
    """Check every claim of a report.

    Args:
        report: The report.
        tables: Data frames by table name, the report's claims among them.

    Returns:
        One verdict for each claim, in the order of the table.
    """
    return verify_claims(tables[report.claims.name], collect_figures(report, tables))


def verify_claims(claims: pd.DataFrame, figures: Mapping[str, NamedFigure]) -> list[ClaimVerdict]:
    """Check every row of a table of claims.

    A row with an error is not checkable and says why. It does not affect the other rows.

    Args:
        claims: The table of claims, with the columns of ``define_claims_table``.
        figures: The figures that formulas can name, by name.

    Returns:
        One verdict for each row, in the order of the table.
    """
    columns = [name for name in _ClaimRow._fields if name != "row"]
    rows = claims[columns].astype(object).itertuples(index=False, name=None)
    return [
        _verify_claim(
            _ClaimRow(HEADER_ROW + row_number, *map(_blank_to_empty, columns, cells)), figures
        )
        for row_number, cells in enumerate(rows, start=1)
    ]


def claim_issues(verdicts: Iterable[ClaimVerdict]) -> tuple[TableIssue, ...]:
    """Give the errors in the rows of the table of claims.

    Args:
        verdicts: Verdicts from ``verify_claims``.

    Returns:
        One issue for each row with an error, in their order.
    """
    return tuple(verdict.issue for verdict in verdicts if verdict.issue)


def _blank_to_empty(column: str, cell: Any) -> Any:  # noqa: ANN401  a cell
    return "" if pd.isna(cell) and column not in {"printed", "precision"} else cell


def _verify_claim(claim: _ClaimRow, figures: Mapping[str, NamedFigure]) -> ClaimVerdict:
    for column in ("printed", "precision"):
        if pd.isna(getattr(claim, column)):
            return claim.make_error_verdict(
                column, "is blank or not a number: the figure cannot be compared"
            )
    if claim.precision <= 0:
        return claim.make_error_verdict(
            "precision", "must be above 0: the place value of the last printed digit"
        )
    if claim.wording not in WORDINGS:
        return claim.make_error_verdict("wording", f"must be {describe_choices(WORDINGS)}")
    if not claim.formula and claim.missing:
        return claim.make_verdict(NOT_CHECKABLE, missing=claim.missing)
    try:
        return _recompute_claim(claim, figures)
    except FormulaError as error:
        return claim.make_error_verdict("formula", str(error))


def _recompute_claim(claim: _ClaimRow, figures: Mapping[str, NamedFigure]) -> ClaimVerdict:
    """Check a claim with a formula. Raises FormulaError for an invalid formula."""
    validate_formula(claim.formula, figures)
    used_figures = [figures[name] for name in figure_names(claim.formula)]
    values = {
        used_figure.name: used_figure.value
        for used_figure in used_figures
        if used_figure.value is not None
    }
    if missing_reasons := [figure.reason for figure in used_figures if figure.value is None]:
        return claim.make_verdict(NOT_CHECKABLE, missing="; ".join(dict.fromkeys(missing_reasons)))
    computed = evaluate_formula(claim.formula, values)
    sole_figure = figures.get(claim.formula)
    return claim.make_verdict(
        _compare_with_printed(computed, claim, sole_figure),
        computed=computed,
        working=_describe_working(computed, claim, sole_figure, used_figures),
        repeated=sole_figure is not None and sole_figure.printed,
    )


def _describe_working(
    computed: float,
    claim: _ClaimRow,
    sole_figure: NamedFigure | None,
    used_figures: Sequence[NamedFigure],
) -> str:
    """Write the formula with its numbers, or the label of the one figure that it names."""
    figure_texts = {
        used_figure.name: format_figure(used_figure.value or 0.0, used_figure.unit)
        for used_figure in used_figures
    }
    if sole_figure is not None:
        return f"{sole_figure.label}: {figure_texts[sole_figure.name]}"
    return typeset_working(
        claim.formula, figure_texts, format_rounded_result(computed, claim.unit, claim.precision)
    )


def _compare_with_printed(
    computed: float, claim: _ClaimRow, sole_figure: NamedFigure | None
) -> VerdictStatus:
    """Compare the recomputed figure with the published one, by how that one is worded.

    An exact figure may differ by half a unit of its last printed digit, one with ``about`` by a
    whole unit. With ``over`` and ``fewer than`` the recomputed figure lies beyond the published
    one by less than a unit: otherwise another round number would have been printed.

    If ``sole_figure`` is the whole formula and is printed with the same wording, the report repeats
    the claim elsewhere. The two must then be equal.
    """
    difference, tolerance = (
        computed - claim.printed,
        _EQUALITY_TOLERANCE * max(1, abs(claim.printed)),
    )
    same_wording = sole_figure is not None and sole_figure.qualifier == claim.wording
    if claim.wording in {EXACTLY, ABOUT} or same_wording:
        if abs(difference) <= tolerance:
            return REPRODUCED
        rounding_allowance = claim.precision * {EXACTLY: 0.5, ABOUT: 1.0}.get(claim.wording, 0.0)
        return (
            REPRODUCED_WITHIN_ROUNDING
            if abs(difference) <= rounding_allowance + tolerance
            else NOT_REPRODUCED
        )
    excess = {OVER: difference, FEWER: -difference}[claim.wording]
    return REPRODUCED if tolerance < excess < claim.precision else NOT_REPRODUCED
