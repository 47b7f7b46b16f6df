"""The exemplar services' tables: each with its phases, how long it took, and how long it takes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.survival import Survival, kaplan_meier
from workbook.topics.delivery import exemplars
from workbook.topics.delivery.accounts import Printed, accounts, why
from workbook.topics.delivery.phases import PHASES
from workbook.topics.delivery.selection import Selection

EVERY, ALONE = "Every service, with those still on their way", "Those completed alone"
WHY = {
    EVERY: (
        "Kaplan–Meier: a service that is not live yet counts among those at risk for as long as it "
        "has been seen."
    ),
    ALONE: "Leaves out every service still on its way, and with them the slow ones.",
}
MEDIANS = ("account", "median", "median_low", "median_high", "services", "completed", "why")
CURVE = (
    "months",
    "at_risk",
    "completed",
    "survival",
    "survival_low",
    "survival_high",
    "survival_completed",
)


@dataclass(frozen=True, eq=False)
class Services:
    """All that is known of the services chosen: tables, and the survival of not being live.

    ``time`` is None where of none a discovery is known; ``known`` is the last month of which the
    milestones tell everything.
    """

    accounts: pd.DataFrame
    differences: pd.DataFrame
    listed: pd.DataFrame
    timeline: pd.DataFrame
    table: pd.DataFrame
    time: Survival | None
    known: str

    @classmethod
    def of(cls, selection: Selection) -> Self:
        """What is known of a selection's services on its day."""
        said, day = selection.printed, selection.day
        phases, milestones = selection.phases, selection.milestones
        listed = exemplars.listed(phases, day)
        timeline = _timeline(exemplars.timeline(milestones, day), listed)
        took = exemplars.months_to_live(milestones, day)
        return cls(
            accounts(said, phases, milestones, day),
            _differences(said, why(said, phases, milestones) if said else ()),
            listed,
            timeline,
            _table(listed, timeline, took),
            exemplars.survival(took),
            exemplars.known_to(milestones, day),
        )

    @property
    def without_discovery(self) -> int:
        """How many with a dated milestone have no dated discovery."""
        dated = self.timeline["title"].nunique()
        return dated - (self.time.subjects if self.time else 0)


def _differences(said: Printed | None, reasons: tuple[str, ...]) -> pd.DataFrame:
    """Why what is printed, listed and dated differ on the day that a report prints."""
    days = [str(said.day)] * len(reasons) if said else []
    return pd.DataFrame({"difference": list(reasons), "as_of": days}, dtype=object)


def _timeline(rows: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """The phases that each service was in, with its department; the furthest stand first."""
    found = rows.assign(department=rows["title"].map(listed.set_index("title")["department"]))
    now = rows[rows["going_on"].astype(bool)]
    furthest = sorted(
        zip(now["title"], now["phase"], now["start"], strict=True),
        key=lambda each: (-PHASES.index(each[1]), each[2]),
    )
    place = {title: at for at, (title, *_) in enumerate(furthest)}
    return found.sort_values(
        "title", key=lambda titles: titles.map(place), kind="stable", ignore_index=True
    )


def _table(listed: pd.DataFrame, timeline: pd.DataFrame, took: pd.DataFrame) -> pd.DataFrame:
    """Each service: its phase as listed and by its milestones, and its months from discovery."""
    now = timeline[timeline["going_on"].astype(bool)].set_index("title")
    there = listed.set_index("title")[["department", "phase"]]
    order = [*now.index, *there.index.difference(now.index)]
    found = there.rename(columns={"phase": "phase_listed"}).reindex(order)
    found = found.assign(phase_dated=now["phase"], **took.set_index("title"))
    return found.astype({"completed": "boolean"}).rename_axis("title").reset_index()


def curve(found: Survival | None) -> pd.DataFrame:
    """The share not yet live by months since discovery, from 0 on; no rows where none is known.

    ``survival_completed`` is that of the completed alone, as if none were on its way.
    """
    if found is None:
        return pd.DataFrame(columns=list(CURVE), dtype=float)
    columns = (
        found.times,
        found.at_risk,
        found.events,
        found.survival,
        found.low,
        found.high,
        _alone(found),
    )
    rows = pd.DataFrame(dict(zip(CURVE, columns, strict=True)))
    first = (0, found.subjects, 0, 1, np.nan, np.nan, 1 if found.completed else np.nan)
    start = pd.DataFrame([first], columns=list(CURVE))[: int(found.times[0] > 0)]
    return pd.concat([start, rows], ignore_index=True).astype(
        dict.fromkeys(CURVE, float) | dict.fromkeys(("at_risk", "completed"), int)
    )


def medians(found: Survival | None) -> pd.DataFrame:
    """The median months to live of every service, beside that of the completed alone."""
    if found is None:
        return pd.DataFrame(columns=list(MEDIANS))
    ends = (found.median, found.median_low, found.median_high)
    rows = [(EVERY, *ends, found.subjects, found.completed, WHY[EVERY])]
    if found.completed:
        alone = (found.median_completed, None, None, found.completed, found.completed)
        rows.append((ALONE, *alone, WHY[ALONE]))
    return pd.DataFrame(rows, columns=list(MEDIANS)).astype(dict.fromkeys(MEDIANS[1:4], float))


def _alone(found: Survival) -> FloatArray:
    """The curve of the completed alone at each of the times."""
    if not found.completed:
        return np.full(len(found.times), np.nan)
    alone = kaplan_meier(np.repeat(found.times, found.events))
    at = np.searchsorted(alone.times, found.times, side="right")
    return np.concatenate([[1.0], alone.survival])[at]
