"""Commitments of the quarterly report: value, target and status of each one."""

from workbook.topics.delivery.commitments.amounts import describe_target, format_amount
from workbook.topics.delivery.commitments.assessment import assess_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.commitments.headline import (
    are_all_missed,
    list_statuses,
    status_sentence,
)
from workbook.topics.delivery.commitments.indicator_rows import newest_rows
from workbook.topics.delivery.commitments.kinds import COMMITMENT, EVENT, FIGURE
from workbook.topics.delivery.commitments.narrative import (
    commitment_notes,
    followed_note,
    report_vintage_note,
)
from workbook.topics.delivery.commitments.status import (
    AT_LEAST,
    MISSED_PREFIX,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentRow,
)
from workbook.topics.delivery.commitments.status_changes import (
    describe_status_changes,
    list_counted_commitments,
)
from workbook.topics.delivery.commitments.status_labels import (
    MISSED_LABEL,
    STATUS_LABELS,
    count_statuses,
    label_status,
    select_missed,
)
from workbook.topics.delivery.commitments.tables import (
    commitments_table,
    programmes_table,
    progress_table,
)

__all__ = [
    "AT_LEAST",
    "COMMITMENT",
    "EVENT",
    "FIGURE",
    "MISSED_LABEL",
    "MISSED_PREFIX",
    "OFF_TRACK",
    "ON_TRACK",
    "STATUS_LABELS",
    "STATUS_UNKNOWN",
    "CommitmentRow",
    "are_all_missed",
    "assess_commitments",
    "commitment_notes",
    "commitments_schema",
    "commitments_table",
    "count_statuses",
    "describe_status_changes",
    "describe_target",
    "followed_note",
    "format_amount",
    "label_status",
    "list_counted_commitments",
    "list_statuses",
    "newest_rows",
    "programmes_table",
    "progress_table",
    "report_vintage_note",
    "select_missed",
    "status_sentence",
]
