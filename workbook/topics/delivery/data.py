"""The tables of delivery, in the order in which pages list them."""

from collections.abc import Mapping

import pandas as pd

from workbook.topics.delivery.commitments import commitments_schema
from workbook.topics.delivery.events import events_schema
from workbook.topics.delivery.exemplars import exemplar_milestones_schema, exemplar_phases_schema
from workbook.topics.delivery.gcloud import gcloud_sales_schema, gcloud_totals_schema
from workbook.topics.delivery.measures import progress_measures_schema
from workbook.topics.delivery.opening_up import open_interfaces_schema

DELIVERY_TABLES = (
    commitments_schema,
    progress_measures_schema,
    events_schema,
    exemplar_phases_schema,
    exemplar_milestones_schema,
    gcloud_sales_schema,
    gcloud_totals_schema,
    open_interfaces_schema,
)
_TABLES_WITH_OPTIONAL_COLUMNS = (commitments_schema, progress_measures_schema, events_schema)


def complete_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add the columns that tables may leave out, with blank cells.

    Args:
        tables: The topic's tables.

    Returns:
        The tables with all columns of their schemas.
    """
    completed = {
        schema.name: tables[schema.name].reindex(columns=[*schema.schema.columns])
        for schema in _TABLES_WITH_OPTIONAL_COLUMNS
    }
    return {**tables, **completed}
