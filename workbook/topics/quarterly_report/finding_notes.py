"""Notes on the published figures: contradicted, plans not met, and those left undefined."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from workbook.claims.verdict import (
    CONSISTENT,
    PLAN_NOT_MET,
    ClaimVerdict,
)
from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    first_sentence,
    format_count,
    join_items,
    lower_first,
)
from workbook.topics.quarterly_report.finding_ranks import rank_findings

_TIMES = {1: "", 2: " (stated twice)"}


def finding_notes(claim_verdicts: Sequence[ClaimVerdict]) -> Iterator[str]:
    """Note each figure that is contradicted, undefined or in conflict, and each plan not met.

    A figure that the report states more than once has one note, and so have the consistent ones.

    Args:
        claim_verdicts: The verdicts on all published figures.

    Yields:
        A note for each finding, the most important first, then one on the consistent figures.
    """
    undefined = (verdict for verdict in claim_verdicts if verdict.is_undefined)
    for statements in group_statements([*rank_findings(claim_verdicts), *undefined]):
        claim_verdict, count = statements[0], len(statements)
        times = _TIMES.get(count, f" (stated {count} times)")
        yield f"{capitalise_first(claim_verdict.kind)}{times}: {_describe_finding(claim_verdict)}"
    for claim_verdict in claim_verdicts:
        if claim_verdict.conflict:
            conflict = lower_first(claim_verdict.conflict.rstrip("."))
            yield f"{capitalise_first(claim_verdict.kind)}, but {conflict}."
    yield from _consistent_notes(claim_verdicts)


def group_statements(claim_verdicts: Iterable[ClaimVerdict]) -> list[list[ClaimVerdict]]:
    """Group claims that state the same figure with the same result.

    Args:
        claim_verdicts: Verdicts on published figures.

    Returns:
        The groups, in the order of their first claims.
    """
    groups: dict[tuple[object, ...], list[ClaimVerdict]] = {}
    for verdict in claim_verdicts:
        key = (verdict.kind, verdict.printed, verdict.unit, verdict.working)
        groups.setdefault(key, []).append(verdict)
    return list(groups.values())


def _describe_finding(claim_verdict: ClaimVerdict) -> str:
    """The claim, the result, and what limits it; for a plan its outcome in the note's words."""
    claim, result = (
        lower_first(first_sentence(claim_verdict.claim)),
        _describe_result(claim_verdict),
    )
    note = f"{claim_verdict.note.rstrip('.')}." if claim_verdict.note else ""
    if claim_verdict.kind == PLAN_NOT_MET:
        return f"{claim.replace(' are to ', ' were to ', 1)} {note or result}"
    return " ".join(filter(None, (claim, result, note)))


def _consistent_notes(claim_verdicts: Iterable[ClaimVerdict]) -> Iterator[str]:
    """Note how many figures agree within the report only, and how many of them only repeat."""
    consistent = [verdict for verdict in claim_verdicts if verdict.kind == CONSISTENT]
    if not consistent:
        return
    pronoun = choose_form(len(consistent), "It is", "They are")
    sentences = [f"{_count_by_data(consistent)}. {pronoun} not confirmed."]
    if repeated := sum(verdict.is_repetition for verdict in consistent):
        verb = choose_form(repeated, "repeats", "repeat")
        sentences.append(f"{repeated} of them only {verb} a figure printed elsewhere in it.")
    yield " ".join(sentences)


def _count_by_data(consistent: Collection[ClaimVerdict]) -> str:
    """Count the figures that agree, by whether data from outside the report were used as well."""
    with_data = [verdict for verdict in consistent if verdict.data]
    report_only = len(consistent) - len(with_data)
    sources = dict.fromkeys(source for verdict in with_data for source in verdict.data)
    other_data = f"figures and other data ({join_items(map(lower_first, sources))})"
    subject = format_count(report_only or len(with_data), "figure agrees", "figures agree")
    if not with_data:
        return f"{subject} only with the report’s own figures"
    if not report_only:
        return f"{subject} only with the report’s {other_data}"
    return (
        f"{subject} only with the report’s own figures, and {len(with_data)} with its {other_data}"
    )


def _describe_result(claim_verdict: ClaimVerdict) -> str:
    """The recomputed figure, or the fact that stands in place of a calculation."""
    working = first_sentence(claim_verdict.working)
    _, is_calculated, result = working.rpartition(" = ")
    return f"Recalculated: {result}" if is_calculated else working
