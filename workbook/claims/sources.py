"""How the figures that claims rest on are read from held tables, each with what it is called."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from workbook.claims import like_for_like
from workbook.periods import period_end, quarter_of

_FigureReader = Callable[[pd.DataFrame], float | None]

_SMALL_SUPPLIER = "small"
"""A small firm in the sales of G-Cloud, which the report calls an SME."""

LAST_SALES_MONTH = "2014-04"
"""The last month of the sales that the report of July 2014 tells of."""


@dataclass(frozen=True)
class FigureSource:
    """How one figure is read from the first of ``tables`` that is there; None where it has none.

    ``label`` says what the figure is, in its working and to whoever misses it.
    """

    name: str
    unit: str
    tables: tuple[str, ...]
    read: _FigureReader
    label: str


def _cell_reader(column: str, **conditions: str) -> _FigureReader:
    """The number in the one row with these texts."""

    def read_cell(frame: pd.DataFrame) -> float | None:
        is_match = pd.Series(data=True, index=frame.index)
        for name, text in conditions.items():
            is_match &= frame[name] == text
        matching_values = frame.loc[is_match, column].dropna()
        return float(matching_values.iloc[0]) if len(matching_values) == 1 else None

    return read_cell


def _phases_on_day(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """The phases as they stood on a day."""
    phase_days = frame["as_of"].astype(str).map(period_end)
    return frame[phase_days == period_end(day)]


def _phase_count_reader(phase: str, day: str) -> _FigureReader:
    """Rows in a phase on a day: two services that share a number are two."""

    def count_in_phase(frame: pd.DataFrame) -> float | None:
        phases = _phases_on_day(frame, day)
        return None if phases.empty else float((phases["phase"] == phase).sum())

    return count_in_phase


def _count_exemplar_services(frame: pd.DataFrame) -> float | None:
    """Numbers under which exemplars are counted at the end of June 2014."""
    return float(_phases_on_day(frame, "2014-06-30")["number"].nunique()) or None


def _went_live_reader(quarter: str) -> _FigureReader:
    """Exemplars whose first completed milestone of being live lies in a quarter."""

    def count_went_live(frame: pd.DataFrame) -> float | None:
        live_milestones = frame[(frame["phase"] == "live") & (frame["state"] == "completed")]
        first_live_month = (
            live_milestones["month"]
            .astype(str)
            .groupby([live_milestones["number"], live_milestones["title"]])
            .min()
        )
        return None if frame.empty else float((first_live_month.map(quarter_of) == quarter).sum())

    return count_went_live


def _sales_reader(*, small: bool, returns: bool) -> _FigureReader:
    """Pounds of G-Cloud to April 2014, or the number of returns; of all firms or small ones."""

    def read_sales(frame: pd.DataFrame) -> float | None:
        months = frame["month"].astype(str)
        if LAST_SALES_MONTH not in set(months):
            return None
        selected_sales = frame[
            (months <= LAST_SALES_MONTH)
            & ((frame["supplier_size"] == _SMALL_SUPPLIER) | (not small))
        ]
        if not returns:
            return math.fsum(selected_sales["sales"])
        return float(
            selected_sales["returns"].sum() if "returns" in selected_sales else len(selected_sales)
        )

    return read_sales


_TAKE_UP_TABLES = ("take_up",)
_PHASE_TABLES, _MILESTONE_TABLES = ("exemplar_phases",), ("exemplar_milestones",)
_INCLUSION_TABLES, _GCLOUD_TABLES = ("inclusion_observed",), ("gcloud_sales", "gcloud_totals")
_LACKS_SKILLS = {
    "measure": "lacks basic digital skills",
    "population": "UK adults",
    "period": "2014-04",
}
_NEVER_ONLINE = {
    "measure": "never used the internet",
    "population": "UK adults",
    "period": "2014-03",
}


def _exemplar_source(phase: str, month: str, day: str, phase_label: str) -> FigureSource:
    name = f"exemplars.{phase}_{month}"
    label = f"Exemplars {phase_label} on {day}, by the dashboard’s history"
    last_day_text = period_end(month.replace("_", "-")).isoformat()
    return FigureSource(
        name, "count", _PHASE_TABLES, _phase_count_reader(phase, last_day_text), label
    )


def _went_live_source(name: str, quarter: str, months: str) -> FigureSource:
    label = f"Exemplars whose first milestone of being live lies in {months}"
    return FigureSource(
        f"exemplars.{name}", "count", _MILESTONE_TABLES, _went_live_reader(quarter), label
    )


def _gcloud_source(name: str, unit: str, read: _FigureReader, description: str) -> FigureSource:
    return FigureSource(
        f"gcloud.{name}", unit, _GCLOUD_TABLES, read, f"{description} on G-Cloud to April 2014"
    )


def _take_up_source(name: str, unit: str, read: _FigureReader, description: str) -> FigureSource:
    return FigureSource(f"take_up.{name}", unit, _TAKE_UP_TABLES, read, description)


FIGURE_SOURCES = (
    FigureSource(
        "inclusion.people_2014",
        "people",
        _INCLUSION_TABLES,
        _cell_reader("people", **_LACKS_SKILLS),
        "Adults without basic digital skills in April 2014",
    ),
    FigureSource(
        "inclusion.never_used_people_2014",
        "people",
        _INCLUSION_TABLES,
        _cell_reader("people", **_NEVER_ONLINE),
        "Adults who had never used the internet in March 2014",
    ),
    FigureSource(
        "inclusion.never_used_share_2014",
        "share",
        _INCLUSION_TABLES,
        _cell_reader("share", **_NEVER_ONLINE),
        "Share of adults who had never used the internet in March 2014",
    ),
    _exemplar_source("discovery", "2014_06", "30 June 2014", "in discovery"),
    _exemplar_source("alpha", "2014_06", "30 June 2014", "in alpha"),
    _exemplar_source("beta", "2014_06", "30 June 2014", "in beta"),
    _exemplar_source("live", "2014_06", "30 June 2014", "live"),
    _exemplar_source("live", "2014_09", "30 September 2014", "live"),
    FigureSource(
        "exemplars.services",
        "count",
        _PHASE_TABLES,
        _count_exemplar_services,
        "Numbers under which the dashboard’s history counts exemplars",
    ),
    _went_live_source("went_live_2014_q1", "2014-Q1", "January to March 2014"),
    _went_live_source("went_live_2014_q2", "2014-Q2", "April to June 2014"),
    _take_up_source(
        "matched_2013_06",
        "share",
        like_for_like.like_for_like_reader(after=False),
        "Take-up in the year to June 2013 of the services of both years",
    ),
    _take_up_source(
        "matched_2014_06",
        "share",
        like_for_like.like_for_like_reader(after=True),
        "Take-up in the year to June 2014 of the services of both years",
    ),
    _take_up_source(
        "cost_index_highest_2014_06",
        "index",
        like_for_like.highest_cost_index,
        "Cost index over the year to June 2014, the highest with any of the three largest left out",
    ),
    _gcloud_source("sales", "GBP", _sales_reader(small=False, returns=False), "Sales"),
    _gcloud_source(
        "returns", "count", _sales_reader(small=False, returns=True), "Returns of sales"
    ),
    _gcloud_source(
        "small_sales", "GBP", _sales_reader(small=True, returns=False), "Small firms’ sales"
    ),
    _gcloud_source(
        "small_returns", "count", _sales_reader(small=True, returns=True), "Small firms’ returns"
    ),
)
