"""The checker: each claim of a report recomputed, with its working and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import pandas as pd

from workbook.claims import expression
from workbook.claims.figures import Figure
from workbook.claims.tables import ABOUT, EXACTLY, FEWER, OVER, WORDINGS
from workbook.claims.working import figure, rounded, working
from workbook.tables import HEADER_ROW, Problem

Result = Literal["reproduced", "reproduced within rounding", "not reproduced", "not checkable"]
REPRODUCED: Final = "reproduced"
ROUNDED: Final = "reproduced within rounding"
NOT_REPRODUCED: Final = "not reproduced"
NOT_CHECKABLE: Final = "not checkable"

EXACT = 1e-9
"""How far, as a fraction of the figure, two that are equal may differ in the computer."""


@dataclass(frozen=True)
class Verdict:
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
    verdict: Result
    computed: float | None = None
    working: str = ""
    missing: str = ""
    problem: Problem | None = None
    repeated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The verdict as ``claims --json`` prints it."""
        names = ("id", "claim", "printed", "computed", "verdict", "working", "missing")
        return {name: getattr(self, name) for name in names}


class _Claim(NamedTuple):
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

    def verdict(self, result: Result, **found: Any) -> Verdict:  # noqa: ANN401  the verdict's own
        printed = None if pd.isna(self.printed) else self.printed
        return Verdict(
            self.id, self.section, self.claim, self.printed_as, printed, self.unit, result, **found
        )

    def at_fault(self, column: str, message: str) -> Verdict:
        """Not checkable, because of what stands in the row."""
        cell = str(getattr(self, column)) or None
        problem = Problem(self.row, column, cell, message)
        return self.verdict(NOT_CHECKABLE, missing=str(problem), problem=problem)


def check(claims: pd.DataFrame, figures: Mapping[str, Figure]) -> list[Verdict]:
    """A verdict on every claim, in their order.

    A row that is at fault is not checkable and says why; the rest is checked all the same.
    """
    columns = [name for name in _Claim._fields if name != "row"]
    rows = claims[columns].astype(object).itertuples(index=False, name=None)
    return [
        _checked(_Claim(HEADER_ROW + at, *map(_held, columns, cells)), figures)
        for at, cells in enumerate(rows, start=1)
    ]


def problems(verdicts: Iterable[Verdict]) -> tuple[Problem, ...]:
    """What is wrong with rows of the table of claims."""
    return tuple(verdict.problem for verdict in verdicts if verdict.problem)


def _held(column: str, cell: Any) -> Any:  # noqa: ANN401  a cell
    return "" if pd.isna(cell) and column not in {"printed", "precision"} else cell


def _checked(claim: _Claim, figures: Mapping[str, Figure]) -> Verdict:
    for column in ("printed", "precision"):
        if pd.isna(getattr(claim, column)):
            return claim.at_fault(column, "is blank or no number: it cannot be compared with")
    if claim.precision <= 0:
        return claim.at_fault("precision", "must be above 0: the place of the last digit printed")
    if claim.wording not in WORDINGS:
        return claim.at_fault("wording", f"must be one of {', '.join(WORDINGS)}")
    if not claim.formula and claim.missing:
        return claim.verdict(NOT_CHECKABLE, missing=claim.missing)
    try:
        return _recomputed(claim, figures)
    except expression.FormulaError as error:
        return claim.at_fault("formula", str(error))


def _recomputed(claim: _Claim, figures: Mapping[str, Figure]) -> Verdict:
    """The verdict on a claim with a formula. Raises FormulaError for a bad one."""
    expression.verify(claim.formula, figures)
    named = [figures[name] for name in expression.names(claim.formula)]
    values = {each.name: each.value for each in named if each.value is not None}
    if lacking := [each.reason for each in named if each.value is None]:
        return claim.verdict(NOT_CHECKABLE, missing="; ".join(dict.fromkeys(lacking)))
    computed = expression.value(claim.formula, values)
    lone = figures.get(claim.formula)
    return claim.verdict(
        _result(computed, claim, lone),
        computed=computed,
        working=_working(computed, claim, lone, named),
        repeated=lone is not None and lone.printed,
    )


def _working(computed: float, claim: _Claim, lone: Figure | None, named: Sequence[Figure]) -> str:
    """The formula with its numbers, or what the one figure is that it names."""
    texts = {each.name: figure(each.value or 0.0, each.unit) for each in named}
    if lone is not None:
        return f"{lone.label}: {texts[lone.name]}"
    return working(claim.formula, texts, rounded(computed, claim.unit, claim.precision))


def _result(computed: float, claim: _Claim, lone: Figure | None) -> Result:
    """What the gap between computed and printed means, by how the figure is printed.

    A plain figure may be half a place of its last digit off, one with ``about`` a whole place.
    ``over`` and ``fewer than`` have the computed beyond them, by less than a place: else another
    round number would have been printed. ``lone`` is the figure that is the whole formula: where it
    is printed with the same word, it is the same claim in another place and must be equal.
    """
    gap, slack = computed - claim.printed, EXACT * max(1, abs(claim.printed))
    same_word = lone is not None and lone.qualifier == claim.wording
    if claim.wording in {EXACTLY, ABOUT} or same_word:
        if abs(gap) <= slack:
            return REPRODUCED
        allowed = claim.precision * {EXACTLY: 0.5, ABOUT: 1.0}.get(claim.wording, 0.0)
        return ROUNDED if abs(gap) <= allowed + slack else NOT_REPRODUCED
    beyond = {OVER: gap, FEWER: -gap}[claim.wording]
    return REPRODUCED if slack < beyond < claim.precision else NOT_REPRODUCED
