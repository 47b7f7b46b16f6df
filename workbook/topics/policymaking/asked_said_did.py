"""We asked, you said, we did: each consultation in words, and what is not known of it."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.text.dates import format_day
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_share, format_value
from workbook.topics.policymaking.columns import POLICYMAKING_COLUMNS
from workbook.topics.policymaking.figures import CHANNEL_NAMES, ONLINE
from workbook.topics.policymaking.status import (
    ANSWER_POSSIBLY_LATER,
    ANSWERED,
    ANSWERED_UNDATED,
    OPEN,
    UNDATED_STATUSES,
    WAITING,
)

Row = Mapping[Hashable, Any]

LATEST_CONSULTATIONS = 20
"""Consultations on the timeline: the latest to close."""

_TIMELINE_COLUMNS = (
    "title",
    "status",
    "opened",
    "closed",
    "days_open",
    "first_answer",
    "days_to_answer",
    "days_waiting",
    "in_time",
)
_YES_OR_NO: Mapping[bool | None, str] = {True: "yes", False: "no"}
_RESPONSES_COLUMNS = ("title", "days_open", "responses")

_TABLE_COLUMNS = (
    "id",
    "title",
    "organisation",
    "department",
    "status",
    "asked",
    "said",
    "did",
    "missing",
    "opened",
    "closed",
    "days_open",
    "open_long_enough",
    "responses",
    "online_share",
    "first_answer",
    "days_to_answer",
    "days_to_outcome",
    "days_waiting",
    "in_time",
    "proposals",
    "proposals_changed",
    "link",
    "source",
)


def consultations_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Describe each consultation, the newest first.

    Args:
        rows: The consultations of ``ConsultationFigures``.

    Returns:
        A row for each consultation, by closing date. Those without dates come last.
    """
    records = [
        {
            **row,
            "asked": _describe_dates(row),
            "said": _describe_responses(row),
            "did": _describe_answer(row),
            "missing": join_items(_list_missing(row)),
            "online_share": row[ONLINE] / row["responses"] if row["responses"] > 0 else np.nan,
            "open_long_enough": _YES_OR_NO.get(row["open_long_enough"]),
            "in_time": _YES_OR_NO.get(row["in_time"]),
        }
        for row in sorted(rows.to_dict("records"), key=_closing_day, reverse=True)
    ]
    return pd.DataFrame(
        {
            name: pd.array(
                [np.nan if row[name] == "" else row[name] for row in records],
                dtype=float if POLICYMAKING_COLUMNS[name].unit else "str",
            )
            for name in _TABLE_COLUMNS
        }
    )


def _closing_day(row: Row) -> str:
    """The closing date, blank where it is not known."""
    return str(row["closed"]) if _is_text(row["closed"]) else ""


def timeline_table(consultations: pd.DataFrame) -> pd.DataFrame:
    """Days open and days to an answer of the latest consultations.

    Args:
        consultations: The table from ``consultations_table``.

    Returns:
        A row for each of the ``LATEST_CONSULTATIONS`` last to close of which both dates are known.
    """
    dated = consultations[consultations["days_open"].notna()]
    return dated.head(LATEST_CONSULTATIONS)[list(_TIMELINE_COLUMNS)].reset_index(drop=True)


def responses_table(consultations: pd.DataFrame) -> pd.DataFrame:
    """Responses and days open of the consultations of which both are known.

    Args:
        consultations: The table from ``consultations_table``.

    Returns:
        A row for each consultation, the most responses first.
    """
    known = consultations[list(_RESPONSES_COLUMNS)].dropna()
    return known.sort_values("responses", ascending=False, kind="stable", ignore_index=True)


def _describe_dates(row: Row) -> str:
    opened, closed = row["opened"], row["closed"]
    if _is_text(opened) and _is_text(closed):
        days = format_value(row["days_open"], "days")
        return f"{format_day(opened)} to {format_day(closed)} ({days})"
    if _is_text(opened):
        return f"Opened {format_day(opened)}, closing date not known"
    if _is_text(closed):
        return f"Closed {format_day(closed)}, opening date not known"
    return "Dates not known"


def _describe_responses(row: Row) -> str:
    if row["status"] == OPEN:
        return "Still open"
    if pd.isna(row["responses"]):
        return "Responses not known"
    responses = format_count(int(row["responses"]), "response", none="no")
    if pd.isna(row[ONLINE]) or not row["responses"]:
        return responses
    return f"{responses}, {format_share(row[ONLINE] / row['responses'])} online"


def _describe_answer(row: Row) -> str:
    """What was published and when, how long that took, and which proposals were changed."""
    status = row["status"]
    if status == OPEN:
        return "Not due yet"
    if status == WAITING:
        return f"No answer {format_value(row['days_waiting'], 'days')} after closing"
    if status == ANSWERED_UNDATED:
        return _add_changes("Answered, date not known", row)
    if status == ANSWER_POSSIBLY_LATER:
        return "Answered, not known if by then"
    if status != ANSWERED:
        return _add_changes("Answer not known", row)
    what = "Feedback" if row["first_answer"] == row["feedback_published"] else "Outcome"
    after: str = (
        ""
        if pd.isna(row["days_to_answer"])
        else f", {format_value(row['days_to_answer'], 'days')} after closing"
    )
    text = f"{what} published {format_day(row['first_answer'])}{after}"
    outcome = row["outcome_published"]
    if outcome and outcome != row["first_answer"]:
        text += f"; outcome {format_day(outcome)}"
    return _add_changes(text, row)


def _add_changes(text: str, row: Row) -> str:
    if not _has_changes(row):
        return text
    changed, proposals = int(row["proposals_changed"]), int(row["proposals"])
    return f"{text}; {changed:,} of {format_count(proposals, 'proposal')} changed"


def _list_missing(row: Row) -> Iterator[str]:
    """What is not known that could be by then."""
    days = {"opening": row["opened"], "closing": row["closed"]}
    if dates := [name for name, day in days.items() if not _is_text(day)]:
        yield f"{join_items(dates)} {choose_form(len(dates), 'date', 'dates')}"
    if row["status"] == OPEN:
        return
    if pd.isna(row["responses"]):
        yield "responses"
    if all(pd.isna(row[name]) for name in CHANNEL_NAMES):
        yield "channels"
    if row["status"] in UNDATED_STATUSES:
        yield "date of the answer"
    elif row["status"] not in {WAITING, ANSWERED}:
        yield "answer"
    if row["status"] != WAITING and not _has_changes(row):
        yield "proposals changed"


def _has_changes(row: Row) -> bool:
    return bool(pd.notna(row["proposals"]) and pd.notna(row["proposals_changed"]))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
