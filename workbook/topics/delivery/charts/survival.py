"""Time from discovery to live: the share of services not live yet, by months since discovery."""

import pandas as pd

from workbook.charts.figure import Figure, make_figure
from workbook.charts.marks import LABEL_SIDES, place_on_free_side
from workbook.charts.survival_curve import (
    ALL_SUBJECTS,
    COMPLETED_ONLY,
    HALF,
    at_risk_heading,
    at_risk_rows,
    survival_template,
)
from workbook.outcome import Outcome
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.text.numbers import format_number, format_share
from workbook.topics.delivery.charts.account_rows import Row, rows_by_account
from workbook.topics.delivery.exemplars import (
    ALL_SERVICES_MEDIAN,
    COMPLETED_ONLY_MEDIAN,
    LEAST_AT_RISK,
)

_TIME = "months"
_AT_RISK_HEADING = "Still under way:"

_LEFT_LABEL_SHARE = 0.55
"""Fraction of the months shown beyond which a median's label is on its left."""


def draw_survival(outcome: Outcome) -> Figure:
    """Draw the survival curve with its confidence interval, both medians and numbers at risk."""
    table = outcome.frame("survival")
    medians = rows_by_account(outcome.frame("medians"))
    all_services, completed_only = (
        medians.get(ALL_SERVICES_MEDIAN),
        medians.get(COMPLETED_ONLY_MEDIAN),
    )
    return make_figure(
        survival_template(_TIME, "Months since the end of discovery"),
        {
            "rows": _build_curve_rows(table),
            "risk": at_risk_rows(table, _TIME),
            "head": at_risk_heading(table, _AT_RISK_HEADING),
            "half": pd.DataFrame({"survival": [HALF][: len(table)]}),
            "medians": _build_medians(table, all_services, completed_only),
            "mark": pd.DataFrame(columns=[_TIME, *LABEL_SIDES]),
        },
        title=_write_title(all_services, completed_only),
        subtitle=(
            "Share of services not live yet, by months since the end of discovery. Shaded: 95%"
            " confidence interval. Dashed: completed services only"
        ),
        description=_write_description(table, all_services, completed_only),
    )


def _build_curve_rows(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["months", "survival", "survival_low", "survival_high", "survival_completed"]
    return table[columns]


def _build_medians(
    table: pd.DataFrame, all_services: Row | None, completed_only: Row | None
) -> pd.DataFrame:
    """The medians where their curves are at one half, each with its label where there is room.

    The label of all services is above the curve at one half, that of completed services below it.
    """
    label_columns = [f"{height}_{side}" for height in ("over", "under") for side in LABEL_SIDES]
    rows: list[dict[str, float | str]] = []
    for kind, height, median_row, median_label in (
        (COMPLETED_ONLY, "under", completed_only, "completed only"),
        (ALL_SUBJECTS, "over", all_services, "all services"),
    ):
        if median_row is not None and _is_reliable(median_row):
            months = float(median_row["median"])
            sides = place_on_free_side(
                f"{format_number(months)} months: {median_label}",
                months,
                0,
                table["months"].max(),
                _LEFT_LABEL_SHARE,
            )
            texts = {f"{height}_{side}": text for side, text in sides.items()}
            point: dict[str, float | str] = {"months": months, "survival": HALF, "kind": kind}
            rows.append({**point, **dict.fromkeys(label_columns, ""), **texts})
    columns = ["months", "survival", "kind", *label_columns]
    return pd.DataFrame(rows, columns=columns)


def _write_title(all_services: Row | None, completed_only: Row | None) -> str:
    if all_services is None:
        return "No service has a known start of discovery"
    completed, services = int(all_services["completed"]), int(all_services["services"])
    if services == 1:
        duration_text = (
            "is not live yet"
            if completed_only is None
            else f"took {_format_median(completed_only['median'])} to go live"
        )
        return f"The one service {duration_text}"
    if completed_only is None:
        part = capitalise_first(format_part(0, services, "service"))
        return f"{part} is live yet, so the time to live is not known"
    part = capitalise_first(format_part(completed, services, "service"))
    verb = choose_form(completed, "is", "are")
    if pd.notna(all_services["median"]) and not _is_reliable(all_services):
        return f"{part} {verb} live, too few to say how long it takes"
    if pd.isna(all_services["median"]):
        return f"{part} {verb} live, so the median time is not known yet"
    median = format_number(all_services["median"])
    low, high = (
        None if pd.isna(end) else float(end)
        for end in (all_services["median_low"], all_services["median_high"])
    )
    return f"Estimated median time to live: {median} months (95% interval: {_join_ends(low, high)})"


def _join_ends(low: float | None, high: float | None) -> str:
    """The ends of an interval in few words: ``22 to 28 months``, ``from 22 months``."""
    if low is not None and high is not None:
        return f"{format_number(low)} to {format_number(high)} months"
    if low is None and high is None:
        return "not known yet"
    return (
        f"from {format_number(low)} months"
        if low is not None
        else f"to {format_number(high or 0)} months"
    )


def _is_reliable(median_row: Row) -> bool:
    """Whether a median is reached while enough services are still followed."""
    return bool(pd.notna(median_row["median"])) and int(median_row["at_risk"]) >= LEAST_AT_RISK


def _write_description(
    table: pd.DataFrame,
    all_services: Row | None,
    completed_only: Row | None,
) -> str:
    if all_services is None:
        return "No service has a known start of discovery, so no curve is drawn."
    sentences = [
        (
            f"{format_count(int(all_services['services']), 'service', one='one')},"
            f" {int(all_services['completed'])} of them live."
        )
    ]
    sentences += [
        f"At {format_number(row['months'])} months {format_share(row['survival'])} are not live "
        f"yet, with {row['at_risk']} still followed until then{_describe_interval(row)}."
        for row in table[table["completed"] > 0].to_dict("records")
    ]
    if completed_only is not None:
        is_doubtful = bool(pd.notna(all_services["median"])) and not _is_reliable(all_services)
        caution: str = ", with too few services to rely on" if is_doubtful else ""
        sentences.append(
            f"Median of all services: {_format_median(all_services['median'])}{caution}. Median of"
            f" completed services only: {_format_median(completed_only['median'])}."
        )
    return " ".join(sentences)


def _describe_interval(row: Row) -> str:
    ends = (row["survival_low"], row["survival_high"])
    if any(map(pd.isna, ends)):
        return ""
    return f" (95% confidence interval {format_share(ends[0])} to {format_share(ends[1])})"


def _format_median(median: float) -> str:
    return "not reached" if pd.isna(median) else f"{format_number(median)} months"
