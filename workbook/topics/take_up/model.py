"""Model of take-up: two windows compared, the forecast, and one service in detail."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd

from workbook.departments import list_departments
from workbook.outcome import Outcome
from workbook.tables.deflator import read_price_growth
from workbook.topics.take_up.assisted_digital.digital_counts import read_service_panel
from workbook.topics.take_up.assisted_digital.support import assess_support
from workbook.topics.take_up.assisted_digital.tables import support_tables
from workbook.topics.take_up.comparison import compare_windows
from workbook.topics.take_up.forecast import forecast_panel
from workbook.topics.take_up.headline import take_up_headline
from workbook.topics.take_up.indicators import take_up_indicators
from workbook.topics.take_up.narrative import take_up_notes
from workbook.topics.take_up.outlook import build_outlook
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.reliability import read_calibrations
from workbook.topics.take_up.selection import ServiceSelection, select_services
from workbook.topics.take_up.service_detail import build_service_detail
from workbook.topics.take_up.service_panel import ServicePanel
from workbook.topics.take_up.tables import take_up_tables


def evaluate_take_up(tables: Mapping[str, pd.DataFrame], scenario: TakeUp) -> Outcome:
    """Evaluate a scenario of take-up.

    Args:
        tables: The topic's tables as known at the end of the scenario's quarter.
        scenario: The scenario.

    Returns:
        The outcome: the change between two windows, the forecast, and one service in detail.

    Raises:
        ScenarioError: The tables have nothing for the scenario's selection.
    """
    counts = read_service_panel(tables, scenario)
    service_selection = select_services(counts, scenario)
    comparison = compare_windows(
        service_selection.included, scenario.compare_with, read_price_growth(tables["deflator"])
    )
    full_comparison = replace(comparison, counts=service_selection.before_exclusions)
    calibrations = read_calibrations(tables["forecast_record"])
    panel_forecast = forecast_panel(service_selection.included, scenario, calibrations)
    outlook = build_outlook(
        scenario, service_selection.included, panel_forecast, tables["forecast_reliability"]
    )
    service_detail = build_service_detail(
        service_selection, comparison, scenario, tables["service_go_live"], calibrations
    )
    support = assess_support(tables, counts, comparison, scenario)
    return Outcome(
        scenario=scenario,
        headline=take_up_headline(comparison, outlook),
        indicators=take_up_indicators(comparison, full_comparison, outlook, support),
        tables=chain(
            take_up_tables(service_selection, comparison, panel_forecast, service_detail, tables),
            support_tables(support),
        ),
        notes=take_up_notes(
            scenario,
            service_selection,
            comparison,
            full_comparison,
            outlook,
            service_detail,
            support,
        ),
        parameter_options=_parameter_options(counts, service_selection),
    )


def _parameter_options(
    counts: ServicePanel, selection: ServiceSelection
) -> dict[str, tuple[str, ...]]:
    """Names in the table that parameters can take."""
    service_details, labels = counts.services, tuple(sorted(counts.service_labels))
    reporting_rows = np.flatnonzero(selection.before_exclusions.is_reporting.any(axis=1))
    reporting_services = selection.before_exclusions.subset_services(reporting_rows.tolist())
    return {
        "department": list_departments(service_details["department"]),
        "function": tuple(sorted(set(service_details["function"]) - {""})),
        "services": labels,
        "exclude": labels,
        "service": tuple(sorted(reporting_services.service_labels)),
    }
