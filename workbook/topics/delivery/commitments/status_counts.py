"""Counts of commitments by status."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from workbook.topics.delivery.commitments.status import (
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    STATUSES,
)

STATUSES_BY_INDICATOR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "commitments_on_course": (ON_TRACK, MET),
        "commitments_off_course": (OFF_TRACK, MISSED),
        "commitments_not_known": (STATUS_UNKNOWN,),
        "commitments_met": (MET,),
        "commitments_missed": (MISSED,),
    }
)
"""The statuses that each indicator counts. The first three count each commitment once."""


def count_statuses(assessed: pd.DataFrame) -> dict[str, int]:
    """Count commitments by status.

    Args:
        assessed: Assessed commitments.

    Returns:
        The number for each of STATUSES.
    """
    return {status: int((assessed["status"] == status).sum()) for status in STATUSES}
