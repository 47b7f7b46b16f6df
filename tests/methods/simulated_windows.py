"""Rolling windows with a known step: quarterly counts, added up over four quarters."""

import numpy as np
from scipy.special import expit

QUARTERLY_VOLUME = 2_500


def sum_four_quarters(values):
    return np.convolve(values, np.ones(4), "valid")


def simulate_windows(random, *, windows, live_quarter, step, **options):
    """Digital and all transactions of windows. Quarter 0 begins the first window."""
    settings = {"slope": 0.0, "trend": 0.03, "start": -0.8, "noise": 0.1, "persistence": 0.3}
    settings |= options
    quarters = np.arange(windows + 3)
    errors = random.normal(size=quarters.size)
    for quarter in quarters[1:]:
        errors[quarter] *= np.sqrt(1 - settings["persistence"] ** 2)
        errors[quarter] += settings["persistence"] * errors[quarter - 1]
    is_live = quarters >= live_quarter
    logits = settings["start"] + settings["trend"] * quarters + step * is_live
    logits += settings["slope"] * is_live * (quarters - live_quarter + 0.5)
    volume = np.full(quarters.size, QUARTERLY_VOLUME)
    digital = random.binomial(volume, expit(logits + settings["noise"] * errors))
    return sum_four_quarters(digital), sum_four_quarters(volume)
