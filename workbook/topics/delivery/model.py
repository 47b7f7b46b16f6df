"""Delivery: what was committed to, where it stands, whether it is on course, how long it takes."""

from collections.abc import Iterator, Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.topics.delivery import gcloud, narrative
from workbook.topics.delivery.columns import DELIVERY_COLUMNS
from workbook.topics.delivery.commitments import (
    commitments_table,
    programmes_table,
    progress_table,
)
from workbook.topics.delivery.exemplars import (
    ExemplarServices,
    analyse_services,
    medians_table,
    survival_table,
)
from workbook.topics.delivery.gcloud import sum_by_columns
from workbook.topics.delivery.indicators import delivery_indicators
from workbook.topics.delivery.parameters import Delivery
from workbook.topics.delivery.selection import DeliverySelection, select_delivery_data

_SALES_LOT_COLUMNS = ("framework", "lot", "supplier_size")


def evaluate_delivery(tables: Mapping[str, pd.DataFrame], scenario: Delivery) -> Outcome:
    """Outcome of one scenario: commitments, the exemplars' phases and times, G-Cloud sales.

    Raises ScenarioError where the tables have nothing for what the scenario asks.
    """
    selection = select_delivery_data(tables, scenario)
    services = analyse_services(
        selection.phases, selection.milestones, selection.published_phases, selection.day
    )
    return Outcome(
        scenario=scenario,
        headline=narrative.write_delivery_headline(selection, services),
        indicators=delivery_indicators(selection, services),
        tables=_build_tables(selection, services),
        notes=tuple(
            narrative.write_delivery_notes(
                selection, services, has_uploaded_sales=bool(scenario.sales)
            )
        ),
        parameter_options=selection.options,
    )


def _build_tables(
    selection: DeliverySelection, services: ExemplarServices
) -> tuple[ResultTable, ...]:
    return (
        *_commitment_tables(selection.commitments),
        *_exemplar_tables(services),
        *_sales_tables(selection),
    )


def _commitment_tables(commitments: pd.DataFrame) -> Iterator[ResultTable]:
    yield _result_table(
        "commitments",
        "Every commitment, and whether it is on course",
        commitments_table(commitments),
    )
    yield _result_table(
        "progress", "Progress towards each published target", progress_table(commitments)
    )
    yield _result_table("programmes", "Commitments by programme", programmes_table(commitments))


def _exemplar_tables(services: ExemplarServices) -> Iterator[ResultTable]:
    yield _result_table("accounts", "Services by phase, account by account", services.phase_counts)
    yield _result_table("differences", "Why the accounts differ", services.differences)
    yield _result_table("exemplars", "Phases of each exemplar service", services.timeline)
    yield _result_table("services", "Every service", services.summary)
    yield _result_table(
        "survival",
        "Share of exemplar services not live yet, by months from discovery",
        survival_table(services.time_to_live),
    )
    yield _result_table(
        "medians",
        "The median, with and without those still on their way",
        medians_table(services.time_to_live),
    )


def _sales_tables(selection: DeliverySelection) -> Iterator[ResultTable]:
    published_sales = gcloud.published_sales(selection.commitments)
    yield _result_table(
        "sales",
        "G-Cloud sales by month, as printed and as returned",
        gcloud.monthly_sales_table(published_sales, selection.returns, selection.totals),
    )
    yield _result_table(
        "sales_accounts",
        "Sales as printed, and as returned",
        gcloud.sales_accounts_table(
            published_sales, selection.returns, selection.totals, selection.quarter
        ),
    )
    yield _result_table(
        "sales_lots",
        "Sales by framework, lot and size of firm",
        sum_by_columns(selection.returns, *_SALES_LOT_COLUMNS),
    )


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, DELIVERY_COLUMNS)
