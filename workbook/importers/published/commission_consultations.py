"""Read a list of the European Commission's public consultations as the table ``consultations``.

The list is collected from the Commission's portal Have Your Say, with a row for each consultation.
"""

from typing import Final
from urllib.parse import unquote

from workbook.importers.published.consultation_rows import (
    ConsultationRows,
    SourceRow,
    read_source_rows,
)
from workbook.tables.mapped_table import MappedTable
from workbook.tables.raw_table import RawTable
from workbook.text.quoting import quote_text

_COMMISSION: Final = "European Commission"
_REPORT_HEADER: Final = "has_summary_report"
_HEADERS: Final = {
    "id": "initiative_id",
    "title": "initiative_name",
    "organisation": "initiative_id",
    "department": "initiative_id",
    "opened": "consultation_start_date",
    "closed": "consultation_end_date",
    "responses": "total_feedback",
    "answered": _REPORT_HEADER,
    "link": "consultation_url",
}
"""Header of each column. The organisation is the same for all."""

_ANSWERS: Final = {"true": "yes", "false": "no"}


def recognises_commission_list(header: tuple[str, ...]) -> bool:
    """Whether a header is that of the list."""
    return set(header) >= set(_HEADERS.values())


def map_commission_list(raw_table: RawTable) -> MappedTable:
    """Map the list to the columns of ``consultations``.

    A consultation counts as answered if a summary report was published, whose date the list does
    not give. A count of responses that is blank is not known. A blank title is read from the
    address of the initiative, with a warning.

    Args:
        raw_table: Header and cells of the file.

    Returns:
        The cells by column.
    """
    consultations = ConsultationRows(_HEADERS)
    for source_row in read_source_rows(raw_table):
        cells = source_row.cells
        title = cells.get("initiative_name") or _title_from_address(source_row, consultations)
        report = cells.get(_REPORT_HEADER)
        consultations.add(
            source_row,
            {
                "id": cells.get("initiative_id"),
                "title": title,
                "organisation": _COMMISSION,
                "department": _COMMISSION,
                "opened": source_row.day("consultation_start_date"),
                "closed": source_row.day("consultation_end_date"),
                "responses": cells.get("total_feedback"),
                "answered": report and _ANSWERS.get(report.lower(), report),
                "link": cells.get("consultation_url"),
            },
        )
    return consultations.as_mapped_table(raw_table)


def _title_from_address(source_row: SourceRow, consultations: ConsultationRows) -> str | None:
    """Words of the initiative's address: ``…/initiatives/13698-VAT-package``."""
    address = source_row.cells.get("initiative_url", "")
    number, _, words = address.rpartition("/")[2].partition("-")
    title = " ".join(unquote(words).replace("-", " ").split())
    if not title or not number.isdecimal():
        return None
    message = f"is blank: read from the address as {quote_text(title)}"
    consultations.warnings.append(source_row.issue("initiative_name", message))
    return title
