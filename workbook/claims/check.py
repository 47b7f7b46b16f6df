"""The checker: each claim of a report recomputed, with its working and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import pandas as pd

from workbook.claims.figures import NamedFigure
from workbook.claims.formula import FormulaError, evaluate_formula, figure_names, validate_formula
from workbook.claims.tables import ABOUT, EXACTLY, FEWER, OVER, WORDINGS
from workbook.claims.working import format_figure, format_rounded_result, typeset_working
from workbook.tables import HEADER_ROW, TableIssue

VerdictStatus = Literal[
    "reproduced", "reproduced within rounding", "not reproduced", "not checkable"
]
REPRODUCED: Final = "reproduced"
REPRODUCED_WITHIN_ROUNDING: Final = "reproduced within rounding"
NOT_REPRODUCED: Final = "not reproduced"
NOT_CHECKABLE: Final = "not checkable"

_EQUALITY_TOLERANCE = 1e-9
"""How far, as a fraction of the figure, two that are equal may differ in the computer."""


@dataclass(frozen=True)
class ClaimVerdict:
    """What came of checking one claim.

    ``printed`` and ``computed`` are in ``unit``; ``computed`` is None where it is not checkable,
    and ``missing`` then says for want of what; ``problem`` is what is wrong with its row.
    ``repeated`` says that it rests on nothing but the same figure in another place of the report.
    """

    id: str
    section: str
    claim: str
    printed_as: str
    printed: float | None
    unit: str
    verdict: VerdictStatus
    computed: float | None = None
    working: str = ""
    missing: str = ""
    issue: TableIssue | None = None
    repeated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The verdict as ``claims --json`` prints it."""
        names = ("id", "claim", "printed", "computed", "verdict", "working", "missing")
        return {name: getattr(self, name) for name in names}


class _ClaimRow(NamedTuple):
    """A row of the table of claims; what is blank there is empty here."""

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
        """Not checkable, because of what stands in the row."""
        cell = str(getattr(self, column)) or None
        issue = TableIssue(self.row, column, cell, message)
        return self.make_verdict(NOT_CHECKABLE, missing=str(issue), issue=issue)


def verify_claims(claims: pd.DataFrame, figures: Mapping[str, NamedFigure]) -> list[ClaimVerdict]:
    """A verdict on every claim, in their order.

    A row that is at fault is not checkable and says why; the rest is checked all the same.
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
    """What is wrong with rows of the table of claims."""
    return tuple(verdict.issue for verdict in verdicts if verdict.issue)


def _blank_to_empty(column: str, cell: Any) -> Any:  # noqa: ANN401  a cell
    return "" if pd.isna(cell) and column not in {"printed", "precision"} else cell


def _verify_claim(claim: _ClaimRow, figures: Mapping[str, NamedFigure]) -> ClaimVerdict:
    for column in ("printed", "precision"):
        if pd.isna(getattr(claim, column)):
            return claim.make_error_verdict(
                column, "is blank or no number: it cannot be compared with"
            )
    if claim.precision <= 0:
        return claim.make_error_verdict(
            "precision", "must be above 0: the place of the last digit printed"
        )
    if claim.wording not in WORDINGS:
        return claim.make_error_verdict("wording", f"must be one of {', '.join(WORDINGS)}")
    if not claim.formula and claim.missing:
        return claim.make_verdict(NOT_CHECKABLE, missing=claim.missing)
    try:
        return _recompute_claim(claim, figures)
    except FormulaError as error:
        return claim.make_error_verdict("formula", str(error))


def _recompute_claim(claim: _ClaimRow, figures: Mapping[str, NamedFigure]) -> ClaimVerdict:
    """The verdict on a claim with a formula. Raises FormulaError for a bad one."""
    validate_formula(claim.formula, figures)
    used_figures = [figures[name] for name in figure_names(claim.formula)]
    values = {
        used_figure.name: used_figure.value
        for used_figure in used_figures
        if used_figure.value is not None
    }
    if missing_reasons := [each.reason for each in used_figures if each.value is None]:
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
    """The formula with its numbers, or what the one figure is that it names."""
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
    """What the gap between computed and printed means, by how the figure is printed.

    A plain figure may be half a place of its last digit off, one with ``about`` a whole place.
    ``over`` and ``fewer than`` have the computed beyond them, by less than a place: else another
    round number would have been printed. ``lone`` is the figure that is the whole formula: where it
    is printed with the same word, it is the same claim in another place and must be equal.
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
