"""Files that a visitor brings to a page: joined from pieces, checked, kept for the visit only."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbook.importers.read_file import read_table_file
from workbook.importers.write_file import add_source
from workbook.tables import TableReport, TableSchema, sha256
from workbook.text.grammar import format_count
from workbook.text.quoting import quote_value

MAX_UPLOAD_BYTES = 10 * 2**20
"""Bytes of a file, at most."""

MAX_PIECE_CHARACTERS = 512 * 2**10
"""Characters of base64 in a message, at most: a page's socket takes 10 MiB and no buffers."""

MAX_LISTED_ISSUES = 50
"""Problems that are listed on a page, at most; their count is of all."""

MAX_KEPT_TABLES = 4
"""Tables of a parameter that are kept in a visit, at most: the oldest gives way."""

_MAX_PIECES = 100
_MAX_NAME_LENGTH = 80
UPLOAD_PREFIX = "upload:"
"""How the value begins that stands for an uploaded table; a shipped one's name holds no colon."""

_TOO_LARGE_REASON = "it is larger than 10 MB, the most that can be uploaded"
_UNCHANGED_NOTE = "The scenario stays as it is."
UploadReport = dict[str, Any]


@dataclass
class _PartialFile:
    """A file of which pieces have arrived."""

    file_id: str
    piece_count: int
    pieces: dict[int, bytes] = field(default_factory=dict)


class Uploads:
    """The tables of a visit, by the value that stands for each: ``upload:FILENAME``.

    ``wanted`` are the tables that may be brought, by the parameter that says which one is read.
    Nothing is written to a disk.
    """

    def __init__(self, table_schemas: Mapping[str, TableSchema]) -> None:
        self.tables: dict[str, pd.DataFrame] = {}
        self._table_schemas = table_schemas
        self._partial_files: dict[str, _PartialFile] = {}
        self._stored_marks: dict[str, tuple[str, str]] = {}
        self._last_reports: dict[str, UploadReport] = {}

    def values_for(self, parameter: str) -> list[str]:
        """The values that this parameter may have by what was uploaded for it."""
        return [value for value, (owner, _) in self._stored_marks.items() if owner == parameter]

    def receive_piece(self, piece: Mapping[str, Any]) -> UploadReport | None:
        """Take a piece of a file; a report once the last one is there, None before.

        A page sends a piece again that nobody seems to have taken: one of the file that was
        reported last is answered with that report. Raises ValueError for what our page never sends.
        """
        parameter, file_id, piece_number, piece_count = _validate_piece(piece, self._table_schemas)
        last_report = self._last_reports.get(parameter)
        if last_report and last_report["file_id"] == file_id:
            return last_report
        partial_file = self._partial_files.get(parameter)
        if partial_file is None or partial_file.file_id != file_id:
            partial_file = self._partial_files[parameter] = _PartialFile(file_id, piece_count)
        if partial_file.piece_count != piece_count:
            msg = f"{file_id} has {partial_file.piece_count} pieces, not {piece_count}"
            raise ValueError(msg)
        try:
            partial_file.pieces[piece_number] = base64.b64decode(piece["data"], validate=True)
        except (binascii.Error, ValueError):
            msg = f"piece {piece_number} of {file_id} is not base64"
            raise ValueError(msg) from None
        name = _clean_file_name(piece["name"])
        if sum(map(len, partial_file.pieces.values())) > MAX_UPLOAD_BYTES:
            return self._record_report(
                parameter, file_id, rejection_report(name, _TOO_LARGE_REASON)
            )
        if len(partial_file.pieces) < piece_count:
            return None
        content = b"".join(partial_file.pieces[number] for number in range(piece_count))
        return self._record_report(
            parameter, file_id, self._check_content(parameter, content, name)
        )

    def _record_report(self, parameter: str, file_id: str, report: UploadReport) -> UploadReport:
        """The report on a file, of which nothing more is awaited."""
        del self._partial_files[parameter]
        self._last_reports[parameter] = {"file_id": file_id, **report}
        return self._last_reports[parameter]

    def _check_content(self, parameter: str, content: bytes, name: str) -> UploadReport:
        report = read_table_file(self._table_schemas[parameter], content, name)
        frame = add_source(self._table_schemas[parameter], report.frame, name, sha256(content))
        value = "" if report.errors else self._store_table(parameter, name, content, frame)
        return summarise_report(report, name, value)

    def _store_table(self, parameter: str, name: str, content: bytes, frame: pd.DataFrame) -> str:
        """The value under which the table is kept; another content has another value."""
        mark = parameter, sha256(content)
        value, number = UPLOAD_PREFIX + name, 1
        while self._stored_marks.get(value, mark) != mark:
            number += 1
            value = f"{UPLOAD_PREFIX}{name} ({number})"
        self._stored_marks.pop(value, None)
        self._stored_marks[value], self.tables[value] = mark, frame
        for oldest in self.values_for(parameter)[:-MAX_KEPT_TABLES]:
            del self._stored_marks[oldest], self.tables[oldest]
        return value


def summarise_report(report: TableReport, name: str, value: str) -> UploadReport:
    """A report as a page shows it: a sentence, and the first of what was found, errors first."""
    if [issue.row for issue in report.errors] == [None]:
        return rejection_report(name, report.errors[0].message)
    counts = {"error": len(report.errors), "warning": len(report.warnings)}
    issues = [("error", issue) for issue in report.errors]
    issues += [("warning", issue) for issue in report.warnings]
    count_phrases = [
        *([format_count(len(report.frame), "row")] if value else []),
        *([format_count(counts["error"], "error")] if counts["error"] else []),
        *([format_count(counts["warning"], "warning")] if counts["warning"] else []),
    ]
    status = "read" if value else "refused"
    consequence = "It is kept for this visit only." if value else _UNCHANGED_NOTE
    return {
        "name": name,
        "value": value,
        "summary": f"{name} was {status}: {', '.join(count_phrases)}. {consequence}",
        "issues": [
            {"kind": kind, "text": str(listed_issue)}
            for kind, listed_issue in issues[:MAX_LISTED_ISSUES]
        ],
        "issue_count": len(issues),
    }


def rejection_report(name: str, reason: str) -> UploadReport:
    """The answer on a file that is refused as a whole."""
    summary = f"{name} was refused: {reason}. {_UNCHANGED_NOTE}"
    return {"name": name, "value": "", "summary": summary, "issues": [], "issue_count": 0}


def _clean_file_name(name: str) -> str:
    """A file's own name, without folders and without what cannot be seen."""
    base_name = re.split(r"[/\\]", name)[-1]
    printable = "".join(character for character in base_name if character.isprintable()).strip()
    return printable[:_MAX_NAME_LENGTH] or "file"


def _validate_piece(
    piece: Mapping[str, Any], table_schemas: Mapping[str, TableSchema]
) -> tuple[str, str, int, int]:
    """A piece's parameter, file, number and count. Raises ValueError where they cannot be."""
    match dict(piece):
        case {"parameter": str(name)} if name not in table_schemas:
            msg = f"{quote_value(name)} is no parameter for which a table can be brought"
        case {"data": str(data)} if len(data) > MAX_PIECE_CHARACTERS:
            msg = f"a piece is base64 of at most {MAX_PIECE_CHARACTERS} characters, not {len(data)}"
        case {
            "parameter": str(name),
            "name": str(),
            "file_id": str(file_id),
            "piece": int(piece_number),
            "piece_count": int(piece_count),
            "data": str(),
        } if 0 <= piece_number < piece_count <= _MAX_PIECES:
            return name, file_id, piece_number, piece_count
        case _:
            piece_fields = {key: value for key, value in piece.items() if key != "data"}
            msg = f"{piece_fields} is no piece of a file"
    raise ValueError(msg)
