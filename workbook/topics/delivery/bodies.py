"""What delivery says of departments and their bodies: promises, progress, events and services."""

import pandas as pd

from workbook.outcome import Outcome
from workbook.report_section import BODY_COLUMNS
from workbook.topics.delivery.commitments.tables import ALL_OF_GOVERNMENT


def list_bodies(outcome: Outcome) -> pd.DataFrame:
    """List what the tables say of departments and their bodies.

    Args:
        outcome: An outcome of delivery.

    Returns:
        A row for each commitment, figure and event, and for each exemplar service.
    """
    commitments, services = outcome.frame("commitments"), outcome.frame("services")
    commitments = commitments[commitments["department"] != ALL_OF_GOVERNMENT]
    rows = [
        *zip(
            commitments["department"],
            commitments["department"],
            commitments["commitment"],
            commitments["stands"],
            strict=True,
        ),
        *(
            (
                department,
                department,
                f"Exemplar service: {title}",
                _write_phase(phase),
            )
            for department, title, phase in zip(
                services["department"], services["title"], services["phase_listed"], strict=True
            )
        ),
    ]
    return pd.DataFrame(rows, columns=list(BODY_COLUMNS), dtype="str")


def _write_phase(phase: str) -> str:
    return "Live" if phase == "live" else f"In {phase}"
