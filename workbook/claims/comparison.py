"""Compare recomputed figures with a published one, by how that one is worded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from workbook.claims.report_tables import ABOUT, EXACTLY, FEWER, OVER
from workbook.claims.verdict import (
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
    VerdictStatus,
)

_EQUALITY_TOLERANCE = 1e-9
"""Relative difference between two equal figures that floating-point arithmetic may cause."""

_ROUNDING_ALLOWANCE = 0.5
"""Part of the last published digit by which rounding can change a figure."""

Agreement = Literal["all", "some", "none"]
ALL: Final = "all"
SOME: Final = "some"
NONE: Final = "none"


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as a report prints it.

    Attributes:
        value: The figure in its unit.
        wording: ``exactly``, ``about``, ``over`` or ``fewer than``.
        precision: Place value of its last printed digit, above 0.
    """

    value: float
    wording: str
    precision: float


def compare_figure(
    computed: float, published: PublishedFigure, *, same_wording: bool = False
) -> VerdictStatus:
    """Compare a recomputed figure with a published one.

    A figure that is exact or ``about`` a number may differ by half of its last printed digit. With
    ``over`` and ``fewer than`` the recomputed figure lies beyond the published one by less than a
    whole digit: otherwise another round number would have been printed.

    Args:
        computed: The recomputed figure.
        published: The published figure.
        same_wording: Whether the recomputed figure is one that the report prints elsewhere in the
            same words. The two must then be equal.

    Returns:
        Whether the figure is reproduced.
    """
    difference = computed - published.value
    tolerance = _EQUALITY_TOLERANCE * max(1, abs(published.value))
    if published.wording in {EXACTLY, ABOUT} or same_wording:
        if abs(difference) <= tolerance:
            return REPRODUCED
        allowance = 0.0 if published.wording in {OVER, FEWER} else _ROUNDING_ALLOWANCE
        is_within_rounding = abs(difference) <= published.precision * allowance + tolerance
        return REPRODUCED_WITHIN_ROUNDING if is_within_rounding else NOT_REPRODUCED
    excess = {OVER: difference, FEWER: -difference}[published.wording]
    return REPRODUCED if tolerance < excess < published.precision else NOT_REPRODUCED


def compare_outcome(outcome: float, plan: PublishedFigure) -> VerdictStatus:
    """Compare an outcome with what was planned: more than planned meets the plan as well.

    Args:
        outcome: What was done by the day on which the plan was due.
        plan: The published plan: at least, over or fewer than a number.

    Returns:
        ``reproduced`` where the plan was met, otherwise ``not reproduced``.
    """
    tolerance = _EQUALITY_TOLERANCE * max(1, abs(plan.value))
    if plan.wording == FEWER:
        is_met = outcome < plan.value - tolerance
    elif plan.wording == OVER:
        is_met = outcome > plan.value + tolerance
    else:
        is_met = outcome >= plan.value - plan.precision * _ROUNDING_ALLOWANCE - tolerance
    return REPRODUCED if is_met else NOT_REPRODUCED


def compare_ends(ends: Sequence[float], published: PublishedFigure) -> Agreement:
    """Compare the two ends of a range of answers with a published figure.

    Args:
        ends: The answers at both ends, in any order. Every answer between them is possible.
        published: The published figure.

    Returns:
        ``all`` where both ends agree, ``none`` where both lie on the same side of what would
        agree, otherwise ``some``.
    """
    results = [compare_figure(end, published) for end in ends]
    if NOT_REPRODUCED not in results:
        return ALL
    if any(result != NOT_REPRODUCED for result in results):
        return SOME
    return SOME if min(ends) < published.value < max(ends) else NONE
