"""Check a draft: say of each number whether the figure that it may state agrees with it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from workbook.claims.draft.agreement import agrees
from workbook.claims.draft.catalogue import PUBLISHED, CatalogueFigure
from workbook.claims.draft.checked_number import (
    AS_PUBLISHED,
    DIFFERENT,
    MATCHED,
    MODEL,
    RECOMPUTED,
    UNSUPPORTED,
    CheckedNumber,
    Finding,
)
from workbook.claims.draft.draft_numbers import DraftNumber
from workbook.claims.draft.matching import FigureIndex, Proposal
from workbook.claims.verdict import NOT_CHECKABLE, NOT_REPRODUCED, ClaimVerdict
from workbook.claims.working import format_figure

MOST_PROPOSALS: Final = 3
"""Proposals for one number: the first and two alternatives."""

_REFUTED_SHARE: Final = 0.5
"""A claim that is not reproduced counts if its words score this share of the first proposal's."""


_BETTER_WORDED: Final = 0.1
"""How much more the words of a figure with another value must score to put a match in doubt."""


def check_numbers(numbers: Iterable[DraftNumber], index: FigureIndex) -> list[CheckedNumber]:
    """Propose a figure for each number of a draft and compare the two.

    Args:
        numbers: The numbers, in the order of the draft.
        index: The figures that the draft may state.

    Returns:
        One result for each number, in their order.
    """
    checked: list[CheckedNumber] = []
    for _, group in groupby(numbers, key=lambda number: (number.sentence, number.headings)):
        in_sentence = list(group)
        proposals = _share_out(in_sentence, [index.propose(number) for number in in_sentence])
        checked += map(_check_number, in_sentence, proposals)
    return checked


def _share_out(
    numbers: Sequence[DraftNumber], proposals: Sequence[Sequence[Proposal]]
) -> list[list[Proposal]]:
    """Leave each figure to the number of a sentence that it fits best.

    A sentence states a figure once, or twice in two forms: ``nine in ten (88%)``.
    """
    fits = sorted(
        (-proposal.score, position, proposal.figure.id)
        for position, found in enumerate(proposals)
        for proposal in found
    )
    owners: dict[str, int] = {}
    for _, position, figure_id in fits:
        if figure_id not in owners and position not in owners.values():
            owners[figure_id] = position

    def is_left(position: int, proposal: Proposal) -> bool:
        owner = owners.get(proposal.figure.id, position)
        is_other_form = numbers[owner].value != numbers[position].value
        return owner == position or (proposal.is_equal and is_other_form)

    return [
        [proposal for proposal in found if is_left(position, proposal)]
        for position, found in enumerate(proposals)
    ]


def _check_number(number: DraftNumber, proposals: Sequence[Proposal]) -> CheckedNumber:
    if not proposals:
        working = "No figure has enough of these words and a value in this unit."
        return CheckedNumber(number, Finding(UNSUPPORTED, "", working), ())
    first = proposals[0]
    finding = compare_with_figure(number, first.figure)
    if finding.status == MATCHED and (doubt := _find_doubt(number, proposals)):
        finding = Finding(UNSUPPORTED, "", doubt)
    return CheckedNumber(number, finding, tuple(proposals[:MOST_PROPOSALS]))


def _find_doubt(number: DraftNumber, proposals: Sequence[Proposal]) -> str:
    """Say which other figure a number may state that does not agree with it; empty for none."""
    first, *others = proposals
    for proposal in others:
        figure, verdict = proposal.figure, proposal.figure.verdict
        is_near = proposal.words >= first.words * _REFUTED_SHARE
        may_state = is_near and agrees(number, figure.value, figure.unit)
        if may_state and verdict is not None and verdict.verdict == NOT_REPRODUCED:
            return f"It may state {figure.id}, which is not reproduced. {verdict.evidence}."
        is_better_worded = proposal.words >= first.words + _BETTER_WORDED
        if is_better_worded and proposal.unit >= first.unit and not proposal.is_equal:
            return (
                f"Its words fit {figure.id} better. {compare_with_figure(number, figure).working}"
            )
    return ""


def compare_with_figure(number: DraftNumber, figure: CatalogueFigure) -> Finding:
    """Compare a number with the figure that it states.

    A claim that is not reproduced never gives a match, and one that the data leave open gives none
    either. A figure that nothing recomputes gives a match as published.

    Args:
        number: The number.
        figure: The figure.

    Returns:
        The finding.
    """
    if figure.verdict is not None:
        return _compare_with_claim(number, figure, figure.verdict)
    value = f"{figure.origin}: {format_figure(figure.value, figure.unit)}."
    if agrees(number, figure.value, figure.unit):
        return Finding(MATCHED, AS_PUBLISHED if figure.source == PUBLISHED else MODEL, value)
    return Finding(DIFFERENT, "", f"{_quote_draft(number)} {value}")


def _compare_with_claim(
    number: DraftNumber, figure: CatalogueFigure, verdict: ClaimVerdict
) -> Finding:
    published = f"Published: {verdict.printed_as}."
    explanation = f"{verdict.explanation}." if verdict.explanation else ""
    if not agrees(number, figure.value, figure.unit):
        if _agrees_with_recomputed(number, verdict):
            return Finding(MATCHED, RECOMPUTED, _join_sentences(explanation, published))
        return Finding(DIFFERENT, "", _join_sentences(_quote_draft(number), published, explanation))
    if verdict.verdict == NOT_REPRODUCED:
        return Finding(DIFFERENT, "", explanation)
    if _is_settled(verdict):
        return Finding(MATCHED, RECOMPUTED, explanation)
    if verdict.data:
        return Finding(UNSUPPORTED, "", _join_sentences("The data do not settle it.", explanation))
    return Finding(MATCHED, AS_PUBLISHED, _join_sentences("Nothing recomputes it.", explanation))


def _agrees_with_recomputed(number: DraftNumber, verdict: ClaimVerdict) -> bool:
    """Whether a number that is not the published one is the recomputed one."""
    if verdict.computed is None or not _is_settled(verdict):
        return False
    return agrees(number, verdict.computed, verdict.unit)


def _is_settled(verdict: ClaimVerdict) -> bool:
    return NOT_CHECKABLE not in {verdict.kind, verdict.verdict}


def _quote_draft(number: DraftNumber) -> str:
    return f"The draft has {number.printed}."


def _join_sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
