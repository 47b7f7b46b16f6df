"""Reports on uploaded files, as the page shows them."""

from typing import Literal, TypedDict

from workbook.importers.headings import column_titles
from workbook.tables import TableReport, TableSchema
from workbook.tables.issue_groups import issue_lines
from workbook.text.grammar import format_count

MAX_LISTED_ISSUES = 50
"""Most issues that a report lists. Its count includes the others."""

_UNCHANGED_NOTE = "The scenario has not changed."


class ListedIssue(TypedDict):
    """An error or warning in a file, with its row and column in the text."""

    kind: Literal["error", "warning"]
    text: str


class UnmatchedColumn(TypedDict):
    """A column that no heading of a file names."""

    name: str
    title: str
    is_required: bool


class UploadReport(TypedDict):
    """Report on an uploaded file; ``value`` is empty for a rejected file.

    The last three fields say what the visitor can correct: columns that no heading names,
    headings that name no column, and the number of cells with a suggested reading.
    """

    file_id: str
    value: str
    summary: str
    issues: list[ListedIssue]
    issue_count: int
    unmatched_columns: list[UnmatchedColumn]
    unmatched_headings: list[str]
    suggestions: int


def summarise_report(
    file_id: str, schema: TableSchema, report: TableReport, name: str, value: str
) -> UploadReport:
    """Summarise the check of a file: a sentence and the first issues, errors first.

    Args:
        file_id: Identifier that the page gave to the file.
        schema: Schema of the table.
        report: The result of the check.
        name: The file's name.
        value: The parameter's value that stands for the table; empty for a rejected file.

    Returns:
        The report for the page.
    """
    if [issue.row for issue in report.errors] == [None]:
        return rejection_report(file_id, name, report.errors[0].message)
    issues = [
        *(ListedIssue(kind="error", text=line) for line in issue_lines(report.errors)),
        *(ListedIssue(kind="warning", text=line) for line in issue_lines(report.warnings)),
    ]
    issue_counts = {"error": len(report.errors), "warning": len(report.warnings)}
    counts = [
        *([format_count(len(report.frame), "row")] if value else []),
        *(format_count(count, kind) for kind, count in issue_counts.items() if count),
    ]
    status = "read" if value else "rejected"
    consequence = "It is kept for this visit only." if value else _UNCHANGED_NOTE
    return UploadReport(
        file_id=file_id,
        value=value,
        summary=f"{name} was {status}: {', '.join(counts)}. {consequence}",
        issues=issues[:MAX_LISTED_ISSUES],
        issue_count=len(issues),
        unmatched_columns=[
            *_unmatched_columns(schema, report.unmatched_columns, is_required=True),
            *_unmatched_columns(schema, report.unmatched_optional_columns, is_required=False),
        ],
        unmatched_headings=[*report.unmatched_headings[:MAX_LISTED_ISSUES]],
        suggestions=report.suggestions,
    )


def _unmatched_columns(
    schema: TableSchema, columns: tuple[str, ...], *, is_required: bool
) -> list[UnmatchedColumn]:
    return [
        UnmatchedColumn(name=column, title=title, is_required=is_required)
        for column, title in column_titles(schema, columns).items()
    ]


def rejection_report(file_id: str, name: str, reason: str) -> UploadReport:
    """Report on a file that is rejected as a whole.

    Args:
        file_id: Identifier that the page gave to the file.
        name: The file's name.
        reason: Why it is rejected, as the end of a sentence.

    Returns:
        The report for the page, without issues.
    """
    summary = f"{name} was rejected: {reason}. {_UNCHANGED_NOTE}"
    return UploadReport(
        file_id=file_id,
        value="",
        summary=summary,
        issues=[],
        issue_count=0,
        unmatched_columns=[],
        unmatched_headings=[],
        suggestions=0,
    )
