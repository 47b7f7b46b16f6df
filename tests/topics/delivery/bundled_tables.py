"""The bundled tables of delivery, each checked, whatever checksums are recorded."""

from functools import cache

from workbook.periods import last_day_of_quarter
from workbook.resources import resource_folder
from workbook.topics.delivery.commitments.assessment import assess_commitments
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.events.data import events_schema
from workbook.topics.delivery.exemplars import milestone_derivations
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)
from workbook.topics.delivery.measures.data import progress_measures_schema
from workbook.topics.delivery.measures.latest import latest_measures

ROW_TABLES = (commitments_schema, progress_measures_schema, events_schema)


@cache
def check_bundled(table):
    return table.check_csv((resource_folder("data") / f"{table.name}.csv").read_bytes())


def load_bundled(table, quarter="2026-Q4"):
    """Rows of a bundled table that are known in a quarter."""
    assert not check_bundled(table).errors
    return table.filter_to_quarter(check_bundled(table).frame, quarter).copy()


def bundled_derivations(quarter):
    """What can be derived from the exemplar services as known in a quarter."""
    return milestone_derivations(
        load_bundled(progress_measures_schema, quarter),
        load_bundled(exemplar_phases_schema, quarter),
        load_bundled(exemplar_milestones_schema, quarter),
    )


def assess_bundled_commitments(quarter):
    """Every commitment as assessed at the end of a quarter."""
    return assess_commitments(
        load_bundled(commitments_schema, quarter),
        last_day_of_quarter(quarter),
        bundled_derivations(quarter),
    )


def latest_bundled_measures(quarter):
    """Every progress measure as known at the end of a quarter."""
    return latest_measures(
        load_bundled(progress_measures_schema, quarter),
        last_day_of_quarter(quarter),
        bundled_derivations(quarter),
    )
