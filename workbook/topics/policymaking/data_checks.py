"""Checks of the table of consultations that look at several cells of a row, or at several rows."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from workbook.importers.published.consultation_dates import is_plausible_day
from workbook.periods import is_day
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel

ANSWERED: Final = "yes"
NOT_ANSWERED: Final = "no"
"""Whether any answer, feedback or outcome, has been published."""

CHANNEL_COLUMNS: Final = (
    "responses_online",
    "responses_email",
    "responses_paper",
    "responses_event",
)
"""Columns of the responses by channel."""

_PUBLICATION_COLUMNS = ("feedback_published", "outcome_published")
_DATE_COLUMNS = ("opened", "closed", *_PUBLICATION_COLUMNS)


def check_plausible_years(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a date in a year that is a placeholder, such as 2216, or a slip."""
    for name in _DATE_COLUMNS:
        days = _column_days(frame, name)
        yield CellFinding(
            name,
            [position for position, day in days.items() if not is_plausible_day(day)],
            lambda position, days=days: (  # type: ignore[misc]
                f"{days[position]} is a placeholder or a slip: write the date, or leave the cell"
                " blank if it is not known"
            ),
        )


def check_closed_after_opened(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a consultation that closes before it opens."""
    yield _early_day_finding(
        frame,
        "closed",
        "opened",
        "is before the consultation opens ({}): write the opening date or a later one",
    )


def check_published_after_closed(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report feedback or an outcome that was published before the consultation closed."""
    for name in _PUBLICATION_COLUMNS:
        yield _early_day_finding(
            frame,
            name,
            "closed",
            "is before the consultation closes ({}): write the closing date or a later one",
        )


def check_answered_agrees(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a consultation marked as not answered that has feedback or an outcome."""
    if "answered" not in frame:
        return
    is_not_answered = frame["answered"].eq(NOT_ANSWERED).tolist()
    for name in _PUBLICATION_COLUMNS:
        days = _column_days(frame, name)
        yield CellFinding(
            "answered",
            [position for position in days if is_not_answered[position]],
            lambda position, name=name, days=days: (  # type: ignore[misc]
                f"is {NOT_ANSWERED}, but {name} is {days[position]}: write {ANSWERED}, or leave the"
                " cell blank"
            ),
        )


def check_channels_within_responses(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Warn about channels that add up to more than all responses."""
    channels = [name for name in CHANNEL_COLUMNS if name in frame]
    if "responses" not in frame or not channels:
        return
    responses = frame["responses"].to_numpy(dtype=np.float64, na_value=np.nan)
    # With no channel filled, there is nothing to compare.
    by_channel = frame[channels].sum(axis=1, min_count=1).to_numpy(np.float64, na_value=np.nan)
    yield CellFinding(
        "responses",
        np.flatnonzero(by_channel > responses),
        lambda position: (
            f"{responses[position]:,.0f} is fewer than the {by_channel[position]:,.0f} responses of"
            " all channels"
        ),
    )


def check_repeated_consultations(frame: pd.DataFrame, row_label: RowLabel) -> Iterator[CellFinding]:
    """Warn about a consultation with the title and dates of another one, under another id."""
    names = ["id", "title", "opened", "closed"]
    if not set(names) <= set(frame):
        return
    ids, titles, *days = (frame[name].fillna("").astype(str).tolist() for name in names)
    first_positions: dict[tuple[str, ...], int] = {}
    repeated: dict[int, int] = {}
    for position, (title, *dates) in enumerate(zip(titles, *days, strict=True)):
        first = first_positions.setdefault((title.casefold(), *dates), position)
        if title and ids[first] != ids[position]:
            repeated[position] = first
    yield CellFinding(
        "title",
        list(repeated),
        lambda position: (
            f"is also the title of {row_label(repeated[position])}, with the same dates: delete one"
            " of the rows if it is one consultation"
        ),
    )


def _early_day_finding(
    frame: pd.DataFrame, column: str, reference: str, message: str
) -> CellFinding:
    """Cells of a column with a day before that of another column."""
    days, reference_days = _column_days(frame, column), _column_days(frame, reference)
    early = [
        position
        for position, day in days.items()
        if day < reference_days.get(position, "") and is_plausible_day(reference_days[position])
    ]
    return CellFinding(
        column,
        early,
        lambda position: f"{days[position]} {message.format(reference_days[position])}",
    )


def _column_days(frame: pd.DataFrame, column: str) -> dict[int, str]:
    """Readable days of a column by their positions."""
    if column not in frame:
        return {}
    return {
        position: str(day) for position, day in enumerate(frame[column].tolist()) if is_day(day)
    }
