"""The exemplar services on a day: in which phase each is, since when, and how long it took.

There are three accounts of their phases: what the report prints, what the dashboard listed on that
day, and what its dated milestones come to. They are shown side by side.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from workbook.methods.survival import Survival, kaplan_meier
from workbook.quarters import period_end
from workbook.topics.delivery.phases import (
    BETA,
    COMPLETED,
    DISCOVERY,
    LIVE,
    PHASES,
    PUBLIC,
)

TIMELINE = ("title", "phase", "start", "end", "going_on")
DURATIONS = ("title", "discovery", "live", "months", "completed")
MONTHS_A_YEAR = 12

Started = dict[str, dict[str, str | None]]
"""The month in which a phase began, by service and phase."""


def known_to(milestones: pd.DataFrame, day: date) -> str:
    """The last month, such as ``2014-06``, of which the milestones tell everything on a day.

    That is the last one over by then, or the one in which they were read where that is earlier:
    what they do not tell of later months is no sign that nothing happened.
    """
    after = day + timedelta(days=1)
    over = _month(MONTHS_A_YEAR * after.year + after.month - 2)
    read: list[str] = milestones["as_of"].tolist()
    return min([over, *read])


def started(milestones: pd.DataFrame, day: date) -> Started:
    """The month of each phase's first completed milestone by a day, service by service.

    Services are in the order of their titles; a phase of which none was completed by then is None,
    and a service without any is left out.
    """
    known = known_to(milestones, day)
    found: Started = {}
    columns = (milestones[name].tolist() for name in ("title", "phase", "state", "month"))
    for title, phase, state, month in zip(*columns, strict=True):
        if state == COMPLETED and month <= known:
            first = found.setdefault(title, dict.fromkeys(PHASES))
            first[phase] = min(first[phase] or month, month)
    return dict(sorted(found.items()))


def timeline(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """A row for each phase that a service was in: ``title``, ``phase``, ``start``, ``end``.

    Months such as ``2014-06``; the phase in which a service is ends with what is known and is
    ``going_on``. A phase lasts until a later one begins: one that begins after a later one, as
    alpha and beta of student finance did after it was live, is none that the service was in.
    """
    end = known_to(milestones, day)
    rows: list[tuple[str, str, str, str, bool]] = []
    for title, months in started(milestones, day).items():
        entered = _entered(months)
        ends = [*(month for _, month in entered[1:]), end]
        for at, ((phase, start), until) in enumerate(zip(entered, ends, strict=True)):
            rows.append((title, phase, start, until, at == len(entered) - 1))
    return pd.DataFrame(rows, columns=list(TIMELINE))


def listed(phases: pd.DataFrame, day: date) -> pd.DataFrame:
    """The newest list of services that stood by a day; a public beta is ``beta`` there."""
    days = phases["as_of"].map(lambda each: period_end(str(each)))
    newest: pd.DataFrame = phases[days == days[days <= day].max()].reset_index(drop=True)
    return newest.assign(phase=newest["phase"].replace(PUBLIC, BETA))


def recounted(milestones: pd.DataFrame, day: date) -> "pd.Series[str]":
    """The phase of each service on a day by its milestones, by its title."""
    now = {title: _entered(months)[-1][0] for title, months in started(milestones, day).items()}
    return pd.Series(now, name="phase", dtype="str").rename_axis("title")


def months_to_live(milestones: pd.DataFrame, day: date) -> pd.DataFrame:
    """Months from a service's discovery to its being live: title, discovery, live, months.

    ``completed`` is False, and ``live`` None, where it was not live by the day: ``months`` are
    those that it was seen then. One of which no discovery is known has no row.
    """
    end = known_to(milestones, day)
    rows = [
        (title, began, first[LIVE], _between(began, first[LIVE] or end))
        for title, first in started(milestones, day).items()
        if (began := first[DISCOVERY])
    ]
    found = pd.DataFrame(rows, columns=list(DURATIONS[:-1])).astype({"months": int})
    return found.assign(completed=found["live"].notna())


def time_to_live(milestones: pd.DataFrame, day: date) -> Survival | None:
    """Survival of not being live, in months from discovery; None where no discovery is known."""
    return survival(months_to_live(milestones, day))


def survival(took: pd.DataFrame) -> Survival | None:
    """Survival of not being live of these ``months`` to live; None where there are none."""
    if took.empty:
        return None
    done = took["completed"]
    return kaplan_meier(took.loc[done, "months"], took.loc[~done, "months"])


def _entered(months: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """The phases that a service was in with the month in which it entered each, in order."""
    entered: list[tuple[str, str]] = []
    for phase in reversed(PHASES):
        month = months[phase]
        if month and (not entered or month <= entered[0][1]):
            entered.insert(0, (phase, month))
    return entered


def _between(first: str, last: str) -> int:
    """Months from one to another: 2014-02 to 2014-06 is 4."""
    return MONTHS_A_YEAR * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:])


def _month(number: int) -> str:
    """The month that is so many months after the first of the year 0: 24173 is 2014-06."""
    return f"{number // MONTHS_A_YEAR:04d}-{number % MONTHS_A_YEAR + 1:02d}"
