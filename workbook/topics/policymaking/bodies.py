"""What the consultations say of departments and their bodies: each one and where it stands."""

import pandas as pd

from workbook.outcome import Outcome
from workbook.report_section import BODY_COLUMNS
from workbook.topics.policymaking.status import DATES_MISSING

_COLUMNS = ("department", "organisation", "title", "status", "asked", "said", "did")


def list_bodies(outcome: Outcome) -> pd.DataFrame:
    """List the consultations of each department and body.

    Args:
        outcome: An outcome of policymaking.

    Returns:
        A row for each consultation: department, organisation, the consultation, and its status.
    """
    consultations = outcome.frame("consultations")
    rows = [
        (
            department,
            organisation,
            f"Consultation: {title}",
            "Dates and answer not known" if status == DATES_MISSING else f"{asked}. {said}. {did}",
        )
        for department, organisation, title, status, asked, said, did in zip(
            *(consultations[name].fillna("") for name in _COLUMNS), strict=True
        )
    ]
    return pd.DataFrame(rows, columns=list(BODY_COLUMNS), dtype="str")
