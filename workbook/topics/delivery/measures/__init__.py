"""Progress measures: values over time that nobody set a target for."""

from workbook.topics.delivery.measures.data import progress_measures_schema
from workbook.topics.delivery.measures.latest import latest_measures
from workbook.topics.delivery.measures.narrative import count_note, measures_note
from workbook.topics.delivery.measures.tables import (
    describe_value,
    measures_table,
    series_table,
)
from workbook.topics.delivery.measures.value_changes import describe_value_changes

__all__ = [
    "count_note",
    "describe_value",
    "describe_value_changes",
    "latest_measures",
    "measures_note",
    "measures_table",
    "progress_measures_schema",
    "series_table",
]
