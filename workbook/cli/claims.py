"""The claims of the report, checked against every held table as far as that can be done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.claims import (
    ClaimVerdict,
    NamedFigure,
    claim_issues,
    collect_figures,
    report_claims,
    report_facts,
    verify_claims,
)
from workbook.claims.sources import FIGURE_SOURCES
from workbook.tables import HEADER_ROW, TableError, TableIssue, TableReport, TableSchema
from workbook.topics.registry import TABLE_SCHEMAS

_CLAIM_TABLES = {report_claims.name, report_facts.name}
"""The tables of which whoever checks a claim tells what is wrong, row by row."""

TableFault = tuple[str, TableIssue]
"""Something wrong in a table, by its name."""


@dataclass(frozen=True)
class CheckedClaims:
    """A verdict on every claim, and what is wrong in the tables that they rest on."""

    verdicts: list[ClaimVerdict]
    faults: tuple[TableFault, ...]


def check_bundled_claims(data: Path | None = None) -> CheckedClaims:
    """Every claim checked; a row at fault is told, and the rest is checked all the same.

    Raises TableError for a table that is missing, or whose hash is not the recorded one.
    """
    bundled_tables = {name: table for name, table in TABLE_SCHEMAS.items() if table.bundled}
    reports = {name: _check_bundled_table(table, data) for name, table in bundled_tables.items()}
    verdicts = verify_claims(reports[report_claims.name].frame, _compute_figures(reports))
    table_faults = [(name, issue) for name, report in reports.items() for issue in report.errors]
    locations = {(name, each.row, each.column) for name, each in table_faults}
    table_faults += [
        (report_claims.name, each)
        for each in claim_issues(verdicts)
        if (report_claims.name, each.row, each.column) not in locations
    ]
    return CheckedClaims(verdicts, tuple(table_faults))


def _check_bundled_table(table: TableSchema, data: Path | None) -> TableReport:
    """The report on a held table; of claims and facts every column is there, blank if gone."""
    content, hash_issues = table.read_bundled_file(data)
    if hash_issues:
        raise TableError(table.name, hash_issues)
    report = table.check_csv(content)
    if table.name not in _CLAIM_TABLES:
        return report
    return replace(report, frame=report.frame.reindex(columns=list(table.schema.columns)))


def _compute_figures(reports: Mapping[str, TableReport]) -> dict[str, NamedFigure]:
    """Every figure; one of a table with a row at fault has no value, and names that row."""
    first_faults = {
        name: fault
        for name, report in reports.items()
        if name not in _CLAIM_TABLES and (fault := _first_fault(report))
    }
    computed_figures = collect_figures(
        {name: each.frame for name, each in reports.items() if name not in first_faults}
    )
    for source in FIGURE_SOURCES:
        for name in first_faults.keys() & set(source.tables):
            reason = f"{source.label}: the table {name} is at fault, {first_faults[name]}"
            computed_figures[source.name] = replace(
                computed_figures[source.name], value=None, reason=reason
            )
    return computed_figures


def _first_fault(report: TableReport) -> TableIssue | None:
    """The first row at fault, or the whole; a column that is gone is none of a row's."""
    return next((issue for issue in report.errors if issue.row != HEADER_ROW), None)
