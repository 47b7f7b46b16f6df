"""Titles of charts that have nothing to show, which say why."""

from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month


def no_commitment_title(quarter: str) -> str:
    """Write that no commitment had been reported yet.

    Args:
        quarter: The scenario's quarter.

    Returns:
        The title.
    """
    return f"No commitment had been reported by {_quarter_end(quarter)}"


def no_value_title(subject: str, quarter: str) -> str:
    """Write that there was no value to draw yet.

    Args:
        subject: What has no value, with "no" before it.
        quarter: The scenario's quarter.

    Returns:
        The title.
    """
    return f"By {_quarter_end(quarter)} there was {subject}"


def _quarter_end(quarter: str) -> str:
    return format_month(last_day_of_quarter(quarter))
