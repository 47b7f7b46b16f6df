"""Commitments of the quarterly report: value, target and status of each one."""

from workbook.topics.delivery.commitments.assessment import assess_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.commitments.indicator_rows import newest_row
from workbook.topics.delivery.commitments.kinds import COMMITMENT, EVENT, FIGURE
from workbook.topics.delivery.commitments.narrative import (
    commitment_notes,
    list_statuses,
    status_sentence,
)
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_LABELS,
    STATUS_UNKNOWN,
    CommitmentRow,
    count_statuses,
)
from workbook.topics.delivery.commitments.status_changes import (
    describe_status_changes,
    list_counted_commitments,
)
from workbook.topics.delivery.commitments.tables import (
    commitments_table,
    programmes_table,
    progress_table,
)

__all__ = [
    "COMMITMENT",
    "EVENT",
    "FIGURE",
    "OFF_TRACK",
    "ON_TRACK",
    "STATUS_LABELS",
    "STATUS_UNKNOWN",
    "CommitmentRow",
    "assess_commitments",
    "commitment_notes",
    "commitments_schema",
    "commitments_table",
    "count_statuses",
    "describe_status_changes",
    "list_counted_commitments",
    "list_statuses",
    "newest_row",
    "programmes_table",
    "progress_table",
    "status_sentence",
]
