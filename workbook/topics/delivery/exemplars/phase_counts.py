"""Services in each phase by three sources: the report, the dashboard's list and the milestones."""

from datetime import date

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.exemplars.phase_lists import list_day
from workbook.topics.delivery.exemplars.phases import (
    DISCOVERY,
    EXEMPLAR_PHASES,
    PublishedPhaseCounts,
    count_by_phase,
)

PUBLISHED_PHASES_ROW, LISTED_PHASES_ROW, MILESTONE_PHASES_ROW = (
    "Published in the report",
    "Listed on the dashboard",
    "Derived from milestones",
)
_PHASE_BY_INDICATOR = {f"exemplars_{phase}": phase for phase in EXEMPLAR_PHASES}
_TOTAL_INDICATOR = "exemplars_total"
PHASE_COUNT_COLUMNS = ("account", "as_of", *EXEMPLAR_PHASES, "services")


def published_phase_counts(measures: pd.DataFrame) -> PublishedPhaseCounts | None:
    """Newest published number of services in each phase.

    No report publishes the number in discovery: it is the rest of all services.

    Args:
        measures: The table of progress measures.

    Returns:
        The counts, None where a phase or the number of all services is missing.
    """
    published = measures[measures["value"].notna()].sort_values("period")
    rows = published[published["indicator"].isin(_PHASE_BY_INDICATOR)]
    counts = {
        _PHASE_BY_INDICATOR[row["indicator"]]: int(row["value"]) for row in rows.to_dict("records")
    }
    total = published.loc[published["indicator"] == _TOTAL_INDICATOR, "value"]
    if set(counts) != set(EXEMPLAR_PHASES) - {DISCOVERY} or total.empty:
        return None
    services = int(total.iloc[-1])
    counts[DISCOVERY] = services - sum(counts.values())
    return PublishedPhaseCounts(period_end(str(rows["period"].max())), counts, services)


def compare_phase_counts(
    published: PublishedPhaseCounts | None,
    latest_list: pd.DataFrame,
    dated_phases: "pd.Series[str]",
    day: date,
    last_month: str,
) -> pd.DataFrame:
    """Compare the number of services in each phase by source.

    Args:
        published: Published counts, which are shown if they are for this day.
        latest_list: The newest list of services by phase.
        dated_phases: The phase of each service by its milestones.
        day: The day of the comparison.
        last_month: The last month for which the milestones are complete.

    Returns:
        A row for each source: ``account``, ``as_of``, a count for each phase, and ``services``,
        their sum. The day of a list is that of its last update.
    """
    rows = []
    if published and published.day == day:
        rows.append((PUBLISHED_PHASES_ROW, str(day), published.counts))
    if not latest_list.empty:
        counts = count_by_phase(latest_list["phase"])
        rows.append((LISTED_PHASES_ROW, list_day(latest_list), counts))
    if not dated_phases.empty:
        as_of = str(period_end(last_month))
        rows.append((MILESTONE_PHASES_ROW, as_of, count_by_phase(dated_phases)))
    return pd.DataFrame(
        [
            (name, as_of, *(counts[phase] for phase in EXEMPLAR_PHASES), sum(counts.values()))
            for name, as_of, counts in rows
        ],
        columns=list(PHASE_COUNT_COLUMNS),
    )
