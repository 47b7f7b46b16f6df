"""Steps of ``check`` and ``import``: write a table to a file, or merge it into bundled data."""

import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from workbook.cli.errors import InvalidRequestError
from workbook.exports.datapackage import revise_datapackage
from workbook.importers.catalogue import read_bytes
from workbook.importers.corrections import Corrections
from workbook.importers.merge_release import ReleaseDifference, merge_release
from workbook.importers.merge_rows import merge_rows
from workbook.importers.write_file import TABLE_WRITERS, add_source, as_csv, escape_formulas
from workbook.scenario.text_files import replace_files
from workbook.tables import (
    DATA_PACKAGE_FILE,
    TableError,
    TableReport,
    TableSchema,
    recorded_checksum,
    sha256,
)
from workbook.tables.issues import summarise_issues
from workbook.text.grammar import format_count, join_items

file_content = read_bytes
"""Read the file that a command is given."""


def raise_for_errors(report: TableReport, file: Path) -> None:
    """Raise InvalidRequestError if a report on a file has errors."""
    if not report.errors:
        return
    summary = summarise_issues(report.errors)
    if report.errors[0].row is None:  # the whole file: the message names it
        raise InvalidRequestError(summary)
    raise InvalidRequestError(f"{file} is not a valid {report.table} table: {summary}")


def write_imported_table(
    table: TableSchema, report: TableReport, file: Path, content: bytes, target: Path
) -> str:
    """Write an imported table to a new file.

    Args:
        table: Schema of the table.
        report: Report on the imported file.
        file: The imported file.
        content: Its bytes.
        target: File to write, CSV or Parquet by its extension.

    Returns:
        A sentence that says what was written.

    Raises:
        ValueError: The format is not supported, the folder is missing, or another file exists.
    """
    _check_target(target, TABLE_WRITERS)
    frame = add_source(table, report.frame, file.name, sha256(content))
    encoded = TABLE_WRITERS[target.suffix](table, frame)
    if target.exists():
        if target.is_file() and target.read_bytes() == encoded:
            return f"{target} already has this content. Nothing was written."
        msg = f"{target} already exists with other content: delete it, or choose another name"
        raise ValueError(msg)
    replace_files({target: encoded})
    return f"Written: {target} ({format_count(len(frame), 'row')})"


def check_new_file(target: Path) -> None:
    """Check the name of a new file before it is worked out what to write.

    Args:
        target: File to write, CSV or Parquet by its extension.

    Raises:
        ValueError: The format is not supported, the folder is missing, or the file exists.
    """
    check_new_path(target, TABLE_WRITERS)


def check_new_path(target: Path, suffixes: Iterable[str]) -> None:
    """Check the name of a new file.

    Args:
        target: The file.
        suffixes: The extensions that it may have.

    Raises:
        ValueError: The format is not supported, the folder is missing, or the file exists.
    """
    _check_target(target, suffixes)
    if target.exists():
        raise ValueError(f"{target} already exists: delete it, or choose another name")


def write_content(content: bytes, target: Path) -> None:
    """Write a new file, whole or not at all.

    Args:
        content: Its bytes.
        target: The file.
    """
    replace_files({target: content})


def write_frame(frame: pd.DataFrame, target: Path) -> None:
    """Write a frame to a new file, whole or not at all.

    Args:
        frame: Any frame. Texts that a spreadsheet may run as formulas are escaped.
        target: CSV file to write.
    """
    buffer = io.BytesIO()
    escape_formulas(frame).to_csv(buffer, index=False, lineterminator="\n")
    replace_files({target: buffer.getvalue()})


def compare_with_folder(
    table: TableSchema, report: TableReport, file: Path, content: bytes, folder: Path
) -> ReleaseDifference:
    """Compare an imported file with a folder's table.

    Args:
        table: Schema of the table.
        report: Report on the imported file.
        file: The imported file.
        content: Its bytes.
        folder: Folder with the table and ``datapackage.json``.

    Returns:
        The merged table and what has changed.

    Raises:
        TableError: The folder's table or the merged table has errors.
        ValueError: The folder does not hold the table.
    """
    _require_table(table, folder)
    bundled_content, issues = table.read_bundled_file(folder)
    bundled_report = table.check_csv(bundled_content)
    if issues := (*issues, *bundled_report.errors):
        raise TableError(table.name, issues)
    imported = escape_formulas(add_source(table, report.frame, file.name, sha256(content)))
    merge = merge_release if table.period else merge_rows
    changes = merge(table, bundled_report.frame, imported)
    if errors := table.check_csv(as_csv(table, changes.frame)).errors:
        raise TableError(table.name, errors)
    return changes


def merge_into_folder(  # noqa: PLR0913, PLR0917  each is a part of the one step
    table: TableSchema,
    changes: ReleaseDifference,
    file: Path,
    folder: Path,
    reason: str,
    corrections: Corrections,
) -> None:
    """Write the merged table and its checksum to a folder.

    Args:
        table: Schema of the table.
        changes: The merged table and what has changed.
        file: The imported file.
        folder: Folder with the table and ``datapackage.json``.
        reason: Why published figures change; recorded as a revision.
        corrections: What the owner says about the file, to be remembered.

    Raises:
        ValueError: The file is part of a release, or published figures change without a reason.
    """
    if changes.is_partial_release:
        msg = (
            f"{file} lacks {len(changes.dropped_rows):,} of the {changes.existing_row_count:,} rows"
            f" of {table.name} for the same periods: import the whole release, or only new periods."
            " Nothing was written."
        )
        raise ValueError(msg)
    if changes.revises_published and not reason.strip():
        msg = (
            f"{file} changes published {changes.unit} of {table.name}: give a reason with"
            " --revise REASON. Nothing was written."
        )
        raise ValueError(msg)
    if not changes.has_changes:
        return
    csv_content = as_csv(table, changes.frame)
    hashes = {"from": recorded_checksum(table.name, folder) or "", "to": sha256(csv_content)}
    revision = (
        {"reason": reason.strip(), "file": file.name, **hashes}
        if changes.revises_published
        else None
    )
    record = revise_datapackage(table, csv_content, folder, revision, corrections).encode()
    replace_files({folder / f"{table.name}.csv": csv_content, folder / DATA_PACKAGE_FILE: record})


def _require_table(table: TableSchema, folder: Path) -> None:
    """Raise ValueError if a folder does not hold a table and ``datapackage.json``."""
    if not (folder / f"{table.name}.csv").is_file() or not (folder / DATA_PACKAGE_FILE).is_file():
        msg = f"{folder} must contain {table.name}.csv and {DATA_PACKAGE_FILE}"
        raise ValueError(msg)


def _check_target(target: Path, suffixes: Iterable[str]) -> None:
    """Raise ValueError if a table cannot be written to a file of this name."""
    if target.suffix not in suffixes:
        msg = f"{target} cannot be written: its name must end in {join_items(suffixes, 'or')}"
        raise ValueError(msg)
    if not target.parent.is_dir():
        msg = f"{target} cannot be written: there is no folder {target.parent}"
        raise ValueError(msg)
