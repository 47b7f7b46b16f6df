"""Sampling error of a survey's shares."""

import math


def standard_error(share: float, sample_size: int, design_effect: float = 1.0) -> float:
    """Standard error of a share from a survey, √(deff × p(1 − p) / n), as a fraction of 1.

    Raises ValueError unless the share is within 0 and 1, the sample at least 1 and the design
    effect above 0.
    """
    if not (0 <= share <= 1 and sample_size >= 1 and design_effect > 0):
        msg = (
            f"a share of {share} from {sample_size} people with a design effect of {design_effect} "
            "has no standard error: the share must be within 0 and 1, the sample at least 1"
        )
        raise ValueError(msg)
    return math.sqrt(design_effect * share * (1 - share) / sample_size)
