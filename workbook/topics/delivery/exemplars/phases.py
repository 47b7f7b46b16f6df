"""The phases of a service, and the number of services in each."""

from datetime import date
from typing import NamedTuple

import pandas as pd

DISCOVERY, ALPHA, BETA, LIVE = "discovery", "alpha", "beta", "live"
EXEMPLAR_PHASES = (DISCOVERY, ALPHA, BETA, LIVE)
"""The phases of a service in their order."""

PUBLIC_BETA = "public"
"""A public beta, as the dashboard's list calls it from September 2014 on."""

COMPLETED, PLANNED = "completed", "planned"
"""The states of a milestone."""


class PublishedPhaseCounts(NamedTuple):
    """Published number of services in each phase and in all, on the day for which it holds."""

    day: date
    counts: dict[str, int]
    services: int


def count_by_phase(phases: "pd.Series[str]") -> dict[str, int]:
    """Number of services in each phase."""
    return {phase: int((phases == phase).sum()) for phase in EXEMPLAR_PHASES}
