"""Services in each phase by three sources: the report, the dashboard's list and the milestones."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.exemplars.phase_history import (
    last_known_month,
    latest_phase_list,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phases import DISCOVERY, EXEMPLAR_PHASES

PUBLISHED_PHASES_ROW, LISTED_PHASES_ROW, MILESTONE_PHASES_ROW = (
    "Printed in the report",
    "Listed by the dashboard",
    "By milestones",
)
_PHASE_BY_INDICATOR = {f"exemplars_{phase}": phase for phase in EXEMPLAR_PHASES}
PHASE_COUNT_COLUMNS = ("account", "as_of", *EXEMPLAR_PHASES, "services")


class PublishedPhaseCounts(NamedTuple):
    """Published number of services in each phase and in all, on the day for which it holds."""

    day: date
    counts: dict[str, int]
    services: int


def published_phase_counts(commitments: pd.DataFrame) -> PublishedPhaseCounts | None:
    """Newest published number of services in each phase.

    No report publishes the number in discovery: it is the rest of all services.

    Args:
        commitments: The table of commitments.

    Returns:
        The counts, None where a phase or the number of all services is missing.
    """
    rows = commitments[
        commitments["indicator"].isin(_PHASE_BY_INDICATOR) & commitments["value"].notna()
    ]
    counts = {
        _PHASE_BY_INDICATOR[row["indicator"]]: int(row["value"])
        for row in rows.sort_values("period").to_dict("records")
    }
    total = rows["target"].dropna()
    if set(counts) != set(EXEMPLAR_PHASES) - {DISCOVERY} or total.empty:
        return None
    services = int(total.iloc[-1])
    counts[DISCOVERY] = services - sum(counts.values())
    return PublishedPhaseCounts(period_end(str(rows["period"].max())), counts, services)


def compare_phase_counts(
    published: PublishedPhaseCounts | None,
    phases: pd.DataFrame,
    milestones: pd.DataFrame,
    day: date,
) -> pd.DataFrame:
    """Compare the number of services in each phase by source.

    Args:
        published: Published counts, which are shown if they are for this day.
        phases: The table of exemplar phases; the newest list by the day counts.
        milestones: The table of exemplar milestones, which may end before the day.
        day: The day of the comparison.

    Returns:
        A row for each source: ``account``, ``as_of``, a count for each phase, and ``services``,
        their sum.
    """
    rows = []
    if published and published.day == day:
        rows.append((PUBLISHED_PHASES_ROW, str(day), published.counts))
    listed_services = latest_phase_list(phases, day)
    if not listed_services.empty:
        rows.append(
            (
                LISTED_PHASES_ROW,
                str(listed_services["as_of"].iloc[0]),
                count_by_phase(listed_services["phase"]),
            )
        )
    if not (milestone_phases := phases_by_milestones(milestones, day)).empty:
        rows.append(
            (
                MILESTONE_PHASES_ROW,
                str(period_end(last_known_month(milestones, day))),
                count_by_phase(milestone_phases),
            )
        )
    return pd.DataFrame(
        [
            (name, as_of, *(counts[phase] for phase in EXEMPLAR_PHASES), sum(counts.values()))
            for name, as_of, counts in rows
        ],
        columns=list(PHASE_COUNT_COLUMNS),
    )


def count_by_phase(phases: "pd.Series[str]") -> dict[str, int]:
    """Number of services in each phase."""
    return {phase: int((phases == phase).sum()) for phase in EXEMPLAR_PHASES}
