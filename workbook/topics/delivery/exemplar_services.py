"""The exemplar services' tables: each with its phases, how long it took, and how long it takes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.survival import SurvivalCurve, kaplan_meier
from workbook.topics.delivery.exemplars import phase_history
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES
from workbook.topics.delivery.exemplars.reconciliation import (
    PublishedPhaseCounts,
    compare_phase_counts,
    explain_differences,
)
from workbook.topics.delivery.selection import DeliverySelection

ALL_SERVICES_MEDIAN, COMPLETED_ONLY_MEDIAN = (
    "Every service, with those still on their way",
    "Those completed alone",
)
_MEDIAN_EXPLANATIONS = {
    ALL_SERVICES_MEDIAN: (
        "Kaplan–Meier: a service that is not live yet counts among those at risk for as long as it "
        "has been seen."
    ),
    COMPLETED_ONLY_MEDIAN: (
        "Leaves out every service still on its way, and with them the slow ones."
    ),
}
_MEDIAN_COLUMNS = ("account", "median", "median_low", "median_high", "services", "completed", "why")
_SURVIVAL_COLUMNS = (
    "months",
    "at_risk",
    "completed",
    "survival",
    "survival_low",
    "survival_high",
    "survival_completed",
)


@dataclass(frozen=True, eq=False)
class ExemplarServices:
    """All that is known of the services chosen: tables, and the survival of not being live.

    ``time`` is None where of none a discovery is known; ``known`` is the last month of which the
    milestones tell everything.
    """

    phase_counts: pd.DataFrame
    differences: pd.DataFrame
    latest_list: pd.DataFrame
    timeline: pd.DataFrame
    summary: pd.DataFrame
    time_to_live: SurvivalCurve | None
    last_known_month: str

    @classmethod
    def from_selection(cls, selection: DeliverySelection) -> Self:
        """What is known of a selection's services on its day."""
        published, day = selection.published_phases, selection.day
        phases, milestones = selection.phases, selection.milestones
        latest_list = phase_history.latest_phase_list(phases, day)
        dated_timeline = _sort_timeline(phase_history.phase_timeline(milestones, day), latest_list)
        durations = phase_history.months_to_live(milestones, day)
        return cls(
            compare_phase_counts(published, phases, milestones, day),
            _differences_table(
                published, explain_differences(published, phases, milestones) if published else ()
            ),
            latest_list,
            dated_timeline,
            _services_table(latest_list, dated_timeline, durations),
            phase_history.estimate_survival(durations),
            phase_history.last_known_month(milestones, day),
        )

    @property
    def without_discovery(self) -> int:
        """How many with a dated milestone have no dated discovery."""
        dated_count = self.timeline["title"].nunique()
        return dated_count - (self.time_to_live.subject_count if self.time_to_live else 0)


def _differences_table(
    published: PublishedPhaseCounts | None, reasons: tuple[str, ...]
) -> pd.DataFrame:
    """Why what is printed, listed and dated differ on the day that a report prints."""
    days = [str(published.day)] * len(reasons) if published else []
    return pd.DataFrame({"difference": list(reasons), "as_of": days}, dtype=object)


def _sort_timeline(rows: pd.DataFrame, latest_list: pd.DataFrame) -> pd.DataFrame:
    """The phases that each service was in, with its department; the furthest stand first."""
    with_departments = rows.assign(
        department=rows["title"].map(latest_list.set_index("title")["department"])
    )
    current_phases = rows[rows["going_on"].astype(bool)]
    furthest_first = sorted(
        zip(current_phases["title"], current_phases["phase"], current_phases["start"], strict=True),
        key=lambda service: (-EXEMPLAR_PHASES.index(service[1]), service[2]),
    )
    positions = {title: position for position, (title, *_) in enumerate(furthest_first)}
    return with_departments.sort_values(
        "title", key=lambda titles: titles.map(positions), kind="stable", ignore_index=True
    )


def _services_table(
    latest_list: pd.DataFrame, timeline: pd.DataFrame, durations: pd.DataFrame
) -> pd.DataFrame:
    """Each service: its phase as listed and by its milestones, and its months from discovery."""
    current_phases = timeline[timeline["going_on"].astype(bool)].set_index("title")
    listed_phases = latest_list.set_index("title")[["department", "phase"]]
    order = [*current_phases.index, *listed_phases.index.difference(current_phases.index)]
    services = listed_phases.rename(columns={"phase": "phase_listed"}).reindex(order)
    services = services.assign(phase_dated=current_phases["phase"], **durations.set_index("title"))
    return services.astype({"completed": "boolean"}).rename_axis("title").reset_index()


def survival_table(time_to_live: SurvivalCurve | None) -> pd.DataFrame:
    """The share not yet live by months since discovery, from 0 on; no rows where none is known.

    ``survival_completed`` is that of the completed alone, as if none were on its way.
    """
    if time_to_live is None:
        return pd.DataFrame(columns=list(_SURVIVAL_COLUMNS), dtype=float)
    columns = (
        time_to_live.times,
        time_to_live.at_risk,
        time_to_live.events,
        time_to_live.survival,
        time_to_live.low,
        time_to_live.high,
        _completed_only_survival(time_to_live),
    )
    rows = pd.DataFrame(dict(zip(_SURVIVAL_COLUMNS, columns, strict=True)))
    origin = (
        0,
        time_to_live.subject_count,
        0,
        1,
        np.nan,
        np.nan,
        1 if time_to_live.completed_count else np.nan,
    )
    start = pd.DataFrame([origin], columns=list(_SURVIVAL_COLUMNS))[
        : int(time_to_live.times[0] > 0)
    ]
    return pd.concat([start, rows], ignore_index=True).astype(
        dict.fromkeys(_SURVIVAL_COLUMNS, float) | dict.fromkeys(("at_risk", "completed"), int)
    )


def medians_table(time_to_live: SurvivalCurve | None) -> pd.DataFrame:
    """The median months to live of every service, beside that of the completed alone."""
    if time_to_live is None:
        return pd.DataFrame(columns=list(_MEDIAN_COLUMNS))
    median_interval = (time_to_live.median, time_to_live.median_low, time_to_live.median_high)
    rows = [
        (
            ALL_SERVICES_MEDIAN,
            *median_interval,
            time_to_live.subject_count,
            time_to_live.completed_count,
            _MEDIAN_EXPLANATIONS[ALL_SERVICES_MEDIAN],
        )
    ]
    if time_to_live.completed_count:
        completed_median = (
            time_to_live.median_completed_only,
            None,
            None,
            time_to_live.completed_count,
            time_to_live.completed_count,
        )
        rows.append(
            (COMPLETED_ONLY_MEDIAN, *completed_median, _MEDIAN_EXPLANATIONS[COMPLETED_ONLY_MEDIAN])
        )
    return pd.DataFrame(rows, columns=list(_MEDIAN_COLUMNS)).astype(
        dict.fromkeys(_MEDIAN_COLUMNS[1:4], float)
    )


def _completed_only_survival(time_to_live: SurvivalCurve) -> FloatArray:
    """The curve of the completed alone at each of the times."""
    if not time_to_live.completed_count:
        return np.full(len(time_to_live.times), np.nan)
    completed_only = kaplan_meier(np.repeat(time_to_live.times, time_to_live.events))
    positions = np.searchsorted(completed_only.times, time_to_live.times, side="right")
    return np.concatenate([[1.0], completed_only.survival])[positions]
