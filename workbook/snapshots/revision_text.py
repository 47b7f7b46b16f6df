"""What a comparison says of a revised table: how many rows changed, left and came."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from workbook.importers.merge_release import CellChange
from workbook.importers.renamed_subjects import SAME_FIGURES, SPELLING, Subject
from workbook.importers.table_revision import FigureRevision, TableRevision
from workbook.periods import MONTHS_PER_YEAR
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_number

_BASES: Final = {SPELLING: "spelling of the name", SAME_FIGURES: "same figures"}


def describe_revision(revision: TableRevision) -> str:
    """Say what was revised in a table, by its latest revised period.

    Args:
        revision: The revision.

    Returns:
        Sentences: what changed, left and came, and which of them are the same under another name.
    """
    main = _main_figures(revision)
    fact = _describe_rows(revision) if main is None else _describe_figures(revision, main)
    sentences = [f"{revision.table.title}: {fact}.", *_describe_matches(revision)]
    if main and (others := len({figures.period for figures in revision.figures}) - 1):
        verb = choose_form(others, "differs", "differ")
        sentences.append(f"{format_count(others, 'earlier period')} {verb} too.")
    return " ".join(sentences)


def figures_frame(revision: TableRevision) -> pd.DataFrame:
    """List the revised periods of a table, the latest first.

    Args:
        revision: The revision.

    Returns:
        A row of texts for each period and column: how many figures changed and by how much, and how
        many names were removed, added and renamed.
    """
    rows = [
        {
            "Period": figures.period or "all",
            "Figures": _column_title(revision, figures.column),
            "Changed": format_number(figures.changed),
            "By": _format_change(figures.change) if figures.changed else "",
            "Removed": format_number(figures.left),
            "Added": format_number(figures.came),
            "Of these renamed": format_number(figures.renamed),
        }
        for figures in sorted(revision.figures, key=lambda entry: entry.period, reverse=True)
    ]
    return pd.DataFrame(rows)


def subjects_frame(revision: TableRevision) -> pd.DataFrame:
    """List what was removed, added and renamed.

    Args:
        revision: The revision.

    Returns:
        A row of texts for each subject: whether and why two names are taken for one, the name
        before, and the name now.
    """
    rows = [
        *(
            (f"renamed: {_BASES[m.basis]}", _join_subject(m.old), _join_subject(m.new))
            for m in revision.renamed
        ),
        *(
            ("removed, not matched", _join_subject(subject), "")
            for subject in revision.unmatched_left
        ),
        *(
            ("added, not matched", "", _join_subject(subject))
            for subject in revision.unmatched_came
        ),
    ]
    return pd.DataFrame(rows, columns=["Match", "Before", "Now"])


def cells_frame(revision: TableRevision, most: int) -> pd.DataFrame:
    """List the revised cells, the largest change of a figure first.

    Args:
        revision: The revision.
        most: Cells at most.

    Returns:
        A row of texts for each cell: its row, its column, and its value before and now. Texts and
        figures that were or are blank come last.
    """
    rows = [
        (
            _join_subject(change.key),
            _column_title(revision, change.column),
            _format_cell(change.old_value),
            _format_cell(change.new_value),
        )
        for change in sorted(revision.changes, key=_rank_change)[:most]
    ]
    return pd.DataFrame(rows, columns=["Row", "Column", "Before", "Now"])


def revision_as_dict(revision: TableRevision) -> dict[str, Any]:
    """The revision as ``changes.json`` holds it.

    Args:
        revision: The revision.

    Returns:
        Figures by period, changed cells, rows of one release only, and the subjects that were
        renamed, left or came.
    """
    return {
        "table": revision.table.name,
        "subject": revision.subject,
        "figures": [vars(figures) for figures in revision.figures],
        "cells": [
            {
                "row": list(change.key),
                "column": change.column,
                "from": change.old_value,
                "to": change.new_value,
            }
            for change in revision.changes
        ],
        "rows_left": [list(row) for row in revision.rows_left],
        "rows_came": [list(row) for row in revision.rows_came],
        "renamed": [
            {"from": list(match.old), "to": list(match.new), "basis": match.basis}
            for match in revision.renamed
        ],
        "left": [list(subject) for subject in revision.unmatched_left],
        "came": [list(subject) for subject in revision.unmatched_came],
    }


def _main_figures(revision: TableRevision) -> FigureRevision | None:
    """The first column of the latest period with a changed figure, or else that differs."""
    changed = [figures for figures in revision.figures if figures.changed]
    candidates = changed or revision.figures
    period = candidates[-1].period if candidates else ""
    return next((figures for figures in candidates if figures.period == period), None)


def _describe_figures(revision: TableRevision, figures: FigureRevision) -> str:
    title = _column_title(revision, figures.column)
    fact = f"no figure of {title} changed"
    if figures.changed:
        count = format_count(figures.changed, revision.subject)
        fact = f"{title} of {count} changed by {_format_change(figures.change)}"
    names = ""
    if figures.left or figures.came:
        names = f", while {format_count(figures.left, 'name')} left and {figures.came:,} came"
    return f"{fact}{_describe_period(revision, figures.period)}{names}"


def _describe_rows(revision: TableRevision) -> str:
    changed = len({change.key for change in revision.changes})
    left, came = len(revision.rows_left), len(revision.rows_came)
    return f"{format_count(changed, 'row')} changed, {left:,} left and {came:,} came"


def _describe_period(revision: TableRevision, period: str) -> str:
    if not period:
        return ""
    if revision.table.window == MONTHS_PER_YEAR:
        return f" in the year to {format_month(period)}"
    return f" for {period}"


def _describe_matches(revision: TableRevision) -> Iterator[str]:
    left, came = len(revision.unmatched_left), len(revision.unmatched_came)
    if renamed := len(revision.renamed):
        are = choose_form(renamed, "is the same", "are the same")
        count = format_count(renamed, revision.subject)
        yield f"Over all periods {count} {are} under another name."
    unmatched = [
        text
        for count, text in ((left, f"{left:,} that left"), (came, f"{came:,} that came"))
        if count
    ]
    if unmatched:
        verb = choose_form(left + came, "is", "are")
        yield f"{join_items(unmatched)} {verb} not matched with any other name."


def _rank_change(change: CellChange) -> float:
    before, now = change.old_value, change.new_value
    is_figure = isinstance(before, int | float) and isinstance(now, int | float)
    return -abs(now - before) if is_figure else 0.0


def _format_change(change: float) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{format_number(abs(change))}"


def _format_cell(value: object) -> str:
    if value is None:
        return "blank"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return format_number(float(str(value))) if is_number else str(value)


def _column_title(revision: TableRevision, name: str) -> str:
    column = revision.table.schema.columns.get(name)
    return str((column and column.title) or name)


def _join_subject(subject: Subject) -> str:
    return ", ".join(map(str, subject))
