"""Read a table from a file. Its content decides the format, not its name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbook.importers.cell_readings import read_cells
from workbook.importers.corrections import NO_CORRECTIONS, Corrections
from workbook.importers.first_days import restore_first_days
from workbook.importers.formats import delimited_text, json_records, parquet, spreadsheets
from workbook.importers.formats.office_files import (
    COMPOUND_FILE_SIGNATURE,
    describe_compound_file,
)
from workbook.importers.headings import (
    MatchedHeadings,
    different_heading_issues,
    has_required_columns,
    match_headings,
)
from workbook.importers.quarterly_counts import (
    add_quarters,
    quarterly_shape_issues,
    read_quarters,
)
from workbook.importers.successors import find_successors, rename_subjects
from workbook.tables import PublishedFileReader, TableIssue, TableReport, TableSchema
from workbook.tables.issues import file_issue, rejected_report
from workbook.tables.mapped_table import MappedTable, map_columns
from workbook.tables.raw_table import EMPTY_FILE_MESSAGE, RawTable

_ZIP_SIGNATURE, _PARQUET_SIGNATURE = b"PK\x03\x04", b"PAR1"
_UNREADABLE_SIGNATURES = {
    b"%PDF": "a PDF: ask for the figures as CSV or as a spreadsheet",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "compressed: unpack it and use the table inside",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
"""First bytes of files that hold no table, or none that can be read."""

_WEB_PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html)", re.IGNORECASE)
_WEB_PAGE_ADVICE = "save the table on it as CSV UTF-8"


_FEWEST_HEADINGS = 3
"""Fewest headings of a published file; a row with fewer cells is a title or a note."""


def read_table_file(
    table: TableSchema,
    content: bytes,
    name: str,
    corrections: Corrections = NO_CORRECTIONS,
    *,
    is_partial: bool = False,
) -> TableReport:
    """Read a table from a file.

    CSV and other delimited text, XLSX, ODS, Parquet and JSON are read. The file is a tidy table
    with the schema's column names, or a published file that the table has a reader for.

    Args:
        table: Schema of the table.
        content: The file's bytes.
        name: The file's name, for messages.
        corrections: What the owner of the file says about it.
        is_partial: Whether the file adds periods to a table. Checks that need every period are
            then left out.

    Returns:
        The rows, and every error and warning. An unreadable file gives an error, not an exception.
    """
    try:
        raw_table = _read_raw_table(table, content, corrections.headings)
    except ValueError as error:
        return rejected_report(table.name, f"{name}: {error}")
    matched = match_headings(table, raw_table.header, corrections.headings)
    is_tidy = has_required_columns(table, matched.columns)
    reader = None if is_tidy else _find_reader(table, raw_table.header)
    mapped_table = (
        reader.map_table(raw_table)
        if reader
        else _map_tidy_table(table, raw_table, matched, corrections.headings)
    )
    mapped_table = rename_subjects(table, mapped_table, corrections)
    if content.startswith((_PARQUET_SIGNATURE, _ZIP_SIGNATURE)):
        mapped_table = restore_first_days(mapped_table, table.schema)
    quarters = read_quarters(mapped_table, table.period) if table.window else None
    is_quarterly = quarters is not None or matched.is_quarterly or mapped_table.is_quarterly
    read_table = read_cells(
        quarters or mapped_table, table.schema, accept=corrections.accept_readings
    )
    report = table.check_mapped_table(read_table.table, is_partial=is_partial or is_quarterly)
    if not report.errors and is_quarterly:
        report = add_quarters(table, report, is_partial=is_partial)
    elif not report.errors and table.window and has_required_columns(table, matched.columns):
        shape = map(file_issue, quarterly_shape_issues(report.frame, table))
        names = _renamed_issues(table, report, corrections)
        report = replace(report, warnings=(*shape, *names, *report.warnings))
    report = replace(report, suggestions=read_table.suggestions)
    if reader:
        return report
    return replace(
        report,
        unmatched_columns=_unmatched_columns(table, mapped_table, required=True),
        unmatched_optional_columns=_unmatched_columns(table, mapped_table, required=False),
        unmatched_headings=tuple(
            head for head in raw_table.header if head and head not in matched.columns.values()
        ),
    )


def _read_raw_table(table: TableSchema, content: bytes, headings: Mapping[str, str]) -> RawTable:
    """Read the header and cells of a file. Raises ValueError if there are none."""
    _check_format(table, content)
    if content.startswith(_PARQUET_SIGNATURE):
        return parquet.read_parquet(content)

    def is_tidy(header: tuple[str, ...]) -> bool:
        return has_required_columns(table, match_headings(table, header, headings).columns)

    def fits(header: tuple[str, ...]) -> bool:
        is_sentence = sum(map(bool, header)) < _FEWEST_HEADINGS
        return is_tidy(header) or (not is_sentence and _find_reader(table, header) is not None)

    if content.startswith(_ZIP_SIGNATURE):
        return spreadsheets.read_spreadsheet(content, is_tidy, fits)
    if json_records.starts_as_json(content):
        return json_records.read_json_records(content, fits)
    return delimited_text.read_delimited_text(
        content, lambda header: _find_reader(table, header) is not None, fits
    )


def _check_format(table: TableSchema, content: bytes) -> None:
    """Raise ValueError if the first bytes of a file are those of one that holds no table."""
    if not content or content.isspace():
        raise ValueError(EMPTY_FILE_MESSAGE)
    if content.startswith(COMPOUND_FILE_SIGNATURE):
        raise ValueError(f"the file is {describe_compound_file(content)}")
    for signature, description in _UNREADABLE_SIGNATURES.items():
        if content[: len(signature)].lower() == signature.lower():
            msg = f"the file is {description}"
            raise ValueError(msg)
    if _WEB_PAGE_START.match(content):
        advice = next(filter(None, (reader.web_page_advice for reader in table.readers)), "")
        msg = f"the file is a web page: {advice or _WEB_PAGE_ADVICE}"
        raise ValueError(msg)


def _map_tidy_table(
    table: TableSchema,
    raw_table: RawTable,
    matched: MatchedHeadings,
    headings: Mapping[str, str],
) -> MappedTable:
    mapped_table = map_columns(raw_table, table.schema.columns, matched.columns)
    issues = different_heading_issues(raw_table, matched, headings)
    return replace(mapped_table, warnings=(*mapped_table.warnings, *issues))


def _find_reader(table: TableSchema, header: tuple[str, ...]) -> PublishedFileReader | None:
    """Find the reader of the published file with this header; None for a tidy table."""
    if has_required_columns(table, match_headings(table, header, {}).columns):
        return None
    return next((reader for reader in table.readers if reader.recognises_header(header)), None)


def _renamed_issues(
    table: TableSchema, report: TableReport, corrections: Corrections
) -> Iterator[TableIssue]:
    """Warn of services of a department's own file that may go on under another name."""
    for successor in find_successors(table, report.frame):
        if successor.new[-1] not in corrections.new_names:
            yield file_issue(f"{successor}: if they are one service, give both one name")


def _unmatched_columns(
    table: TableSchema, mapped_table: MappedTable, *, required: bool
) -> tuple[str, ...]:
    return tuple(
        name
        for name, column in table.schema.columns.items()
        if column.required == required and name not in mapped_table.cells
    )
