"""The exemplar services on a day: in which phase each is, since when, and how long it took.

There are three accounts of their phases: what the report prints, what the dashboard listed on that
day, and what its dated milestones come to. They are shown side by side.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from workbook.methods.survival import SurvivalCurve, kaplan_meier
from workbook.periods import period_end
from workbook.topics.delivery.exemplars.phases import (
    BETA,
    COMPLETED,
    DISCOVERY,
    EXEMPLAR_PHASES,
    LIVE,
    PUBLIC_BETA,
)

_TIMELINE_COLUMNS = ("title", "phase", "start", "end", "going_on")
_DURATION_COLUMNS = ("title", "discovery", "live", "months", "completed")
_MONTHS_PER_YEAR = 12

PhaseStartMonths = dict[str, dict[str, str | None]]
"""The month in which a phase began, by service and phase."""


def last_known_month(milestones: pd.DataFrame, day: date) -> str:
    """The last month, such as ``2014-06``, of which the milestones tell everything on a day.

    That is the last one over by then, or the one in which they were read where that is earlier:
    what they do not tell of later months is no sign that nothing happened.
    """
    next_day = day + timedelta(days=1)
    last_ended_month = _format_month_number(_MONTHS_PER_YEAR * next_day.year + next_day.month - 2)
    months_read: list[str] = milestones["as_of"].tolist()
    return min([last_ended_month, *months_read])


def phase_start_months(milestones: pd.DataFrame, day: date) -> PhaseStartMonths:
    """The month of each phase's first completed milestone by a day, service by service.

    Services are in the order of their titles; a phase of which none was completed by then is None,
    and a service without any is left out.
    """
    known_month = last_known_month(milestones, day)
    start_months: PhaseStartMonths = {}
    columns = (milestones[name].tolist() for name in ("title", "phase", "state", "month"))
    for title, phase, state, month in zip(*columns, strict=True):
        if state == COMPLETED and month <= known_month:
            service_months = start_months.setdefault(title, dict.fromkeys(EXEMPLAR_PHASES))
            service_months[phase] = min(service_months[phase] or month, month)
    return dict(sorted(start_months.items()))


def phase_timeline(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """A row for each phase that a service was in: ``title``, ``phase``, ``start``, ``end``.

    Months such as ``2014-06``; the phase in which a service is ends with what is known and is
    ``going_on``. A phase lasts until a later one begins: one that begins after a later one, as
    alpha and beta of student finance did after it was live, is none that the service was in.
    """
    end = last_known_month(milestones, day)
    rows: list[tuple[str, str, str, str, bool]] = []
    for title, months in phase_start_months(milestones, day).items():
        entered_phases = _entered_phases(months)
        ends = [*(month for _, month in entered_phases[1:]), end]
        for position, ((phase, start), until) in enumerate(zip(entered_phases, ends, strict=True)):
            rows.append((title, phase, start, until, position == len(entered_phases) - 1))
    return pd.DataFrame(rows, columns=list(_TIMELINE_COLUMNS))


def latest_phase_list(phases: pd.DataFrame, day: date) -> pd.DataFrame:
    """The newest list of services that stood by a day; a public beta is ``beta`` there."""
    days = phases["as_of"].map(lambda as_of: period_end(str(as_of)))
    newest: pd.DataFrame = phases[days == days[days <= day].max()].reset_index(drop=True)
    return newest.assign(phase=newest["phase"].replace(PUBLIC_BETA, BETA))


def phases_by_milestones(milestones: pd.DataFrame, day: date) -> "pd.Series[str]":
    """The phase of each service on a day by its milestones, by its title."""
    current_phases = {
        title: _entered_phases(months)[-1][0]
        for title, months in phase_start_months(milestones, day).items()
    }
    return pd.Series(current_phases, name="phase", dtype="str").rename_axis("title")


def months_to_live(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Months from a service's discovery to its being live: title, discovery, live, months.

    ``completed`` is False, and ``live`` None, where it was not live by the day: ``months`` are
    those that it was seen then. One of which no discovery is known has no row.
    """
    end = last_known_month(milestones, day)
    rows = [
        (
            title,
            discovery_month,
            start_months[LIVE],
            _months_between(discovery_month, start_months[LIVE] or end),
        )
        for title, start_months in phase_start_months(milestones, day).items()
        if (discovery_month := start_months[DISCOVERY])
    ]
    durations = pd.DataFrame(rows, columns=list(_DURATION_COLUMNS[:-1])).astype({"months": int})
    return durations.assign(completed=durations["live"].notna())


def estimate_time_to_live(milestones: pd.DataFrame, day: date) -> SurvivalCurve | None:
    """Survival of not being live, in months from discovery; None where no discovery is known."""
    return estimate_survival(months_to_live(milestones, day))


def estimate_survival(durations: pd.DataFrame) -> SurvivalCurve | None:
    """Survival of not being live of these ``months`` to live; None where there are none."""
    if durations.empty:
        return None
    completed = durations["completed"]
    return kaplan_meier(durations.loc[completed, "months"], durations.loc[~completed, "months"])


def _entered_phases(months: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """The phases that a service was in with the month in which it entered each, in order."""
    entered: list[tuple[str, str]] = []
    for phase in reversed(EXEMPLAR_PHASES):
        month = months[phase]
        if month and (not entered or month <= entered[0][1]):
            entered.insert(0, (phase, month))
    return entered


def _months_between(first: str, last: str) -> int:
    """Months from one to another: 2014-02 to 2014-06 is 4."""
    return _MONTHS_PER_YEAR * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:])


def _format_month_number(number: int) -> str:
    """The month that is so many months after the first of the year 0: 24173 is 2014-06."""
    return f"{number // _MONTHS_PER_YEAR:04d}-{number % _MONTHS_PER_YEAR + 1:02d}"
