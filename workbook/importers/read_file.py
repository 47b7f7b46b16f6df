"""Read a table from a file. Its content decides the format, not its name."""

import re

from workbook.importers.formats import delimited_text, parquet, spreadsheets
from workbook.tables import PublishedFileReader, TableReport, TableSchema
from workbook.tables.issues import TableIssue, rejected_report
from workbook.tables.mapped_table import MappedTable, map_columns
from workbook.tables.raw_table import EMPTY_FILE_MESSAGE, RawTable

_PUNCTUATION = re.compile(r"[\W_]+")
_ZIP_SIGNATURE = b"PK\x03\x04"
_UNREADABLE_SIGNATURES = {
    b"%PDF": "a PDF: ask for the figures as CSV or as a spreadsheet",
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (XLS): save it as XLSX, ODS or CSV UTF-8",
    b"\x1f\x8b": "compressed: unpack it and use the table inside",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!DOCTYPE": "a web page: save the table on it as CSV UTF-8",
    b"<html": "a web page: save the table on it as CSV UTF-8",
}
"""First bytes of files that hold no table, or none that can be read."""


def read_table_file(
    table: TableSchema, content: bytes, name: str, *, is_partial: bool = False
) -> TableReport:
    """Read a table from a file.

    CSV and other delimited text, XLSX, ODS and Parquet are read. The file is a tidy table with the
    schema's column names, or a published file that the table has a reader for.

    Args:
        table: Schema of the table.
        content: The file's bytes.
        name: The file's name, for messages.
        is_partial: Whether the file adds periods to a table. Checks that need every period are
            then left out.

    Returns:
        The rows, and every error and warning. An unreadable file gives an error, not an exception.
    """
    try:
        raw_table = _read_raw_table(table, content)
    except ValueError as error:
        return rejected_report(table.name, f"{name}: {error}")
    return table.check_mapped_table(_map_raw_table(table, raw_table), is_partial=is_partial)


def _read_raw_table(table: TableSchema, content: bytes) -> RawTable:
    """Read the header and cells of a file. Raises ValueError if there are none."""
    if not content or content.isspace():
        raise ValueError(EMPTY_FILE_MESSAGE)
    for signature, description in _UNREADABLE_SIGNATURES.items():
        if content[: len(signature)].lower() == signature.lower():
            msg = f"the file is {description}"
            raise ValueError(msg)
    if content.startswith(b"PAR1"):
        return parquet.read_parquet(content)
    if content.startswith(_ZIP_SIGNATURE):
        return spreadsheets.read_spreadsheet(
            content, lambda header: _is_table_header(table, header)
        )
    return delimited_text.read_delimited_text(
        content, lambda header: _find_reader(table, header) is not None
    )


def _map_raw_table(table: TableSchema, raw_table: RawTable) -> MappedTable:
    if reader := _find_reader(table, raw_table.header):
        return reader.map_table(raw_table)
    matched_headers, header_warnings = _match_headers(table, raw_table)
    mapped_table = map_columns(raw_table, table.schema.columns, matched_headers)
    return MappedTable(
        mapped_table.cells,
        mapped_table.row_numbers,
        mapped_table.locate,
        mapped_table.errors,
        (*mapped_table.warnings, *header_warnings),
    )


def _find_reader(table: TableSchema, header: tuple[str, ...]) -> PublishedFileReader | None:
    """Find the reader of the published file with this header; None for any other file."""
    if _has_required_columns(table, header):
        return None
    return next((reader for reader in table.readers if reader.recognises_header(header)), None)


def _is_table_header(table: TableSchema, header: tuple[str, ...]) -> bool:
    """Whether a header belongs to a tidy table or to a published file."""
    return _has_required_columns(table, header) or _find_reader(table, header) is not None


def _has_required_columns(table: TableSchema, header: tuple[str, ...]) -> bool:
    """Whether a header names all required columns of the table."""
    required_names = {
        _fold_name(name) for name, column in table.schema.columns.items() if column.required
    }
    return required_names <= {_fold_name(name) for name in header}


def _match_headers(
    table: TableSchema, raw_table: RawTable
) -> tuple[dict[str, str], list[TableIssue]]:
    """Match headers to the table's columns, and warn of those that are written differently."""
    matched_headers: dict[str, str] = {}
    for name in table.schema.columns:
        candidates = [
            header_text
            for header_text in raw_table.header
            if _fold_name(header_text) == _fold_name(name)
        ]
        if candidates:
            matched_headers[name] = name if name in candidates else candidates[0]
    header_warnings = [
        TableIssue(raw_table.header_row, head, head, f'is read as column "{name}"')
        for name, head in matched_headers.items()
        if head != name
    ]
    return matched_headers, header_warnings


def _fold_name(name: str) -> str:
    return _PUNCTUATION.sub("", name).casefold()
