"""Whether a number of a draft agrees with a figure: in its unit, and within its printed digits."""

import re
from typing import Final

from workbook.claims.comparison import PublishedFigure, compare_figure
from workbook.claims.draft.draft_numbers import (
    MONEY,
    NUMBER,
    ORDINAL,
    POINTS,
    SHARE,
    DraftNumber,
)
from workbook.claims.report_tables import FEWER, OVER
from workbook.claims.verdict import NOT_REPRODUCED

SAME_UNIT: Final = 1.0
OTHER_UNIT: Final = 0.5
"""How well two units agree where the draft may only have left out or mixed up the unit."""

_EQUAL: Final = 1e-9
"""Relative difference that floating-point arithmetic may cause."""

_FALLS = re.compile(
    r"\b(?:f[ae]ll\w*|decreas\w*|reduc\w*|lower|down|drop\w*|cut\w*|loss|lost)\b", re.IGNORECASE
)
_DAYS: Final = {"days": 1.0, "weeks": 7.0}
_MONTHS: Final = {"months": 1.0, "years": 12.0}

_AGREEMENT: Final = {
    (SHARE, "share"): SAME_UNIT,
    (SHARE, "points"): OTHER_UNIT,
    (POINTS, "points"): SAME_UNIT,
    (POINTS, "share"): OTHER_UNIT,
    (MONEY, "GBP"): SAME_UNIT,
    (NUMBER, "count"): SAME_UNIT,
    (NUMBER, "people"): SAME_UNIT,
    (NUMBER, "level"): SAME_UNIT,
    (NUMBER, "index"): SAME_UNIT,
    (NUMBER, "years"): OTHER_UNIT,
    (NUMBER, "months"): OTHER_UNIT,
    (NUMBER, "days"): OTHER_UNIT,
    ("years", "count"): OTHER_UNIT,
    ("months", "count"): OTHER_UNIT,
    ("days", "count"): OTHER_UNIT,
    (ORDINAL, "count"): OTHER_UNIT,
    (ORDINAL, "level"): SAME_UNIT,
}


def unit_agreement(draft_unit: str, figure_unit: str) -> float:
    """Say how well the unit of a number agrees with that of a figure.

    Args:
        draft_unit: The unit of a number of a draft.
        figure_unit: The unit of a figure.

    Returns:
        1 where they are the same, 0.5 where the draft may have left the unit out, otherwise 0.

    Example:
        >>> unit_agreement("share", "share"), unit_agreement("share", "GBP")
        (1.0, 0.0)
    """
    if draft_unit == figure_unit or unit_factor(draft_unit, figure_unit) != 1:
        return SAME_UNIT
    return _AGREEMENT.get((draft_unit, figure_unit), 0.0)


def unit_factor(draft_unit: str, figure_unit: str) -> float:
    """What one of a draft's unit is in a figure's unit.

    Args:
        draft_unit: The unit of a number of a draft.
        figure_unit: The unit of a figure.

    Returns:
        The factor: 12 for years as months; 1 where nothing is to be converted.
    """
    for scale in (_DAYS, _MONTHS):
        if draft_unit in scale and figure_unit in scale:
            return scale[draft_unit] / scale[figure_unit]
    return 1.0


def agrees(number: DraftNumber, value: float, unit: str) -> bool:
    """Say whether a number agrees with a value within its printed digits.

    A number that is printed as a bound agrees with the same bound, and with a value beyond it by
    less than its last digit. A fall may be printed without its minus sign.

    Args:
        number: The number of a draft.
        value: The value.
        unit: The unit of the value.

    Returns:
        Whether they agree; False where the units do not.
    """
    if not unit_agreement(number.unit, unit):
        return False
    factor = unit_factor(number.unit, unit)
    printed = number.value * factor
    if value < 0 < printed and _FALLS.search(number.sentence):
        value = -value
    if number.wording in {OVER, FEWER} and abs(value - printed) <= _EQUAL * max(1, abs(printed)):
        return True
    published = PublishedFigure(printed, number.wording, number.precision * factor)
    return compare_figure(value, published) != NOT_REPRODUCED
