"""Check a published report against the bundled tables, leaving out tables with errors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.claims.check import claim_issues, verify_claims
from workbook.claims.figures import NamedFigure, collect_figures
from workbook.claims.published_report import PublishedReport
from workbook.claims.verdict import ClaimVerdict
from workbook.tables import HEADER_ROW, TableError, TableIssue, TableReport, TableSchema


@dataclass(frozen=True)
class CheckedReport:
    """The result of checking a report.

    Attributes:
        report: The report.
        verdicts: One verdict for each claim, in the order of the table.
        table_issues: Errors in the tables used, each with the name of its table.
    """

    report: PublishedReport
    verdicts: list[ClaimVerdict]
    table_issues: tuple[tuple[str, TableIssue], ...]


def check_bundled_report(
    report: PublishedReport, table_schemas: Mapping[str, TableSchema], data: Path | None = None
) -> CheckedReport:
    """Check every claim of a report against the bundled tables.

    An error in a row is reported. Claims that do not use that row's table are not affected.

    Args:
        report: The report.
        table_schemas: The known tables by name.
        data: The folder of the tables, by default the bundled one.

    Returns:
        The verdicts, and the errors in the tables.

    Raises:
        TableError: A table is missing, or its checksum is not the recorded one.
    """
    table_reports = {
        table.name: _check_bundled_table(table, report, data)
        for table in _bundled_tables(report, table_schemas)
    }
    figures = _collect_valid_figures(report, table_reports)
    verdicts = verify_claims(table_reports[report.claims.name].frame, figures)
    table_issues = [
        (name, issue)
        for name, table_report in table_reports.items()
        for issue in table_report.errors
    ]
    locations = {(name, issue.row, issue.column) for name, issue in table_issues}
    table_issues += [
        (report.claims.name, issue)
        for issue in claim_issues(verdicts)
        if (report.claims.name, issue.row, issue.column) not in locations
    ]
    return CheckedReport(report, verdicts, tuple(table_issues))


def _bundled_tables(
    report: PublishedReport, table_schemas: Mapping[str, TableSchema]
) -> list[TableSchema]:
    """List the report's own tables and the bundled ones among those that its figures come from."""
    names = dict.fromkeys(name for source in report.figure_sources for name in source.tables)
    source_tables = [table_schemas[name] for name in names if name in table_schemas]
    return [*(table for table in source_tables if table.bundled), *report.tables]


def _check_bundled_table(
    table: TableSchema, report: PublishedReport, data: Path | None
) -> TableReport:
    """Check a bundled table. The report's own tables get a blank column where one is missing."""
    content, checksum_issues = table.read_bundled_file(data)
    if checksum_issues:
        raise TableError(table.name, checksum_issues)
    table_report = table.check_csv(content)
    if table not in report.tables:
        return table_report
    return replace(
        table_report, frame=table_report.frame.reindex(columns=list(table.schema.columns))
    )


def _collect_valid_figures(
    report: PublishedReport, table_reports: Mapping[str, TableReport]
) -> dict[str, NamedFigure]:
    """Collect every figure. One from a table with an error has no value and names the error."""
    own_tables = {table.name for table in report.tables}
    first_errors = {
        name: error
        for name, table_report in table_reports.items()
        if name not in own_tables and (error := _first_row_error(table_report))
    }
    valid_frames = {
        name: table_report.frame
        for name, table_report in table_reports.items()
        if name not in first_errors
    }
    figures = collect_figures(report, valid_frames)
    for source in report.figure_sources:
        for name in first_errors.keys() & set(source.tables):
            reason = f"{source.label}: the table {name} has an error, {first_errors[name]}"
            figures[source.name] = replace(figures[source.name], value=None, reason=reason)
    return figures


def _first_row_error(table_report: TableReport) -> TableIssue | None:
    """Give the first error other than a missing column: the figures that need it report that."""
    return next((issue for issue in table_report.errors if issue.row != HEADER_ROW), None)
