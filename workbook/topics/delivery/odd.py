"""What is odd in the exemplars' tables, and kept; what is wrong in that of commitments: by row."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from workbook.tables.findings import Finding
from workbook.tables.oddities import Place
from workbook.topics.delivery.phases import COMPLETED, DISCOVERY, PHASES, PLANNED

Row = dict[str, str]
Said = dict[int, str]
"""What is to be said of a row, by its position."""


def one_number(frame: pd.DataFrame, place: Place) -> Iterator[Finding]:
    """A number under which a second service stands."""
    first: dict[str, tuple[str, int]] = {}
    seen: set[tuple[str, str]] = set()
    said: Said = {}
    for at, row in _rows(frame, "number", "title"):
        number, title = row["number"], row["title"]
        other, where = first.setdefault(number, (title, at))
        if title != other and (number, title) not in seen:
            said[at] = f"is the number of {other} too ({place(where)}): held as two services"
        seen.add((number, title))
    yield _finding("number", said)


def planned_before(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
    """A milestone that is only planned, for a month that had gone by."""
    yield _milestones(
        frame,
        "state",
        lambda row: row["state"] == PLANNED and row["month"] < row["as_of"],
        "is planned for {month}, which had gone by in {as_of}: not counted as reached",
    )


def completed_later(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
    """A milestone completed in a month after that in which all of them are known."""
    yield _milestones(
        frame,
        "month",
        lambda row: row["state"] == COMPLETED and row["month"] > row["as_of"],
        "is said to be completed in {month}, though known in {as_of}: not counted as reached",
    )


def out_of_order(frame: pd.DataFrame, place: Place) -> Iterator[Finding]:
    """A phase that first has a milestone after a later phase has had one."""
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for at, row in _completed(frame):
        reached, key = (row["month"], at), (row["title"], row["phase"])
        first[key] = min(first.get(key, reached), reached)
    said: Said = {}
    for (title, phase), (month, at) in first.items():
        for later in PHASES[PHASES.index(phase) + 1 :] if phase in PHASES else ():
            before, where = first.get((title, later), (month, at))
            if before < month:
                said[at] = (
                    f"{phase} of {title} begins in {month}, after its {later} ({place(where)}): "
                    "the service stays in the later phase"
                )
    yield _finding("phase", said)


def without_discovery(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
    """The first row of a service of which no discovery is known."""
    rows = list(_completed(frame))
    known = {row["title"] for _, row in rows if row["phase"] == DISCOVERY}
    first = {row["title"]: at for at, row in reversed(rows) if row["title"] not in known}
    said = {
        at: f"{title} has no discovery: how long it took is not known"
        for title, at in first.items()
    }
    yield _finding("title", said)


def half_a_target(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
    """A target of which nothing tells how it is meant, or how one is meant that is not there."""
    if not {"sense", "target"} <= set(frame):
        return
    sense, target = frame["sense"], frame["target"]
    yield Finding(
        "sense",
        np.flatnonzero(sense.isna() & target.notna()),
        lambda at: f"is blank: the target {target[at]:g} needs one, such as at least",
    )
    yield Finding(
        "sense",
        np.flatnonzero(sense.notna() & target.isna()),
        lambda at: f"{sense[at]} is of no target: give the target, or leave this blank",
    )


def _milestones(frame: pd.DataFrame, column: str, odd: Callable[[Row], bool], say: str) -> Finding:
    rows = _rows(frame, "state", "month", "as_of")
    return _finding(column, {at: say.format(**row) for at, row in rows if odd(row)})


def _completed(frame: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    rows = _rows(frame, "title", "phase", "state", "month")
    return ((at, row) for at, row in rows if row["state"] == COMPLETED)


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[int, Row]]:
    """The rows that have all of these columns' cells, with their positions."""
    if not set(columns) <= set(frame):
        return
    whole = frame[list(columns)].notna().all(axis=1)
    cells = frame[list(columns)].astype(str).to_numpy().tolist()
    for at, row in enumerate(cells):
        if whole.iloc[at]:
            yield at, dict(zip(columns, row, strict=True))


def _finding(column: str, said: Said) -> Finding:
    return Finding(column, sorted(said), lambda at: said[at])
