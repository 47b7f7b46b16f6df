"""Survival of not being live yet: the curve, its table, and the medians."""

import numpy as np
import pandas as pd

from workbook.methods.survival import SurvivalCurve, kaplan_meier, survival_frame

ALL_SERVICES_MEDIAN, COMPLETED_ONLY_MEDIAN = (
    "All services, including those still under way",
    "Completed services only",
)
_MEDIAN_EXPLANATIONS = {
    ALL_SERVICES_MEDIAN: (
        "Kaplan–Meier estimate: a service that is not live yet counts for as long as it has been "
        "followed."
    ),
    COMPLETED_ONLY_MEDIAN: (
        "Biased: it leaves out services still under way, which include the slowest."
    ),
}
LEAST_AT_RISK = 5
"""Services still followed at the median without which it is too uncertain to be quoted."""

_MEDIAN_COLUMNS = (
    "account",
    "median",
    "median_low",
    "median_high",
    "services",
    "completed",
    "at_risk",
    "why",
)


def estimate_survival(durations: pd.DataFrame) -> SurvivalCurve | None:
    """Survival curve of not being live yet.

    Args:
        durations: Months of each service, as ``months_to_live`` returns them.

    Returns:
        The Kaplan–Meier curve by months since the end of discovery; None if there are no services.
    """
    if durations.empty:
        return None
    completed = durations["completed"]
    return kaplan_meier(durations.loc[completed, "months"], durations.loc[~completed, "months"])


def reliable_median(time_to_live: SurvivalCurve | None) -> float | None:
    """Give the median if at least ``LEAST_AT_RISK`` services were still followed at it.

    Args:
        time_to_live: The survival curve, None if no discovery is known.

    Returns:
        The median months to live; None if it is not reached or rests on too few services.
    """
    if time_to_live is None or time_to_live.at_risk_at_median < LEAST_AT_RISK:
        return None
    return time_to_live.median


def survival_table(time_to_live: SurvivalCurve | None) -> pd.DataFrame:
    """Share of services not yet live by months since the end of discovery.

    Args:
        time_to_live: The survival curve, None if no discovery is known.

    Returns:
        A row for each month in which a service went live or was last observed, from 0 on. It has
        the share not live yet with its 95% confidence interval. ``survival_completed`` is the share
        among the services that went live, as if there were no others. No rows without a curve.
    """
    return survival_frame(time_to_live, "months")


def medians_table(time_to_live: SurvivalCurve | None) -> pd.DataFrame:
    """Median months to live of all services, and of completed services only.

    Args:
        time_to_live: The survival curve, None if no discovery is known.

    Returns:
        A row for each: ``account``, ``median`` with its 95% confidence interval, and an
        explanation. It also has how many services the median rests on, how many of them went live,
        and how many were ``at_risk`` at it. No rows without a curve.
    """
    if time_to_live is None:
        return pd.DataFrame(columns=list(_MEDIAN_COLUMNS))
    median_interval = (time_to_live.median, time_to_live.median_low, time_to_live.median_high)
    rows = [
        (
            ALL_SERVICES_MEDIAN,
            *median_interval,
            time_to_live.subject_count,
            time_to_live.completed_count,
            time_to_live.at_risk_at_median,
            _MEDIAN_EXPLANATIONS[ALL_SERVICES_MEDIAN],
        )
    ]
    if time_to_live.completed_count:
        completed_median = (
            time_to_live.median_completed_only,
            None,
            None,
            time_to_live.completed_count,
            time_to_live.completed_count,
            _completed_at_risk(time_to_live),
        )
        rows.append(
            (COMPLETED_ONLY_MEDIAN, *completed_median, _MEDIAN_EXPLANATIONS[COMPLETED_ONLY_MEDIAN])
        )
    return pd.DataFrame(rows, columns=list(_MEDIAN_COLUMNS)).astype(
        dict.fromkeys(_MEDIAN_COLUMNS[1:4], float)
    )


def _completed_at_risk(time_to_live: SurvivalCurve) -> int:
    """Number of the completed services that took at least their own median."""
    completed_times = np.repeat(time_to_live.times, time_to_live.events)
    return int((completed_times >= (time_to_live.median_completed_only or 0.0)).sum())
