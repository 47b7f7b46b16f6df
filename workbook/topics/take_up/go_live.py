"""Effect of going live on a service's take-up, as an interrupted time series."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.methods.interrupted_time_series import InterruptedTimeSeries, fit_interrupted_series
from workbook.periods import QUARTERS_PER_YEAR, quarter_of
from workbook.text.numbers import format_share
from workbook.topics.take_up.balanced_panel import BalancedPanel
from workbook.topics.take_up.service_panel import ServicePanel

_EFFECT_LEVEL = 0.95
"""The level of the confidence intervals of the effect."""


def go_live_months(service: ServicePanel, go_live: pd.DataFrame) -> dict[str, str]:
    """Month in which a service entered each phase.

    Args:
        service: The panel of one service.
        go_live: The table of go-live dates.

    Returns:
        Months such as ``2014-06`` by phase, in the order of the months.
    """
    details = service.services.iloc[0]
    service_rows = (go_live["organisation"] == details["organisation"]) & (
        go_live["service"] == details["service"]
    )
    rows = go_live[service_rows].sort_values("month")
    return dict(zip(rows["phase"].astype(str), rows["month"].astype(str), strict=True))


def estimate_go_live_effect(
    panel: BalancedPanel, months: dict[str, str]
) -> InterruptedTimeSeries | None:
    """Estimate the change of level and slope once a service was live.

    The break is at the first window that holds the month of the first phase.

    Args:
        panel: The service's windows.
        months: The month of each phase.

    Returns:
        The fitted series; None if no month is known, or if all windows lie on one side of it.
    """
    if not months:
        return None
    start = quarter_of(min(months.values()))
    is_live = [quarter >= start for quarter in panel.quarters]
    if not any(is_live) or all(is_live):
        return None
    return fit_interrupted_series(
        np.array(panel.digital),
        np.array(panel.volume),
        go_live=is_live.index(True),
        interval=_EFFECT_LEVEL,
    )


def describe_go_live_effect(effect: InterruptedTimeSeries | None) -> Iterator[tuple[str, str]]:
    """Describe how the odds of a digital transaction changed, at once and with each year.

    Args:
        effect: The fitted series, if any.

    Yields:
        A label and its value in words.
    """
    if effect is None:
        return
    if effect.failure:
        yield "Effect of going live", f"cannot be estimated: {effect.failure}"
        return
    level = f"{_EFFECT_LEVEL:.0%}"
    for description, coefficient, quarters in (
        ("Immediate change in the odds of a digital transaction", effect.level_change, 1),
        ("Further change in the odds, each year", effect.slope_change, QUARTERS_PER_YEAR),
    ):
        if coefficient is None:
            continue
        odds_ratio, low, high = (
            np.exp(quarters * log_odds)
            for log_odds in (coefficient.estimate, coefficient.low, coefficient.high)
        )
        yield (
            description,
            f"× {odds_ratio:.2f} ({level} confidence interval: {low:.2f} to {high:.2f})",
        )
    fitted_text, trend_text = (
        format_share(float(path[-1])) for path in (effect.fitted, effect.counterfactual)
    )
    yield (
        "Latest fitted take-up",
        f"{fitted_text}, compared with {trend_text} on the trend before going live",
    )
