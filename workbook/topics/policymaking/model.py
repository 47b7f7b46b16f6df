"""Model of policymaking: consultations as known at a quarter's end, and the staff that answers."""

from collections.abc import Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.policymaking import narrative
from workbook.topics.policymaking.figures import calculate_figures
from workbook.topics.policymaking.indicators import policymaking_indicators
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.selection import select_consultations
from workbook.topics.policymaking.staffing import plan_staffing
from workbook.topics.policymaking.tables import policymaking_tables


def evaluate_policymaking(tables: Mapping[str, pd.DataFrame], scenario: Policymaking) -> Outcome:
    """Evaluate a scenario of policymaking.

    Args:
        tables: The table of consultations.
        scenario: The scenario.

    Returns:
        The outcome: consultations by status, time to an answer, responses, and staffing.

    Raises:
        ScenarioError: No topic knows a department, or the table has none of them.
    """
    selection = select_consultations(tables["consultations"], scenario)
    figures, staffing = calculate_figures(selection), plan_staffing(scenario)
    return Outcome(
        scenario=scenario,
        headline=narrative.write_policymaking_headline(selection, figures, staffing),
        indicators=policymaking_indicators(selection, figures, staffing),
        tables=policymaking_tables(figures, staffing),
        notes=narrative.write_policymaking_notes(selection, figures, staffing),
        parameter_options={"department": selection.departments},
        parameter_warnings=selection.warnings,
    )
