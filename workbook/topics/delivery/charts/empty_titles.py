"""Titles of charts that have nothing to show, which say why."""

from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.topics.delivery.parameters import Delivery


def no_commitment_title(scenario: Delivery) -> str:
    """Write why there is no commitment: none is selected, or none had been reported.

    Args:
        scenario: The scenario.

    Returns:
        The title.
    """
    if scenario.is_filtered:
        return "The selection has no commitments"
    return f"No commitment had been reported by {_quarter_end(scenario)}"


def no_value_title(subject: str, scenario: Delivery) -> str:
    """Write why there is no value to draw: none is selected, or none had been reported.

    Args:
        subject: What has no value, with "no" before it.
        scenario: The scenario.

    Returns:
        The title.
    """
    if scenario.is_filtered:
        return f"The selection has {subject}"
    return f"By {_quarter_end(scenario)} there was {subject}"


def _quarter_end(scenario: Delivery) -> str:
    return format_month(last_day_of_quarter(scenario.quarter))
