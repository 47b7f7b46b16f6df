"""Lists of exemplar services by phase, as the dashboard published them on some days."""

from datetime import date
from typing import Any

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_day
from workbook.topics.delivery.exemplars.phases import (
    BETA,
    EXEMPLAR_PHASES,
    PUBLIC_BETA,
    count_by_phase,
)


def latest_phase_list(phases: pd.DataFrame, day: date) -> pd.DataFrame:
    """Select the newest list that was published by a day.

    Args:
        phases: The table of exemplar phases.
        day: The day.

    Returns:
        The rows of that list, where a public beta is ``beta``. No rows if there is no list yet.
    """
    days = _list_days(phases)
    return _select_list(phases, days == days[days <= day].max())


def next_phase_list(phases: pd.DataFrame, day: date) -> pd.DataFrame:
    """Select the first list that was updated after a day.

    Args:
        phases: The table of exemplar phases.
        day: The day.

    Returns:
        The rows of that list, where a public beta is ``beta``. No rows if there is none.
    """
    days = _list_days(phases)
    return _select_list(phases, days == days[days > day].min())


def list_day(listed: pd.DataFrame) -> str:
    """Day on which a list was last updated, or on which it was read if that is not known.

    Args:
        listed: The rows of one list, at least one.

    Returns:
        The day, such as ``2014-06-12``.
    """
    return _update_day(listed) or str(listed["as_of"].iloc[0])


def describe_list_day(listed: pd.DataFrame) -> str:
    """Describe the day of a list: ``last updated on 12 June 2014``, ``read on 31 December 2014``.

    Args:
        listed: The rows of one list, at least one.

    Returns:
        The day, and whether it is that of the last update.
    """
    verb = "last updated" if _update_day(listed) else "read"
    return f"{verb} on {format_day(period_end(list_day(listed)))}"


def _update_day(listed: pd.DataFrame) -> str:
    """Day of the last update; empty if it is not known."""
    updated = listed["updated"].iloc[0] if "updated" in listed else ""
    return "" if pd.isna(updated) else str(updated)


def count_services(services: pd.DataFrame) -> int:
    """Count services by number: two that share a number are one place in the programme."""
    return int(services["number"].nunique())


def count_programme_by_phase(services: pd.DataFrame) -> dict[str, int]:
    """Count services in each phase by number: of two that share one, the furthest counts.

    Args:
        services: Services with their ``number`` and ``phase``.

    Returns:
        The number of places in the programme for each phase.
    """
    order = services["phase"].map(EXEMPLAR_PHASES.index)
    furthest = (
        services.assign(order=order).sort_values("order").drop_duplicates("number", keep="last")
    )
    return count_by_phase(furthest["phase"])


def _list_days(phases: pd.DataFrame) -> "pd.Series[Any]":
    return phases["as_of"].map(lambda as_of: period_end(str(as_of)))


def _select_list(phases: pd.DataFrame, is_in_list: "pd.Series[bool]") -> pd.DataFrame:
    rows: pd.DataFrame = phases[is_in_list].reset_index(drop=True)
    return rows.assign(phase=rows["phase"].replace(PUBLIC_BETA, BETA))
