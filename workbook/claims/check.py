"""Check the claims of a report: recompute each published figure and compare the two."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from workbook.claims.claim_row import ClaimRow, list_claim_rows
from workbook.claims.comparison import (
    ALL,
    NONE,
    Agreement,
    compare_ends,
    compare_figure,
    compare_outcome,
)
from workbook.claims.figures import NamedFigure, collect_figures
from workbook.claims.formula import FormulaError
from workbook.claims.notes import write_note
from workbook.claims.published_report import PublishedReport
from workbook.claims.recomputation import Recomputation, recompute_figure
from workbook.claims.report_tables import (
    OPEN_DEFINITION,
    PLAN,
    RANGE,
    REVISED_DATA,
    SHARE_OF_COUNT,
    SINGLE_FIGURE,
)
from workbook.claims.share_check import check_share_of_count
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
from workbook.periods import last_day_of_quarter, period_end
from workbook.tables import TableIssue
from workbook.text.dates import format_month

_DATA_OF_THE_DAY = "the data as they stood when the report was written"


def verify_report(
    report: PublishedReport, tables: Mapping[str, pd.DataFrame], quarter: str = ""
) -> list[ClaimVerdict]:
    """Check every claim of a report.

    Args:
        report: The report.
        tables: Data frames by table name, the report's claims among them.
        quarter: The quarter at whose end the tables stand. A plan that is due later is not
            checkable yet. Without it, every plan is due.

    Returns:
        One verdict for each claim, in the order of the table.
    """
    return verify_claims(tables[report.claims.name], collect_figures(report, tables), quarter)


def verify_claims(
    claims: pd.DataFrame, figures: Mapping[str, NamedFigure], quarter: str = ""
) -> list[ClaimVerdict]:
    """Check every row of a table of claims.

    A row with an error is not checkable and says why. It does not affect the other rows.

    Args:
        claims: The table of claims, with the columns of ``define_claims_table``.
        figures: The figures that formulas can name, by name.
        quarter: As for ``verify_report``.

    Returns:
        One verdict for each row, in the order of the table.
    """
    return [_verify_claim(claim, figures, quarter) for claim in list_claim_rows(claims)]


def claim_issues(verdicts: Iterable[ClaimVerdict]) -> tuple[TableIssue, ...]:
    """Give the errors in the rows of the table of claims.

    Args:
        verdicts: Verdicts from ``verify_claims``.

    Returns:
        One issue for each row with an error, in their order.
    """
    return tuple(verdict.issue for verdict in verdicts if verdict.issue)


def _verify_claim(
    claim: ClaimRow, figures: Mapping[str, NamedFigure], quarter: str
) -> ClaimVerdict:
    if error := claim.first_error():
        return claim.make_error(*error)
    texts = {}
    for column in ("note", "early_note", "conflict"):
        try:
            text = getattr(claim, column)
            texts[column] = write_note(text, figures, claim.unit, claim.precision)
        except FormulaError as error:
            return claim.make_error(column, str(error))
    verdict = _judge_claim(claim, figures, quarter, texts["note"] or texts["early_note"])
    return replace(verdict, conflict=texts["conflict"])


def _judge_claim(
    claim: ClaimRow, figures: Mapping[str, NamedFigure], quarter: str, note: str
) -> ClaimVerdict:
    """Compare the figure with what can be recomputed by the quarter."""
    if claim.check == PLAN and quarter and period_end(claim.due) > last_day_of_quarter(quarter):
        return claim.make_unchecked(
            f"the outcome (not checkable yet: due in {format_month(claim.due)})", note=note
        )
    if not claim.formula and claim.missing:
        return claim.make_unchecked(_describe_missing(claim), note=note)
    recomputations = []
    for column in ("formula", "other_formula"):
        if column == "formula" or claim.other_formula:
            try:
                recomputations.append(recompute_figure(getattr(claim, column), claim, figures))
            except FormulaError as error:
                return claim.make_error(column, str(error))
    return _CHECKS[claim.check](claim, recomputations, note)


def _describe_missing(claim: ClaimRow) -> str:
    due = f" (due in {format_month(claim.due)})" if claim.due else ""
    return f"{claim.missing}{due}"


def _check_figure(claim: ClaimRow, recomputations: list[Recomputation], note: str) -> ClaimVerdict:
    """Compare the result of the formula with the published figure."""
    [result] = recomputations
    if result.value is None:
        return claim.make_unchecked(result.missing, note=note)
    same_wording = result.qualifier == claim.wording
    verdict = compare_figure(result.value, claim.published, same_wording=same_wording)
    kind = CONTRADICTED if verdict == NOT_REPRODUCED else _agreeing_kind(recomputations)
    return _make_checked(claim, verdict, kind, recomputations, note)


def _check_open_definition(
    claim: ClaimRow, recomputations: list[Recomputation], note: str
) -> ClaimVerdict:
    """Compare the published figure with one reading of it: that neither confirms nor refutes it."""
    [result] = recomputations
    if result.value is None:
        return claim.make_unchecked(result.missing, note=note)
    verdict = compare_figure(result.value, claim.published)
    checked = _make_checked(claim, verdict, NOT_CHECKABLE, recomputations, note)
    return replace(checked, missing=claim.missing)


def _check_plan(claim: ClaimRow, recomputations: list[Recomputation], note: str) -> ClaimVerdict:
    """Compare the outcome with the plan."""
    [result] = recomputations
    if result.value is None:
        return claim.make_unchecked(result.missing, note=note)
    verdict = compare_outcome(result.value, claim.published)
    kind = PLAN_NOT_MET if verdict == NOT_REPRODUCED else _agreeing_kind(recomputations)
    return _make_checked(claim, verdict, kind, recomputations, note)


def _check_revised_data(
    claim: ClaimRow, recomputations: list[Recomputation], note: str
) -> ClaimVerdict:
    """Compare the published figure with data of an earlier and of a later date."""
    known = [result for result in recomputations if result.value is not None]
    agreement = (
        compare_ends([result.number for result in known], claim.published) if known else NONE
    )
    if agreement != ALL and len(known) < len(recomputations):
        missing = "; ".join(result.missing for result in recomputations if result.missing)
        return claim.make_unchecked(missing, **_describe_evidence(known, note))
    return _judge_ends(claim, agreement, known, note, WITHIN_REVISIONS, _DATA_OF_THE_DAY)


def _check_range(claim: ClaimRow, recomputations: list[Recomputation], note: str) -> ClaimVerdict:
    """Compare the published figure with the lowest and the highest value that it can have."""
    if missing := "; ".join(
        dict.fromkeys(result.missing for result in recomputations if result.missing)
    ):
        return claim.make_unchecked(missing, note=note)
    agreement = compare_ends([result.number for result in recomputations], claim.published)
    return _judge_ends(claim, agreement, recomputations, note, NOT_CHECKABLE, claim.missing)


def _judge_ends(  # noqa: PLR0913, PLR0917  what is judged, and what it is where only some agree
    claim: ClaimRow,
    agreement: Agreement,
    recomputations: list[Recomputation],
    note: str,
    unsettled_kind: FindingKind,
    unsettled_missing: str,
) -> ClaimVerdict:
    if agreement == ALL:
        results = [compare_figure(result.number, claim.published) for result in recomputations]
        is_exact = set(results) == {REPRODUCED}
        verdict: VerdictStatus = REPRODUCED if is_exact else REPRODUCED_WITHIN_ROUNDING
        return _make_checked(claim, verdict, _agreeing_kind(recomputations), recomputations, note)
    if agreement == NONE:
        return _make_checked(claim, NOT_REPRODUCED, CONTRADICTED, recomputations, note)
    evidence = _describe_evidence(recomputations, note)
    computed = recomputations[0].number if unsettled_kind == WITHIN_REVISIONS else None
    return claim.make_verdict(
        NOT_CHECKABLE, unsettled_kind, computed=computed, missing=unsettled_missing, **evidence
    )


def _agreeing_kind(recomputations: Iterable[Recomputation]) -> FindingKind:
    """Say whether figures that agree come from outside the report.

    A calculation from one of the report's own figures does not confirm the report.
    """
    return CONFIRMED if all(result.is_outside for result in recomputations) else CONSISTENT


def _make_checked(
    claim: ClaimRow,
    verdict: VerdictStatus,
    kind: FindingKind,
    recomputations: list[Recomputation],
    note: str,
) -> ClaimVerdict:
    computed = recomputations[0].number
    return claim.make_verdict(
        verdict,
        kind,
        computed=computed,
        is_repetition=all(result.is_repetition for result in recomputations),
        **_describe_evidence(recomputations, note),
    )


def _describe_evidence(recomputations: Iterable[Recomputation], note: str) -> dict[str, object]:
    """Give the working of all results, their remarks with the note, and their data."""
    results = list(recomputations)
    remarks = dict.fromkeys(remark for result in results for remark in result.remarks)
    return {
        "working": ". ".join(dict.fromkeys(result.working for result in results)),
        "note": " ".join(filter(None, (*remarks, note))),
        "data": tuple(dict.fromkeys(source for result in results for source in result.data)),
    }


_CHECKS: Mapping[str, Callable[[ClaimRow, list[Recomputation], str], ClaimVerdict]] = {
    SINGLE_FIGURE: _check_figure,
    PLAN: _check_plan,
    REVISED_DATA: _check_revised_data,
    RANGE: _check_range,
    SHARE_OF_COUNT: check_share_of_count,
    OPEN_DEFINITION: _check_open_definition,
}
