"""What delivery says of departments and their bodies: promises, progress, events and services."""

from collections.abc import Iterator

import pandas as pd

from workbook.outcome import Outcome
from workbook.report_section import BODY_COLUMNS
from workbook.topics.delivery.display_names import ALL_OF_GOVERNMENT

_TEXT_COLUMNS = {"commitments": "commitment", "progress_measures": "measure", "events": "event"}
"""Column with the text of a row, by table."""


def list_bodies(outcome: Outcome) -> pd.DataFrame:
    """List what the tables say of departments and their bodies.

    Args:
        outcome: An outcome of delivery.

    Returns:
        A row for each commitment, progress measure and event of a department, and for each
        exemplar service.
    """
    rows = [*_list_rows(outcome), *_list_services(outcome.frame("services"))]
    return pd.DataFrame(rows, columns=list(BODY_COLUMNS), dtype="str")


def _list_rows(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    for name, text in _TEXT_COLUMNS.items():
        frame = outcome.frame(name)
        rows = frame[frame["department"].notna() & (frame["department"] != ALL_OF_GOVERNMENT)]
        for row in rows.to_dict("records"):
            body = row["organisation"] if pd.notna(row["organisation"]) else row["department"]
            yield row["department"], body, row[text], row["stands"]


def _list_services(services: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for row in services.to_dict("records"):
        department = row["department"]
        yield (
            department,
            department,
            f"Exemplar service: {row['title']}",
            _write_phase(str(row["phase_listed"])),
        )


def _write_phase(phase: str) -> str:
    return "Live" if phase == "live" else f"In {phase}"
