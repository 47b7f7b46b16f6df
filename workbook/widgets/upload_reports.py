"""Reports on uploaded files, as the page shows them."""

from typing import Literal, TypedDict

from workbook.tables import TableReport
from workbook.text.grammar import format_count

MAX_LISTED_ISSUES = 50
"""Most issues that a report lists. Its count includes the others."""

_UNCHANGED_NOTE = "The scenario has not changed."


class ListedIssue(TypedDict):
    """An error or warning in a file, with its row and column in the text."""

    kind: Literal["error", "warning"]
    text: str


class UploadReport(TypedDict):
    """Report on an uploaded file; ``value`` is empty for a rejected file."""

    file_id: str
    value: str
    summary: str
    issues: list[ListedIssue]
    issue_count: int


def summarise_report(file_id: str, report: TableReport, name: str, value: str) -> UploadReport:
    """Summarise the check of a file: a sentence and the first issues, errors first.

    Args:
        file_id: Identifier that the page gave to the file.
        report: The result of the check.
        name: The file's name.
        value: The parameter's value that stands for the table; empty for a rejected file.

    Returns:
        The report for the page.
    """
    if [issue.row for issue in report.errors] == [None]:
        return rejection_report(file_id, name, report.errors[0].message)
    issues = [
        *(ListedIssue(kind="error", text=str(issue)) for issue in report.errors),
        *(ListedIssue(kind="warning", text=str(issue)) for issue in report.warnings),
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
    )


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
    return UploadReport(file_id=file_id, value="", summary=summary, issues=[], issue_count=0)
