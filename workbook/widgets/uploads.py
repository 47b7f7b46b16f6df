"""Tables that a visitor uploads: checked when complete, kept in memory during the visit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from workbook.importers.headings import valid_headings
from workbook.importers.read_file import read_table_file
from workbook.importers.write_file import add_source
from workbook.scenario import SCENARIO_FILE_SUFFIX, Scenario
from workbook.tables import TableSchema, sha256
from workbook.tables.recorded_headings import recorded_headings
from workbook.text.grammar import join_items
from workbook.widgets.upload_pieces import PartialFile, UploadPiece, parse_piece
from workbook.widgets.upload_reports import UploadReport, rejection_report, summarise_report

MAX_UPLOAD_BYTES = 10 * 2**20
"""Largest size of a file, in bytes."""

MAX_KEPT_TABLES = 4
"""Most tables kept for a parameter. The newest are kept."""

UPLOAD_PREFIX = "upload:"
"""Prefix of a value that stands for an uploaded table. No bundled table has a colon in its name."""

_TOO_LARGE_REASON = "it is larger than 10 MB"


def check_no_uploads(scenario: Scenario) -> None:
    """Check that a scenario can be saved: others cannot open what was uploaded in this visit.

    Args:
        scenario: The scenario.

    Raises:
        ValueError: It uses an uploaded file. The message names it.
    """
    paths = scenario.file_paths.values()
    files = [path.removeprefix(UPLOAD_PREFIX) for path in paths if path.startswith(UPLOAD_PREFIX)]
    if files:
        raise ValueError(
            f"This scenario uses {join_items(files)}, which is kept for this visit only. Choose"
            " another table before you save it"
        )


def check_exportable(scenario: Scenario, suffix: str) -> None:
    """Check that a file of a scenario can be made: a scenario file cannot name an uploaded table.

    Args:
        scenario: The scenario.
        suffix: Suffix of the file.

    Raises:
        ValueError: The file is a scenario file, and the scenario uses an uploaded file.
    """
    if suffix == SCENARIO_FILE_SUFFIX:
        check_no_uploads(scenario)


class Uploads:
    """The uploaded tables of a visit, by the value that stands for each: ``upload:FILENAME``.

    Args:
        table_schemas: The tables that can be uploaded, by the parameter that selects the table.
    """

    def __init__(self, table_schemas: Mapping[str, TableSchema]) -> None:
        self.tables: dict[str, pd.DataFrame] = {}
        self._table_schemas = table_schemas
        self._partial_files: dict[str, PartialFile] = {}
        self._stored_marks: dict[str, tuple[str, str]] = {}
        self._last_reports: dict[str, UploadReport] = {}
        self._headings: dict[str, dict[str, str]] = {}

    def values_for(self, parameter: str) -> list[str]:
        """List the values of a parameter that stand for uploaded tables, the oldest first.

        Args:
            parameter: The parameter's name.

        Returns:
            The values.
        """
        return [value for value, (owner, _) in self._stored_marks.items() if owner == parameter]

    def receive_piece(self, message: Mapping[str, Any]) -> UploadReport | None:
        """Receive a piece of a file.

        A page sends a piece again if it gets no answer. A piece of the last file to be reported on
        gets the same report again.

        Args:
            message: The page's message.

        Returns:
            The report on the file once it is complete or too large, None before.

        Raises:
            ValueError: The message is not one that the page can send.
        """
        piece = parse_piece(message, self._table_schemas)
        last_report = self._last_reports.get(piece.parameter)
        if last_report and last_report["file_id"] == piece.file_id:
            return last_report
        partial_file = self._partial_file(piece)
        partial_file.add(piece)
        if partial_file.size > MAX_UPLOAD_BYTES:
            report = rejection_report(piece.file_id, piece.file_name, _TOO_LARGE_REASON)
        elif partial_file.is_complete:
            report = self._check_content(piece, partial_file.content)
        else:
            return None
        del self._partial_files[piece.parameter]
        self._last_reports[piece.parameter] = report
        return report

    def _partial_file(self, piece: UploadPiece) -> PartialFile:
        """The file that a piece belongs to; a new file replaces an unfinished one."""
        partial_file = self._partial_files.get(piece.parameter)
        if partial_file is None or partial_file.file_id != piece.file_id:
            partial_file = PartialFile(piece.file_id, piece.count)
            self._partial_files[piece.parameter] = partial_file
        return partial_file

    def _check_content(self, piece: UploadPiece, content: bytes) -> UploadReport:
        """Check a complete file, and keep its table unless it has errors."""
        name, schema = piece.file_name, self._table_schemas[piece.parameter]
        headings = {
            **recorded_headings(schema.name, schema.data_folder),
            **self._headings.get(piece.parameter, {}),
            **valid_headings(schema, piece.corrections.headings),
        }
        report = read_table_file(
            schema, content, name, replace(piece.corrections, headings=headings)
        )
        if not report.errors:  # the next file of this visit has the same headings
            self._headings[piece.parameter] = headings
        frame = add_source(schema, report.frame, name, sha256(content))
        value = "" if report.errors else self._store_table(piece.parameter, name, content, frame)
        return summarise_report(piece.file_id, schema, report, name, value)

    def _store_table(self, parameter: str, name: str, content: bytes, frame: pd.DataFrame) -> str:
        """Keep a table and return its value. Other content, or other rows, get another value."""
        mark = parameter, sha256(content + frame.to_csv().encode())  # read in one of several ways
        value, number = UPLOAD_PREFIX + name, 1
        while self._stored_marks.get(value, mark) != mark:
            number += 1
            value = f"{UPLOAD_PREFIX}{name} ({number})"
        self._stored_marks.pop(value, None)
        self._stored_marks[value], self.tables[value] = mark, frame
        for oldest in self.values_for(parameter)[:-MAX_KEPT_TABLES]:
            del self._stored_marks[oldest], self.tables[oldest]
        return value
