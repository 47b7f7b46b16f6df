"""Sampling error of survey estimates."""

import math


def standard_error(share: float, sample_size: int, design_effect: float = 1.0) -> float:
    """Standard error of a share estimated from a survey, √(deff × p(1 − p) / n) (Kish, 1965).

    Args:
        share: Estimated share p, a fraction from 0 to 1.
        sample_size: Number of people asked n, at least 1.
        design_effect: Design effect deff, above 0: 1 for a simple random sample.

    Returns:
        Standard error as a fraction of 1.

    Raises:
        ValueError: If an argument is out of its bounds.

    Example:
        >>> round(standard_error(0.21, 2_000, design_effect=1.5), 4)
        0.0112
    """
    if not (0 <= share <= 1 and sample_size >= 1 and design_effect > 0):
        msg = (
            f"share is {share}, sample size {sample_size} and design effect {design_effect}: the "
            "share must be from 0 to 1, the sample size at least 1 and the design effect above 0"
        )
        raise ValueError(msg)
    return math.sqrt(design_effect * share * (1 - share) / sample_size)
