"""History of the exemplar services by their dated milestones: phases, and months to live."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from workbook.periods import months_between, shift_month
from workbook.topics.delivery.exemplars.phases import (
    COMPLETED,
    DISCOVERY,
    EXEMPLAR_PHASES,
    LIVE,
)

_TIMELINE_COLUMNS = ("title", "phase", "start", "end", "going_on")
_DURATION_COLUMNS = ("title", "discovery", "live", "months", "completed")

PhaseStartMonths = dict[str, dict[str, str | None]]
"""The month of a phase's first completed milestone, by service and phase. That of discovery is its
end: no milestone dates its beginning."""


def last_known_month(milestones: pd.DataFrame, day: date) -> str:
    """Last month for which the milestones are complete on a day.

    After that month a missing milestone does not show that nothing happened.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        The last month that had ended by the day, or the month in which the milestones were
        published if that is earlier, such as ``2014-06``.
    """
    next_day = day + timedelta(days=1)
    last_ended_month = shift_month(f"{next_day:%Y-%m}", -1)
    months_read: list[str] = milestones["as_of"].tolist()
    return min([last_ended_month, *months_read])


def phase_start_months(milestones: pd.DataFrame, day: date) -> PhaseStartMonths:
    """Month of each phase's first completed milestone.

    Milestones of a single product of a service do not count: part-time student loans were live more
    than a year before full-time student finance.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        Months by service, sorted by title, and phase: None for a phase without a completed
        milestone. Services without any are left out.
    """
    known_month = last_known_month(milestones, day)
    start_months: PhaseStartMonths = {}
    whole_service = _milestones_of_whole_services(milestones)
    columns = (whole_service[name].tolist() for name in ("title", "phase", "state", "month"))
    for title, phase, state, month in zip(*columns, strict=True):
        if state == COMPLETED and month <= known_month:
            service_months = start_months.setdefault(title, dict.fromkeys(EXEMPLAR_PHASES))
            service_months[phase] = min(service_months[phase] or month, month)
    return dict(sorted(start_months.items()))


def milestones_of_other_sources(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Completed milestones of whole services that do not come from the table's main source.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        The rows; none if all milestones have one source.
    """
    main_source = milestones["source"].mode()
    whole_service = _milestones_of_whole_services(milestones)
    is_completed = whole_service["state"].eq(COMPLETED)
    is_known = whole_service["month"] <= last_known_month(milestones, day)
    return whole_service[is_completed & is_known & ~whole_service["source"].isin(main_source)]


def milestones_of_products(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Completed milestones of single products of a service, the earliest first.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        The rows, with the name of the ``product``; none if no product has a milestone of its own.
    """
    if "product" not in milestones:
        return milestones[:0].assign(product="")
    is_known = milestones["month"] <= last_known_month(milestones, day)
    is_completed = milestones["state"].eq(COMPLETED)
    rows = milestones[is_known & is_completed & milestones["product"].notna()]
    return rows.sort_values("month", kind="stable")


def phase_timeline(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Phases that each service went through.

    A phase lasts from its first completed milestone to that of a later phase. For discovery the
    milestone is its completion. A phase whose milestone is after that of a later one does not
    count: vehicle management had a milestone of alpha after one of its beta.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        A row for each phase of a service: ``title``, ``phase``, the months ``start`` and ``end``,
        and ``going_on`` for the current phase, which ends with the last known month.
    """
    end = last_known_month(milestones, day)
    rows: list[tuple[str, str, str, str, bool]] = []
    for title, months in phase_start_months(milestones, day).items():
        entered_phases = _entered_phases(months)
        ends = [*(month for _, month in entered_phases[1:]), end]
        for position, ((phase, start), until) in enumerate(zip(entered_phases, ends, strict=True)):
            rows.append((title, phase, start, until, position == len(entered_phases) - 1))
    return pd.DataFrame(rows, columns=list(_TIMELINE_COLUMNS))


def phases_by_milestones(milestones: pd.DataFrame, day: date) -> "pd.Series[str]":
    """Phase of each service by its dated milestones.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        The current phase by title.
    """
    current_phases = {
        title: _entered_phases(months)[-1][0]
        for title, months in phase_start_months(milestones, day).items()
    }
    return pd.Series(current_phases, name="phase", dtype="str").rename_axis("title")


def months_to_live(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Months from the end of discovery until a service was live, or until it was last observed.

    Args:
        milestones: The table of exemplar milestones.
        day: The day up to which milestones count.

    Returns:
        A row for each service with a known discovery: ``title``, the months ``discovery`` (its
        end) and ``live`` (None if not live by the day), ``months`` between them, and
        ``completed``, whether it was live. For a service that was not live, ``months`` are those
        observed.
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


def _entered_phases(months: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Phases that a service went through and the month in which it entered each, in order."""
    entered: list[tuple[str, str]] = []
    for phase in reversed(EXEMPLAR_PHASES):
        month = months[phase]
        if month and (not entered or month <= entered[0][1]):
            entered.insert(0, (phase, month))
    return entered


def _milestones_of_whole_services(milestones: pd.DataFrame) -> pd.DataFrame:
    """Leave out milestones of a single product of a service."""
    return milestones[milestones["product"].isna()] if "product" in milestones else milestones
