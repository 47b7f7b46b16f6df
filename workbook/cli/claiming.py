"""The claims of the report, checked against every held table as far as that can be done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.claims import Figure, Verdict, check, claims, figures, problems, report_facts
from workbook.claims.readings import READINGS
from workbook.tables import HEADER_ROW, Problem, Report, Table, TableError
from workbook.topics.register import TABLES

OWN = {claims.name, report_facts.name}
"""The tables of which whoever checks a claim tells what is wrong, row by row."""

Fault = tuple[str, Problem]
"""Something wrong in a table, by its name."""


@dataclass(frozen=True)
class Checked:
    """A verdict on every claim, and what is wrong in the tables that they rest on."""

    verdicts: list[Verdict]
    faults: tuple[Fault, ...]


def checked(data: Path | None = None) -> Checked:
    """Every claim checked; a row at fault is told, and the rest is checked all the same.

    Raises TableError for a table that is missing, or whose hash is not the recorded one.
    """
    held = {name: table for name, table in TABLES.items() if table.held}
    reports = {name: _report(table, data) for name, table in held.items()}
    verdicts = check(reports[claims.name].frame, _figures(reports))
    told = [(name, each) for name, report in reports.items() for each in report.errors]
    places = {(name, each.row, each.column) for name, each in told}
    told += [
        (claims.name, each)
        for each in problems(verdicts)
        if (claims.name, each.row, each.column) not in places
    ]
    return Checked(verdicts, tuple(told))


def _report(table: Table, data: Path | None) -> Report:
    """The report on a held table; of claims and facts every column is there, blank if gone."""
    content, changed = table.held_content(data)
    if changed:
        raise TableError(table.name, changed)
    report = table.check(content)
    if table.name not in OWN:
        return report
    return replace(report, frame=report.frame.reindex(columns=list(table.schema.columns)))


def _figures(reports: Mapping[str, Report]) -> dict[str, Figure]:
    """Every figure; one of a table with a row at fault has no value, and names that row."""
    faults = {
        name: fault for name, each in reports.items() if name not in OWN and (fault := _row(each))
    }
    found = figures({name: each.frame for name, each in reports.items() if name not in faults})
    for reading in READINGS:
        for name in faults.keys() & set(reading.tables):
            reason = f"{reading.label}: the table {name} is at fault, {faults[name]}"
            found[reading.name] = replace(found[reading.name], value=None, reason=reason)
    return found


def _row(report: Report) -> Problem | None:
    """The first row at fault, or the whole; a column that is gone is none of a row's."""
    return next((each for each in report.errors if each.row != HEADER_ROW), None)
