"""Result tables of delivery: commitments, measures, events, exemplar services, G-Cloud sales."""

from collections.abc import Iterator

import pandas as pd

from workbook.result_table import ResultTable
from workbook.topics.delivery.assessed_rows import AssessedRows
from workbook.topics.delivery.columns import DELIVERY_COLUMNS
from workbook.topics.delivery.commitments import commitments_table, progress_table
from workbook.topics.delivery.events import events_table
from workbook.topics.delivery.exemplars import ExemplarServices, medians_table, survival_table
from workbook.topics.delivery.gcloud import (
    SalesComparison,
    monthly_sales_table,
    sales_accounts_table,
    sum_by_columns,
)
from workbook.topics.delivery.measures import measures_table, series_table
from workbook.topics.delivery.programmes import programmes_table
from workbook.topics.delivery.selection import DeliverySelection
from workbook.topics.delivery.transition import transition_table

_SALES_LOT_COLUMNS = ("framework", "lot", "supplier_size")


def delivery_tables(
    selection: DeliverySelection,
    assessed: AssessedRows,
    services: ExemplarServices,
    sales: SalesComparison,
) -> Iterator[ResultTable]:
    """Build the result tables.

    Args:
        selection: The selected data.
        assessed: The assessed rows.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.

    Yields:
        The tables in the order in which pages show them.
    """
    yield from _row_tables(assessed)
    yield from _progress_tables(selection, assessed)
    yield from _exemplar_tables(services)
    yield from _sales_tables(sales)


def _row_tables(assessed: AssessedRows) -> Iterator[ResultTable]:
    """A table for each kind of row, and one that counts them by programme."""
    yield _result_table(
        "commitments", "Commitments: targets with a date", commitments_table(assessed.commitments)
    )
    yield _result_table(
        "progress_measures",
        "Progress measures: figures without a target",
        measures_table(assessed.measures),
    )
    yield _result_table(
        "events", "Events: what is done, under way or planned", events_table(assessed.events)
    )
    yield _result_table(
        "programmes",
        "Commitments, measures and events by programme",
        programmes_table(assessed.commitments, assessed.measures, assessed.events),
    )


def _progress_tables(selection: DeliverySelection, assessed: AssessedRows) -> Iterator[ResultTable]:
    yield _result_table(
        "progress", "Progress towards targets", progress_table(assessed.commitments)
    )
    yield _result_table(
        "transition",
        "Agency websites moved to GOV.UK, planned to move, and the target",
        transition_table(selection.measures, assessed.commitments),
    )
    yield _result_table(
        "series",
        "Progress measures with more than one known value",
        series_table(selection.measures),
    )


def _exemplar_tables(services: ExemplarServices) -> Iterator[ResultTable]:
    yield _result_table("accounts", "Exemplar services by phase and source", services.phase_counts)
    yield _result_table("differences", "Why the sources differ", services.differences)
    yield _result_table("exemplars", "Phases of each exemplar service", services.timeline)
    yield _result_table("services", "All exemplar services", services.summary)
    yield _result_table(
        "survival",
        "Share of exemplar services not live yet, by months from the end of discovery",
        survival_table(services.time_to_live),
    )
    yield _result_table(
        "medians",
        "Median time from the end of discovery to live, with and without services still under way",
        medians_table(services.time_to_live),
    )


def _sales_tables(sales: SalesComparison) -> Iterator[ResultTable]:
    yield _result_table(
        "sales",
        "G-Cloud sales by month, published and returned",
        monthly_sales_table(sales),
    )
    yield _result_table(
        "sales_accounts",
        "G-Cloud sales: published and returned",
        sales_accounts_table(sales),
    )
    yield _result_table(
        "sales_lots",
        "G-Cloud sales by framework, lot and size of firm",
        sum_by_columns(sales.returns, *_SALES_LOT_COLUMNS),
    )


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, DELIVERY_COLUMNS)
