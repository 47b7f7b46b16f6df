"""Commitments of the quarterly report: value, target and status of each one."""

from workbook.topics.delivery.commitments.assessment import assess_commitments, filter_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.commitments.status import OFF_TRACK, ON_TRACK, STATUS_UNKNOWN
from workbook.topics.delivery.commitments.tables import (
    commitments_table,
    programmes_table,
    progress_table,
)
from workbook.topics.delivery.commitments.totals import count_statuses, sum_if_known

__all__ = [
    "OFF_TRACK",
    "ON_TRACK",
    "STATUS_UNKNOWN",
    "assess_commitments",
    "commitments_schema",
    "commitments_table",
    "count_statuses",
    "filter_commitments",
    "programmes_table",
    "progress_table",
    "sum_if_known",
]
