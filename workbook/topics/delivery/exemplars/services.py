"""Results for the exemplar services that a scenario selects."""

from dataclasses import dataclass

import pandas as pd

from workbook.methods.survival import SurvivalCurve


@dataclass(frozen=True, eq=False)
class ExemplarServices:
    """Phases of the selected exemplar services, and their time from discovery to live.

    Attributes:
        service_count: Number of services in the programme: two that share a number count once.
        phase_counts: Services in each phase by source.
        differences: Reasons why the sources differ.
        latest_list: The newest list of services by phase.
        timeline: The phases that each service went through, with its number.
        summary: A row for each service.
        time_to_live: Survival curve of not being live yet; None if no discovery is known.
        last_known_month: The last month for which the milestones are complete.
        other_sources: Milestones that do not come from the main source of milestones.
        product_milestones: Completed milestones of single products of a service.
    """

    service_count: int
    phase_counts: pd.DataFrame
    differences: pd.DataFrame
    latest_list: pd.DataFrame
    timeline: pd.DataFrame
    summary: pd.DataFrame
    time_to_live: SurvivalCurve | None
    last_known_month: str
    other_sources: pd.DataFrame
    product_milestones: pd.DataFrame

    @property
    def shares_a_number(self) -> bool:
        """Whether two services with dated milestones share a number."""
        return bool(self.timeline["number"].nunique() < self.timeline["title"].nunique())

    @property
    def without_discovery(self) -> int:
        """Number of services with a dated milestone but no dated discovery."""
        dated_count = self.timeline["title"].nunique()
        return dated_count - (self.time_to_live.subject_count if self.time_to_live else 0)
