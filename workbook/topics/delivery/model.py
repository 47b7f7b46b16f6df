"""Delivery: what was committed to, where it stands, whether it is on course, how long it takes."""

from collections.abc import Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.delivery import narrative
from workbook.topics.delivery.columns import DELIVERY_COLUMNS
from workbook.topics.delivery.commitments.tables import (
    commitments_table,
    programmes_table,
    progress_table,
)
from workbook.topics.delivery.exemplar_services import (
    ExemplarServices,
    medians_table,
    survival_table,
)
from workbook.topics.delivery.gcloud import reconciliation
from workbook.topics.delivery.gcloud.totals import sum_by_columns
from workbook.topics.delivery.indicators import delivery_indicators
from workbook.topics.delivery.parameters import Delivery
from workbook.topics.delivery.selection import DeliverySelection, select_delivery_data

_SALES_LOT_COLUMNS = ("framework", "lot", "supplier_size")


def evaluate_delivery(tables: Mapping[str, pd.DataFrame], scenario: Delivery) -> Outcome:
    """Outcome of one scenario: commitments, the exemplars' phases and times, G-Cloud sales.

    Raises ScenarioError where the tables have nothing for what the scenario asks.
    """
    selection = select_delivery_data(tables, scenario)
    services = ExemplarServices.from_selection(selection)
    return Outcome(
        scenario=scenario,
        headline=narrative.write_delivery_headline(selection, services),
        indicators=delivery_indicators(selection, services),
        tables=_build_tables(selection, services),
        columns=DELIVERY_COLUMNS,
        notes=tuple(
            narrative.write_delivery_notes(
                selection, services, has_uploaded_sales=bool(scenario.sales)
            )
        ),
        parameter_options=selection.options,
    )


def _build_tables(
    selection: DeliverySelection, services: ExemplarServices
) -> dict[str, pd.DataFrame]:
    published_sales = reconciliation.published_sales(selection.commitments)
    return {
        "commitments": commitments_table(selection.commitments),
        "progress": progress_table(selection.commitments),
        "programmes": programmes_table(selection.commitments),
        "accounts": services.phase_counts,
        "differences": services.differences,
        "exemplars": services.timeline,
        "services": services.summary,
        "survival": survival_table(services.time_to_live),
        "medians": medians_table(services.time_to_live),
        "sales": reconciliation.monthly_sales_table(
            published_sales, selection.returns, selection.totals
        ),
        "sales_accounts": reconciliation.sales_accounts_table(
            published_sales, selection.returns, selection.totals, selection.quarter
        ),
        "sales_lots": sum_by_columns(selection.returns, *_SALES_LOT_COLUMNS),
    }
