"""Round steps of an axis or a slider."""

import math

_ROUND_MULTIPLES = (5, 2, 1, 0.5)
"""The last is for a size whose logarithm is rounded up to a whole number."""


def largest_round_step(size: float) -> float:
    """Find the largest step up to a size that is 1, 2 or 5 times a power of ten.

    Args:
        size: The size, above 0.

    Returns:
        The step.

    Example:
        >>> largest_round_step(125_000), largest_round_step(0.3)
        (100000.0, 0.2)
    """
    power = 10.0 ** math.floor(math.log10(size))
    return next(multiple * power for multiple in _ROUND_MULTIPLES if multiple * power <= size)
