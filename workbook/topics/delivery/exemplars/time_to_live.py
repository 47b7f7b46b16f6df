"""Time from discovery to live: months of each service, and the survival curve."""

from datetime import date

import pandas as pd

from workbook.methods.survival import SurvivalCurve, kaplan_meier
from workbook.periods import months_between
from workbook.topics.delivery.exemplars.phase_history import last_known_month, phase_start_months
from workbook.topics.delivery.exemplars.phases import DISCOVERY, LIVE

_DURATION_COLUMNS = ("title", "discovery", "live", "months", "completed")


def months_to_live(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Months from each service's discovery until it was live, or until it was last observed.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        A row for each service with a known discovery: ``title``, the months ``discovery`` and
        ``live`` (None if not live by the day), ``months`` between them, and ``completed``, whether
        it was live. For a service that was not live, ``months`` are those observed.
    """
    end = last_known_month(milestones, day)
    rows = [
        (
            title,
            discovery_month,
            start_months[LIVE],
            months_between(discovery_month, start_months[LIVE] or end),
        )
        for title, start_months in phase_start_months(milestones, day).items()
        if (discovery_month := start_months[DISCOVERY])
    ]
    durations = pd.DataFrame(rows, columns=list(_DURATION_COLUMNS[:-1])).astype({"months": int})
    return durations.assign(completed=durations["live"].notna())


def estimate_time_to_live(milestones: pd.DataFrame, day: date) -> SurvivalCurve | None:
    """Survival curve of not being live yet, from the milestones known by a day.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        The Kaplan–Meier curve by months since discovery; None if no discovery is known.
    """
    return estimate_survival(months_to_live(milestones, day))


def estimate_survival(durations: pd.DataFrame) -> SurvivalCurve | None:
    """Survival curve of not being live yet.

    Args:
        durations: Months of each service, as ``months_to_live`` returns them.

    Returns:
        The Kaplan–Meier curve by months since discovery; None if there are no services.
    """
    if durations.empty:
        return None
    completed = durations["completed"]
    return kaplan_meier(durations.loc[completed, "months"], durations.loc[~completed, "months"])
