"""Effect of going live against services that did not (difference in differences)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from workbook.methods.counts import validate_counts
from workbook.methods.interrupted_time_series import EffectEstimate
from workbook.methods.window_regression import (
    LinearisedFit,
    month_terms,
    whitening_matrix,
    window_means,
)

LEAST_CONTROLS = 3
"""Control services below which their own spread says too little for an interval."""

Counts = tuple[npt.ArrayLike, npt.ArrayLike]
"""Digital and all transactions of consecutive windows."""


@dataclass(frozen=True)
class DifferenceInDifferences:
    """Change of the service less the mean change of its controls, in logits.

    Attributes:
        effect: The difference, None where it cannot be estimated.
        failure: Why it cannot, empty if it can.
    """

    effect: EffectEstimate | None
    failure: str


def compare_with_controls(
    service: Counts, controls: Sequence[Counts], *, live_month: int, interval: float = 0.95
) -> DifferenceInDifferences:
    """Compare the change of a service at going live with that of services that did not go live.

    Each series has its own step b0 + b2 D on the logit scale, in rolling windows as in
    ``interrupted_time_series``. What moved all of them alike is no effect. The steps of the m
    controls have no cause. Their spread gives the standard error s √(1 + 1/m), with m − 1 degrees
    of freedom (Conley and Taber, 2011).

    Args:
        service: Counts of the service that went live.
        controls: Counts of the others in the same windows.
        live_month: Month of going live, counted from the first month of the first window.
        interval: Probability of the confidence interval, between 0 and 1.

    Returns:
        The difference with its interval.

    Raises:
        ValueError: If counts are not such a series.
    """
    if len(controls) < LEAST_CONTROLS:
        return DifferenceInDifferences(
            None,
            f"an interval needs {LEAST_CONTROLS} control services, and there are {len(controls)}",
        )
    fractions = window_means(month_terms(np.size(service[0]), live_month)[1])
    if fractions.min() > 0 or fractions.max() < 1:
        return DifferenceInDifferences(
            None, "this needs a period wholly before going live and one wholly after"
        )
    service_step = _estimate_step(service, live_month)
    control_steps = [
        step for counts in controls if (step := _estimate_step(counts, live_month)) is not None
    ]
    if service_step is None or len(control_steps) < LEAST_CONTROLS:
        return DifferenceInDifferences(None, "no step fits the periods")
    count = len(control_steps)
    difference = service_step - float(np.mean(control_steps))
    standard_error = float(np.std(control_steps, ddof=1)) * np.sqrt(1 + 1 / count)
    margin = float(standard_error * stdtrit(count - 1, (1 + interval) / 2))
    return DifferenceInDifferences(
        EffectEstimate(difference, difference - margin, difference + margin), ""
    )


def _estimate_step(counts: Counts, live_month: int) -> float | None:
    """Step of one series on going live, in logits; None if the fit did not converge."""
    digital, volume = validate_counts(*counts)
    _, is_live, _ = month_terms(digital.size, live_month)
    fit = LinearisedFit.from_counts(
        digital, volume, np.stack([np.ones_like(is_live), is_live], axis=1)
    )
    if fit is None:
        return None
    whitening = whitening_matrix(fit.weights)
    return float(np.linalg.lstsq(whitening @ fit.design, whitening @ fit.values)[0][1])
