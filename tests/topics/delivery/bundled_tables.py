"""The bundled tables of delivery, each checked, whatever checksums are recorded."""

from functools import cache

from workbook.periods import last_day_of_quarter
from workbook.resources import resource_folder
from workbook.topics.delivery.commitments.assessment import assess_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.exemplars import milestone_derivations
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)


@cache
def check_bundled(table):
    return table.check_csv((resource_folder("data") / f"{table.name}.csv").read_bytes())


def load_bundled(table, quarter="2026-Q4"):
    """Rows of a bundled table that are known in a quarter."""
    assert not check_bundled(table).errors
    return table.filter_to_quarter(check_bundled(table).frame, quarter).copy()


def assess_bundled_commitments(quarter):
    """Every commitment as assessed at the end of a quarter."""
    visible_tables = [
        load_bundled(table, quarter)
        for table in (commitments_schema, exemplar_phases_schema, exemplar_milestones_schema)
    ]
    return assess_commitments(
        visible_tables[0], last_day_of_quarter(quarter), milestone_derivations(*visible_tables)
    )
