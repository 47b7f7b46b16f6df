"""Exemplar services: their phases by three sources, and their time from discovery to live."""

from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)
from workbook.topics.delivery.exemplars.derivations import milestone_derivations
from workbook.topics.delivery.exemplars.duration_notes import describe_interval, duration_notes
from workbook.topics.delivery.exemplars.narrative import (
    live_services_sentence,
    milestone_notes,
    phase_count_notes,
)
from workbook.topics.delivery.exemplars.phase_counts import published_phase_counts
from workbook.topics.delivery.exemplars.phase_lists import describe_list_day, list_day
from workbook.topics.delivery.exemplars.phases import (
    ALPHA,
    BETA,
    DISCOVERY,
    EXEMPLAR_PHASES,
    LIVE,
    PublishedPhaseCounts,
)
from workbook.topics.delivery.exemplars.service_analysis import analyse_services
from workbook.topics.delivery.exemplars.services import ExemplarServices
from workbook.topics.delivery.exemplars.survival import (
    ALL_SERVICES_MEDIAN,
    COMPLETED_ONLY_MEDIAN,
    LEAST_AT_RISK,
    medians_table,
    reliable_median,
    survival_table,
)

__all__ = [
    "ALL_SERVICES_MEDIAN",
    "ALPHA",
    "BETA",
    "COMPLETED_ONLY_MEDIAN",
    "DISCOVERY",
    "EXEMPLAR_PHASES",
    "LEAST_AT_RISK",
    "LIVE",
    "ExemplarServices",
    "PublishedPhaseCounts",
    "analyse_services",
    "describe_interval",
    "describe_list_day",
    "duration_notes",
    "exemplar_milestones_schema",
    "exemplar_phases_schema",
    "list_day",
    "live_services_sentence",
    "medians_table",
    "milestone_derivations",
    "milestone_notes",
    "phase_count_notes",
    "published_phase_counts",
    "reliable_median",
    "survival_table",
]
