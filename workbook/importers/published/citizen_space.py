"""Read activities as Citizen Space's public API gives them, as the table ``consultations``.

A file holds the answer of the API's version 2.4 or an earlier one: a list at
``/api/2.4/json_search_results`` or one activity at ``/api/2.4/json_consultation_details``. Their
fields are documented at https://delibdocs.gitbook.io/welcome/citizen-space/public-api. The dates
of feedback and results in them say when they are expected, so neither is read.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from workbook.importers.published.consultation_rows import (
    ConsultationRows,
    SourceRow,
    read_source_rows,
)
from workbook.tables.issues import first_of_several
from workbook.tables.mapped_table import MappedTable
from workbook.tables.raw_table import RawTable
from workbook.text.quoting import quote_text

WEB_PAGE_ADVICE: Final = (
    "save the table on it as CSV UTF-8. From a Citizen Space site, save the JSON at its address"
    " …/api/2.4/json_search_results?fields=all"
)

_TYPE_HEADER: Final = "activity_type"
_IDENTIFYING_HEADERS: Final = {"id", "title", "startdate", "enddate"}
_HEADERS: Final = {
    "id": ("id",),
    "title": ("title",),
    "department": ("department", "workspace_title"),
    "opened": ("startdate",),
    "closed": ("enddate",),
    "responses": ("response_count",),
    "link": ("url",),
}
"""Fields that each column is read from, the first that the file has."""

_FOLDER_FIELDS: Final = ("dept", "workspace_id")
"""Fields with the identifier of the department, within which an activity's own is unique."""

_ANSWER_FIELDS: Final = {"weasked", "yousaid", "wedid"}
_NOT_LETTERS = re.compile(r"[^a-z]+")


def recognises_citizen_space(header: tuple[str, ...]) -> bool:
    """Whether a file holds activities of Citizen Space."""
    return set(header) >= _IDENTIFYING_HEADERS


def map_citizen_space(raw_table: RawTable) -> MappedTable:
    """Map activities to the columns of ``consultations``.

    An activity counts as answered if it has a text of "we asked, you said, we did". Where no
    activity of the file has one, whether they are answered is not known. An activity of another
    type than a consultation is kept, with a warning.

    Args:
        raw_table: Names and values of the activities.

    Returns:
        The cells by column.
    """
    fields = {
        name: next((head for head in heads if head in raw_table.header), "")
        for name, heads in _HEADERS.items()
    }
    answer_fields = [head for head in raw_table.header if _fold_field(head) in _ANSWER_FIELDS]
    headers = {name: head for name, head in fields.items() if head}
    if answer_fields:
        headers["answered"] = answer_fields[0]
    consultations = ConsultationRows(headers)
    source_rows = list(read_source_rows(raw_table))
    id_counts = Counter(row.cells.get("id") for row in source_rows)
    for source_row in source_rows:
        cells = source_row.cells
        identifier = cells.get("id")
        is_answered = any(field in cells for field in answer_fields)
        row: dict[str, str | None] = {name: cells.get(head) for name, head in headers.items()}
        row |= {
            "id": _full_identifier(cells) if id_counts[identifier] > 1 else identifier,
            "opened": source_row.day("startdate"),
            "closed": source_row.day("enddate"),
            "answered": "yes" if is_answered else "no",
        }
        consultations.add(source_row, row)
    _warn_of_other_types(source_rows, consultations)
    return consultations.as_mapped_table(raw_table)


def _full_identifier(cells: Mapping[str, str]) -> str | None:
    """Identifier with that of its department before it, where the file has both."""
    folder = next((cells[name] for name in _FOLDER_FIELDS if name in cells), "")
    identifier = cells.get("id")
    return f"{folder}/{identifier}" if folder and identifier else identifier


def _fold_field(header: str) -> str:
    """Letters of a field's name, without the objects it stands in: ``we_asked`` → ``weasked``."""
    return _NOT_LETTERS.sub("", header.rpartition(".")[2].lower())


def _warn_of_other_types(source_rows: list[SourceRow], consultations: ConsultationRows) -> None:
    """Warn once for each type of activity that is no consultation."""
    rows_by_type: dict[str, list[SourceRow]] = {}
    for source_row in source_rows:
        activity_type = source_row.cells.get(_TYPE_HEADER, "")
        if activity_type and "consult" not in activity_type.lower():
            rows_by_type.setdefault(activity_type, []).append(source_row)
    for activity_type, rows in rows_by_type.items():
        message = (
            f"{quote_text(activity_type)} is no consultation but another type of activity. It is"
            f" kept: delete what you do not count{first_of_several(len(rows), 'activities')}"
        )
        consultations.warnings.append(rows[0].issue(_TYPE_HEADER, message))
