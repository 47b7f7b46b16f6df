"""Commitments: each has a target and a date, and is met, on track, off track, missed or unknown."""

from workbook.topics.delivery.commitments.assessment import assess_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.commitments.headline import list_statuses, status_sentence
from workbook.topics.delivery.commitments.narrative import commitment_notes
from workbook.topics.delivery.commitments.status import (
    AT_LEAST,
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    STATUSES,
)
from workbook.topics.delivery.commitments.status_changes import describe_status_changes
from workbook.topics.delivery.commitments.status_counts import (
    STATUSES_BY_INDICATOR,
    count_statuses,
)
from workbook.topics.delivery.commitments.tables import commitments_table, progress_table

__all__ = [
    "AT_LEAST",
    "MET",
    "MISSED",
    "OFF_TRACK",
    "ON_TRACK",
    "STATUSES",
    "STATUSES_BY_INDICATOR",
    "STATUS_UNKNOWN",
    "assess_commitments",
    "commitment_notes",
    "commitments_schema",
    "commitments_table",
    "count_statuses",
    "describe_status_changes",
    "list_statuses",
    "progress_table",
    "status_sentence",
]
