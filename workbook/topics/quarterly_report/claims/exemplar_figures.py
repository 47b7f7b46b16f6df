"""Figures on the exemplar services that confirm the July 2014 report.

The dashboard's lists are dated. A count on the last day of the quarter lies between the list before
it and the list after it.
"""

import pandas as pd

from workbook.claims.published_report import (
    FigureReader,
    FigureSource,
    FrameDescriber,
    describe_nothing,
)
from workbook.periods import period_end, quarter_of
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import join_items

_PHASE_TABLES, _MILESTONE_TABLES = ("exemplar_phases",), ("exemplar_milestones",)
_REPORT_DAY = "2014-06-30"
"""Last day of the quarter that the report describes."""

_DASHBOARD = "GDS transformation dashboard"
_PATENTS, _PASSPORTS, _POWER_OF_ATTORNEY, _STUDENT_FINANCE = (
    "Renew a patent",
    "Passports",
    "Lasting power of attorney",
    "Student finance",
)
_BEFORE, _AFTER = "before", "after"


def _select_list(frame: pd.DataFrame, side: str) -> pd.DataFrame:
    """Give the newest list up to the quarter's last day, or the first one after it."""
    list_days = frame["as_of"].astype(str).map(period_end)
    report_day = period_end(_REPORT_DAY)
    days = list_days[list_days <= report_day if side == _BEFORE else list_days > report_day]
    selected: pd.DataFrame = frame[list_days == (days.max() if side == _BEFORE else days.min())]
    return selected


def _describe_list(side: str) -> FrameDescriber:
    """Name a list and the day on which it was last updated, where that is known."""

    def describe_figure(frame: pd.DataFrame) -> str:
        rows = _select_list(frame, side)
        days = rows["updated"] if "updated" in rows and rows["updated"].notna().all() else None
        day = str((rows["as_of"] if days is None else days).iloc[0])
        return f"{_DASHBOARD}, list of {format_day(day)}"

    return describe_figure


def _phase_count_reader(phase: str, side: str) -> FigureReader:
    """Make a reader of the services in a phase. Two that share a number count as two."""

    def count_in_phase(frame: pd.DataFrame) -> float | None:
        phases = _select_list(frame, side)
        return None if phases.empty else float((phases["phase"] == phase).sum())

    return count_in_phase


def _count_exemplar_services(frame: pd.DataFrame) -> float | None:
    """Count the numbers under which the dashboard lists the exemplars."""
    return float(_select_list(frame, _BEFORE)["number"].nunique()) or None


def _select_live(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the dashboard's completed live milestones, without those taken from the report.

    A milestone that the report is the source of cannot confirm the report.
    """
    is_live = (frame["phase"] == "live") & (frame["state"] == "completed")
    if "source" in frame:
        is_live &= frame["source"].astype(str).str.startswith(_DASHBOARD)
    return frame[is_live]


def _select_services_live(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the live milestones of whole services, without those of single products."""
    live_milestones = _select_live(frame)
    if "product" not in frame:
        return live_milestones
    return live_milestones[live_milestones["product"].isna()]


def _describe_products(frame: pd.DataFrame) -> str:
    """Say which products of student finance the dashboard has live milestones of."""
    if "product" not in frame:
        return ""
    live_milestones = _select_live(frame[frame["title"] == _STUDENT_FINANCE])
    of_products = live_milestones[live_milestones["product"].notna()]
    products = [
        f"{product} ({format_month(str(month))})"
        for product, month in zip(of_products["product"], of_products["month"], strict=True)
    ]
    if not products:
        return ""
    return f"The dashboard’s live milestones of student finance are of {join_items(products)}."


def _went_live_reader(quarter: str) -> FigureReader:
    """Make a reader of the services that first went live in a quarter."""

    def count_went_live(frame: pd.DataFrame) -> float | None:
        is_known = not frame.empty and frame["month"].astype(str).map(quarter_of).max() >= quarter
        first_live = _select_services_live(frame).sort_values("month").drop_duplicates("title")
        first_quarters = first_live["month"].astype(str).map(quarter_of)
        return float((first_quarters == quarter).sum()) if is_known else None

    return count_went_live


def _live_reader(titles: tuple[str, ...], first_month: str, last_month: str) -> FigureReader:
    """Make a reader of how many of these services have a live milestone in some months."""

    def count_live(frame: pd.DataFrame) -> float | None:
        months = frame["month"].astype(str)
        if frame.empty or months.max() < last_month:
            return None
        live_milestones = _select_services_live(frame[frame["title"].isin(titles)])
        is_in_time = live_milestones["month"].astype(str).between(first_month, last_month)
        return float(live_milestones[is_in_time]["title"].nunique())

    return count_live


def _first_beta_reader(title: str, month: str) -> FigureReader:
    """Make a reader of whether a service first moved to beta in a month: 1 or 0."""

    def has_first_beta(frame: pd.DataFrame) -> float | None:
        if frame.empty or frame["month"].astype(str).max() < month:
            return None
        is_beta = (frame["phase"] == "beta") & (frame["state"] == "completed")
        months = frame.loc[is_beta & (frame["title"] == title), "month"].astype(str)
        return float(months.min() == month) if len(months) else 0.0

    return has_first_beta


def _describe_milestones(frame: pd.DataFrame) -> str:
    return f"{_DASHBOARD}, milestones as of {format_month(str(frame['as_of'].max()))}"


def _phase_source(phase: str, side: str, phase_label: str) -> FigureSource:
    return FigureSource(
        f"exemplars.{phase}_{side}",
        "count",
        _PHASE_TABLES,
        _phase_count_reader(phase, side),
        f"Exemplar services {phase_label} by the dashboard’s list {side} the end of June 2014",
        _describe_list(side),
    )


def _milestone_source(
    name: str, read: FigureReader, label: str, remark: FrameDescriber = describe_nothing
) -> FigureSource:
    return FigureSource(
        f"exemplars.{name}", "count", _MILESTONE_TABLES, read, label, _describe_milestones, remark
    )


EXEMPLAR_FIGURES = (
    *(
        _phase_source(phase, side, phase_label)
        for phase, phase_label in (("alpha", "in alpha"), ("beta", "in beta"), ("live", "live"))
        for side in (_BEFORE, _AFTER)
    ),
    FigureSource(
        "exemplars.services",
        "count",
        _PHASE_TABLES,
        _count_exemplar_services,
        "Exemplar services by number on the dashboard’s list",
        _describe_list(_BEFORE),
    ),
    _milestone_source(
        "went_live_2014_q2",
        _went_live_reader("2014-Q2"),
        "Exemplar services with a first live milestone in April to June 2014",
    ),
    _milestone_source(
        "went_live_2014_q3",
        _went_live_reader("2014-Q3"),
        "Exemplar services with a first live milestone in July to September 2014",
    ),
    _milestone_source(
        "patents_live_2014_07",
        _live_reader((_PATENTS,), "2014-07", "2014-07"),
        "Patent renewals went live in July 2014",
    ),
    _milestone_source(
        "passports_beta_2014_07",
        _first_beta_reader(_PASSPORTS, "2014-07"),
        "Passports moved to beta in July 2014",
    ),
    _milestone_source(
        "assessed_live_2014_07",
        _live_reader((_PATENTS, _POWER_OF_ATTORNEY), "2014-04", "2014-07"),
        "Lasting power of attorney and patent renewals: live milestones from April to July 2014",
    ),
    _milestone_source(
        "student_finance_live_2014_q1",
        _live_reader((_STUDENT_FINANCE,), "2014-01", "2014-03"),
        "Full-time student finance: live milestones on the dashboard in January to March 2014",
        _describe_products,
    ),
)
