"""Values that are derived from the exemplar services' phases and milestones."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pandas as pd

from workbook.periods import MONTHS_PER_QUARTER, period_end, shift_month
from workbook.topics.delivery.derived_values import Derivation, DerivedValue
from workbook.topics.delivery.exemplars.phase_counts import published_phase_counts
from workbook.topics.delivery.exemplars.phase_history import (
    last_known_month,
    months_to_live,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phase_lists import latest_phase_list, list_day
from workbook.topics.delivery.exemplars.phases import DISCOVERY, LIVE
from workbook.topics.delivery.exemplars.survival import estimate_survival, reliable_median

_QUARTERS_OF_PACE = 4
"""Quarters of which the number of services that went live is given, the latest first."""


def milestone_derivations(
    measures: pd.DataFrame, phases: pd.DataFrame, milestones: pd.DataFrame
) -> Mapping[str, Derivation]:
    """Derivations by the name that a commitment or measure gives in its column ``rests_on``.

    Args:
        measures: The table of progress measures, with the published counts by phase.
        phases: The table of exemplar phases.
        milestones: The table of exemplar milestones.

    Returns:
        A function of the day for each name, such as ``exemplars.live_by_milestones``.
    """

    def discovery_printed(_: date) -> DerivedValue | None:
        published = published_phase_counts(measures)
        return published and DerivedValue(published.counts[DISCOVERY], f"{published.day:%Y-%m}")

    def live_listed(day: date) -> DerivedValue | None:
        listed_services = latest_phase_list(phases, day)
        if listed_services.empty:
            return None
        live = int((listed_services["phase"] == LIVE).sum())
        return DerivedValue(live, list_day(listed_services))

    def live_by_milestones(day: date) -> DerivedValue | None:
        live = _count_live(milestones, day)
        if live is None:
            return None
        period = last_known_month(milestones, day)
        quarter_ends = (
            period_end(shift_month(period, -MONTHS_PER_QUARTER * quarters_back))
            for quarters_back in range(1, _QUARTERS_OF_PACE + 1)
        )
        counts = [
            live,
            *(_count_live(milestones, quarter_end) or 0 for quarter_end in quarter_ends),
        ]
        return DerivedValue(live, period, tuple(now - then for now, then in pairwise(counts)))

    def median_months_to_live(day: date) -> DerivedValue | None:
        survival = estimate_survival(months_to_live(milestones, day))
        median = reliable_median(survival)
        return None if median is None else DerivedValue(median, last_known_month(milestones, day))

    derivations = (discovery_printed, live_listed, live_by_milestones, median_months_to_live)
    return {f"exemplars.{derivation.__name__}": derivation for derivation in derivations}


def _count_live(milestones: pd.DataFrame, day: date) -> int | None:
    milestone_phases = phases_by_milestones(milestones, day)
    return None if milestone_phases.empty else int((milestone_phases == LIVE).sum())
