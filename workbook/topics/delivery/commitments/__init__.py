"""Commitments of the quarterly report: value, target and status of each one."""

from workbook.topics.delivery.commitments.assessment import assess_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.commitments.narrative import commitment_notes, status_sentence
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_LABELS,
    STATUS_UNKNOWN,
    count_statuses,
)
from workbook.topics.delivery.commitments.status_changes import describe_status_changes
from workbook.topics.delivery.commitments.tables import (
    commitments_table,
    programmes_table,
    progress_table,
)
from workbook.topics.delivery.commitments.totals import sum_if_known

__all__ = [
    "OFF_TRACK",
    "ON_TRACK",
    "STATUS_LABELS",
    "STATUS_UNKNOWN",
    "assess_commitments",
    "commitment_notes",
    "commitments_schema",
    "commitments_table",
    "count_statuses",
    "describe_status_changes",
    "programmes_table",
    "progress_table",
    "status_sentence",
    "sum_if_known",
]
