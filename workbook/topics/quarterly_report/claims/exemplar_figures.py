"""Figures on the exemplar services that confirm the July 2014 report."""

import pandas as pd

from workbook.claims.published_report import FigureReader, FigureSource
from workbook.periods import period_end, quarter_of

_PHASE_TABLES, _MILESTONE_TABLES = ("exemplar_phases",), ("exemplar_milestones",)
_REPORT_DAY = "2014-06-30"
"""Last day of the quarter that the report describes."""
_REPORT_SOURCE = "Government Digital Strategy quarterly progress report"
"""The report's own milestones, which cannot confirm it."""


def _phases_on_day(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """Give the rows that state the phases as of a day."""
    phase_days = frame["as_of"].astype(str).map(period_end)
    return frame[phase_days == period_end(day)]


def _phase_count_reader(phase: str, day: str) -> FigureReader:
    """Make a reader of the services in a phase. Two that share a number count as two."""

    def count_in_phase(frame: pd.DataFrame) -> float | None:
        phases = _phases_on_day(frame, day)
        return None if phases.empty else float((phases["phase"] == phase).sum())

    return count_in_phase


def _count_exemplar_services(frame: pd.DataFrame) -> float | None:
    """Count the numbers under which the dashboard lists the exemplars."""
    return float(_phases_on_day(frame, _REPORT_DAY)["number"].nunique()) or None


def _went_live_reader(quarter: str) -> FigureReader:
    """Make a reader of the services whose first completed live milestone is in a quarter.

    Milestones of a single product do not count, nor do those that the report itself gives.
    """

    def count_went_live(frame: pd.DataFrame) -> float | None:
        services = frame
        if "product" in services:
            services = services[services["product"].isna()]
        if "source" in services:
            services = services[~services["source"].str.startswith(_REPORT_SOURCE)]
        live_milestones = services[
            (services["phase"] == "live") & (services["state"] == "completed")
        ]
        first_live_month = (
            live_milestones["month"]
            .astype(str)
            .groupby([live_milestones["number"], live_milestones["title"]])
            .min()
        )
        return None if frame.empty else float((first_live_month.map(quarter_of) == quarter).sum())

    return count_went_live


def _phase_source(phase: str, month: str, day: str, phase_label: str) -> FigureSource:
    last_day = period_end(month.replace("_", "-")).isoformat()
    return FigureSource(
        f"exemplars.{phase}_{month}",
        "count",
        _PHASE_TABLES,
        _phase_count_reader(phase, last_day),
        f"Exemplar services {phase_label} on {day}, from the dashboard’s history",
    )


def _went_live_source(name: str, quarter: str, months: str) -> FigureSource:
    return FigureSource(
        f"exemplars.{name}",
        "count",
        _MILESTONE_TABLES,
        _went_live_reader(quarter),
        f"Exemplar services with a first live milestone in {months}",
    )


EXEMPLAR_FIGURES = (
    _phase_source("discovery", "2014_06", "30 June 2014", "in discovery"),
    _phase_source("alpha", "2014_06", "30 June 2014", "in alpha"),
    _phase_source("beta", "2014_06", "30 June 2014", "in beta"),
    _phase_source("live", "2014_06", "30 June 2014", "live"),
    _phase_source("live", "2014_09", "30 September 2014", "live"),
    FigureSource(
        "exemplars.services",
        "count",
        _PHASE_TABLES,
        _count_exemplar_services,
        "Exemplar services by number, from the dashboard’s history",
    ),
    _went_live_source("went_live_2014_q1", "2014-Q1", "January to March 2014"),
    _went_live_source("went_live_2014_q2", "2014-Q2", "April to June 2014"),
)
