"""How the figures that claims rest on are read from held tables, each with what it is called."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from workbook.claims import matched
from workbook.quarters import period_end, quarter_of

Read = Callable[[pd.DataFrame], float | None]

SMALL = "small"
"""A small firm in the sales of G-Cloud, which the report calls an SME."""

SALES_END = "2014-04"
"""The last month of the sales that the report of July 2014 tells of."""


@dataclass(frozen=True)
class Reading:
    """How one figure is read from the first of ``tables`` that is there; None where it has none.

    ``label`` says what the figure is, in its working and to whoever misses it.
    """

    name: str
    unit: str
    tables: tuple[str, ...]
    read: Read
    label: str


def _cell(column: str, **where: str) -> Read:
    """The number in the one row with these texts."""

    def read(frame: pd.DataFrame) -> float | None:
        kept = pd.Series(data=True, index=frame.index)
        for name, text in where.items():
            kept &= frame[name] == text
        found = frame.loc[kept, column].dropna()
        return float(found.iloc[0]) if len(found) == 1 else None

    return read


def _on(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """The phases as they stood on a day."""
    days = frame["as_of"].astype(str).map(period_end)
    return frame[days == period_end(day)]


def _in_phase(phase: str, day: str) -> Read:
    """Rows in a phase on a day: two services that share a number are two."""

    def read(frame: pd.DataFrame) -> float | None:
        stood = _on(frame, day)
        return None if stood.empty else float((stood["phase"] == phase).sum())

    return read


def _services(frame: pd.DataFrame) -> float | None:
    """Numbers under which exemplars are counted at the end of June 2014."""
    return float(_on(frame, "2014-06-30")["number"].nunique()) or None


def _went_live(quarter: str) -> Read:
    """Exemplars whose first completed milestone of being live lies in a quarter."""

    def read(frame: pd.DataFrame) -> float | None:
        live = frame[(frame["phase"] == "live") & (frame["state"] == "completed")]
        first = live["month"].astype(str).groupby([live["number"], live["title"]]).min()
        return None if frame.empty else float((first.map(quarter_of) == quarter).sum())

    return read


def _sales(*, small: bool, returns: bool) -> Read:
    """Pounds of G-Cloud to April 2014, or the number of returns; of all firms or small ones."""

    def read(frame: pd.DataFrame) -> float | None:
        months = frame["month"].astype(str)
        if SALES_END not in set(months):
            return None
        kept = frame[(months <= SALES_END) & ((frame["supplier_size"] == SMALL) | (not small))]
        if not returns:
            return math.fsum(kept["sales"])
        return float(kept["returns"].sum() if "returns" in kept else len(kept))

    return read


TAKE_UP = ("take_up",)
PHASES, MILESTONES = ("exemplar_phases",), ("exemplar_milestones",)
INCLUSION, GCLOUD = ("inclusion_observed",), ("gcloud_sales", "gcloud_totals")
SKILLS = {"measure": "lacks basic digital skills", "population": "UK adults", "period": "2014-04"}
NEVER = {"measure": "never used the internet", "population": "UK adults", "period": "2014-03"}


def _exemplars(phase: str, month: str, day: str, said: str) -> Reading:
    name = f"exemplars.{phase}_{month}"
    label = f"Exemplars {said} on {day}, by the dashboard’s history"
    last = period_end(month.replace("_", "-")).isoformat()
    return Reading(name, "count", PHASES, _in_phase(phase, last), label)


def _live_in(name: str, quarter: str, months: str) -> Reading:
    label = f"Exemplars whose first milestone of being live lies in {months}"
    return Reading(f"exemplars.{name}", "count", MILESTONES, _went_live(quarter), label)


def _gcloud(name: str, unit: str, read: Read, what: str) -> Reading:
    return Reading(f"gcloud.{name}", unit, GCLOUD, read, f"{what} on G-Cloud to April 2014")


def _take_up(name: str, unit: str, read: Read, what: str) -> Reading:
    return Reading(f"take_up.{name}", unit, TAKE_UP, read, what)


READINGS = (
    Reading(
        "inclusion.people_2014",
        "people",
        INCLUSION,
        _cell("people", **SKILLS),
        "Adults without basic digital skills in April 2014",
    ),
    Reading(
        "inclusion.never_used_people_2014",
        "people",
        INCLUSION,
        _cell("people", **NEVER),
        "Adults who had never used the internet in March 2014",
    ),
    Reading(
        "inclusion.never_used_share_2014",
        "share",
        INCLUSION,
        _cell("share", **NEVER),
        "Share of adults who had never used the internet in March 2014",
    ),
    _exemplars("discovery", "2014_06", "30 June 2014", "in discovery"),
    _exemplars("alpha", "2014_06", "30 June 2014", "in alpha"),
    _exemplars("beta", "2014_06", "30 June 2014", "in beta"),
    _exemplars("live", "2014_06", "30 June 2014", "live"),
    _exemplars("live", "2014_09", "30 September 2014", "live"),
    Reading(
        "exemplars.services",
        "count",
        PHASES,
        _services,
        "Numbers under which the dashboard’s history counts exemplars",
    ),
    _live_in("went_live_2014_q1", "2014-Q1", "January to March 2014"),
    _live_in("went_live_2014_q2", "2014-Q2", "April to June 2014"),
    _take_up(
        "matched_2013_06",
        "share",
        matched.take_up(after=False),
        "Take-up in the year to June 2013 of the services of both years",
    ),
    _take_up(
        "matched_2014_06",
        "share",
        matched.take_up(after=True),
        "Take-up in the year to June 2014 of the services of both years",
    ),
    _take_up(
        "cost_index_highest_2014_06",
        "index",
        matched.cost_index,
        "Cost index over the year to June 2014, the highest with any of the three largest left out",
    ),
    _gcloud("sales", "GBP", _sales(small=False, returns=False), "Sales"),
    _gcloud("returns", "count", _sales(small=False, returns=True), "Returns of sales"),
    _gcloud("small_sales", "GBP", _sales(small=True, returns=False), "Small firms’ sales"),
    _gcloud("small_returns", "count", _sales(small=True, returns=True), "Small firms’ returns"),
)
