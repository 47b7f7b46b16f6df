"""The held tables of delivery, each checked: without the record, which names every table's hash."""

from functools import cache

from workbook.quarters import last_day
from workbook.resources import folder
from workbook.topics.delivery.commitments import judged
from workbook.topics.delivery.recounts import recounts
from workbook.topics.delivery.tables import commitments, exemplar_milestones, exemplar_phases


@cache
def report(table):
    return table.check((folder("data") / f"{table.name}.csv").read_bytes())


def held(table, quarter="2026-Q4"):
    """What a quarter sees of a held table."""
    assert not report(table).errors
    return table.visible(report(table).frame, quarter).copy()


def course(quarter):
    """Every commitment as a quarter judges it."""
    seen = [held(table, quarter) for table in (commitments, exemplar_phases, exemplar_milestones)]
    return judged(seen[0], last_day(quarter), recounts(*seen))
