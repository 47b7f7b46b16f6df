"""Titles of charts that have nothing to show, which say why."""

from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first, format_part
from workbook.topics.delivery.parameters import Delivery


def no_target_title(commitment_count: int, scenario: Delivery) -> str:
    """Write why there is no target: no commitment, or none with a target in the report.

    Args:
        commitment_count: Number of commitments.
        scenario: The scenario.

    Returns:
        The title.
    """
    if commitment_count == 1:
        return "The one commitment has no target in the report"
    if commitment_count:
        part = capitalise_first(format_part(0, commitment_count, "commitment"))
        return f"{part} has a target in the report"
    if scenario.is_filtered:
        return "The selection has no commitments"
    end = format_month(last_day_of_quarter(scenario.quarter))
    return f"No commitment had been reported by {end}"
