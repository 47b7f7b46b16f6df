"""Errors and warnings in a table, with the row and column of each."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from workbook.text.grammar import format_count
from workbook.text.quoting import LONGEST_QUOTED_TEXT, shorten_text, visible_text

HEADER_ROW = 1
"""Row number of the header. Rows are counted as in a spreadsheet."""

MAXIMUM_LISTED_ISSUES = 1000
"""Issues of one kind that are listed one by one, at most, to limit memory."""


@dataclass(frozen=True)
class TableIssue:
    """An error or a warning in a table.

    Args:
        row: Row number as in a spreadsheet, None for the whole file.
        column: Header of the column, None for the whole row.
        value: Text of the cell, shortened if it is long.
        message: What is wrong, without row and column.
    """

    row: int | None
    column: str | None
    value: str | None
    message: str

    def __post_init__(self) -> None:
        if self.value is not None and len(self.value) > LONGEST_QUOTED_TEXT:
            object.__setattr__(self, "value", shorten_text(self.value))

    def __str__(self) -> str:
        if self.row == HEADER_ROW and self.value is None:  # a missing column: there is no cell
            return self.message
        location = [f"row {self.row}"] if self.row is not None else []
        location += [f"column {visible_text(self.column)}"] if self.column is not None else []
        return f"{', '.join(location)}: {self.message}" if location else self.message


class TableError(ValueError):
    """A table with errors.

    Args:
        table: Name of the table.
        issues: Every error, kept as ``problems``.
        file: Path of the file, where the user gave one.
    """

    def __init__(self, table: str, issues: tuple[TableIssue, ...], file: str = "") -> None:
        self.table, self.problems, self.file = table, issues, file
        super().__init__("\n".join([f"{table} is not a valid table.", *map(str, issues)]))

    @property
    def summary(self) -> str:
        """The table or its file, the first error, and how to see more in a file."""
        errors = summarise_issues(self.problems)
        if not self.file:
            return f"{self.table} is not a valid table: {errors}"
        if self.problems[0].row is None:  # the whole file: the message names it
            return errors
        summary = f"{self.file} is not a valid {self.table} table: {errors}"
        if len(self.problems) == 1:
            return summary
        command = f"workbook check {shlex.quote(self.file)} --table {self.table}"
        return f'{summary}. To list every error, run "{command}"'

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[TableIssue, ...], str]]:
        return type(self), (self.table, self.problems, self.file)


@dataclass(frozen=True, eq=False)
class TableReport:
    """Result of reading a table.

    Args:
        table: Name of the table.
        frame: The rows.
        errors: Issues that reject the file.
        warnings: Issues that are reported; the values are kept as published.
        suggestions: Number of rejected cells whose suggested reading can be accepted.
        unmatched_columns: Required columns that no heading of the file names.
        unmatched_optional_columns: Other columns that no heading of the file names.
        unmatched_headings: Headings of the file that name no column.
    """

    table: str
    frame: pd.DataFrame
    errors: tuple[TableIssue, ...] = ()
    warnings: tuple[TableIssue, ...] = ()
    suggestions: int = 0
    unmatched_columns: tuple[str, ...] = ()
    unmatched_optional_columns: tuple[str, ...] = ()
    unmatched_headings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The report as ``check --json`` prints it."""
        return {
            "table": self.table,
            "rows": len(self.frame),
            "errors": [vars(issue) for issue in self.errors],
            "oddities": [vars(issue) for issue in self.warnings],
        }


def file_issue(message: str) -> TableIssue:
    """Issue of the whole file."""
    return TableIssue(None, None, None, message)


def rejected_report(table: str, message: str) -> TableReport:
    """Report on a file in which no table was found."""
    return TableReport(table, pd.DataFrame(), (file_issue(message),))


def first_of_several(count: int, nouns: str) -> str:
    """Say that an issue stands for several: `` (3 rows, this is the first)``; empty for one."""
    return f" ({count:,} {nouns}, this is the first)" if count > 1 else ""


def summarise_issues(issues: Sequence[TableIssue]) -> str:
    """Write issues as one phrase: the only one, or how many there are and the first.

    Args:
        issues: The issues, at least one.

    Returns:
        The phrase, such as ``89 errors. First: row 3, column people: …``.
    """
    if len(issues) == 1:
        return str(issues[0])
    return f"{format_count(len(issues), 'error')}. First: {issues[0]}"


def sort_issues(issues: "list[TableIssue]") -> tuple[TableIssue, ...]:
    """Sort issues by row and column, without repetitions."""
    return tuple(
        sorted(dict.fromkeys(issues), key=lambda issue: (issue.row or 0, issue.column or ""))
    )
