"""Whole-number (GRIM) test: whether a rounded percentage of a whole number is possible."""

import math

_ROUNDING_TOLERANCE = 1e-9


def possible_counts(share: float, total: float, precision: float) -> range:
    """Whole counts whose share of a total rounds to a published share.

    A share of ``total`` people or things has a whole numerator. A published share that no whole
    numerator gives is impossible (the GRIM test of Brown and Heathers, 2017). A share half-way
    between two published ones can have been rounded either way, so both ends are allowed.

    Args:
        share: Published share, a fraction of 1.
        total: Number of people or things that it is a share of, whole and above 0.
        precision: Place of its last published digit: 0.01 for a whole percentage.

    Returns:
        The counts in order, empty where the share is impossible.

    Raises:
        ValueError: The share is not between 0 and 1, the total is not a whole number above 0, or
            the precision is not above 0 and at most 1.

    Example:
        >>> list(possible_counts(0.93, 439, 0.01))
        [407, 408, 409, 410]
        >>> len(possible_counts(0.93, 9, 0.01))
        0
    """
    _check_arguments(share, total, precision)
    least, most = ((share + sign * precision / 2) * total for sign in (-1, 1))
    return range(
        max(0, math.ceil(least - _ROUNDING_TOLERANCE)),
        min(int(total), math.floor(most + _ROUNDING_TOLERANCE)) + 1,
    )


def can_fail(total: float, precision: float) -> bool:
    """Whether some share at this precision is impossible for a total.

    From ``1 / precision`` on, every share is possible and the test says nothing (Brown and
    Heathers, 2017): for whole percentages, from 100.

    Args:
        total: Number of people or things that the share is of, whole and above 0.
        precision: Place of the last published digit of the share.

    Returns:
        True where the test can find an impossible share.

    Raises:
        ValueError: As for ``possible_counts``.

    Example:
        >>> can_fail(9, 0.01), can_fail(439, 0.01)
        (True, False)
    """
    _check_arguments(0.0, total, precision)
    return total * precision < 1 - _ROUNDING_TOLERANCE


def _check_arguments(share: float, total: float, precision: float) -> None:
    if not 0 <= share <= 1:
        msg = f"share is {share}: it must be a fraction from 0 to 1"
        raise ValueError(msg)
    if not (total > 0 and float(total).is_integer()):
        msg = f"total is {total}: it must be a whole number above 0"
        raise ValueError(msg)
    if not 0 < precision <= 1:
        msg = f"precision is {precision}: it must be above 0 and at most 1"
        raise ValueError(msg)
