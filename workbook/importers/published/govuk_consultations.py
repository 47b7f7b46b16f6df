"""Read consultations as GOV.UK's content API gives them, as the table ``consultations``.

A file holds the content item of one consultation or of several: what GOV.UK answers at
``https://www.gov.uk/api/content`` and the address of the page.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from workbook.importers.published.consultation_dates import is_plausible_day, parse_day
from workbook.importers.published.consultation_rows import (
    ConsultationRows,
    SourceRow,
    read_source_rows,
)
from workbook.periods import is_day
from workbook.tables.mapped_table import MappedTable
from workbook.tables.raw_table import RawTable
from workbook.text.dates import format_day
from workbook.text.quoting import quote_text

_TYPE_HEADER: Final = "document_type"
_WITHDRAWN_HEADER: Final = "withdrawn_notice.withdrawn_at"
_OUTCOME_TYPE: Final = "consultation_outcome"
_CLOSED_TYPES: Final = {"closed_consultation", _OUTCOME_TYPE}
_CONSULTATION_TYPES: Final = {
    "consultation",  # before it opens
    "open_consultation",
    *_CLOSED_TYPES,
}
_IDENTIFYING_HEADERS: Final = {"content_id", "base_path", _TYPE_HEADER}
_HEADERS: Final = {
    "id": "content_id",
    "title": "title",
    "organisation": "links.organisations",
    "department": "links.organisations",
    "opened": "details.opening_date",
    "closed": "details.closing_date",
    "feedback_published": "details.public_feedback_publication_date",
    "outcome_published": "details.final_outcome_publication_date",
    "answered": _TYPE_HEADER,
    "link": "base_path",
}
"""Place in the content item of each column."""

_DATE_COLUMNS: Final = ("opened", "closed", "feedback_published", "outcome_published")
_ANSWER_HEADERS: Final = ("details.public_feedback_detail", "details.final_outcome_detail")
_DEPARTMENT_PREFIX: Final = "D"
"""First letter of the number that GOV.UK gives a department, ministerial or not: ``D3``."""


def recognises_govuk_items(header: tuple[str, ...]) -> bool:
    """Whether a file holds content items of GOV.UK, of whatever type."""
    return set(header) >= _IDENTIFYING_HEADERS


def map_govuk_consultations(raw_table: RawTable) -> MappedTable:
    """Map content items to the columns of ``consultations``.

    A consultation that was withdrawn is left out. A date in a year such as 2216 is a placeholder
    for one that is not set, and becomes blank. An item may have no dates. Each has a warning.
    A consultation counts as answered once feedback or an outcome is published, also where the item
    gives no date.

    Args:
        raw_table: Names and values of the items.

    Returns:
        The cells by column. An item that is no consultation is an error.
    """
    consultations = ConsultationRows(_HEADERS)
    for source_row in read_source_rows(raw_table):
        document_type = source_row.cells.get(_TYPE_HEADER, "")
        if document_type not in _CONSULTATION_TYPES:
            message = (
                f"{quote_text(document_type)} is another type of content than a consultation: take"
                " the item out of the file"
            )
            consultations.errors.append(source_row.issue(_TYPE_HEADER, message))
        elif _WITHDRAWN_HEADER in source_row.cells:
            message = f"{_describe_withdrawal(source_row)}: it is left out"
            consultations.warnings.append(source_row.issue(_WITHDRAWN_HEADER, message))
        else:
            consultations.add(source_row, _read_consultation(source_row, consultations))
    return consultations.as_mapped_table(raw_table)


def _read_consultation(
    source_row: SourceRow, consultations: ConsultationRows
) -> dict[str, str | None]:
    """Cells of a consultation. Placeholders are reported."""
    cells = source_row.cells
    days: dict[str, str | None] = {}
    for name in _DATE_COLUMNS:
        day = source_row.day(_HEADERS[name])
        if day and is_day(day) and not is_plausible_day(day):
            message = f"{day} is a placeholder for a date that is not set: treated as not known"
            consultations.warnings.append(source_row.issue(_HEADERS[name], message))
            day = None
        days[name] = day
    _check_dates(source_row, days, consultations)
    is_answered = (
        cells[_TYPE_HEADER] == _OUTCOME_TYPE
        or any(header in cells for header in _ANSWER_HEADERS)
        or bool(days["feedback_published"] or days["outcome_published"])
    )
    organisation, department = _lead_organisation(cells)
    path = cells.get("base_path")
    return {
        "id": cells.get("content_id"),
        "title": cells.get("title"),
        "organisation": organisation,
        "department": department,
        **days,
        "answered": "yes" if is_answered else "no",
        "link": f"https://www.gov.uk{path}" if path else None,
    }


def _check_dates(
    source_row: SourceRow, days: dict[str, str | None], consultations: ConsultationRows
) -> None:
    """Warn of an item without dates, and of one that has closed on a day that is not known.

    The opening date of the latter is dropped: with it alone, the consultation would count as open.
    """
    cells = source_row.cells
    if not any(_HEADERS[name] in cells for name in ("opened", "closed")):
        title = quote_text(cells.get("title", ""))
        message = f"{title} has no opening or closing date in details: both are not known"
        consultations.warnings.append(source_row.issue("details", message))
    elif cells[_TYPE_HEADER] in _CLOSED_TYPES and days["opened"] and not days["closed"]:
        message = "has closed, but its closing date is not known: its opening date is not used"
        consultations.warnings.append(source_row.issue(_HEADERS["opened"], message))
        days["opened"] = None


def _lead_organisation(cells: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Title of the organisation that leads, and again if it is a department, otherwise None."""
    primary = _linked_items(cells, "links.primary_publishing_organisation")
    organisations = _linked_items(cells, "links.organisations")
    emphasised = _parse_list(cells.get("details.emphasised_organisations", ""))
    leading = [item for item in organisations if item.get("content_id") in emphasised]
    for item in (*primary, *leading, *organisations):
        title = str(item.get("title") or "").strip()
        number = str(item.get("analytics_identifier") or "")
        if title:
            is_department = number.removeprefix(_DEPARTMENT_PREFIX).isdecimal()
            return title, title if is_department or not number else None
    return None, None


def _linked_items(cells: Mapping[str, str], header: str) -> list[dict[str, Any]]:
    return [item for item in _parse_list(cells.get(header, "")) if isinstance(item, dict)]


def _parse_list(text: str) -> list[Any]:
    """Values of a list that stands as JSON text in a cell; none if it is no list."""
    try:
        values = json.loads(text) if text else []
    except ValueError:
        return []
    return values if isinstance(values, list) else []


def _describe_withdrawal(source_row: SourceRow) -> str:
    title = quote_text(source_row.cells.get("title", ""))
    day = parse_day(source_row.cells[_WITHDRAWN_HEADER])
    return f"{title} was withdrawn" + (f" on {format_day(day)}" if day else "")
