"""Check a published share of a whole number: whether a whole number can give it."""

from workbook.claims.claim_row import ClaimRow
from workbook.claims.recomputation import Recomputation
from workbook.claims.verdict import (
    CONSISTENT,
    CONTRADICTED,
    NOT_REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    ClaimVerdict,
)
from workbook.claims.working import format_figure
from workbook.methods.whole_number_shares import can_fail, possible_counts
from workbook.text.numbers import format_number

_WHOLE_PERCENTAGE = 0.01


def check_share_of_count(
    claim: ClaimRow, recomputations: list[Recomputation], note: str
) -> ClaimVerdict:
    """Apply the whole-number test of Brown and Heathers (2017) to a published share.

    Args:
        claim: The claim: a share, and its formula gives the whole number that it is of.
        recomputations: The result of that formula.
        note: What limits the finding.

    Returns:
        Contradicted where no whole number gives the share; consistent where one does and the test
        could have failed; otherwise not checkable, with what the test says.
    """
    [total] = recomputations
    if total.value is None:
        return claim.make_unchecked(total.missing, note=note)
    try:
        counts = possible_counts(claim.printed, total.value, claim.precision)
    except ValueError as error:
        return claim.make_error("formula", f"cannot be tested as a share of a count: {error}")
    of_total = (
        f"of {format_number(total.value)} can give {format_figure(claim.printed, claim.unit)}"
    )
    if not counts:
        working = f"No whole number {of_total}"
        return claim.make_verdict(NOT_REPRODUCED, CONTRADICTED, working=working, note=note)
    span = " to ".join(dict.fromkeys(format_number(end) for end in (counts[0], counts[-1])))
    working = f"A whole number {of_total}: {span}"
    if can_fail(total.value, claim.precision):
        return claim.make_verdict(
            REPRODUCED_WITHIN_ROUNDING, CONSISTENT, working=working, note=note
        )
    percentage = "whole percentage" if claim.precision >= _WHOLE_PERCENTAGE else "such percentage"
    limit = f"With a number this large, every {percentage} is possible, so this test shows nothing."
    return claim.make_unchecked(
        claim.missing, working=working, note=" ".join(filter(None, (limit, note)))
    )
