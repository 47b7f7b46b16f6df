"""Result tables of delivery: commitments, exemplar services and G-Cloud sales."""

from collections.abc import Iterator

import pandas as pd

from workbook.result_table import ResultTable
from workbook.topics.delivery.columns import DELIVERY_COLUMNS
from workbook.topics.delivery.commitments import (
    commitments_table,
    programmes_table,
    progress_table,
)
from workbook.topics.delivery.exemplars import ExemplarServices, medians_table, survival_table
from workbook.topics.delivery.gcloud import (
    SalesComparison,
    monthly_sales_table,
    sales_accounts_table,
    sum_by_columns,
)

_SALES_LOT_COLUMNS = ("framework", "lot", "supplier_size")


def delivery_tables(
    commitments: pd.DataFrame, services: ExemplarServices, sales: SalesComparison
) -> Iterator[ResultTable]:
    """Build the result tables.

    Args:
        commitments: Assessed commitments.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.

    Yields:
        The tables in the order in which pages show them.
    """
    yield from _commitment_tables(commitments)
    yield from _exemplar_tables(services)
    yield from _sales_tables(sales)


def _commitment_tables(commitments: pd.DataFrame) -> Iterator[ResultTable]:
    yield _result_table(
        "commitments",
        "Commitments, and the figures and events that the report follows",
        commitments_table(commitments),
    )
    yield _result_table(
        "progress", "Progress towards published targets", progress_table(commitments)
    )
    yield _result_table("programmes", "Commitments by programme", programmes_table(commitments))


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
