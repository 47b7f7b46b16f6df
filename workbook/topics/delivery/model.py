"""Delivery: what was committed to, where it stands, whether it is on course, how long it takes."""

from collections.abc import Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.delivery import sold, telling
from workbook.topics.delivery.columns import COLUMNS
from workbook.topics.delivery.figures import indicators
from workbook.topics.delivery.progress import programmes, progress, told
from workbook.topics.delivery.sales import grouped
from workbook.topics.delivery.scenario import Delivery
from workbook.topics.delivery.selection import Selection, select
from workbook.topics.delivery.services import Services, curve, medians

LOTS = ("framework", "lot", "supplier_size")


def model(tables: Mapping[str, pd.DataFrame], scenario: Delivery) -> Outcome:
    """Outcome of one scenario: commitments, the exemplars' phases and times, G-Cloud sales.

    Raises ScenarioError where the tables have nothing for what the scenario asks.
    """
    selection = select(tables, scenario)
    services = Services.of(selection)
    return Outcome(
        scenario=scenario,
        headline=telling.headline(selection, services),
        indicators=indicators(selection, services),
        tables=_tables(selection, services),
        columns=COLUMNS,
        notes=tuple(telling.notes(selection, services, brought=bool(scenario.sales))),
        options=selection.options,
    )


def _tables(selection: Selection, services: Services) -> dict[str, pd.DataFrame]:
    printed = sold.said(selection.commitments)
    return {
        "commitments": told(selection.commitments),
        "progress": progress(selection.commitments),
        "programmes": programmes(selection.commitments),
        "accounts": services.accounts,
        "differences": services.differences,
        "exemplars": services.timeline,
        "services": services.table,
        "survival": curve(services.time),
        "medians": medians(services.time),
        "sales": sold.months(printed, selection.returns, selection.totals),
        "sales_accounts": sold.accounts(
            printed, selection.returns, selection.totals, selection.quarter
        ),
        "sales_lots": grouped(selection.returns, *LOTS),
    }
