"""Events: each is done, under way or planned."""

from workbook.topics.delivery.events.data import events_schema
from workbook.topics.delivery.events.latest import latest_events
from workbook.topics.delivery.events.narrative import count_states, events_note
from workbook.topics.delivery.events.state_changes import describe_state_changes
from workbook.topics.delivery.events.tables import events_table

__all__ = [
    "count_states",
    "describe_state_changes",
    "events_note",
    "events_schema",
    "events_table",
    "latest_events",
]
