"""Warning checks of the tables of exemplar services."""

from collections.abc import Callable, Iterator

import pandas as pd

from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel
from workbook.topics.delivery.exemplars.phases import COMPLETED, DISCOVERY, EXEMPLAR_PHASES, PLANNED

_RowTexts = dict[str, str]
_RowMessages = dict[int, str]
"""Messages by the position of the row."""


def check_shared_numbers(frame: pd.DataFrame, location: RowLabel) -> Iterator[CellFinding]:
    """Warn about a number that two services share."""
    first: dict[str, tuple[str, int]] = {}
    reported: set[tuple[str, str]] = set()
    messages: _RowMessages = {}
    for position, row in _complete_rows(frame, "number", "title"):
        number, title = row["number"], row["title"]
        first_title, first_position = first.setdefault(number, (title, position))
        if title != first_title and (number, title) not in reported:
            messages[position] = (
                f"is also the number of {first_title} ({location(first_position)}): counted as two"
                " services"
            )
        reported.add((number, title))
    yield _build_finding("number", messages)


def check_updated_by_day(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a list that was last updated after the day for which it holds."""
    messages = {
        position: f"{row['updated']} is after the list’s day, {row['as_of']}"
        for position, row in _complete_rows(frame, "as_of", "updated")
        if row["updated"][:4].isdigit() and row["updated"] > row["as_of"]
    }
    yield _build_finding("updated", messages)


def check_shared_milestones(frame: pd.DataFrame, location: RowLabel) -> Iterator[CellFinding]:
    """Warn about a milestone given to two services under one number."""
    first: dict[tuple[str, ...], tuple[str, int]] = {}
    messages: _RowMessages = {}
    columns = ("number", "phase", "state", "month")
    for position, row in _complete_rows(frame, "title", *columns):
        milestone = tuple(row[name] for name in columns)
        title, first_position = first.setdefault(milestone, (row["title"], position))
        if title != row["title"]:
            messages[position] = (
                f"is also the month of {title} ({location(first_position)}): a milestone belongs to"
                " one service"
            )
    yield _build_finding("month", messages)


def check_overdue_plans(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Warn about a planned milestone whose month had passed."""
    yield _milestone_finding(
        frame,
        "state",
        lambda row: row["state"] == PLANNED and row["month"] < row["as_of"],
        "is planned for {month}, which had passed by {as_of}: not counted as reached",
    )


def check_future_completions(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Warn about a milestone that was completed after the month for which the table holds."""
    yield _milestone_finding(
        frame,
        "month",
        lambda row: row["state"] == COMPLETED and row["month"] > row["as_of"],
        "is marked completed in {month}, but the list is from {as_of}: not counted as reached",
    )


def check_phase_order(frame: pd.DataFrame, location: RowLabel) -> Iterator[CellFinding]:
    """Warn about a phase whose first milestone is after that of a later phase."""
    first_milestones: dict[tuple[str, str], tuple[str, int]] = {}
    for position, row in _completed_milestones(frame):
        reached, key = (row["month"], position), (row["title"], row["phase"])
        first_milestones[key] = min(first_milestones.get(key, reached), reached)
    messages: _RowMessages = {}
    for (title, phase), (month, position) in first_milestones.items():
        for later_phase in (
            EXEMPLAR_PHASES[EXEMPLAR_PHASES.index(phase) + 1 :] if phase in EXEMPLAR_PHASES else ()
        ):
            later_month, later_position = first_milestones.get(
                (title, later_phase), (month, position)
            )
            if later_month < month:
                messages[position] = (
                    f"the first {phase} milestone of {title} is in {month}, after its {later_phase}"
                    f" ({location(later_position)}): the service stays in the later phase"
                )
    yield _build_finding("phase", messages)


def check_missing_discovery(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Warn about a service without a discovery, at its first row."""
    rows = list(_completed_milestones(frame))
    discovered = {row["title"] for _, row in rows if row["phase"] == DISCOVERY}
    first_positions = {
        row["title"]: position for position, row in reversed(rows) if row["title"] not in discovered
    }
    messages = {
        position: f"{title} has no discovery: its time to live is not known"
        for title, position in first_positions.items()
    }
    yield _build_finding("title", messages)


def _milestone_finding(
    frame: pd.DataFrame, column: str, is_unusual: Callable[[_RowTexts], bool], message_template: str
) -> CellFinding:
    rows = _complete_rows(frame, "state", "month", "as_of")
    return _build_finding(
        column,
        {position: message_template.format(**row) for position, row in rows if is_unusual(row)},
    )


def _completed_milestones(frame: pd.DataFrame) -> Iterator[tuple[int, _RowTexts]]:
    """Completed milestones of whole services, with their positions."""
    of_service = frame.get("product", pd.Series(pd.NA, frame.index)).isna().tolist()
    rows = _complete_rows(frame, "title", "phase", "state", "month")
    return (
        (position, row)
        for position, row in rows
        if row["state"] == COMPLETED and of_service[position]
    )


def _complete_rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[int, _RowTexts]]:
    """Rows without missing cells in these columns, with their positions."""
    if not set(columns) <= set(frame):
        return
    is_complete = frame[list(columns)].notna().all(axis=1)
    cells = frame[list(columns)].astype(str).to_numpy().tolist()
    for position, row in enumerate(cells):
        if is_complete.iloc[position]:
            yield position, dict(zip(columns, row, strict=True))


def _build_finding(column: str, messages: _RowMessages) -> CellFinding:
    return CellFinding(column, sorted(messages), lambda position: messages[position])
